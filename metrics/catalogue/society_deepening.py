"""Social issues, deepening international collaboration: projects, papers, training and policy on global issues."""

from metrics.breadth import EffectiveCountries
from metrics.indicator import Indicator, counted_in
from metrics.measures import Activities, Distinct, Money, Persons
from metrics.references import Reference
from metrics.words import types_of
from vocabulary.text import Text

PROJECT = ("global_issue_project",)
PUBLICATION = ("publication",)
PROJECTS = Activities(types=PROJECT)

SOCIETY_DEEPENING = (
    Indicator(
        key="global_issue_projects",
        name=Text("Projects on global issues", "地球規模課題プロジェクト"),
        definition=Text(
            "Projects on global issues that begin during the fiscal year, with or without a partner abroad. A project "
            "of several years counts in its first year only, so it is not the number under way.",
            "年度内に開始した地球規模課題プロジェクトの数で、海外の相手機関の有無は問わない。"
            "複数年のものは開始した年度にのみ数えるため、実施中の件数ではない。",
        ),
        target="society",
        process="deepening",
        unit="count",
        better="higher",
        numerator=PROJECTS,
    ),
    Indicator(
        key="global_issue_funding",
        name=Text("Projects on global issues: funding", "地球規模課題プロジェクトの資金"),
        definition=Text(
            "Amounts of the projects on global issues in the fiscal year in which they begin. The whole amount falls "
            "into that year, and a currency without a rate for the year is left out.",
            "地球規模課題プロジェクトの金額を、開始した年度に計上したもの。"
            "複数年のものも全額を開始年度に計上し、その年度の換算レートがない通貨のものは含まない。",
        ),
        target="society",
        process="deepening",
        unit="yen",
        better="higher",
        numerator=Money(types=PROJECT),
    ),
    Indicator(
        key="sdg_international_share",
        name=Text("SDG papers with a partner abroad", "SDGs論文の国際共著率"),
        definition=Text(
            "Publications of the fiscal year on at least one SDG that have a partner or country abroad, among those of "
            "known country. Whoever delivers the publications assigns the SDGs, and methods differ widely.",
            "年度内に刊行されたSDGsに関わる論文のうち、海外の機関または国を含むものの割合（国が判明している論文に限る）。"
            "SDGsの割り当てはデータ源により、その方法によって結果が大きく異なる。",
        ),
        target="society",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=PUBLICATION, only=("sdg", "international")),
        denominator=Activities(types=PUBLICATION, only=("sdg", "known_country")),
        references=(Reference("THE", "", Text("Impact Rankings, SDG 17", "インパクトランキング SDG17")),),
    ),
    Indicator(
        key="least_developed_share",
        name=Text("Papers with a least developed country", "後発開発途上国との共著"),
        definition=Text(
            "Publications of the fiscal year with at least one country on the UN list of least developed countries, "
            "among those of known country. One list holds for all years; THE goes by income groups instead.",
            "年度内に刊行された論文のうち、国連の後発開発途上国を含むものの割合（国が判明している論文に限る）。"
            "全年度に同じ一覧を用いる。THEは所得区分によるため、値は異なる。",
        ),
        target="society",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=PUBLICATION, only=("least_developed",)),
        denominator=Activities(types=PUBLICATION, only=("known_country",)),
        references=(Reference("THE", "", Text("Impact Rankings, SDG 17", "インパクトランキング SDG17")),),
    ),
    Indicator(
        key="development_cooperation_projects",
        name=Text("Development cooperation", "国際協力事業"),
        definition=Text(
            "Development cooperation, with JICA and others, that begins during the fiscal year. Cooperation over "
            "several years counts in its first year only.",
            "年度内に開始した国際協力事業（JICA等）の数。複数年にわたる事業は、開始した年度にのみ数える。",
        ),
        target="society",
        process="deepening",
        unit="count",
        better="higher",
        numerator=Activities(types=("development_cooperation",)),
    ),
    Indicator(
        key="capacity_building_people",
        name=Text("People trained from abroad", "途上国等の研修修了者"),
        definition=Text(
            "Persons in training for people from abroad that begins during the fiscal year, each counted once. Those "
            "who begin are counted, also where they do not finish within the year.",
            "年度内に開始した途上国等の人材育成研修に参加した者の実人数。"
            "開始した年度に数え、年度内に修了しない者も含む。",
        ),
        target="society",
        process="deepening",
        unit="persons",
        better="higher",
        numerator=Persons(types=("capacity_building",)),
        protected=True,
    ),
    Indicator(
        key="policy_contributions",
        name=Text("Contributions to international policy and standards", "国際的な政策・標準への貢献"),
        definition=Text(
            "Contributions to policy or standards with a partner or country abroad that begin during the fiscal year. "
            "Work for an international body counts only where the record names it with its country.",
            "年度内に開始した、海外の機関または国を含む政策・標準化への貢献の数。"
            "国際機関への貢献は、その機関または国が記録されている場合にのみ数える。",
        ),
        target="society",
        process="deepening",
        unit="count",
        better="higher",
        numerator=Activities(types=("policy_contribution",), only=("international",)),
    ),
    Indicator(
        key="public_partner_share",
        name=Text("Projects with governments, NGOs, international bodies", "政府・NGO等との事業"),
        definition=Text(
            "Projects on global issues of the fiscal year with at least one partner that ROR lists as government, "
            "nonprofit or other, here or abroad. A partner that is not matched to ROR has no type and does not count.",
            "年度内に開始した地球規模課題プロジェクトのうち、RORで政府・非営利・その他とされる機関（国内外）を含むものの割合。"
            "RORに照合できない機関は種別が不明なため数えない。",
        ),
        target="society",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=PROJECT, only=("public_partner",)),
        denominator=PROJECTS,
    ),
    Indicator(
        key="sdg_coverage",
        name=Text("SDGs with international activity", "国際活動のあるSDGs"),
        definition=Text(
            "How many of the 17 SDGs appear in activities of any kind with a partner or country abroad: what begins "
            "during the fiscal year and what is in force on 1 May. One activity is enough, so it says nothing about "
            "depth.",
            "年度内に開始または5月1日現在で継続中の、海外の機関または国を含む活動に現れるSDGsの数（最大17）。"
            "活動が一つでもあれば数えるため、取組の厚みは表さない。",
        ),
        target="society",
        process="deepening",
        unit=counted_in("目標"),
        better="higher",
        numerator=Distinct(of="sdgs", only=("international",)),
    ),
    Indicator(
        key="society_countries_effective",
        name=Text("Effective number of countries in cooperation", "協力国の実効数"),
        definition=Text(
            "Over how many countries work on social issues would spread if each had equally many of the fiscal year's "
            "activities. One dominant country keeps it low, and home is left out.",
            "偏りを除いた実質的な国の数（実効数）。"
            "年度内に開始した社会課題の活動が各国に均等に分布するとした場合の国の数に換算したもの。"
            "一国への集中が強いと小さくなり、自国は含まない。",
        ),
        target="society",
        process="deepening",
        unit="index",
        better="higher",
        numerator=EffectiveCountries(types=types_of("society"), of="activities"),
        source="Hill 1973, Ecology 54:427",
    ),
)
