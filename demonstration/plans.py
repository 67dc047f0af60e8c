"""What is generated of each type of event: how many a year, by whom, with whom, for how long."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One type of event. Numbers of FY2014 and FY2025; the years between lie between, times the years' course."""

    kind: str
    source: str
    first: int
    last: int
    by: str
    """The habit by which departments take part: a column of department_profiles.csv, students or foreigners."""
    course: str = "steady"
    partner: tuple[str, ...] = ("university",)
    """Kinds of partners, or none: then countries only."""
    abroad: int = 1000
    """Per mille with partners or countries abroad; the others stay in Japan."""
    world: bool = False
    """Whether the partners are those of work on the issues of the world rather than of the discipline."""
    agency: int = 0
    """Per mille with a public partner in Japan besides."""
    who: str = "researcher"
    """researcher, staff, student, visitor: ids; count: persons counted."""
    persons: tuple[int, int] = (1, 1)
    levels: tuple[str, ...] = ()
    """Drawn from, evenly; `own` is the department's students' level."""
    days: tuple[int, int] = (0, 0)
    stays: bool = False
    """Stays abroad: mostly short, some long."""
    thousands: int = 0
    """A usual amount, in thousand yen."""
    goals: bool = False
    languages: tuple[str, ...] = ()
    shared: int = 60
    """Per mille by two departments."""


LANGUAGES = ("en", "en", "en", "en", "zh", "zh", "ko", "id", "vi", "fr", "th", "es", "de")

EDUCATION = (
    Plan(kind="joint_supervision", source="mobility", first=24, last=52, by="foreigners", who="student",
         levels=("doctoral",), days=(180, 900)),
    Plan(kind="online_collaborative_course", source="courses", first=16, last=34, by="courses", course="online",
         who="count", persons=(8, 30), levels=("own",), days=(60, 110)),
    Plan(kind="study_abroad_credit", source="mobility", first=24, last=38, by="exchange", course="travel",
         who="student", persons=(2, 6), levels=("own",), days=(28, 180)),
    Plan(kind="short_programme_outbound", source="mobility", first=30, last=44, by="exchange", course="travel",
         who="count", persons=(6, 26), levels=("own",), days=(8, 29)),
    Plan(kind="short_programme_inbound", source="mobility", first=12, last=21, by="exchange", course="travel",
         who="count", persons=(8, 25), levels=("own",), days=(7, 28)),
    Plan(kind="intercultural_course", source="courses", first=36, last=72, by="students", partner=(), who="count",
         persons=(10, 44), levels=("own",), days=(90, 120)),
    Plan(kind="international_scholarship", source="scholarships", first=26, last=42, by="foreigners", partner=(),
         who="count", persons=(9, 34), levels=("own",), days=(360, 365), thousands=9000),
)  # fmt: skip

RESEARCH = (
    Plan(kind="joint_research_project", source="projects", first=52, last=104, by="papers", persons=(1, 4),
         days=(330, 1460), thousands=5200, goals=True, shared=130),
    Plan(kind="international_conference", source="projects", first=18, last=28, by="faculty", course="travel",
         persons=(2, 5), days=(1, 5), shared=110),
    Plan(kind="researcher_visit_outbound", source="mobility", first=82, last=118, by="faculty", course="travel",
         persons=(1, 3), levels=("faculty", "faculty", "faculty", "postdoctoral"), stays=True, shared=0),
    Plan(kind="researcher_visit_inbound", source="mobility", first=44, last=70, by="papers", course="travel",
         who="visitor", persons=(1, 2), levels=("faculty", "faculty", "postdoctoral", "doctoral"),
         stays=True, shared=0),
    Plan(kind="international_recruitment", source="personnel", first=22, last=41, by="faculty", abroad=380,
         levels=("faculty", "postdoctoral"), shared=0),
    Plan(kind="early_career_abroad", source="mobility", first=13, last=25, by="papers", course="travel",
         levels=("faculty", "postdoctoral"), days=(92, 730), shared=0),
)  # fmt: skip

INDUSTRY = (
    Plan(kind="patent_filing", source="intellectual_property", first=32, last=52, by="industry",
         partner=("company", "company", "university"), abroad=120, persons=(1, 3)),
    Plan(kind="technology_licence", source="intellectual_property", first=12, last=24, by="industry",
         partner=("company",), abroad=210, days=(700, 2500), thousands=1900),
    Plan(kind="international_internship_outbound", source="mobility", first=16, last=34, by="students",
         course="travel", partner=("company", "company", "university"), who="student", persons=(1, 3),
         levels=("own",), days=(14, 120)),
    Plan(kind="international_internship_inbound", source="mobility", first=10, last=22, by="industry",
         course="travel", who="visitor", persons=(1, 2), levels=("undergraduate", "master"), days=(28, 150)),
    Plan(kind="entrepreneurship_programme", source="courses", first=8, last=18, by="industry", partner=(),
         abroad=520, who="count", persons=(6, 28), levels=("master", "doctoral", "undergraduate"), days=(5, 90)),
)  # fmt: skip

SOCIETY = (
    Plan(kind="global_issue_project", source="projects", first=15, last=38, by="society",
         partner=("university", "public", "university", "public", "university"), abroad=880, world=True, agency=260,
         persons=(2, 5), days=(330, 1825), thousands=9800, goals=True, shared=180),
    Plan(kind="development_cooperation", source="projects", first=9, last=19, by="society", course="travel",
         partner=("public", "university"), world=True, agency=620, persons=(1, 4), days=(180, 1460),
         thousands=14000, goals=True, shared=140),
    Plan(kind="policy_contribution", source="outreach", first=8, last=18, by="society", partner=("public",),
         abroad=860, persons=(1, 2), goals=True),
    Plan(kind="capacity_building", source="projects", first=9, last=18, by="society", course="travel", world=True,
         agency=550, who="count", persons=(6, 24), days=(5, 60), goals=True),
    Plan(kind="multilingual_outreach", source="outreach", first=14, last=34, by="society", partner=(), abroad=560,
         who="staff", persons=(1, 2), languages=LANGUAGES, goals=True),
    Plan(kind="international_community_event", source="outreach", first=10, last=19, by="students", course="travel",
         partner=(), abroad=820, who="student", persons=(3, 12), levels=("own",), days=(1, 2)),
    Plan(kind="sdg_course", source="courses", first=14, last=46, by="courses", partner=(), abroad=150, who="count",
         persons=(15, 80), levels=("own",), days=(90, 120), goals=True),
)  # fmt: skip

PLANS = EDUCATION + RESEARCH + INDUSTRY + SOCIETY
