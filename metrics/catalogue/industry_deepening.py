"""Industry, deepening international collaboration: contracts, papers, patents and licences with companies abroad."""

from metrics.breadth import EffectiveCountries
from metrics.indicator import Indicator, counted_in
from metrics.measures import Activities, Distinct, Money
from metrics.partner_measures import Repeating
from metrics.references import Reference, leiden, uire
from metrics.words import types_of
from vocabulary.text import Text

CONTRACT = ("industry_contract",)
FUNDING = Money(types=CONTRACT)
OVERSEAS_FUNDING = Money(types=CONTRACT, only=("international",))
PUBLICATIONS = Activities(types=("publication",))

INDUSTRY_DEEPENING = (
    Indicator(
        key="overseas_industry_contracts",
        name=Text("Contracts with companies abroad", "海外企業との契約"),
        definition=Text(
            "Contracts with industry that have a partner or country abroad and begin during the fiscal year. A "
            "contract of several years counts in its first year only; the Japanese subsidiary of a foreign group does "
            "not count unless the record names a country abroad.",
            "年度内に開始した企業との共同・受託研究のうち、海外の機関または国を含むものの数。"
            "複数年の契約は開始した年度にのみ数え、外資系企業の日本法人は海外の国の記録がない限り含まない。",
        ),
        target="industry",
        process="deepening",
        unit="count",
        better="higher",
        numerator=Activities(types=CONTRACT, only=("international",)),
    ),
    Indicator(
        key="overseas_industry_funding",
        name=Text("Funding from companies abroad", "海外企業からの資金"),
        definition=Text(
            "Amounts of contracts with industry that have a partner or country abroad, in the fiscal year in which "
            "they begin. The whole amount falls into that year, and a currency without a rate for the year is left "
            "out.",
            "海外の機関または国を含む企業との共同・受託研究の契約額を、開始した年度に計上したもの。"
            "複数年の契約も全額を開始年度に計上し、その年度の換算レートがない通貨の契約は含まない。",
        ),
        target="industry",
        process="deepening",
        unit="yen",
        better="higher",
        numerator=OVERSEAS_FUNDING,
    ),
    Indicator(
        key="industry_funding",
        name=Text("Funding from industry", "民間からの研究資金"),
        definition=Text(
            "Amounts of all contracts with industry, here and abroad, in the fiscal year in which they begin. Amounts "
            "are as agreed, not as received, and a currency without a rate for the year is left out.",
            "国内外の企業との共同・受託研究の契約額を、開始した年度に計上したもの。"
            "入金額ではなく契約額であり、その年度の換算レートがない通貨の契約は含まない。",
        ),
        target="industry",
        process="deepening",
        unit="yen",
        better="higher",
        numerator=FUNDING,
        references=(uire("research funds from industry", "民間からの研究資金"),),
    ),
    Indicator(
        key="overseas_funding_share",
        name=Text("Share of industry funding from abroad", "海外資金の割合"),
        definition=Text(
            "Amounts of the fiscal year's contracts with a partner or country abroad among those of all contracts with "
            "industry. One large contract can move it, and so can the exchange rate.",
            "年度内に開始した企業との契約額に占める、海外の機関または国を含む契約の額の割合。"
            "大型の契約一件や為替の変動によって大きく動くことがある。",
        ),
        target="industry",
        process="deepening",
        unit="share",
        better="higher",
        numerator=OVERSEAS_FUNDING,
        denominator=FUNDING,
    ),
    Indicator(
        key="industry_copublication_share",
        name=Text("Papers with a company", "企業との共著論文率"),
        definition=Text(
            "Publications of the fiscal year with at least one partner that ROR lists as a company, here or abroad. A "
            "partner that is not matched to ROR has no type and is not taken for a company.",
            "年度内に刊行された論文のうち、RORで企業とされる機関（国内外）との共著の割合。"
            "RORに照合できない機関は種別が不明なため、企業とはみなさない。",
        ),
        target="industry",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=("publication",), only=("company",)),
        denominator=PUBLICATIONS,
        references=(leiden("PP(industry)"),),
    ),
    Indicator(
        key="international_industry_copublication_share",
        name=Text("Papers with a company abroad", "海外企業との共著論文率"),
        definition=Text(
            "Publications of the fiscal year with at least one partner that ROR lists as a company and places abroad. "
            "A domestic company together with a university abroad does not count.",
            "年度内に刊行された論文のうち、RORで企業とされ海外に所在する機関との共著の割合。"
            "国内企業と海外の大学がともに加わる論文は、海外企業がなければ含まない。",
        ),
        target="industry",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=("publication",), only=("company_abroad",)),
        denominator=PUBLICATIONS,
    ),
    Indicator(
        key="patent_coowned_share",
        name=Text("Filings with a partner abroad", "海外機関との共同出願"),
        definition=Text(
            "Patent filings of the fiscal year that are made together with an institution abroad. Filing at a patent "
            "office abroad does not count: only the partner does.",
            "年度内の特許出願のうち、海外の機関と共同で行ったものの割合。"
            "海外の特許庁への出願であることは問わず、共同出願人が海外の機関かどうかで判定する。",
        ),
        target="industry",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=("patent_filing",), only=("partner_abroad",)),
        denominator=Activities(types=("patent_filing",)),
        references=(Reference("UMR", "", Text("co-patents", "共同特許")),),
    ),
    Indicator(
        key="licence_overseas_share",
        name=Text("Licences to companies abroad", "海外への実施許諾"),
        definition=Text(
            "Technology licences that begin during the fiscal year and have a partner or country abroad, among all of "
            "that year. Licences without any country on record count as not abroad.",
            "年度内に開始した技術移転・実施許諾のうち、海外の機関または国を含むものの割合。"
            "国の記録がないものは、海外への実施許諾に含めない。",
        ),
        target="industry",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Activities(types=("technology_licence",), only=("international",)),
        denominator=Activities(types=("technology_licence",)),
    ),
    Indicator(
        key="overseas_companies",
        name=Text("Companies abroad we work with", "連携する海外企業"),
        definition=Text(
            "Different partners that ROR lists as companies and places abroad, in activities of any kind, papers "
            "included: what begins during the fiscal year and what is in force on 1 May. Companies not matched to ROR "
            "are missing.",
            "年度内に開始した活動（論文を含む）と5月1日現在で有効な協定等に現れる、RORで企業とされる海外の機関の数。"
            "RORに照合できない企業は含まない。",
        ),
        target="industry",
        process="deepening",
        unit=counted_in("社"),
        better="higher",
        numerator=Distinct(of="companies"),
    ),
    Indicator(
        key="repeat_company_share",
        name=Text("Companies abroad that come again", "継続する海外企業"),
        definition=Text(
            "Companies abroad with an activity in at least two of three fiscal years, the one shown and the two "
            "before, among those with any: what begins during the fiscal year and what is in force on 1 May, of any "
            "kind. Companies not matched to ROR are missing.",
            "当該年度を含む過去3年度に活動のある海外企業のうち、2年度以上にわたり活動のある企業の割合。"
            "年度内に開始した活動（論文を含む）と5月1日現在で有効な協定等を数え、RORに照合できない企業は含まない。",
        ),
        target="industry",
        process="deepening",
        unit="share",
        better="higher",
        numerator=Repeating(of="companies", window=3, in_years=2),
        denominator=Distinct(of="companies", window=3),
    ),
    Indicator(
        key="industry_countries_effective",
        name=Text("Effective number of countries in industry", "産学連携国の実効数"),
        definition=Text(
            "Over how many countries collaboration with industry would spread if each had equally many of the "
            "activities (of the fiscal year, or in force on 1 May). One dominant country keeps it low, and home is "
            "left out.",
            "偏りを除いた実質的な国の数（実効数）。"
            "産学連携の活動（年度内に開始、または5月1日現在で継続）が各国に均等に分布するとした場合の国の数に換算したもの。"
            "一国への集中が強いと小さくなり、自国は含まない。",
        ),
        target="industry",
        process="deepening",
        unit="index",
        better="higher",
        numerator=EffectiveCountries(types=types_of("industry"), of="activities"),
        source="Hill 1973, Ecology 54:427",
    ),
)
