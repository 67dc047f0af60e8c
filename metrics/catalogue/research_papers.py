"""Research, deepening international collaboration: papers written with partners abroad."""

from metrics.indicator import Indicator, counted_in
from metrics.measures import Activities, Distinct
from metrics.partner_measures import NetworkIndex, WithLargest
from metrics.references import Reference, leiden, uire
from vocabulary.text import Text

PUBLICATION = ("publication",)
PUBLICATIONS = Activities(types=PUBLICATION)
OF_KNOWN_COUNTRY = Activities(types=PUBLICATION, only=("known_country",))
INTERNATIONAL = Activities(types=PUBLICATION, only=("international",))

RESEARCH_PAPERS = (
    Indicator(
        key="publications",
        name=Text("Publications", "論文数"),
        definition=Text(
            "Publications of the fiscal year with at least one of our departments, of every kind that is imported as "
            "one (of OpenAlex no datasets, errata, paratext or retracted works). The day of publication decides, so "
            "the numbers differ from those of databases by calendar year.",
            "本学の部局が加わり、年度内に刊行された論文等の数で、論文として取り込まれた全種別を含む"
            "（OpenAlexのデータセット、正誤表、前付等、撤回論文は除く）。"
            "刊行日で年度に割り振るため、暦年で数えるデータベースの値とは異なる。",
        ),
        target="research",
        process="deepening",
        unit="count",
        better="higher",
        numerator=PUBLICATIONS,
        references=(uire("papers", "論文数"),),
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
        references=(
            leiden("PP(int collab)"),
            Reference("THE", "", Text("international collaboration", "国際共同研究")),
        ),
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
        references=(Reference("NISTEP"),),
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
        key="long_distance_share",
        name=Text("Papers with a partner over 5,000 km away", "遠距離（5,000km以上）共著"),
        definition=Text(
            "Publications of the fiscal year of which two addresses, our own among them, lie 5,000 km or more apart "
            "(great circle), among all publications. Addresses are those of the institutions in ROR; one without "
            "coordinates does not count. There is no figure until an import has said which organization of ROR we are.",
            "年度内に刊行された論文のうち、本学を含む著者所属機関のうち最も離れた2機関の距離（大圏距離）が5,000km以上のものの割合。"
            "所在地はRORによるもので、座標のない機関は距離の計算に含めない。自大学のRORの機関が登録されるまで値はない。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=PUBLICATION, only=("long_distance",)),
        denominator=PUBLICATIONS,
        references=(leiden("PP(>5000 km)"),),
    ),
    Indicator(
        key="short_distance_share",
        name=Text("Papers with a partner within 100 km", "近距離（100km以内）共著"),
        definition=Text(
            "Publications of the fiscal year with another institution of which no two addresses, our own among them, "
            "lie more than 100 km apart (great circle), among all publications. A paper of ours alone does not count, "
            "nor one whose partners all lack coordinates in ROR, which the Leiden Ranking would take for 0 km.",
            "年度内に刊行された他機関との共著論文のうち、本学を含む著者所属機関のどの2機関の距離（大圏距離）も100km以内であるものの、"
            "全論文に対する割合。本学のみの論文は含まない。RORに座標のない機関のみとの共著も含まない（ライデン・ランキングでは0kmと扱う）。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="neither",
        numerator=Activities(types=PUBLICATION, only=("short_distance",)),
        denominator=PUBLICATIONS,
        references=(leiden("PP(<100 km)"),),
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
        references=(uire("top 10 % papers", "被引用上位10％論文"), leiden("PP(top 10%)")),
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
        references=(Reference("QS", "", Text("IRN: sustained partners", "IRN：継続的な共著機関")),),
    ),
    Indicator(
        key="research_network_index",
        name=Text("International research network index", "国際研究ネットワーク指数"),
        definition=Text(
            "L / ln P: the countries L of the P partner institutions abroad that share three or more publications with "
            "us within five fiscal years. The more countries for as many partners, the higher; not computable for one "
            "partner or none. QS counts universities only and works by faculty area; here every partner counts.",
            "当該年度を含む過去5年度に共著論文が3本以上ある海外の機関の数をP、その国・地域の数をLとし、"
            "L÷ln P（自然対数）で求める。"
            "機関数に比べて国が多いほど大きく、Pが1以下のときは計算できない。"
            "QSは大学のみを分野群別に計算するが、ここでは全機関を対象とする。",
        ),
        target="research",
        process="deepening",
        unit="index",
        better="higher",
        numerator=NetworkIndex(types=PUBLICATION, window=5, at_least=3),
        references=(Reference("QS", "", Text("IRN index", "IRN指数")),),
    ),
    Indicator(
        key="top_partner_dependence",
        name=Text("Dependence on the ten largest partners", "上位10機関への依存"),
        definition=Text(
            "International publications of the fiscal year with any of the ten partner institutions abroad that share "
            "most of them, among all international publications. Each department has ten of its own; with ten partners "
            "or fewer it tells how many papers name a partner at all. Of equals, the one first on record is taken.",
            "年度内の国際共著論文のうち、共著論文数の多い海外の上位10機関のいずれかを含むものの割合。"
            "上位10機関は部局ごとに定める。相手が10機関以下の場合は、機関名のある論文の割合となる。"
            "同数の場合は、先に記録された機関をとる。",
        ),
        target="research",
        process="deepening",
        unit="share",
        better="neither",
        numerator=WithLargest(types=PUBLICATION, only=("international",), most=10),
        denominator=INTERNATIONAL,
    ),
)
