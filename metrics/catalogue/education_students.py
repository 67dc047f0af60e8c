"""Education, comprehensive internationalization: how international the student body is."""

from metrics.catalogue.headcounts import ALL_STUDENTS, INTERNATIONAL_STUDENTS
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.references import Reference, sgu, uire
from vocabulary.people import STUDENTS
from vocabulary.text import Text

EDUCATION_STUDENTS = (
    Indicator(
        key="international_student_share",
        name=Text("International students", "外国人留学生比率"),
        definition=Text(
            "Students with the residence status Student among all students enrolled on 1 May. The residence status "
            "decides, not nationality: permanent residents, for example, are not counted.",
            "5月1日現在の全学生に占める、在留資格「留学」をもつ学生の割合。"
            "国籍ではなく在留資格で判定するため、永住者などは含まない。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=INTERNATIONAL_STUDENTS,
        denominator=ALL_STUDENTS,
        references=(sgu(2), Reference("JASSO", "", Text("students on 1 May", "5月1日現在の在籍状況"))),
        protected=True,
    ),
    Indicator(
        key="undergraduate_international_share",
        name=Text("International students: undergraduate", "学部留学生比率"),
        definition=Text(
            "Undergraduates with the residence status Student among all undergraduates enrolled on 1 May. The "
            "residence status decides, not nationality.",
            "5月1日現在の学部学生に占める、在留資格「留学」をもつ学生の割合。国籍ではなく在留資格で判定する。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("undergraduate",), groups=("international",)),
        denominator=Headcount(populations=("undergraduate",)),
        references=(uire("international undergraduates", "学部留学生比率"), sgu(2, Text("undergraduate", "学部"))),
        protected=True,
    ),
    Indicator(
        key="master_international_share",
        name=Text("International students: master's", "修士留学生比率"),
        definition=Text(
            "Master's students with the residence status Student among all master's students enrolled on 1 May. The "
            "residence status decides, not nationality.",
            "5月1日現在の修士学生に占める、在留資格「留学」をもつ学生の割合。国籍ではなく在留資格で判定する。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("master",), groups=("international",)),
        denominator=Headcount(populations=("master",)),
        references=(sgu(2, Text("master's", "修士")),),
        protected=True,
    ),
    Indicator(
        key="doctoral_international_share",
        name=Text("International students: doctoral", "博士留学生比率"),
        definition=Text(
            "Doctoral students with the residence status Student among all doctoral students enrolled on 1 May. It "
            "counts those enrolled, not doctorates awarded; the residence status decides, not nationality.",
            "5月1日現在の博士学生に占める、在留資格「留学」をもつ学生の割合。"
            "学位取得者ではなく在籍者を数え、国籍ではなく在留資格で判定する。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=("doctoral",), groups=("international",)),
        denominator=Headcount(populations=("doctoral",)),
        references=(
            sgu(2, Text("doctoral", "博士")),
            Reference("UMR", "", Text("international doctorates", "博士課程の国際性")),
        ),
        protected=True,
    ),
    Indicator(
        key="international_students_year",
        name=Text("International students over the year", "留学生数（通年）"),
        definition=Text(
            "Students with the residence status Student who were enrolled at any time in the fiscal year, as reported "
            "for the whole year. It includes short stays that 1 May misses, so it never goes with the headcount of 1 "
            "May.",
            "年度内に一度でも在籍した、在留資格「留学」をもつ学生の数（通年の報告値）。"
            "5月1日に在籍しない短期の学生も含むため、5月1日現在の数と合算・比較しない。",
        ),
        target="education",
        process="comprehensive",
        unit="persons",
        better="higher",
        numerator=Headcount(populations=STUDENTS, groups=("whole_year",)),
        references=(Reference("JASSO", "", Text("annual survey, students over the year", "年間受入れ状況")),),
        protected=True,
    ),
    Indicator(
        key="foreign_national_student_share",
        name=Text("Students of foreign nationality", "外国籍学生比率"),
        definition=Text(
            "Students of foreign nationality, whatever their residence status, among all students enrolled on 1 May. "
            "It includes permanent residents and is another number than that of international students.",
            "5月1日現在の全学生に占める外国籍の学生の割合で、在留資格は問わない。"
            "永住者なども含むため、留学生比率（在留資格「留学」）とは別の数値である。",
        ),
        target="education",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Headcount(populations=STUDENTS, groups=("foreign_national",)),
        denominator=ALL_STUDENTS,
        references=(Reference("QS", "", Text("international students (citizenship)", "留学生（国籍）")),),
        protected=True,
    ),
)
