"""Industry, comprehensive internationalization: who takes part, internships, start-ups and entrepreneurship."""

from metrics.breadth import ActiveDepartments, Departments, EffectiveCountries
from metrics.catalogue.headcounts import ALL_STUDENTS, FACULTY
from metrics.indicator import Indicator, counted_in
from metrics.measures import Activities, Persons
from metrics.references import Reference, uire
from metrics.words import types_of
from vocabulary.text import Text

OUTBOUND = ("international_internship_outbound",)
INBOUND = ("international_internship_inbound",)
OF_PARTICIPANTS = (*OUTBOUND, *INBOUND, "entrepreneurship_programme")  # their persons are students and guests
BY_FACULTY = tuple(kind for kind in types_of("industry") if kind not in OF_PARTICIPANTS)

INDUSTRY_COMPREHENSIVE = (
    Indicator(
        key="industry_participation",
        name=Text("Faculty who work with industry abroad", "海外産学連携に参加する教員"),
        definition=Text(
            "Persons in contracts, patent filings, licences or start-ups with a partner or country abroad in the "
            "fiscal year, compared with the faculty of 1 May. Records of students are left out; staff and researchers "
            "who are not faculty are counted where the records name them.",
            "年度内に海外の機関または国を含む契約・特許出願・実施許諾・スタートアップに加わった者の実人数を、"
            "5月1日現在の教員数と比べたもの。学生の記録は除くが、教員以外の研究者や職員も記録にあれば数える。",
        ),
        target="industry",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=BY_FACULTY, only=("international", "not_students")),
        denominator=FACULTY,
        protected=True,
    ),
    Indicator(
        key="industry_departments_share",
        name=Text("Departments that work with industry abroad", "海外産学連携を行う部局"),
        definition=Text(
            "Departments with at least one industry activity with a partner or country abroad, in the fiscal year or "
            "in force on 1 May, among those that exist. One activity is enough, and only the lowest departments "
            "count.",
            "年度内に開始または5月1日現在で継続中の、海外の機関または国を含む産学連携活動が1件以上ある部局の割合。"
            "件数の多寡は問わず、下に部局をもたない部局だけを数える。",
        ),
        target="industry",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=ActiveDepartments(types=types_of("industry"), only=("international",)),
        denominator=Departments(),
    ),
    Indicator(
        key="internship_outbound_share",
        name=Text("Students on internships abroad", "海外インターンシップ"),
        definition=Text(
            "Students who leave on an internship abroad during the fiscal year, each counted once, compared with all "
            "students of 1 May. An internship for a foreign company inside Japan does not belong here.",
            "年度内に海外インターンシップに出発した学生の実人数を、5月1日現在の全学生数と比べたもの。"
            "外資系企業であっても国内でのインターンシップは含まない。",
        ),
        target="industry",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=OUTBOUND),
        denominator=ALL_STUDENTS,
        references=(Reference("UMR", "", Text("internships", "インターンシップ")),),
        protected=True,
    ),
    Indicator(
        key="internship_inbound",
        name=Text("Interns from abroad", "海外からのインターン"),
        definition=Text(
            "Persons from abroad whose internship here begins during the fiscal year, each counted once. Exchange "
            "students who take an internship while here are counted only if that is recorded as one.",
            "年度内に本学でのインターンシップを開始した、海外からの者の実人数。"
            "交換留学生が在籍中に行うものは、インターンシップとして記録された場合にのみ数える。",
        ),
        target="industry",
        process="comprehensive",
        unit="persons",
        better="higher",
        numerator=Persons(types=INBOUND),
        protected=True,
    ),
    Indicator(
        key="startups",
        name=Text("Start-ups", "大学発スタートアップ"),
        definition=Text(
            "Start-ups of the university that were founded by 1 May and have not ended. It is a stock: one that closed "
            "counts on until its end is recorded.",
            "5月1日までに設立され、同日現在で存続している大学発スタートアップの数。"
            "累計ではなく現存数であり、廃業した企業も終了が記録されるまでは数える。",
        ),
        target="industry",
        process="comprehensive",
        unit=counted_in("社"),
        better="higher",
        numerator=Activities(types=("startup",)),
        references=(uire("start-ups", "スタートアップ"),),
    ),
    Indicator(
        key="startups_international_share",
        name=Text("Start-ups with a founder, investor or market abroad", "海外と結ぶスタートアップ"),
        definition=Text(
            "Start-ups in existence on 1 May that have a partner or country abroad, be it founder, investor or market. "
            "Which of the three it is cannot be told, and no country on record counts as none.",
            "5月1日現在で存続する大学発スタートアップのうち、創業者・投資家・市場のいずれかが海外と結びつくものの割合。"
            "三者の別は区別せず、国の記録がないものは海外との結びつきなしとする。",
        ),
        target="industry",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Activities(types=("startup",), only=("international",)),
        denominator=Activities(types=("startup",)),
    ),
    Indicator(
        key="entrepreneurship_international_share",
        name=Text("International participants of entrepreneurship programmes", "起業家育成の国際参加"),
        definition=Text(
            "Persons in entrepreneurship programmes of the fiscal year whose record has a country abroad, among all "
            "persons in them. The record of the programme decides, so everyone in an international programme counts.",
            "年度内に開始した起業家育成プログラムの参加者のうち、海外の国を含む記録の参加者の割合。"
            "個人の国籍ではなく記録ごとに判定するため、国際的なプログラムの参加者は全員を数える。",
        ),
        target="industry",
        process="comprehensive",
        unit="share",
        better="higher",
        numerator=Persons(types=("entrepreneurship_programme",), only=("international",)),
        denominator=Persons(types=("entrepreneurship_programme",)),
        protected=True,
    ),
    Indicator(
        key="internship_countries_effective",
        name=Text("Effective number of internship countries", "インターン国の実効数"),
        definition=Text(
            "Over how many countries internships would spread if each sent or took equally many of the fiscal year's "
            "interns. One dominant country keeps it low, and interns of unknown country are left out.",
            "偏りを除いた実質的な国の数（実効数）。"
            "年度内のインターンシップ（派遣・受入）の参加者が各国に均等に分布するとした場合の国の数に換算したもの。"
            "一国への集中が強いと小さくなり、国が不明な者は含まない。",
        ),
        target="industry",
        process="comprehensive",
        unit="index",
        better="higher",
        numerator=EffectiveCountries(types=(*OUTBOUND, *INBOUND), of="persons"),
        source="Hill 1973, Ecology 54:427",
    ),
)
