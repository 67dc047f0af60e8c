"""Builds small universities from readable rows, as the frames that the reader of the store would give.

`frames` takes what a person can read (`departments="ENG:0.6;SCI:0.4"`) and gives what `Ledger.of` takes, with
the dtypes of the store. Nothing here knows how figures are counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from vocabulary.departments import UNIVERSITY


class Department(NamedTuple):
    """One department; without a parent it lies right below the university."""

    code: str
    parent: str = UNIVERSITY
    opened: str = ""
    closed: str = ""
    kind: str = ""
    discipline: str = ""


class Partner(NamedTuple):
    """One partner institution; ROR types are separated by `|`, a place is latitude and longitude in degrees."""

    number: int
    country: str
    types: str = "education"
    place: tuple[float, float] | None = None
    ror_id: str | None = None
    name: str = ""


class Headcount(NamedTuple):
    """One row of `populations`; without a country it counts all countries."""

    department: str
    as_of: str
    population: str
    group: str
    counted: int
    country: str = ""


class Rate(NamedTuple):
    """The value in yen of one unit of a currency in one fiscal year."""

    currency: str
    fiscal_year: int
    jpy: float


class Country(NamedTuple):
    """One country; every field is a column of the table."""

    code: str
    code_3: str
    name_en: str
    name_ja: str
    region: str
    subregion: str
    least_developed: bool = False


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One activity record, its lists written as in a file; the number is its place in the list, from 1."""

    kind: str
    start: str
    departments: str  # ENG, ENG;SCI (equal shares) or ENG:0.6;SCI:0.4
    end: str = ""
    lead: str = ""
    partners: tuple[Partner, ...] = ()
    countries: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    people_count: int | None = None
    level: str = ""
    amount: float | None = None
    currency: str = "JPY"
    citation_percentile: float | None = None
    language: str = ""
    sdgs: tuple[int, ...] = ()
    source: str = "records"
    record_id: str = ""  # its number, where nothing is written
    title: str = ""
    url: str = ""

    @property
    def shares(self) -> dict[str, float]:
        """The share of each department; equal shares where none are written."""
        parts = [part.split(":") for part in self.departments.split(";")]
        return {code: float(share[0]) if share else 1 / len(parts) for code, *share in parts}


COUNTRIES = (
    Country("DE", "DEU", "Germany", "ドイツ", "Europe", "Western Europe"),
    Country("FR", "FRA", "France", "フランス", "Europe", "Western Europe"),
    Country("JP", "JPN", "Japan", "日本", "Asia", "Eastern Asia"),
    Country("NP", "NPL", "Nepal", "ネパール", "Asia", "Southern Asia", least_developed=True),
    Country("US", "USA", "United States", "アメリカ合衆国", "Americas", "Northern America"),
)


HOME_ROR = "https://ror.org/01dq60k83"
SENDAI = (38.25, 140.87)


def frames(
    departments: Iterable[Department] = (),
    activities: Iterable[Activity] = (),
    populations: Iterable[Headcount] = (),
    rates: Iterable[Rate] = (),
    countries: Iterable[Country] = COUNTRIES,
    home: tuple[float, float] | None = SENDAI,
    imported: Iterable[str] = (),
) -> Mapping[str, pd.DataFrame]:
    """The frames of a university, by the names that `Ledger.of` knows them by. Activities are numbered from 1.

    `home` is the place of the university; without it nobody said who and where it is. `imported` are the days of
    imports; activities came with the first.
    """
    numbered = list(enumerate(activities, start=1))
    return {
        "departments": _departments(departments),
        "activities": _activities(numbered),
        "activity_departments": _frame(
            {"activity_id": "int64", "department": "str", "share": "float64"},
            [(n, code, share) for n, a in numbered for code, share in a.shares.items()],
        ),
        "activity_partners": _frame(
            {"activity_id": "int64", "partner_id": "int64"}, [(n, p.number) for n, a in numbered for p in a.partners]
        ),
        "activity_countries": _frame(
            {"activity_id": "int64", "country": "str"}, [(n, code) for n, a in numbered for code in a.countries]
        ),
        "activity_people": _frame(
            {"activity_id": "int64", "person_id": "int64"}, [(n, person) for n, a in numbered for person in a.people]
        ),
        "activity_sdgs": _frame(
            {"activity_id": "int64", "sdg": "int64"}, [(n, sdg) for n, a in numbered for sdg in a.sdgs]
        ),
        "partners": _partners(numbered),
        "countries": _frame(dict.fromkeys(Country._fields, "str") | {"least_developed": "bool"}, list(countries)),
        "populations": _populations(populations),
        "rates": _frame({"currency": "str", "fiscal_year": "int64", "jpy": "float64"}, list(rates)),
        "state": _frame({"name": "str", "value": "str"}, _state(home)),
        "imports": _frame(
            {"import_id": "int64", "imported_at": "datetime64[s]", "status": "str"},
            [(n, _day(day), "stored") for n, day in enumerate(imported, start=1)],
        ),
    }


