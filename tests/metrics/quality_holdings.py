"""A small university whose records hold each weakness once, drawn here so that a reader finds them by eye.

Departments: FAC (ENG, SCI), LAW, OLD (closed 2022-03-31), NEW (opened 2022-04-01). Newest import: 2023-06-15.

| id       | what it is, and what is wrong in it                                                            |
|----------|------------------------------------------------------------------------------------------------|
| good     | a paper of ENG with Bonn and two persons: nothing                                              |
| country  | a paper of ENG: neither partner nor country                                                    |
| name     | a paper of SCI with a partner without ROR id                                                   |
| nobody   | a stay of LAW abroad: neither ids nor a number                                                 |
| nolead   | a paper of ENG and SCI without a lead                                                          |
| noamount | a contract of ENG without an amount                                                            |
| norate   | a contract of SCI in euros, without a rate                                                     |
| nogoal   | a project for social issues without an SDG                                                     |
| doi1     | a paper with https://doi.org/10.5555/ABC.1;  doi2 has dx.doi.org/10.5555/abc.1 in another case |
| two1     | a lecture of source `outreach`; two2 the same title in full width and people in `portal`       |
| again1   | a lecture of source `outreach`; again2 the same again under another id                         |
| shares   | a paper, ENG 0.5 and SCI 0.4                                                                   |
| ended    | an agreement that ends a day before it begins                                                  |
| early    | a paper of NEW of the day before it opened;  late: one of OLD of the day after it closed       |
| thirty   | an agreement from 1993-06-14, open;  almost: one from 1993-06-15                               |
| future   | a visit that begins 2023-06-16, the day after the newest import                                |
| day1..6  | six lectures that person 9 begins on one day;  calm1..5: five of person 8 on another           |
| yen1..20 | twenty contracts of 1 to 20 million yen;  thousand: one of 10,000 yen                          |
"""

from metrics.quality.holdings import Holdings
from tests.metrics.building import Activity, Department, Headcount, Partner, frames

BONN = Partner(10, "DE", ror_id="https://ror.org/041nas322", name="University of Bonn")
UNMATCHED = Partner(11, "FR", name="Université de Nulle Part")
COMPANY = Partner(12, "US", "company", ror_id="https://ror.org/02jx3x895", name="Company")
NEWEST = "2023-06-15"

DEPARTMENTS = (
    Department("FAC"),
    Department("ENG", "FAC"),
    Department("SCI", "FAC"),
    Department("LAW"),
    Department("OLD", closed="2022-03-31"),
    Department("NEW", opened="2022-04-01"),
)


def paper(record: str, departments: str = "ENG", start: str = "2022-06-01", **more: object) -> Activity:
    given: dict[str, object] = {
        "lead": departments.partition(";")[0].partition(":")[0],
        "partners": (BONN,),
        "people": (sum(map(ord, record)), 2 * sum(map(ord, record))),
        "title": record,
        "citation_percentile": 50.0,
    }
    return Activity(kind="publication", start=start, departments=departments, record_id=record, **(given | more))  # type: ignore[arg-type]


def lecture(record: str, start: str, people: tuple[int, ...], source: str = "outreach", title: str = "") -> Activity:
    return Activity(
        kind="multilingual_outreach",
        start=start,
        departments="LAW",
        record_id=record,
        countries=("DE",),
        people=people,
        source=source,
        title=title or record,
        sdgs=(4,),
    )


def contract(record: str, amount: float | None, departments: str = "ENG", currency: str = "JPY") -> Activity:
    return Activity(
        kind="industry_contract",
        start="2022-10-01",
        departments=departments,
        record_id=record,
        partners=(COMPANY,),
        people=(sum(map(ord, record)),),
        amount=amount,
        currency=currency,
        title=record,
    )


def agreement(record: str, start: str, end: str = "") -> Activity:
    return Activity(
        kind="academic_agreement", start=start, end=end, departments="LAW", record_id=record, partners=(BONN,)
    )


