"""Education, deepening international collaboration: exchange, agreements and joint programmes with partners abroad."""

from metrics.breadth import EffectiveCountries
from metrics.catalogue.headcounts import COURSES, DEGREE_PROGRAMMES, DOMESTIC_STUDENTS
from metrics.exchange_measures import FlowPartners, Reciprocity
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.measures import Activities, Persons
from metrics.partner_measures import Alive
from metrics.references import Reference, impi, sgu
from vocabulary.text import Text

OUTBOUND = Persons(types=("student_exchange_outbound",))
INBOUND = Persons(types=("student_exchange_inbound",))
BOTH_WAYS = ("student_exchange_outbound", "student_exchange_inbound")
AGREEMENT = ("student_exchange_agreement",)

EDUCATION_DEEPENING = (
    Indicator(
        key="exchange_outbound",
        name=Text("Students sent on exchange", "交換留学による派遣学生"),
        definition=Text(
            "Students who leave on exchange during the fiscal year; one who leaves twice counts once. A stay that goes "
            "on past 31 March counts only in the year in which it began.",
            "年度内に交換留学に出発した学生の実人数で、同じ年度に二度派遣された学生も1人と数える。"
            "年度をまたぐ留学は、出発した年度にのみ数える。",
        ),
        target="education",
        process="deepening",
        unit="persons",
        better="higher",
        numerator=OUTBOUND,
        references=(sgu(4, Text("persons", "人数")), impi("01009")),
        protected=True,
    ),
    Indicator(
        key="exchange_inbound",
        name=Text("Exchange students received", "交換留学による受入学生"),
        definition=Text(
            "Students from universities abroad whose exchange here begins during the fiscal year, each counted once. "
            "It is a flow over the year, not the number of exchange students present on 1 May.",
            "年度内に本学で交換留学を開始した、海外の大学に在籍する学生の実人数。"
            "年度を通じた受入数であり、5月1日現在の在籍者数ではない。",
        ),
        target="education",
        process="deepening",
        unit="persons",
        better="higher",
        numerator=INBOUND,
        references=(Reference("UMR", "", Text("incoming exchange", "交換留学の受入")),),
        protected=True,
    ),
    Indicator(
        key="exchange_outbound_share",
        name=Text("Share of domestic students sent under agreements", "協定派遣の割合"),
        definition=Text(
            "Students sent on exchange during the fiscal year, compared with the students of 1 May who do not have the "
            "residence status Student. An international student who goes on exchange is counted among those sent.",
            "年度内に交換留学で派遣した学生数を、5月1日現在の留学生（在留資格「留学」）以外の学生数と比べたもの。"
            "派遣された留学生も派遣学生に数える点に注意する。",
        ),
        target="education",
        process="deepening",
        unit="share",
        better="higher",
        numerator=OUTBOUND,
        denominator=DOMESTIC_STUDENTS,
        references=(sgu(4),),
        protected=True,
    ),
    Indicator(
        key="exchange_balance",
        name=Text("Exchange balance", "派遣・受入の均衡"),
        definition=Text(
            "How far exchange leans to one side over the fiscal year: 0 when as many students come as go, 1 when "
            "students only come, -1 when they only go. It says nothing about how many there are.",
            "年度内の交換留学の偏りを示し、受入と派遣が同数なら0、受入のみなら1、派遣のみなら−1となる。"
            "人数の多さは表さない。",
        ),
        target="education",
        process="deepening",
        unit="index",
        better="neither",
        numerator=INBOUND - OUTBOUND,
        denominator=INBOUND + OUTBOUND,
        source="Erasmus practice",
    ),
    Indicator(
        key="exchange_reciprocity",
        name=Text("Reciprocity with partners", "協定校との互恵性"),
        definition=Text(
            "For each partner abroad the smaller of students sent and taken divided by the larger, over five fiscal "
            "years, the one shown and the four before; then the mean over all partners with any, each weighing the "
            "same. 1 when every partner gives as many as it takes, 0 when none does both. The first four years of the "
            "records look back on fewer than five.",
            "当該年度を含む過去5年度について、海外の相手機関ごとに派遣と受入の人数の少ない方を多い方で割り、"
            "往来のあるすべての機関で単純平均した値。すべての機関と同数を交換していれば1、双方向の機関がなければ0となる。"
            "記録の最初の4年度は、さかのぼる期間が5年度に満たない。",
        ),
        target="education",
        process="deepening",
        unit="index",
        better="higher",
        numerator=Reciprocity(types=BOTH_WAYS, window=5),
        denominator=FlowPartners(types=BOTH_WAYS, window=5),
    ),
    Indicator(
        key="student_exchange_agreements",
        name=Text("Student exchange agreements in force", "学生交流協定数"),
        definition=Text(
            "Agreements on the exchange of students in force on 1 May, whether or not anyone goes. An agreement "
            "without an end date counts as in force until an end is recorded.",
            "5月1日現在で有効な学生交流協定の数で、実際の往来の有無は問わない。"
            "終了日のない協定は、終了が記録されるまで有効とみなす。",
        ),
        target="education",
        process="deepening",
        unit="count",
        better="neither",
        numerator=Activities(types=AGREEMENT),
    ),
    Indicator(
        key="exchange_agreements_alive",
        name=Text("Exchange agreements that live", "稼働中の学生交流協定"),
        definition=Text(
            "Student exchange agreements in force on 1 May whose partner sent or took a student within three fiscal "
            "years, the one shown and the two before, among all in force. For a department its own exchanges decide; "
            "for the university those of any department.",
            "5月1日現在で有効な学生交流協定のうち、当該年度を含む過去3年度に相手機関との学生の派遣または受入があったものの割合。"
            "部局の値は自部局の交換留学、全学の値はいずれかの部局の交換留学の有無による。",
        ),
        target="education",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Alive(types=AGREEMENT, through=BOTH_WAYS),
        denominator=Activities(types=AGREEMENT),
    ),
    Indicator(
        key="joint_degree_programmes",
        name=Text("Joint and double degree programmes", "共同学位プログラム"),
        definition=Text(
            "Joint and double degree programmes with universities abroad that are in force on 1 May. It counts "
            "programmes, not their students: one with nobody enrolled counts as well.",
            "5月1日現在で実施中の、海外の大学とのジョイント・ダブルディグリープログラムの数。"
            "学生数ではなくプログラム数であり、在籍者のいないプログラムも含む。",
        ),
        target="education",
        process="deepening",
        unit="count",
        better="higher",
        numerator=Activities(types=("joint_degree_programme",)),
        references=(Reference("UMR", "", Text("joint degrees", "共同学位")),),
    ),
    Indicator(
        key="joint_degree_share",
        name=Text("Share of degree programmes run jointly", "共同学位の割合"),
        definition=Text(
            "Joint and double degree programmes in force on 1 May, compared with all degree programmes of that day. "
            "The two come from different sources, so both must mean the same by a programme.",
            "5月1日現在で実施中の共同学位プログラム数を、同日の全学位プログラム数と比べたもの。"
            "両者は出所が異なるため、プログラムの数え方をそろえておく必要がある。",
        ),
        target="education",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=("joint_degree_programme",)),
        denominator=DEGREE_PROGRAMMES,
        references=(impi("01005"),),
    ),
    Indicator(
        key="joint_supervision_share",
        name=Text("Jointly supervised doctoral candidates", "国際共同指導の博士学生"),
        definition=Text(
            "Doctoral candidates whose supervision shared with a university abroad begins during the fiscal year, "
            "compared with the doctoral students of 1 May. Supervision over several years counts in its first year "
            "only.",
            "年度内に海外の大学との共同指導を開始した博士学生の実人数を、5月1日現在の博士学生数と比べたもの。"
            "複数年にわたる共同指導は、開始した年度にのみ数える。",
        ),
        target="education",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Persons(types=("joint_supervision",)),
        denominator=Headcount(populations=("doctoral",)),
        protected=True,
    ),
    Indicator(
        key="online_collaboration_share",
        name=Text("Courses taught with a partner abroad", "海外大学との協働授業"),
        definition=Text(
            "Online courses taught together with a university abroad that begin during the fiscal year, compared with "
            "all courses as reported on 1 May. A course recorded once a term counts once a term.",
            "年度内に開始した、海外の大学と協働で行うオンライン授業の数を、5月1日現在の全授業科目数と比べたもの。"
            "学期ごとに記録された授業は、学期ごとに数える。",
        ),
        target="education",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=("online_collaborative_course",)),
        denominator=COURSES,
    ),
    Indicator(
        key="exchange_countries_effective",
        name=Text("Effective number of exchange countries", "交換相手国の実効数"),
        definition=Text(
            "Over how many countries exchange would spread if each sent or took equally many of the fiscal year's "
            "students. One dominant country keeps it low, and students of unknown country are left out.",
            "偏りを除いた実質的な国の数（実効数）。"
            "年度内の交換留学生（派遣・受入）が各国に均等に分布するとした場合の国の数に換算したもの。"
            "一国への集中が強いと小さくなり、相手国が不明な学生は含まない。",
        ),
        target="education",
        process="deepening",
        unit="index",
        better="higher",
        numerator=EffectiveCountries(types=BOTH_WAYS, of="persons"),
        source="Hill 1973, Ecology 54:427",
    ),
)
