"""Reading the demonstration's rows in plain Python, apart from everything that the monitor computes with."""

import csv
import gzip
from collections.abc import Iterable, Mapping
from functools import cache

from data_access.reference import ORGANIZATIONS
from demonstration.rows import Row

Rows = Mapping[str, list[Row]]
YEARS = range(2014, 2026)
STUDENTS = ("undergraduate", "master", "doctoral")


@cache
def organizations() -> dict[str, Row]:
    """The registry by id."""
    with gzip.open(ORGANIZATIONS, "rt", encoding="utf-8") as file:
        return {row["ror_id"]: row for row in csv.DictReader(file)}


def cells(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def fiscal_year(row: Row) -> int:
    year, month = int(row["start_date"][:4]), int(row["start_date"][5:7])
    return year if month >= 4 else year - 1


def countries(row: Row) -> set[str]:
    """The countries that a row's partners and countries say."""
    of_partners = {
        partner.rpartition(" @ ")[2] if " @ " in partner else organizations()[partner]["country_code"]
        for partner in cells(row["partners"])
    }
    return of_partners | set(cells(row["countries"]))


def abroad(row: Row) -> bool:
    return bool(countries(row) - {"JP"})


def persons(rows: Iterable[Row]) -> int:
    """Distinct ids, plus the counts of rows without ids, plus one for each row with neither."""
    ids: set[str] = set()
    others = 0
    for row in rows:
        ids.update(cells(row["people"]))
        if not row["people"]:
            others += int(row["people_count"] or 1)
    return len(ids) + others


def in_force(row: Row, day: str) -> bool:
    return row["start_date"] <= day and (not row["end_date"] or row["end_date"] >= day)


def of_type(rows: Rows, *kinds: str) -> list[Row]:
    return [row for row in rows["activities"] if row["activity_type"] in kinds]


def headcount(rows: Rows, populations: Iterable[str], group: str, day: str) -> int:
    """Persons at the university: the sum of its departments."""
    wanted = set(populations)
    return sum(
        int(row["count"])
        for row in rows["populations"]
        if row["population"] in wanted
        and (row["group"], row["as_of"], row["country"]) == (group, day, "")
        and row["department"] != "*"
    )
