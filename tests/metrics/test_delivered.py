"""What was delivered and what was not, who exists, and what adds up, worked out by hand on a few rows."""

from collections.abc import Sequence
from datetime import date

import pytest

from metrics.breadth import ActiveDepartments, Departments
from metrics.catalogue import INDICATORS
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.headcount_rows import headcount_rows
from metrics.ledger import Ledger
from metrics.measures import Activities, Money, Persons
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.metrics.asking import figure, table_of
from tests.metrics.building import Activity, Department, frames
from tests.metrics.building import Headcount as Row

MAY = "2024-05-01"
ORIGINS = EffectiveOrigins(populations=("undergraduate",), groups=("international",))
FOREIGNERS = Headcount(populations=("undergraduate",), groups=("international",))
TREE = [Department("ENG"), Department("EA", "ENG"), Department("EB", "ENG"), Department("OLD", closed="2023-03-31")]


def ledger(populations: Sequence[Row] = (), activities: Sequence[Activity] = ()) -> Ledger:
    return Ledger.of(frames(TREE, activities, populations), today=date(2024, 6, 1))


def contracts(*departments: str, start: str = "2024-06-01") -> list[Activity]:
    kind = {"kind": "industry_contract", "start": start, "countries": ("DE",)}
    return [Activity(**kind, departments=code) for code in departments]  # type: ignore[arg-type]  # readable rows


def test_departments_that_take_part_are_some_of_those_that_exist() -> None:
    # OLD closed with FY2022: its contract of FY2024 counts as a contract, but OLD is no department of that year.
    made = ledger(activities=contracts("EA", "OLD") + contracts("EA", start="2023-06-01"))
    share = ActiveDepartments(types=("industry_contract",)), Departments()
    row = figure(made, "*", 2024, *share)
    assert (row["numerator"], row["denominator"]) == (1, 2)
    assert figure(made, "OLD", 2024, *share)["status"] == "not applicable"
    pooled = table_of(made, *share, by=("department",), selection=Selection(fiscal_years=(2023, 2024)))
    of_all = pooled[pooled["department"] == "*"]
    assert (of_all["numerator"].item(), of_all["denominator"].item()) == (1, 2)  # EA in both years is one


OWN_ROW = [
    Row("ENG", MAY, "undergraduate", "international", 10),
    Row("ENG", MAY, "undergraduate", "international", 10, "DE"),
    Row("EA", MAY, "undergraduate", "international", 9),
    Row("EA", MAY, "undergraduate", "international", 9, "FR"),
]


def test_where_a_parent_s_own_row_holds_its_own_countries_do_too() -> None:
    made = ledger(OWN_ROW)
    assert figure(made, "ENG", 2024, ORIGINS)["value"] == 1  # all 10 from DE, whatever EA's nine are
    of_france = Selection(countries=frozenset({"FR"}))
    assert figure(made, "ENG", 2024, FOREIGNERS, selection=of_france)["value"] == 0
    assert figure(made, "EA", 2024, FOREIGNERS, selection=of_france)["value"] == 9
    rows = headcount_rows(made, ORIGINS, department="ENG", fiscal_years=(2024,), selection=Selection())
    assert rows[["department", "country", "count"]].to_numpy().tolist() == [["ENG", "DE", 10]]


def test_people_whose_countries_nobody_delivered_are_no_data_and_not_nobody() -> None:
    made = ledger([Row("EA", MAY, "undergraduate", "international", 9)])
    assert figure(made, "EA", 2024, ORIGINS)["status"] == "no data"
    nobody = ledger([Row("EA", MAY, "undergraduate", "international", 0)])
    assert figure(nobody, "EA", 2024, ORIGINS)["status"] == "not applicable"


def test_a_headcount_of_another_day_is_missing_on_the_census_and_not_inapplicable() -> None:
    made = ledger([Row("EA", "2024-10-01", "undergraduate", "all", 9)])
    every = Headcount(populations=("undergraduate",))
    assert figure(made, "EA", 2024, every)["status"] == "no data"
    assert figure(made, "EB", 2024, every)["status"] == "not applicable"


@pytest.mark.parametrize("selection", [Selection(levels=frozenset({"doctoral"})), Selection()], ids=["filter", "split"])
def test_researchers_have_no_level_so_a_rate_of_them_cannot_be_split_by_one(selection: Selection) -> None:
    thesis = Activity(kind="publication", start="2024-06-01", departments="EA", people=(1,), level="doctoral")
    made = ledger([Row("EA", MAY, "researcher", "all", 9)], [thesis])
    by = ("department", "fiscal_year") if selection.levels else ("department", "fiscal_year", "level")
    rate = Persons(types=("publication",)), Headcount(populations=("researcher",))
    table = table_of(made, *rate, by=by, selection=selection)
    doctoral = table[(table["department"] == "EA") & (table["numerator"] == 1)]
    assert doctoral["status"].tolist() == ["not applicable"]


@pytest.mark.parametrize(
    ("measure", "counting", "known"),
    [
        (Activities(types=("industry_contract",)), "lead", 0),  # two departments, nobody leads
        (Persons(types=("industry_contract",)), "lead", 1),
        (Money(types=("industry_contract",)), "lead", 1),
        (Money(types=("industry_contract",)), "fractional", 0.5),
        (Persons(types=("industry_contract",)), "fractional", 1),
    ],
)
def test_known_and_unknown_count_as_the_figure_does(measure: Activities, counting: str, known: float) -> None:
    made = ledger(activities=contracts("EA;EB"))
    assert figure(made, "EA", 2024, measure, counting=counting)["known"] == known


def test_shares_that_add_up_to_a_whole_number_are_that_number() -> None:
    papers = [Activity(kind="publication", start="2024-06-01", departments="EA:0.7;EB:0.3")] * 10
    table = tabulate(ledger(activities=papers), [INDICATORS["publications"]], counting="fractional")
    found = table[table["fiscal_year"] == 2024].set_index("department")["value"]
    assert (found["EA"], found["EB"], found["ENG"]) == (7.0, 3.0, 10.0)
