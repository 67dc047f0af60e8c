"""Indicators that are easily taken for one another, and what sets them apart."""

from typing import NamedTuple

from vocabulary.text import NOTHING, Text


class Lookalikes(NamedTuple):
    """Keys of indicators that a reader may confuse, and the difference in one or two sentences."""

    keys: tuple[str, ...]
    difference: Text
    not_collected: Text = NOTHING  # a further definition that others use, and for which there are no data


LOOKALIKES = (
    Lookalikes(
        ("international_student_share", "foreign_national_student_share", "international_students_year"),
        Text(
            "Residence status, nationality and the whole year are three different counts. The first takes those with "
            "the residence status Student on 1 May; the second all foreign nationals, permanent residents among them; "
            "the third everyone who was here at any time of the year.",
            "在留資格、国籍、通年の三つは別の数である。一つ目は5月1日現在で在留資格「留学」をもつ者、"
            "二つ目は永住者なども含む外国籍の者、三つ目は年度内に一度でも在籍した者を数える。",
        ),
        Text(
            "Not collected: international students by prior education (those who finished school abroad), as UNESCO "
            "and the OECD count them. The headcounts that departments deliver have no such group, so there is no "
            "value to compare; it must not be read off one of the others.",
            "収集していない値：入学前の教育を受けた国による留学生数（UNESCO・OECDの定義）。"
            "各部局が報告する人数にこの区分がないため比較する値はない。他の値で代用しないこと。",
        ),
    ),
    Lookalikes(
        (
            "international_student_share",
            "undergraduate_international_share",
            "master_international_share",
            "doctoral_international_share",
        ),
        Text(
            "The same students at all levels together and at each level alone. The overall share is no average of the "
            "three: it follows how many students each level has.",
            "同じ留学生を、全課程の合計と課程別に見たもの。全体の割合は三つの平均ではなく、各課程の学生数で決まる。",
        ),
    ),
    Lookalikes(
        ("foreign_faculty_share", "foreign_and_trained_abroad_share", "foreign_researcher_share"),
        Text(
            "The narrow share counts foreign nationals only; the ministry's also takes Japanese faculty with a degree "
            "from abroad or a year or more abroad. Researchers are a wider group than faculty.",
            "狭義の割合は外国籍の教員のみ、文部科学省の割合は海外で学位を得た者や1年以上の海外経験をもつ"
            "日本人教員も含む。研究者は教員より広い範囲である。",
        ),
    ),
    Lookalikes(
        ("exchange_outbound", "exchange_outbound_share", "study_abroad_credit_share", "short_programme_share"),
        Text(
            "Exchange goes under an agreement; study for credit includes exchange; short programmes may give no credit "
            "and are counted apart. The first is a number of persons, the others are shares of domestic students.",
            "交換留学は協定に基づくもの、単位取得を伴う留学は交換留学を含むもの、"
            "短期研修は単位の有無を問わず別に数える。一つ目は人数、ほかは留学生以外の学生に対する割合である。",
        ),
    ),
    Lookalikes(
        ("exchange_balance", "exchange_reciprocity"),
        Text(
            "The balance adds all partners up and says which way exchange leans; reciprocity looks at each partner. "
            "One partner that only sends and another that only takes are balanced and yet not reciprocal.",
            "均衡は全機関を合計して派遣と受入のどちらに偏るかを示し、互恵性は機関ごとにみる。"
            "派遣のみの機関と受入のみの機関があれば、均衡していても互恵的ではない。",
        ),
    ),
    Lookalikes(
        ("exchange_agreements_alive", "academic_agreements_alive"),
        Text(
            "Each asks for what the agreement is for: students sent or taken, or papers and joint projects. An "
            "agreement of one kind does not live on what the other is for.",
            "それぞれ協定の目的に沿った活動（学生の派遣・受入、共著論文・国際共同研究）の有無をみる。"
            "一方の目的の活動があっても、他方の協定が稼働しているとはみなさない。",
        ),
    ),
    Lookalikes(
        ("student_exchange_agreements", "agreements_in_force"),
        Text(
            "The first counts agreements on the exchange of students alone, the second those and academic agreements.",
            "一つ目は学生交流協定のみ、二つ目は学生交流協定と学術交流協定の合計である。",
        ),
    ),
    Lookalikes(
        ("foreign_language_course_share", "foreign_language_programme_students", "english_syllabus_share"),
        Text(
            "Courses taught in a foreign language, students of programmes that need no Japanese, and syllabi that can "
            "be read in English: one can rise without the others.",
            "外国語で行う授業、日本語を必要としない課程の学生、英語で読めるシラバスの三つ。"
            "一つが増えても、ほかが増えるとは限らない。",
        ),
    ),
    Lookalikes(
        ("international_copublication_share", "multilateral_share", "led_international_share"),
        Text(
            "The first takes any partner or country abroad; the second asks for three or more countries with home "
            "among them; the third is the part of the international publications that is led from here.",
            "一つ目は海外の機関または国を一つでも含むもの、二つ目は自国を含め三か国以上のもの、"
            "三つ目は国際共著論文のうち本学が主導するものの割合である。",
        ),
    ),
    Lookalikes(
        ("industry_copublication_share", "international_industry_copublication_share"),
        Text(
            "With any company, or with a company abroad.",
            "企業であれば国内外を問わないものと、海外の企業に限るもの。",
        ),
    ),
    Lookalikes(
        ("top_10_percent_share", "top_10_percent_international_share"),
        Text(
            "The same threshold over all publications, and over the international ones alone.",
            "同じ基準を、全論文について見たものと、国際共著論文に限って見たもの。",
        ),
    ),
    Lookalikes(
        ("partner_institutions", "sustained_partners", "partner_countries", "research_network_index"),
        Text(
            "Every partner abroad in whatever we do, those with three or more publications within five years, and the "
            "countries abroad. A country also counts where no partner is named. The index sets the countries of the "
            "sustained partners against their number.",
            "あらゆる活動の海外の機関、5年度間に3件以上の論文を共にした機関、海外の国。"
            "国は機関名の記録がなくても数える。指数は、継続的な共著機関の国の数を機関数に照らしたもの。",
        ),
    ),
    Lookalikes(
        ("researcher_outbound_share", "early_career_abroad_share", "long_stay_share"),
        Text(
            "Researchers who went abroad for however short a visit, early-career researchers on a long stay, and the "
            "share of stays (not persons, and of visitors, too) that last 30 days or more.",
            "期間を問わず海外に出た研究者、長期に派遣した若手研究者、"
            "30日以上の滞在の割合（人数ではなく滞在の件数で、受入も含む）。",
        ),
    ),
    Lookalikes(
        ("overseas_industry_funding", "industry_funding", "overseas_funding_share"),
        Text(
            "Amounts of the contracts with a partner or country abroad, of all contracts with companies, and the first "
            "as a share of the second.",
            "海外の機関または国を含む企業契約の金額、企業契約すべての金額、前者の後者に対する割合。",
        ),
    ),
    Lookalikes(
        ("research_participation", "industry_participation", "society_participation", "student_society_share"),
        Text(
            "Each target is compared with other people: research with researchers, industry with faculty, social "
            "issues with faculty and staff, and the last with students.",
            "比べる母数が異なる。研究は研究者、産学連携は教員、社会課題は教職員、最後の一つは学生に対する割合である。",
        ),
    ),
)


def lookalikes_of(key: str) -> tuple[Lookalikes, ...]:
    """The families that an indicator belongs to."""
    return tuple(family for family in LOOKALIKES if key in family.keys)
