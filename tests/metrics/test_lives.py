"""What is recorded outside the life of a department counts; what lies before a definition does not."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.ledger import Ledger
from metrics.measures import Activities
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.metrics.asking import declared, figure
from tests.metrics.building import Activity, Department, frames

PAPERS = declared(Activities(types=("publication",)))


@pytest.fixture(scope="module")
def university() -> Ledger:
    """ENG lives; LAW closed on 31 March 2022. Papers: ENG in FY2020 to FY2023, LAW in FY2021 and FY2022."""
    papers = [
        *(Activity(kind="publication", start=f"{year}-05-01", departments="ENG") for year in range(2020, 2024)),
        *(Activity(kind="publication", start=f"{year}-05-01", departments="LAW") for year in (2021, 2022)),
    ]
    return Ledger.of(
        frames([Department("ENG"), Department("LAW", closed="2022-03-31")], papers), today=date(2023, 6, 1)
    )


def test_a_figure_after_the_department_closed_is_shown_where_records_make_one(university: Ledger) -> None:
    found = {year: figure(university, "LAW", year, PAPERS.numerator) for year in (2020, 2021, 2022, 2023)}
    assert {year: (row["status"], row["value"]) for year, row in found.items() if row["status"] == "ok"} == {
        2020: ("ok", 0),
        2021: ("ok", 1),
        2022: ("ok", 1),
    }
    assert found[2023]["status"] == "not applicable"
    assert figure(university, "*", 2022, PAPERS.numerator)["value"] == 2


def test_the_ledger_says_when_a_department_exists(university: Ledger) -> None:
    assert [university.exists("LAW", year) for year in (2000, 2021, 2022)] == [True, True, False]
    assert university.exists("ENG", 2100)
    assert university.exists("*", 2100)
    with pytest.raises(KeyError, match="XYZ"):
        university.exists("XYZ", 2021)


def test_before_its_definition_holds_an_indicator_has_no_value(university: Ledger) -> None:
    later = replace(PAPERS, since=2022)
    table = tabulate(university, [later], selection=Selection(departments=("ENG",)))
    assert dict(zip(table["fiscal_year"], table["status"], strict=True)) == {
        2020: "not applicable",
        2021: "not applicable",
        2022: "ok",
        2023: "ok",
    }
    assert table.loc[table["fiscal_year"] == 2021, "value"].isna().all()


@pytest.mark.parametrize(("years", "status"), [((2021, 2022), "not applicable"), ((2022, 2023), "ok")])
def test_pooled_years_have_a_value_where_the_definition_holds_in_all_of_them(
    years: tuple[int, ...], status: str, university: Ledger
) -> None:
    later = replace(PAPERS, since=2022)
    table = tabulate(university, [later], by=(), selection=Selection(fiscal_years=years))
    assert table["status"].tolist() == [status]
    assert table["value"].isna().tolist() == [status != "ok"]
