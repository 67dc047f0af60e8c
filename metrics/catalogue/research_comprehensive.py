"""Research, comprehensive internationalization: researchers from abroad, researchers abroad, and who takes part."""

from metrics.catalogue.headcounts import FACULTY, RESEARCHERS, STAFF
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.measures import Activities, Persons
from metrics.participation_measures import Concentration
from metrics.references import Reference, impi, sgu, uire
from metrics.words import types_of
from vocabulary.text import Text

VISITS = ("researcher_visit_outbound", "researcher_visit_inbound")
RECRUITMENT = ("international_recruitment",)
BY_OUR_RESEARCHERS = tuple(kind for kind in types_of("research") if kind != "researcher_visit_inbound")

RESEARCH_COMPREHENSIVE = (
    Indicator(
        key="foreign_researcher_share",
        name=Text("Researchers of foreign nationality", "外国人研究者比率"),
        definition=Text(
            "Researchers of foreign nationality among all researchers on 1 May. Researchers are a wider group than "
            "faculty, and Japanese nationals recruited from abroad are not counted.",
            "5月1日現在の全研究者に占める、外国籍の研究者の割合。"
            "研究者は教員より広い範囲であり、海外から採用した日本国籍の者は含まない。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("researcher",), groups=("foreign_national",)),
        denominator=RESEARCHERS,
        references=(uire("foreign researchers", "外国人研究者比率"),),
        protected=True,
    ),
    Indicator(
        key="foreign_faculty_share",
        name=Text("Faculty of foreign nationality", "外国人教員比率"),
        definition=Text(
            "Faculty of foreign nationality among all faculty on 1 May. Nationality decides, not where they trained: "
            "Japanese faculty with a degree from abroad are not counted.",
            "5月1日現在の全教員に占める、外国籍の教員の割合。"
            "学位や経歴ではなく国籍で判定し、海外で学位を得た日本人教員は含まない。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("faculty",), groups=("foreign_national",)),
        denominator=FACULTY,
        references=(
            Reference("QS", "", Text("international faculty (citizenship)", "外国籍教員")),
            Reference("THE", "", Text("international staff", "外国籍教職員")),
            impi("01008"),
        ),
        protected=True,
    ),
    Indicator(
        key="foreign_and_trained_abroad_share",
        name=Text("Foreign and foreign-trained faculty", "外国人教員等の割合"),
        definition=Text(
            "Faculty on 1 May who are foreign nationals, or Japanese with a degree from abroad or with one year or "
            "more of education or research abroad. The four groups exclude each other: a person reported in two "
            "counts twice.",
            "5月1日現在の全教員に占める、外国籍の教員と、海外で学位を得たか通算1年以上の海外経験をもつ日本人教員の割合。"
            "四つの区分は互いに重ならないもので、二つの区分に報告された者は二重に数えられる。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(
            populations=("faculty",),
            groups=("foreign_national", "overseas_degree", "overseas_experience_1y", "overseas_experience_3y"),
        ),
        denominator=FACULTY,
        references=(sgu(1),),
        protected=True,
    ),
    Indicator(
        key="researcher_outbound_share",
        name=Text("Researchers who went abroad", "海外に派遣した研究者"),
        definition=Text(
            "Researchers who leave on a visit abroad during the fiscal year, however short, compared with the "
            "researchers of 1 May. Each counts once, unless a visit is recorded without a personal id.",
            "年度内に海外へ派遣された研究者の実人数（期間の長短を問わない）を、5月1日現在の研究者数と比べたもの。"
            "個人IDのない記録では、同じ者を重ねて数えることがある。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=("researcher_visit_outbound",)),
        denominator=RESEARCHERS,
        protected=True,
    ),
    Indicator(
        key="researcher_inbound_rate",
        name=Text("Researchers received per 100 of ours", "受入研究者（百人当たり）"),
        definition=Text(
            "Researchers from abroad whose visit here begins during the fiscal year, each counted once, for every 100 "
            "of our researchers on 1 May. The visitors are not among those 100, so it can exceed 100 %.",
            "年度内に海外から受け入れた研究者の実人数を、5月1日現在の本学の研究者百人当たりで示したもの。"
            "受入研究者は本学の研究者数に含まれないため、100％を超えることがある。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        is_rate=True,
        better="higher",
        numerator=Persons(types=("researcher_visit_inbound",)),
        denominator=RESEARCHERS,
        protected=True,
    ),
    Indicator(
        key="long_stay_share",
        name=Text("Stays of 30 days or more", "30日以上の滞在"),
        definition=Text(
            "Visits of researchers, sent or received, that begin during the fiscal year and last 30 days or more, "
            "first and last day included. Stays, not persons, are counted, and those without an end date are left "
            "out.",
            "年度内に開始した研究者の派遣・受入のうち、初日と最終日を含めて30日以上のものの割合。"
            "人数ではなく滞在の件数で数え、終了日の記録がないものは含まない。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Activities(types=VISITS, only=("long_stay",)),
        denominator=Activities(types=VISITS, only=("stay",)),
    ),
    Indicator(
        key="international_recruitment_share",
        name=Text("Recruits from abroad", "国際公募による採用"),
        definition=Text(
            "Persons recruited from a country abroad among all recruited through international calls during the fiscal "
            "year. The country they come from decides, not nationality, and an unknown country counts as not abroad.",
            "年度内に国際公募で採用した者のうち、海外から採用した者の割合。"
            "国籍ではなく採用前の所在国で判定し、国の記録がない者は海外からの採用に含めない。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=RECRUITMENT, only=("international",)),
        denominator=Persons(types=RECRUITMENT),
        references=(impi("01008"),),
        protected=True,
    ),
    Indicator(
        key="early_career_abroad_share",
        name=Text("Early-career researchers on long stays abroad", "若手研究者の長期派遣"),
        definition=Text(
            "Early-career researchers who leave on a long stay abroad during the fiscal year, each counted once, "
            "compared with the early-career researchers of 1 May. A stay over several years counts in its first year "
            "only.",
            "年度内に長期の海外派遣に出発した若手研究者の実人数を、5月1日現在の若手研究者数と比べたもの。"
            "複数年にわたる派遣は、出発した年度にのみ数える。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=("early_career_abroad",)),
        denominator=Headcount(populations=("researcher",), groups=("early_career",)),
        protected=True,
    ),
    Indicator(
        key="international_committee_rate",
        name=Text("Seats in international bodies per 100 faculty", "国際委員（教員百人当たり）"),
        definition=Text(
            "Seats on the committees and editorial boards of international bodies held on 1 May, for every 100 faculty "
            "of that day. Seats are counted, not persons: one with three seats counts three times.",
            "5月1日現在で務めている国際学会・編集委員等の委員職の数を、同日の教員百人当たりで示したもの。"
            "人数ではなく職の数で数え、一人が三つの職を務めれば三と数える。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        is_rate=True,
        better="higher",
        numerator=Activities(types=("international_committee",)),
        denominator=FACULTY,
    ),
    Indicator(
        key="research_participation",
        name=Text("Researchers with an international activity", "国際活動に参加する研究者"),
        definition=Text(
            "Persons in at least one research activity with a partner or country abroad in the fiscal year (in force "
            "on 1 May where it lasts), compared with the researchers of 1 May; visitors and students are left out. A "
            "record without personal ids adds its number of persons, or one (agreements and laboratories none), so it "
            "can exceed 100 %.",
            "年度内（継続する活動は5月1日現在）に海外の機関または国との研究活動に加わった者の実人数を、"
            "5月1日現在の研究者数と比べたもので、受入研究者と学生は除く。"
            "個人IDのない記録は記載の人数（なければ1人。協定とラボは0人）を加えるため、100％を超えることがある。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=BY_OUR_RESEARCHERS, only=("international", "not_students", "of_persons")),
        denominator=RESEARCHERS,
        references=(impi("06016"),),
        protected=True,
    ),
    Indicator(
        key="research_concentration",
        name=Text("Concentration of international activity", "国際活動の集中度"),
        definition=Text(
            "Gini coefficient of the research activities with a partner or country abroad per researcher, in the "
            "fiscal year (in force on 1 May where they last): 0 if all had equally many, near 1 if few had all. "
            "Researchers of 1 May without any count as 0. Visitors, students and records without personal ids are left "
            "out.",
            "年度内（継続する活動は5月1日現在）に海外の機関または国と行った研究活動の、研究者一人当たり件数のジニ係数。"
            "全員が同数なら0、少数に集中するほど1に近い。5月1日現在の研究者のうち参加のない者は0件とする。"
            "受入研究者、学生、個人IDのない記録は除く。",
        ),
        target="research",
        process="comprehensive",
        unit="index",
        better="lower",
        numerator=Concentration(
            types=BY_OUR_RESEARCHERS, only=("international", "not_students", "named"), among=("researcher",)
        ),
        protected=True,
    ),
    Indicator(
        key="foreign_language_staff_share",
        name=Text("Staff who meet the language standard", "語学基準を満たす職員"),
        definition=Text(
            "Staff who meet the university's foreign-language standard among all staff on 1 May; faculty are not "
            "staff. Each university sets its own standard, so compare over time rather than between universities.",
            "5月1日現在の全職員（教員を除く）に占める、本学の定める外国語の基準を満たす職員の割合。"
            "基準は大学ごとに異なるため、他大学との比較よりも経年の比較に用いる。",
        ),
        target="research",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("staff",), groups=("language_standard_met",)),
        denominator=STAFF,
        references=(Reference("SGU", "", Text("forms", "調書様式")),),
        protected=True,
    ),
)
