"""The reference files that come with the project (see README.md here), each with a typed loader."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ORGANIZATIONS = FOLDER / "ror_organizations.csv.gz"
COUNTRIES = FOLDER / "country_codes.csv"
COUNTRY_CORRECTIONS = FOLDER / "country_corrections.csv"
DEPARTMENTS = FOLDER / "tohoku_departments.csv"
PUBLISHED_FIGURES = FOLDER / "published_figures.csv"
WORKS_SAMPLE = FOLDER / "openalex_works_sample.json"
INSTITUTION_WORDS = FOLDER / "institution_words.csv"
MORE_ACRONYMS = FOLDER / "more_acronyms.csv"
OLD_CHARACTERS = FOLDER / "old_characters.csv"
COUNTRY_WORDS = FOLDER / "country_words.csv"


@dataclass(frozen=True, kw_only=True)
class CountryRecord:
    """One country or territory; `name_ja` is empty where our corrections say nothing."""

    code: str
    code_3: str
    name_en: str
    name_ja: str
    region: str
    subregion: str
    least_developed: bool


@dataclass(frozen=True, kw_only=True)
class DepartmentRecord:
    """One faculty, graduate school or institute; `entry_quotas` are students a year, by course (`bachelor_4y`, ...)."""

    code: str
    parent_code: str
    name_en: str
    name_ja: str
    kind: str
    entry_quotas: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class PublishedFigure:
    """One figure that the university published; `total` is what it is a part of, where the page says so."""

    quantity: str
    population: str
    as_of_or_year: str
    value: float
    total: float | None
    unit: str
    source: str


def countries() -> list[CountryRecord]:
    """Every country and territory of ISO 3166 with its UN M49 region, corrected by our own file, in order of code."""
    corrections = {row["code"]: row for row in _rows(COUNTRY_CORRECTIONS)}
    listed = [_country(row, corrections.pop(row["ISO3166-1-Alpha-2"], {})) for row in _rows(COUNTRIES)]
    added = [_country({}, row) for row in corrections.values()]
    return sorted(listed + added, key=lambda country: country.code)


def departments() -> list[DepartmentRecord]:
    """The departments of Tohoku University, in the order of the university's own list."""
    prefix = "entry_quota_"
    return [
        DepartmentRecord(
            **{name: row[name] for name in ("code", "parent_code", "name_en", "name_ja", "kind")},
            entry_quotas={
                name.removeprefix(prefix): int(value)
                for name, value in row.items()
                if name.startswith(prefix) and value
            },
        )
        for row in _rows(DEPARTMENTS)
    ]


def published_figures() -> list[PublishedFigure]:
    """The published figures that the demonstration is calibrated to."""
    return [
        PublishedFigure(
            **{name: row[name] for name in ("quantity", "population", "as_of_or_year", "unit", "source")},
            value=float(row["value"]),
            total=float(row["total"]) if row["total"] else None,
        )
        for row in _rows(PUBLISHED_FIGURES)
    ]


def _country(row: dict[str, str], correction: dict[str, str]) -> CountryRecord:
    return CountryRecord(
        code=correction.get("code") or row["ISO3166-1-Alpha-2"],
        code_3=correction.get("code_3") or row["ISO3166-1-Alpha-3"],
        name_en=correction.get("name_en") or row["CLDR display name"],
        name_ja=correction.get("name_ja", ""),
        region=correction.get("region") or row["Region Name"],
        subregion=correction.get("subregion") or row["Sub-region Name"],
        least_developed=row.get("Least Developed Countries (LDC)") == "x",
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)