def _frame(dtypes: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: pd.Series([row[place] for row in rows], dtype=dtype)
            for place, (name, dtype) in enumerate(dtypes.items())
        }
    )


def _departments(departments: Iterable[Department]) -> pd.DataFrame:
    rows = [(d.code, d.parent, _day(d.opened), _day(d.closed), d.kind, d.discipline) for d in departments]
    days = dict.fromkeys(("opened", "closed"), "datetime64[s]")
    return _frame(
        {"code": "str", "parent_code": "object", **days, "kind": "str", "discipline": "str"},
        [(UNIVERSITY, None, None, None, "university", ""), *rows],
    )


def _activities(numbered: list[tuple[int, Activity]]) -> pd.DataFrame:
    dtypes: dict[str, str] = {
        "activity_id": "int64",
        "activity_type": "str",
        "start_date": "datetime64[s]",
        "end_date": "datetime64[s]",
        "lead": "str",
        "people_count": "float64",
        "level": "str",
        "amount": "float64",
        "currency": "str",
        "citation_percentile": "float64",
        "language": "str",
        **dict.fromkeys(("source", "record_id", "title", "url"), "str"),
        "import_id": "int64",
    }
    rows: list[tuple[object, ...]] = [
        (
            *(n, a.kind, _day(a.start), _day(a.end), a.lead, a.people_count),
            *(a.level, a.amount, a.currency, a.citation_percentile, a.language),
            *(a.source, a.record_id or str(n), a.title, a.url, 1),
        )
        for n, a in numbered
    ]
    return _frame(dtypes, rows)


def _partners(numbered: list[tuple[int, Activity]]) -> pd.DataFrame:
    known = sorted({partner for _, activity in numbered for partner in activity.partners})
    numbers = [partner.number for partner in known]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"a partner is written in two ways: {known}")
    dtypes = {"partner_id": "int64", "country": "str", "types": "str"}
    places = {"latitude": "float64", "longitude": "float64", "ror_id": "object", "name_en": "str"}
    return _frame(
        dtypes | places, [(p.number, p.country, p.types, *(p.place or (None, None)), p.ror_id, p.name) for p in known]
    )


def _state(home: tuple[float, float] | None) -> list[tuple[object, ...]]:
    values = [HOME_ROR, *map(str, home)] if home else []
    return list(zip(("home_ror", "home_latitude", "home_longitude"), values, strict=False))


def _populations(populations: Iterable[Headcount]) -> pd.DataFrame:
    dtypes: dict[str, str] = {
        "department": "str",
        "as_of": "datetime64[s]",
        "population": "str",
        "group": "str",
        "count": "int64",
        "country": "str",
    }
    return _frame(
        dtypes, [(r.department, _day(r.as_of), r.population, r.group, r.counted, r.country) for r in populations]
    )


def _day(written: str) -> np.datetime64 | None:
    return np.datetime64(written, "s") if written else None
