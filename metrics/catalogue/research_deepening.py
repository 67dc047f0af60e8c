"""Research, deepening international collaboration: papers, projects and agreements shared with partners abroad."""

from metrics.indicator import Indicator, counted_in
from metrics.measures import Activities, Distinct
from vocabulary.text import Text

PUBLICATION = ("publication",)
PUBLICATIONS = Activities(types=PUBLICATION)
OF_KNOWN_COUNTRY = Activities(types=PUBLICATION, only=("known_country",))
INTERNATIONAL = Activities(types=PUBLICATION, only=("international",))

RESEARCH_DEEPENING = (
    Indicator(
        key="publications",
        name=Text("Publications", "論文数"),
        definition=Text(
            "Publications of the fiscal year with at least one of our departments, of every kind the source delivers. "
            "The day of publication decides, so the numbers differ from those of databases by calendar year.",
            "本学の部局が加わり、年度内に刊行された論文等の数で、データ源が収録する全種別を含む。"
            "刊行日で年度に割り振るため、暦年で数えるデータベースの値とは異なる。",
        ),
        target="research",
        process="deepening",
        unit="count",
        better="higher",
        numerator=PUBLICATIONS,
        source="Tohoku University UIRE plan",
    ),
    Indicator(
        key="international_copublication_share",
        name=Text("International co-publications", "国際共著論文率"),
        definition=Text(
            "Publications of the fiscal year with an author's institution or country abroad, among those whose "
            "countries are known. A publication without any country is on neither side; how many there are is shown "
            "beside it.",
            "年度内に刊行された論文のうち、海外の機関または国の著者を含むものの割合。"
            "国の情報がまったくない論文は分子にも分母にも含めず、その件数を併記する。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="higher",
        numerator=INTERNATIONAL,
        denominator=OF_KNOWN_COUNTRY,
        source="CWTS Leiden Ranking, PP(int collab)",
    ),
    Indicator(
        key="led_international_share",
        name=Text("International papers led from here", "自機関主導の国際共著"),
        definition=Text(
            "International publications of the fiscal year that any department of the university leads. A paper of "
            "several departments without a leader on record counts as not led; under lead counting the share is always "
            "100 %.",
            "年度内の国際共著論文のうち、本学のいずれかの部局が主導したものの割合。"
            "主導部局の記録がない複数部局の論文は主導なしとし、主担当カウントでは必ず100％となる。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=PUBLICATION, only=("international", "led_here")),
        denominator=INTERNATIONAL,
        source="NISTEP",
    ),
    Indicator(
        key="multilateral_share",
        name=Text("Papers with three or more countries", "三か国以上の共著"),
        definition=Text(
            "Publications of the fiscal year with at least two countries besides our own, among those of known "
            "country. Our own country counts as one of the three even where the record does not name it.",
            "年度内に刊行された論文のうち、自国以外に二か国以上が加わるものの割合（国が判明している論文に限る）。"
            "記録に自国の記載がなくても、自国を一か国と数える。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="neither",
        numerator=Activities(types=PUBLICATION, only=("three_countries",)),
        denominator=OF_KNOWN_COUNTRY,
    ),
    Indicator(
        key="top_10_percent_share",
        name=Text("Papers in the world's top 10 %", "被引用上位10％論文率"),
        definition=Text(
            "Publications of the fiscal year that are among the world's most cited tenth of their field and year, "
            "where a citation percentile is known. Figures of recent years still move as citations come in.",
            "年度内に刊行された論文（被引用パーセンタイルのあるもの）のうち、同じ分野・年の世界の被引用上位10％に入るものの割合。"
            "近年の値は引用の蓄積とともに変わる。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=PUBLICATION, only=("top_10_percent",)),
        denominator=Activities(types=PUBLICATION, only=("with_percentile",)),
        source="Tohoku University UIRE plan; CWTS Leiden Ranking",
    ),
    Indicator(
        key="top_10_percent_international_share",
        name=Text("Papers in the world's top 10 %: among international papers", "被引用上位10％論文率（国際共著）"),
        definition=Text(
            "Publications of the fiscal year with a partner or country abroad that are among the world's most cited "
            "tenth of their field and year, where a citation percentile is known. A high share is no proof that "
            "collaboration is the cause: large consortia weigh in.",
            "年度内に刊行された国際共著論文（被引用パーセンタイルのあるもの）のうち、同じ分野・年の世界の被引用上位10％に入るものの割合。"
            "値が高くても国際共著が原因とは限らず、大規模な共同研究の影響を受ける。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=PUBLICATION, only=("international", "top_10_percent")),
        denominator=Activities(types=PUBLICATION, only=("international", "with_percentile")),
    ),
    Indicator(
        key="sustained_partners",
        name=Text("Partners with 3 or more papers in 5 years", "継続的な共著機関"),
        definition=Text(
            "Partner institutions abroad that share three or more publications with us within five fiscal years, the "
            "one shown and the four before. The first four years of the records are incomplete for that reason.",
            "当該年度を含む過去5年度に、本学との共著論文が3本以上ある海外の機関の数。"
            "記録の最初の4年度は、さかのぼる期間が5年度に満たないため少なく出る。",
        ),
        target="research",
        process="deepening",
        unit=counted_in("機関"),
        better="higher",
        numerator=Distinct(of="partners", types=PUBLICATION, window=5, at_least=3),
        source="QS International Research Network",
    ),
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
        source="IMPI 06021",
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
