"""Research, deepening international collaboration: projects, laboratories and agreements with partners abroad."""

from metrics.indicator import Indicator, counted_in
from metrics.measures import Activities, Distinct
from metrics.partner_measures import Alive
from metrics.references import impi
from vocabulary.text import Text

RESEARCH_DEEPENING = (
    Indicator(
        key="joint_research_projects",
        name=Text("International joint research projects", "国際共同研究"),
        definition=Text(
            "Joint research projects with a partner or country abroad that begin during the fiscal year. A project of "
            "several years counts in its first year only, so it is not the number of projects under way.",
            "年度内に開始した、海外の機関または国との共同研究の数。"
            "複数年の研究は開始した年度にのみ数えるため、実施中の件数ではない。",
        ),
        target="research",
        process="deepening",
        unit="count",
        better="higher",
        numerator=Activities(types=("joint_research_project",), only=("international",)),
        references=(impi("06021"),),
    ),
    Indicator(
        key="joint_laboratories",
        name=Text("Joint laboratories", "国際ジョイントラボ"),
        definition=Text(
            "Laboratories run jointly with partners abroad that are in force on 1 May. One without an end date counts "
            "until its end is recorded.",
            "5月1日現在で設置されている、海外の機関との共同ラボの数。終了日のないものは、終了が記録されるまで数える。",
        ),
        target="research",
        process="deepening",
        unit=counted_in("拠点"),
        better="higher",
        numerator=Activities(types=("joint_laboratory",)),
    ),
    Indicator(
        key="academic_agreements_alive",
        name=Text("Academic agreements that live", "稼働中の学術交流協定"),
        definition=Text(
            "Academic agreements in force on 1 May whose partner shares a publication or joint research project with "
            "us within three fiscal years, the one shown and the two before, among all in force. For a department its "
            "own papers and projects decide; for the university those of any department.",
            "5月1日現在で有効な学術交流協定のうち、当該年度を含む過去3年度に相手機関との共著論文または国際共同研究があったものの割合。"
            "部局の値は自部局の論文・研究、全学の値はいずれかの部局の論文・研究の有無による。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Alive(types=("academic_agreement",), through=("publication", "joint_research_project")),
        denominator=Activities(types=("academic_agreement",)),
    ),
    Indicator(
        key="international_conferences",
        name=Text("International conferences hosted", "国際会議の主催"),
        definition=Text(
            "International conferences hosted by the university that begin during the fiscal year. Who enters the "
            "record decides what is international: no number of countries or of participants from abroad is required.",
            "年度内に開始した、本学が主催する国際会議の数。"
            "国際会議かどうかは記録する部局の判断により、参加国数や海外からの参加者数は問わない。",
        ),
        target="research",
        process="deepening",
        unit="count",
        better="higher",
        numerator=Activities(types=("international_conference",)),
    ),
    Indicator(
        key="agreements_in_force",
        name=Text("Agreements in force", "協定数"),
        definition=Text(
            "Academic agreements and student exchange agreements in force on 1 May, used or not. With one partner each "
            "agreement counts, so the number is higher than that of the partners.",
            "5月1日現在で有効な学術交流協定と学生交流協定の数で、実際の活動の有無は問わない。"
            "同じ相手機関との協定も一つずつ数えるため、相手機関の数より多くなる。",
        ),
        target="research",
        process="deepening",
        unit="count",
        better="neither",
        numerator=Activities(types=("academic_agreement", "student_exchange_agreement")),
    ),
    Indicator(
        key="partner_countries",
        name=Text("Countries we work with", "連携相手国・地域数"),
        definition=Text(
            "Different countries abroad in everything we do: what begins during the fiscal year and what is in force "
            "on 1 May. One activity of any size is enough, and activities of unknown country add none.",
            "年度内に開始した活動と5月1日現在で有効な協定等のすべてに現れる、海外の国・地域の数。"
            "活動が一つでもあれば数え、国が不明な活動は含まない。",
        ),
        target="research",
        process="deepening",
        unit=counted_in("か国・地域"),
        better="higher",
        numerator=Distinct(of="countries"),
    ),
    Indicator(
        key="partner_institutions",
        name=Text("Partner institutions abroad", "海外の連携機関数"),
        definition=Text(
            "Different partner institutions abroad in everything we do: what begins during the fiscal year and what is "
            "in force on 1 May. A partner written in two ways and not matched to its ROR id counts twice.",
            "年度内に開始した活動と5月1日現在で有効な協定等のすべてに現れる、海外の相手機関の数。"
            "表記が異なりRORに照合できない機関は、別の機関として数える。",
        ),
        target="research",
        process="deepening",
        unit=counted_in("機関"),
        better="higher",
        numerator=Distinct(of="partners"),
    ),
)