ACTIVITIES = (
    paper("good"),
    paper("country", partners=(), people=(1,)),
    paper("name", "SCI", partners=(UNMATCHED, BONN)),
    Activity(
        kind="researcher_visit_outbound", start="2022-07-01", departments="LAW", record_id="nobody", countries=("DE",)
    ),
    Activity(
        kind="researcher_visit_outbound",
        start="2022-07-02",
        departments="LAW",
        record_id="visit",
        countries=("DE",),
        people=(4,),
    ),
    paper("nolead", "ENG;SCI", lead=""),
    contract("noamount", None),
    contract("norate", 5_000, "SCI", "EUR"),
    Activity(
        kind="global_issue_project",
        start="2022-08-01",
        departments="LAW",
        record_id="nogoal",
        countries=("NP",),
        people=(5,),
        amount=1e6,
    ),
    paper("doi1", url="https://doi.org/10.5555/ABC.1"),
    paper("doi2", url="http://dx.doi.org/10.5555%2Fabc.1"),
    lecture("two1", "2022-05-01", (6, 7), title="Europe today: a lecture"),
    lecture("two2", "2022-09-01", (7, 6), source="portal", title="Ｅｕｒｏｐｅ Today (a Lecture)"),
    lecture("again1", "2022-05-02", (6,), title="Asia today"),
    lecture("again2", "2022-05-03", (6,), title="Asia  today."),
    paper("shares", "ENG:0.5;SCI:0.4"),
    agreement("ended", "2022-05-01", "2022-04-30"),
    paper("early", "NEW", "2022-03-31"),
    paper("late", "OLD", "2022-04-01"),
    agreement("thirty", "1993-06-14"),
    agreement("almost", "1993-06-15"),
    Activity(
        kind="researcher_visit_outbound",
        start="2023-06-16",
        departments="LAW",
        record_id="future",
        countries=("DE",),
        people=(4,),
    ),
    *(lecture(f"day{n}", "2022-11-01", (9,)) for n in range(1, 7)),
    *(lecture(f"calm{n}", "2022-11-02", (8,)) for n in range(1, 6)),
    *(contract(f"yen{n}", n * 1e6) for n in range(1, 21)),
    contract("thousand", 10_000),
)


def counted(department: str, year: int, population: str, group: str, count: int, country: str = "") -> Headcount:
    return Headcount(department, f"{year}-05-01", population, group, count, country)


POPULATIONS = (
    *(counted("ENG", year, "master", "all", 100) for year in (2020, 2021, 2022)),
    counted("ENG", 2022, "master", "international", 101),  # above all
    counted("SCI", 2022, "master", "all", 50),
    counted("SCI", 2022, "master", "international", 10),
    counted("SCI", 2022, "master", "international", 6, "DE"),  # 6 + 5 of 10
    counted("SCI", 2022, "master", "international", 5, "FR"),
    counted("FAC", 2022, "master", "all", 149),  # of 100 + 50
    counted("LAW", 2022, "staff", "foreign_national", 3),  # of how many?
    counted("LAW", 2021, "researcher", "all", 40),
    counted("LAW", 2021, "researcher", "foreign_national", 4),
    counted("LAW", 2022, "researcher", "all", 41),  # foreign nationals not delivered
    counted("SCI", 2021, "faculty", "all", 30),  # not delivered for 2022
    counted("SCI", 2021, "faculty", "foreign_national", 3),
    counted("ENG", 2022, "faculty", "all", 10),  # categories together 11
    counted("ENG", 2022, "faculty", "foreign_national", 6),
    counted("ENG", 2022, "faculty", "overseas_degree", 5),
)


def holdings(
    activities: tuple[Activity, ...] = ACTIVITIES, populations: tuple[Headcount, ...] = POPULATIONS
) -> Holdings:
    """What the checks look at, of this university or of other records of it."""
    return Holdings.of(frames(DEPARTMENTS, activities, populations, imported=["2023-05-01", NEWEST]))
