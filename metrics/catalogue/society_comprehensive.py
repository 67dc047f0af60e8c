"""Social issues, comprehensive internationalization: who takes part, outreach, community and courses."""

from metrics.breadth import ActiveDepartments, Departments
from metrics.catalogue.headcounts import ALL_STUDENTS, COURSES, FACULTY_AND_STAFF
from metrics.indicator import Indicator, counted_in
from metrics.measures import Activities, Distinct, Persons
from metrics.participation_measures import Newcomers
from metrics.words import types_of
from vocabulary.text import Text

TAKING_PART = ("international", "own_people", "named")
BY_OUR_PEOPLE = tuple(kind for kind in types_of("society") if kind != "capacity_building")  # its persons are trainees

SOCIETY_COMPREHENSIVE = (
    Indicator(
        key="society_participation",
        name=Text(
            "People who take part in tackling social issues with the world", "社会課題の国際活動に参加する教職員"
        ),
        definition=Text(
            "Persons in activities on social issues with a partner or country abroad that begin during the fiscal "
            "year, each counted once, compared with the faculty and staff of 1 May; students and those trained are "
            "left out. A record without personal ids adds its number of persons, so audiences are not to be entered "
            "as people.",
            "年度内に開始した、海外の機関または国を含む社会課題の活動に加わった者の実人数を、"
            "5月1日現在の教職員数と比べたもので、学生と研修の受講者は除く。"
            "個人IDのない記録は記載の人数を加えるため、来場者や聴衆の数を人数欄に記入しないこと。",
        ),
        target="society",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=BY_OUR_PEOPLE, only=("international", "not_students")),
        denominator=FACULTY_AND_STAFF,
        protected=True,
    ),
    Indicator(
        key="society_departments_share",
        name=Text("Departments that tackle social issues with the world", "社会課題に国際的に取り組む部局"),
        definition=Text(
            "Departments with at least one activity on social issues with a partner or country abroad in the fiscal "
            "year, among those that exist. One activity is enough, and only the lowest departments count.",
            "年度内に開始した、海外の機関または国を含む社会課題の活動が1件以上ある部局の割合。"
            "件数の多寡は問わず、下に部局をもたない部局だけを数える。",
        ),
        target="society",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=ActiveDepartments(types=types_of("society"), only=("international",)),
        denominator=Departments(),
    ),
    Indicator(
        key="student_society_share",
        name=Text("Students in international activities on social issues", "社会課題の国際活動に参加する学生"),
        definition=Text(
            "Students in activities on social issues with a partner or country abroad that begin during the fiscal "
            "year, each counted once, compared with all students of 1 May. Only records whose level says "
            "undergraduate, master's or doctoral count; those trained in capacity building are left out.",
            "年度内に開始した、海外の機関または国を含む社会課題の活動に加わった学生の実人数を、"
            "5月1日現在の全学生数と比べたもの。"
            "区分が学部・修士・博士である記録だけを数え、人材育成研修の受講者は除く。",
        ),
        target="society",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=BY_OUR_PEOPLE, only=("international", "student")),
        denominator=ALL_STUDENTS,
        protected=True,
    ),
    Indicator(
        key="multilingual_outreach",
        name=Text("Outreach in other languages", "多言語での発信"),
        definition=Text(
            "Outreach to the public in other languages that begins during the fiscal year. What is issued in three "
            "languages counts once or three times, as it is recorded.",
            "年度内に行った多言語での社会発信の件数。"
            "同じ内容を三言語で発信した場合は、記録の仕方により1件とも3件ともなる。",
        ),
        target="society",
        process="comprehensive",
        unit="count",
        better="higher",
        numerator=Activities(types=("multilingual_outreach",)),
    ),
    Indicator(
        key="outreach_languages",
        name=Text("Languages of outreach", "発信の言語数"),
        definition=Text(
            "Different languages of the outreach that begins during the fiscal year; Japanese counts if recorded. A "
            "record holds one language, and those without one add none.",
            "年度内に行った社会発信に用いた言語の数で、日本語も記録されていれば数える。"
            "一つの記録につき一言語とし、言語の記録がないものは数えない。",
        ),
        target="society",
        process="comprehensive",
        unit=counted_in("言語"),
        better="higher",
        numerator=Distinct(of="languages", types=("multilingual_outreach",)),
    ),
    Indicator(
        key="community_events",
        name=Text("International events with the community", "地域国際交流"),
        definition=Text(
            "International events with the local community that begin during the fiscal year. Events are counted, not "
            "visitors, and a series counts as often as it is recorded.",
            "年度内に開始した地域国際交流の催しの件数。"
            "参加者数ではなく件数であり、連続する催しは記録された回数だけ数える。",
        ),
        target="society",
        process="comprehensive",
        unit="count",
        better="higher",
        numerator=Activities(types=("international_community_event",)),
    ),
    Indicator(
        key="sdg_course_share",
        name=Text("Courses on the SDGs", "SDGs教育の授業"),
        definition=Text(
            "Courses on the SDGs that begin during the fiscal year, compared with all courses as reported on 1 May. A "
            "course recorded once a term counts once a term.",
            "年度内に開始したSDGs教育の授業の数を、5月1日現在の全授業科目数と比べたもの。"
            "学期ごとに記録された授業は、学期ごとに数える。",
        ),
        target="society",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Activities(types=("sdg_course",)),
        denominator=COURSES,
    ),
    Indicator(
        key="newcomer_share",
        name=Text("Newcomers among those who take part", "新たに参加した人"),
        definition=Text(
            "Persons in activities of any target with a partner or country abroad in the fiscal year (in force on 1 "
            "May where they last) who were in none in the three fiscal years before, among all persons in them. For a "
            "department, its own activities decide. People received from elsewhere and records without personal ids "
            "are left out.",
            "年度内（継続する活動は5月1日現在）に海外の機関または国との活動（全目標）に加わった者のうち、"
            "前3年度に一度も参加していない者の割合。部局の値はその部局の活動だけで判定する。"
            "受入者と個人IDのない記録は除く。",
        ),
        target="society",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Newcomers(only=TAKING_PART),
        denominator=Persons(only=TAKING_PART),
        protected=True,
    ),
)
