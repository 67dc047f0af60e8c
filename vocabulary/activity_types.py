"""The vocabulary of activity types: target, process, how each is counted, and its name in both languages."""

from dataclasses import dataclass
from typing import Literal

from vocabulary.text import Text

Counted = Literal["event", "in force"]


@dataclass(frozen=True, kw_only=True)
class ActivityType:
    """One kind of activity. `event` counts in the fiscal year it starts, `in force` on every census day it spans."""

    code: str
    target: str
    process: str
    counted: Counted
    name: Text


TARGETS = {
    "education": Text("Education", "教育"),
    "research": Text("Research", "研究"),
    "industry": Text("Industry", "産学連携"),
    "society": Text("Social issues", "社会課題"),
}
PROCESSES = {
    "deepening": Text("Deepening international collaboration", "国際協働の深化"),
    "comprehensive": Text("Comprehensive internationalization", "包括的国際化"),
}

PROCESSES_IN_SHORT = {"deepening": Text("deepening", "深化"), "comprehensive": Text("comprehensive", "包括")}

_ROWS: tuple[tuple[str, str, str, Counted, str, str], ...] = (
    ("student_exchange_outbound", "education", "deepening", "event", "Student exchange (outbound)", "交換留学（派遣）"),
    ("student_exchange_inbound", "education", "deepening", "event", "Student exchange (inbound)", "交換留学（受入）"),
    (
        "joint_degree_programme",
        "education",
        "deepening",
        "in force",
        "Joint or double degree programme",
        "ジョイント・ダブルディグリー",
    ),
    ("joint_supervision", "education", "deepening", "event", "Joint doctoral supervision", "共同指導博士"),
    (
        "online_collaborative_course",
        "education",
        "deepening",
        "event",
        "Online course taught with a partner abroad",
        "海外大学との協働オンライン授業",
    ),
    ("student_exchange_agreement", "education", "deepening", "in force", "Student exchange agreement", "学生交流協定"),
    ("study_abroad_credit", "education", "comprehensive", "event", "Study abroad for credit", "単位取得を伴う海外留学"),
    (
        "short_programme_outbound",
        "education",
        "comprehensive",
        "event",
        "Short programme abroad",
        "短期海外研修（派遣）",
    ),
    (
        "short_programme_inbound",
        "education",
        "comprehensive",
        "event",
        "Short programme for visitors",
        "短期プログラム（受入）",
    ),
    (
        "foreign_language_programme",
        "education",
        "comprehensive",
        "in force",
        "Programme in a foreign language",
        "外国語のみで修了できる課程",
    ),
    ("intercultural_course", "education", "comprehensive", "event", "Intercultural class", "国際共修授業"),
    (
        "international_scholarship",
        "education",
        "comprehensive",
        "event",
        "Scholarship for international students",
        "留学生奨学金",
    ),
    ("publication", "research", "deepening", "event", "Publication", "論文"),
    (
        "joint_research_project",
        "research",
        "deepening",
        "event",
        "International joint research project",
        "国際共同研究",
    ),
    ("joint_laboratory", "research", "deepening", "in force", "Joint laboratory", "国際ジョイントラボ"),
    ("academic_agreement", "research", "deepening", "in force", "Academic agreement", "学術交流協定"),
    ("international_conference", "research", "deepening", "event", "International conference hosted", "国際会議の主催"),
    ("researcher_visit_outbound", "research", "comprehensive", "event", "Researcher sent abroad", "研究者の海外派遣"),
    (
        "researcher_visit_inbound",
        "research",
        "comprehensive",
        "event",
        "Researcher received from abroad",
        "外国人研究者の受入",
    ),
    (
        "international_recruitment",
        "research",
        "comprehensive",
        "event",
        "International recruitment",
        "国際公募による採用",
    ),
    (
        "early_career_abroad",
        "research",
        "comprehensive",
        "event",
        "Early-career long stay abroad",
        "若手研究者の長期海外派遣",
    ),
    (
        "international_committee",
        "research",
        "comprehensive",
        "in force",
        "Seat in an international body",
        "国際学会・編集委員",
    ),
    ("industry_contract", "industry", "deepening", "event", "Contract with a company", "企業との共同・受託研究"),
    ("patent_filing", "industry", "deepening", "event", "Patent filing", "特許出願"),
    ("technology_licence", "industry", "deepening", "event", "Technology licence", "技術移転・実施許諾"),
    ("startup", "industry", "comprehensive", "in force", "University start-up", "大学発スタートアップ"),
    (
        "international_internship_outbound",
        "industry",
        "comprehensive",
        "event",
        "Internship abroad",
        "海外インターンシップ（派遣）",
    ),
    (
        "international_internship_inbound",
        "industry",
        "comprehensive",
        "event",
        "Intern from abroad",
        "海外からのインターン（受入）",
    ),
    (
        "entrepreneurship_programme",
        "industry",
        "comprehensive",
        "event",
        "International entrepreneurship programme",
        "国際アントレプレナー育成",
    ),
    ("global_issue_project", "society", "deepening", "event", "Global issue project", "地球規模課題プロジェクト"),
    ("development_cooperation", "society", "deepening", "event", "Development cooperation", "国際協力（JICA 等）"),
    (
        "policy_contribution",
        "society",
        "deepening",
        "event",
        "Contribution to international policy or standards",
        "国際的な政策・標準化への貢献",
    ),
    ("capacity_building", "society", "deepening", "event", "Capacity building", "途上国等の人材育成"),
    ("multilingual_outreach", "society", "comprehensive", "event", "Outreach in other languages", "多言語での社会発信"),
    (
        "international_community_event",
        "society",
        "comprehensive",
        "event",
        "International event with the community",
        "地域国際交流",
    ),
    ("sdg_course", "society", "comprehensive", "event", "Course on the SDGs", "SDGs 教育"),
)
ACTIVITY_TYPES = {
    code: ActivityType(code=code, target=target, process=process, counted=counted, name=Text(en, ja))
    for code, target, process, counted, en, ja in _ROWS
}
