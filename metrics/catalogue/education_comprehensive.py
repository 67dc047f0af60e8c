"""Education, comprehensive internationalization: who goes abroad, in which language we teach, and learning together."""

from metrics.catalogue.headcounts import (
    ALL_STUDENTS,
    COURSES,
    DEGREE_PROGRAMMES,
    DOMESTIC_STUDENTS,
    INTERNATIONAL_STUDENTS,
    SYLLABI,
)
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.indicator import Indicator
from metrics.measures import Persons
from metrics.references import Reference, impi, sgu
from vocabulary.people import STUDENTS
from vocabulary.text import Text

EDUCATION_COMPREHENSIVE = (
    Indicator(
        key="study_abroad_credit_share",
        name=Text("Domestic students with credit from abroad", "単位取得を伴う留学経験者"),
        definition=Text(
            "Students who leave for study abroad with credit, or on exchange, during the fiscal year, each counted "
            "once, compared with the domestic students of 1 May. International students who go are counted, too.",
            "年度内に単位取得を伴う海外留学または交換留学に出発した学生の実人数を、"
            "5月1日現在の留学生以外の学生数と比べたもの。海外に出た留学生も出発者に数える。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=("study_abroad_credit", "student_exchange_outbound")),
        denominator=DOMESTIC_STUDENTS,
        references=(sgu(3), impi("01001")),
        protected=True,
    ),
    Indicator(
        key="short_programme_share",
        name=Text("Domestic students on short programmes abroad", "短期海外研修の割合"),
        definition=Text(
            "Students who leave on a short programme abroad during the fiscal year, with or without credit, each "
            "counted once, compared with the domestic students of 1 May. International students who go are counted, "
            "too.",
            "年度内に短期海外研修に出発した学生の実人数（単位の有無は問わない）を、"
            "5月1日現在の留学生以外の学生数と比べたもの。参加した留学生も参加者に数える。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=("short_programme_outbound",)),
        denominator=DOMESTIC_STUDENTS,
        references=(Reference("THE", "", Text("Japan University Rankings", "日本大学ランキング")),),
        protected=True,
    ),
    Indicator(
        key="foreign_language_course_share",
        name=Text("Courses in a foreign language", "外国語による授業"),
        definition=Text(
            "Courses taught in a foreign language among all courses, as reported on 1 May. A seminar for five weighs "
            "as much as a lecture for three hundred.",
            "5月1日現在の全授業科目に占める、外国語で行う授業科目の割合。"
            "少人数の演習も大人数の講義も同じ1科目として数える。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("course",), groups=("foreign_language",)),
        denominator=COURSES,
        references=(sgu(5), impi("01010")),
    ),
    Indicator(
        key="foreign_language_programme_students",
        name=Text("Students who can graduate in a foreign language", "外国語のみで卒業できる課程の学生"),
        definition=Text(
            "Students enrolled on 1 May in a programme that can be completed in a foreign language alone. Being "
            "enrolled counts, even for those who take courses in Japanese as well.",
            "5月1日現在の全学生に占める、外国語のみで修了できる課程に在籍する学生の割合。"
            "日本語の授業を併せて履修している学生も、在籍していれば数える。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=STUDENTS, groups=("foreign_language",)),
        denominator=ALL_STUDENTS,
        references=(sgu(6),),
        protected=True,
    ),
    Indicator(
        key="language_standard_share",
        name=Text("Students who meet the language standard", "語学基準の達成"),
        definition=Text(
            "Students who meet the university's foreign-language standard among all students enrolled on 1 May. Each "
            "university sets its own standard, and students who took no test count as not meeting it.",
            "5月1日現在の全学生に占める、本学の定める外国語の基準を満たす学生の割合。"
            "基準は大学ごとに異なり、試験を受けていない学生は基準を満たさないものとして扱う。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=STUDENTS, groups=("language_standard_met",)),
        denominator=ALL_STUDENTS,
        references=(sgu(7),),
        protected=True,
    ),
    Indicator(
        key="english_syllabus_share",
        name=Text("Syllabi in English", "英語シラバス"),
        definition=Text(
            "Syllabi available in a foreign language, in practice English, among all syllabi on 1 May. A syllabus in "
            "English does not mean that the course is taught in English.",
            "5月1日現在の全シラバスに占める、外国語（実際には英語）で示されたシラバスの割合。"
            "授業そのものが英語で行われることを意味しない。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("syllabus",), groups=("foreign_language",)),
        denominator=SYLLABI,
        references=(sgu(8),),
    ),
    Indicator(
        key="mixed_housing_share",
        name=Text("Domestic students in mixed housing", "混住寮の日本人学生"),
        definition=Text(
            "Domestic students who live in housing shared with international students on 1 May. The headcount of mixed "
            "housing must hold domestic students only, not all residents.",
            "5月1日現在で、留学生との混住型宿舎に住む日本人学生の割合。"
            "混住寮の人数には日本人学生のみを報告し、入居者全員の数を報告しないこと。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=STUDENTS, groups=("mixed_housing",)),
        denominator=DOMESTIC_STUDENTS,
        references=(sgu(9),),
        protected=True,
    ),
    Indicator(
        key="flexible_calendar_share",
        name=Text("Programmes with a flexible calendar", "柔軟な学事暦"),
        definition=Text(
            "Degree programmes with a flexible academic calendar, such as quarters or entry in autumn, on 1 May. The "
            "ministry asks the whole university yes or no; here it is a share of programmes.",
            "5月1日現在の全学位プログラムに占める、クォーター制や秋入学など柔軟な学事暦をもつものの割合。"
            "文部科学省の調査では大学全体の有無を問うが、ここではプログラムの割合で示す。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("degree_programme",), groups=("flexible_calendar",)),
        denominator=DEGREE_PROGRAMMES,
        references=(sgu(10),),
    ),
    Indicator(
        key="intercultural_learning_share",
        name=Text("Students in intercultural classes", "国際共修の履修者"),
        definition=Text(
            "Students in at least one intercultural class of the fiscal year, compared with all students of 1 May. "
            "Classes recorded with a number of participants only are added up, so one person can count more than once.",
            "年度内に国際共修授業を一つ以上履修した学生の数を、5月1日現在の全学生数と比べたもの。"
            "履修者数のみが記録された授業は合算するため、同じ学生を重ねて数えることがある。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=("intercultural_course",)),
        denominator=ALL_STUDENTS,
        source="Tohoku University Vision 2030",
        protected=True,
    ),
    Indicator(
        key="origin_countries_effective",
        name=Text("Effective number of origins", "出身国の実効数"),
        definition=Text(
            "From how many countries the international students of 1 May would come if each country sent equally many. "
            "One dominant country keeps it low, and students without a country in the headcount are left out.",
            "偏りを除いた実質的な国の数（実効数）。"
            "5月1日現在の留学生が各国から均等に来ているとした場合の国の数に換算したもの。"
            "一国への集中が強いと小さくなり、国別の内訳のない学生は含まない。",
        ),
        target="education",
        process="comprehensive",
        unit="index",
        better="higher",
        numerator=EffectiveOrigins(populations=STUDENTS, groups=("international",)),
        source="Hill 1973, Ecology 54:427",
    ),
    Indicator(
        key="scholarship_share",
        name=Text("International students with a scholarship", "奨学金を受ける留学生"),
        definition=Text(
            "Persons whose scholarship for international students begins during the fiscal year, each counted once, "
            "compared with the international students of 1 May. A scholarship over several years counts in its first "
            "year only, unless it is recorded anew each year.",
            "年度内に留学生奨学金の受給を開始した者の実人数を、5月1日現在の留学生数と比べたもの。"
            "複数年の奨学金は、年度ごとに記録しない限り、開始した年度にのみ数える。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=("international_scholarship",)),
        denominator=INTERNATIONAL_STUDENTS,
        references=(impi("01006"),),
        protected=True,
    ),
)
