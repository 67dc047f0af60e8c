"""A university in whose every department stand texts and numbers that are nobody else's, stored by ordinary imports.

The departments are the demonstration's: a register of real faculties, schools and institutes in three groups, and two
parts of one faculty below it. What each has of its own: records (title, source, partners by name, persons, amounts,
numbers of persons, addresses), headcounts, goals with notes, an indicator that it declared, files, remarks on them,
earlier versions, a file that was refused and one that was undone, headers that were said to mean something, and a
decision on a partner's name. What one has together with another belongs to both; the university's own to no department.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine, select

from assurance.canary_marks import Canaries, text
from data_access.batches.roll_back import roll_back
from data_access.engine import as_whole, connect, prepare, reading
from data_access.imports import ImportReport, store_rows
from data_access.imports.heading_memory import remember
from data_access.partner_names.deciding import decide
from data_access.readers import demonstration_readers
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY, Scope
from data_access.tables import ActivityDepartment, ActivityPerson, Person
from demonstration.chance import Chance
from demonstration.country_matrix import country_matrix_rows
from demonstration.departments import TABLES, department_rows, read
from demonstration.loading import mark
from demonstration.partners import Partners
from demonstration.rows import ACTIVITY_COLUMNS, DEPARTMENT_COLUMNS, Row
from metrics.catalogue import INDICATORS
from metrics.declared import IMPLIED
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY

YEARS = (2023, 2024, 2025)
ROR = ("https://ror.org/03cve4549", "https://ror.org/02v51f717")  # everybody's partners
PERSONS_COUNTED = (50_000_000, 99_999_999)  # of a headcount; its parts are smaller
PERSONS_OF_A_GROUP, PERSONS_OF_A_COUNTRY = (20_000_000, 49_999_999), (10_000_000, 19_999_999)
PARTS = {
    **dict.fromkeys(("undergraduate", "master", "doctoral"), ("international", "foreign_national", "whole_year")),
    "faculty": ("foreign_national",),
    "staff": ("language_standard_met",),
    **dict.fromkeys(("course", "syllabus", "degree_programme"), ("foreign_language",)),
}
CHANGED = 12  # records of each department that have an earlier version
RESEARCHERS = 120  # no canaries: inequality is counted over each single one
SHARES = {key: indicator.unit == "share" for key, indicator in INDICATORS.items()}
PARTS_OF = ("ENG", ("ENGM", "ENGE"))
GOALS = ("publications", "industry_funding", "exchange_outbound")


def build(url: str, codes: Sequence[str] = ()) -> Canaries:
    """Fill an empty database; gives the marks that stand in it. `codes`: only these departments have data."""
    engine, marks = connect(url), Canaries()
    prepare(engine)
    mark(engine)
    _store(engine, "departments", [*department_rows(), *_below()], "departments.csv")
    for kind in ("rates", "references", "annotations"):
        _store(engine, kind, read(TABLES / f"{kind}.csv"), f"{kind}.csv")
    matrix = country_matrix_rows(Chance(0, "country_matrix"), Partners(Chance(0, "partners")))
    _store(engine, "country_matrix", matrix, "country_matrix.csv")
    leaves = list(codes) or _leaves()
    for place, code in enumerate(leaves):
        _department(engine, marks, code, leaves[place - 1])
    _store(engine, "activities", _records(marks, UNIVERSITY, UNIVERSITY), f"{text(UNIVERSITY)}.csv")
    _store(engine, "populations", _headcounts(marks, UNIVERSITY), f"{text(UNIVERSITY)}_heads.csv")
    _store(engine, "goals", list(_goals(marks, UNIVERSITY, public=True)), "goals_of_all.csv")
    _persons(engine, marks)
    engine.dispose()
    return marks


def departments(url: str) -> dict[str, frozenset[str]]:
    """Each department and the departments whose data its head may see."""
    engine = connect(url)
    try:
        readers = demonstration_readers(Records(engine, WHOLE_UNIVERSITY))
        return {one.department: one.scope.departments for one in readers.values() if one.department}
    finally:
        engine.dispose()


def _leaves() -> list[str]:
    parent, parts = PARTS_OF
    codes = [row["code"] for row in department_rows() if row["kind"] not in ("university", "group")]
    return [*codes, *parts] if parent in codes else codes


def _below() -> list[Row]:
    parent, parts = PARTS_OF
    values = [(code, parent, f"Department {code}", f"{code}学科", "faculty", "engineering", "", "") for code in parts]
    return [dict(zip(DEPARTMENT_COLUMNS, row, strict=True)) for row in values]


def _department(engine: Engine, marks: Canaries, code: str, neighbour: str) -> None:
    """Everything that a department has, and what it has together with its neighbour."""
    name, importer = text(code), f"head:{code}"
    rows = _records(marks, code, neighbour)
    _store(
        engine,
        "activities",
        [row | {"title": f"before {row['title']}"} for row in rows[-CHANGED:]],
        f"{name}.csv",
        importer,
    )
    _store(engine, "activities", rows, f"{name}.csv")
    _store(engine, "populations", _headcounts(marks, code), f"{name}_heads.csv", importer)
    _store(engine, "indicators", [_declared(code)], f"{name}_indicators.csv", importer)
    _store(engine, "goals", list(_goals(marks, code)), f"{name}_goals.csv")
    _store(engine, "affiliations", [{"pattern": name, "department": code}], f"{name}_affiliations.csv")
    extra = [_record(marks, (code,), "publication", 2025, "undone")]
    undone = _store(engine, "activities", extra, f"{name}_undone.csv")
    roll_back(engine, undone.import_id, importer="office")
    wrong = [_record(marks, (code,), "publication", 2025, "refused") | {"start_date": name}]
    _store(engine, "activities", wrong, f"{name}_refused.csv", importer, refused=True)
    remember(
        engine,
        "activities",
        f"{name}.csv",
        {name: "title"},
        importer=importer,
        scope=Scope(departments=frozenset({code})),
    )
    decide(engine, f"{name} Company", "DE", ror_id="", by="office", scope=WHOLE_UNIVERSITY)


def _records(marks: Canaries, code: str, neighbour: str) -> list[Row]:
    rows = [
        _record(marks, (code,), kind, year, f"{kind}{year}n{number}")
        for kind in ACTIVITY_TYPES
        for year in YEARS
        for number in (1, 2)
    ]
    if neighbour != code:
        rows.append(_record(marks, (code, neighbour), "publication", YEARS[-1], "shared"))
    return rows


def _record(marks: Canaries, owners: tuple[str, ...], kind: str, year: int, what: str) -> Row:
    """One record; every text and number in it names its departments."""
    name = text(*owners)
    in_force = ACTIVITY_TYPES[kind].counted == "in force"
    values = {
        "record_id": f"{name}{what}",
        "source": name,
        "activity_type": kind,
        "title": f"{name} {what}",
        "start_date": f"{year}-05-02" if not in_force else "2022-04-02",
        "end_date": f"{year}-08-02" if not in_force else f"{year + 3}-03-31",
        "departments": ";".join(owners),
        "lead": owners[0],
        "partners": f"{ROR[year % 2]};{name} University @ US;{name} Company @ DE",
        "people": f"{name}.{what}.{year};{name}.{year}",
        "level": "doctoral" if ACTIVITY_TYPES[kind].target == "education" else "faculty",
        "amount": str(marks.number(owners)),
        "currency": "JPY",
        "sdgs": "3;13",
        "citation_percentile": "95",
        "language": "en",
        "url": f"https://example.org/{name}/{what}",
    }
    if what.endswith("n2"):  # without persons' ids: their number is told, and is one of its own
        values |= {"people": "", "people_count": str(marks.number(owners))}
    return {column: values.get(column, "") for column in ACTIVITY_COLUMNS}


def _headcounts(marks: Canaries, code: str) -> list[Row]:
    rows = []
    for year in (*YEARS, YEARS[-1] + 1):
        rows.append(_headcount(code, year, "researcher", "all", "", RESEARCHERS))
        for population in PARTS:
            counted = {"all": marks.number((code,), *PERSONS_COUNTED)}
            counted |= {group: marks.number((code,), *PERSONS_OF_A_GROUP) for group in PARTS[population]}
            rows += [_headcount(code, year, population, group, "", count) for group, count in counted.items()]
            if "international" in counted:
                part = marks.number((code,), *PERSONS_OF_A_COUNTRY)
                rows.append(_headcount(code, year, population, "international", "CN", part))
    return rows


def _headcount(code: str, year: int, population: str, group: str, country: str, count: int) -> Row:
    key = {"department": code, "as_of": f"{year}-05-01", "population": population, "group": group}
    return {**key, "country": country, "count": str(count)}


def _declared(code: str) -> Row:
    name = text(code)
    return {
        "key": f"own_{code.lower()}",
        "department": code,
        "name_en": f"{name} papers",
        "name_ja": f"{name}論文",
        "definition_en": f"Papers of {name}.",
        "definition_ja": f"{name}の論文。",
        "target": "research",
        "process": "deepening",
        "unit": "count",
        "better": "higher",
        "source": name,
        "counts": "activities",
        "activity_types": "publication",
    }


def _goals(marks: Canaries, code: str, *, public: bool = False) -> Iterator[Row]:
    for key in GOALS:
        for year, kind in ((2023, "baseline"), (2026, "milestone"), (2030, "target")):
            value = 1_000 * year if public else marks.number((code,))
            note = "" if public else text(code)
            said = {"phase": note, "note_en": note, "note_ja": note, "path": ""}
            yield {
                "indicator": key,
                "department": code,
                "fiscal_year": str(year),
                "value": str(value),
                "kind": kind,
            } | said


def _persons(engine: Engine, marks: Canaries) -> None:
    """Whose each person's pseudonym is, as it was made when it was stored."""
    linked = (
        select(Person.pseudonym, ActivityDepartment.department)
        .join(ActivityPerson, ActivityPerson.person_id == Person.person_id)
        .join(ActivityDepartment, ActivityDepartment.activity_id == ActivityPerson.activity_id)
    )
    with reading(engine) as connection:
        for pseudonym, code in as_whole(connection).execute(linked):
            marks.persons[pseudonym] = marks.persons.get(pseudonym, frozenset()) | {code}


def _store(
    engine: Engine, kind: str, rows: Sequence[Row], name: str, importer: str = "office", *, refused: bool = False
) -> ImportReport:
    report = store_rows(engine, kind, rows, indicators=SHARES, conditions=IMPLIED, name=name, importer=importer)
    if (report.status == "refused") is not refused:
        first = [f"row {one.row}, {one.column}: {one.message.en} ({one.value})" for one in report.remarks[:5]]
        raise ValueError("\n".join([f"{name} was {report.status}:", *first]))
    return report


def file_of(folder: Path) -> str:
    """The address of a canary university's database in this folder."""
    return f"sqlite:///{folder / 'canaries.db'}"
