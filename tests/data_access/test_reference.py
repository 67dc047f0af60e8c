"""The reference files are whole, small enough, and say where they come from."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access import reference
from data_access.partners import registry
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY

FILES = [path for path in sorted(reference.FOLDER.iterdir()) if path.suffix not in {".py", ".md"} and path.is_file()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_reference_file_states_its_source_and_is_not_too_large(path: Path) -> None:
    assert f"| `{path.name}` |" in (reference.FOLDER / "README.md").read_text(encoding="utf-8")
    assert path.stat().st_size < 3_500_000


def test_the_countries_of_the_world() -> None:
    countries = {country.code: country for country in reference.countries()}
    assert len(countries) == 250
    assert all(len(code) == 2 and len(country.code_3) == 3 for code, country in countries.items())
    assert (countries["JP"].region, countries["JP"].subregion) == ("Asia", "Eastern Asia")
    assert countries["NA"].name_en == "Namibia"
    assert countries["XK"].name_en == "Kosovo"
    assert sum(country.least_developed for country in countries.values()) in range(44, 50)


def test_every_country_of_a_database_has_a_name_in_both_languages(engine: Engine) -> None:
    countries = Records(engine, WHOLE_UNIVERSITY).countries().set_index("code")
    assert (countries[["name_en", "name_ja"]] != "").all(axis=None)
    assert countries["name_ja"].is_unique
    assert countries["name_en"].is_unique
    assert list(countries.loc[["JP", "HK", "US", "XK"], "name_ja"]) == ["日本", "香港", "アメリカ", "コソボ"]


def test_every_organization_of_the_registry_is_in_a_country_that_there_is() -> None:
    known = {country.code for country in reference.countries()}
    assert {row.country_code for row in registry()._rows.values()} <= known


def test_the_departments_of_tohoku_university() -> None:
    departments = {department.code: department for department in reference.departments()}
    assert len(departments) == 31
    assert departments["LET"].name_ja == "文学部"
    assert departments["LET"].entry_quotas["bachelor_4y"] == 210


def test_the_published_figures() -> None:
    figures = reference.published_figures()
    share = next(figure for figure in figures if figure.quantity == "international_copublication_share")
    assert (share.value, share.unit, share.total) == (36.6, "percent", None)
    first = figures[0]
    assert (first.population, first.value, first.total) == ("undergraduate", 190, 10_695)
