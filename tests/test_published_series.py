"""The published series come out of the monitor as published: from the demonstration's rows through every layer."""

from collections.abc import Callable

import pandas as pd
import pytest

from data_access.engine import connect
from data_access.records import Records
from data_access.reference import published_figures
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.ledger import FRAMES, Ledger
from metrics.tabulate import tabulate
from metrics.view import Selection
from vocabulary.calendar import fiscal_year

Ask = Callable[..., pd.DataFrame]


@pytest.fixture(scope="module")
def records(demonstration_url: str) -> Records:
    return Records(connect(demonstration_url), WHOLE_UNIVERSITY)


@pytest.fixture(scope="module")
def frames(records: Records) -> dict[str, pd.DataFrame]:
    return {name: getattr(records, name)() for name in FRAMES}


@pytest.fixture(scope="module")
def ledger(frames: dict[str, pd.DataFrame]) -> Ledger:
    return Ledger.of(frames)


def published(quantity: str, population: str = "all") -> dict[str, tuple[float, float]]:
    """Value and total (0 where none is published) by date or year, as the file has them."""
    rows = [row for row in published_figures() if row.quantity == quantity and row.population == population]
    assert rows, f"nothing published for {quantity}, {population}"
    return {row.as_of_or_year: (float(row.value), float(row.total or 0)) for row in rows}


def university(ledger: Ledger, key: str, year: int) -> pd.Series:
    table = tabulate(ledger, [INDICATORS[key]], selection=Selection(fiscal_years=(year,), departments=("*",)))
    return table.iloc[0]


def test_international_students_of_each_first_of_may(ledger: Ledger) -> None:
    days = {day: value for day, (value, _) in published("international_students").items() if day.endswith("-05-01")}
    assert len(days) == 10
    for day, value in days.items():
        assert university(ledger, "international_student_share", int(day[:4]))["numerator"] == value, day


@pytest.mark.parametrize("level", ["undergraduate", "master", "doctoral"])
def test_levels_of_2021_on_the_day_they_were_published_for(frames: dict[str, pd.DataFrame], level: str) -> None:
    ledger = Ledger.of(frames, census=(3, 1))
    (day, (value, total)), *_ = published("international_students", level).items()
    figure = university(ledger, f"{level}_international_share", fiscal_year(pd.Timestamp(day).date()))
    assert (figure["numerator"], figure["denominator"]) == (value, total)


def test_international_students_of_the_first_of_november(frames: dict[str, pd.DataFrame]) -> None:
    ledger = Ledger.of(frames, census=(11, 1))
    value, _ = published("international_students")["2023-11-01"]
    assert university(ledger, "international_student_share", 2023)["numerator"] == value


def test_international_students_over_the_year(ledger: Ledger) -> None:
    value, _ = published("international_students_whole_year")["2023"]
    assert university(ledger, "international_students_year", 2023)["value"] == value


def test_inbound_exchange_with_its_collapse(ledger: Ledger) -> None:
    years = {int(year): value for year, (value, _) in published("inbound_exchange").items() if int(year) >= 2014}
    assert years[2020] == 18
    for year, value in years.items():
        assert university(ledger, "exchange_inbound", year)["value"] == value, year


def test_agreements_of_2021_at_both_levels(ledger: Ledger) -> None:
    own, _ = published("agreements_in_force_university_level", "institutions")["2021-05-01"]
    of_departments, _ = published("agreements_in_force_department_level", "institutions")["2021-05-01"]
    assert university(ledger, "agreements_in_force", 2021)["value"] == own + of_departments


def test_international_copublication_share_of_2015_to_2018(ledger: Ledger) -> None:
    pooled = Selection(fiscal_years=(2015, 2016, 2017, 2018))
    table = tabulate(ledger, [INDICATORS["international_copublication_share"]], by=(), selection=pooled)
    value, _ = published("international_copublication_share", "publications")["2015-2018"]
    assert round(100 * table.iloc[0]["value"], 1) == value


@pytest.mark.parametrize(
    ("key", "quantity", "population", "scale"),
    [
        ("publications", "publications_per_year", "all", 1),
        ("top_10_percent_share", "top_10_percent_share", "publications", 100),
        ("industry_funding", "private_research_funds", "all", 1),
    ],
)
def test_baselines_of_the_excellence_plan(ledger: Ledger, key: str, quantity: str, population: str, scale: int) -> None:
    value, _ = published(quantity, population)["2024"]
    assert round(scale * university(ledger, key, 2024)["value"], 1) == value
