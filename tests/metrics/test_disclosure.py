"""Small numbers: what of a table of figures a reader sees who has no right to the records."""

import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.disclosure.published import Published
from metrics.disclosure.seen import NUMBERS, Asked, seen
from metrics.view import Selection

PERSONS, PAPERS, INDEX, MIXED = (
    "exchange_outbound_share",
    "publications",
    "origin_countries_effective",
    "sdg_coverage",
)
YEAR = 2024


def table(*rows: tuple[str, str, float, float], status: str = "ok", year: int = YEAR) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["indicator", "department", "numerator", "denominator"])
    value = frame["numerator"] / frame["denominator"]
    return frame.assign(fiscal_year=year, value=value, low=0.1, high=0.9, known=8, unknown=1, status=status, left_out=0)


def told(method: str = "suppress", **statuses: str) -> Published:
    return Published(statuses={(key, YEAR): status for key, status in statuses.items()}, method=method)  # type: ignore[arg-type]


def as_head_of_law(figures: pd.DataFrame, published: Published, **asked: object) -> pd.DataFrame:
    question = Asked(**asked)  # type: ignore[arg-type]  # by name
    return seen(figures, INDICATORS, lambda code: code == "LAW", published, question)


def test_a_head_sees_the_own_small_numbers_and_no_other_department() -> None:
    figures = table((PERSONS, "LAW", 2, 9), (PERSONS, "ENG", 900, 990))
    shown = as_head_of_law(figures, told())
    assert shown["department"].tolist() == ["LAW"]
    pd.testing.assert_frame_equal(shown[list(NUMBERS)], figures.iloc[:1][list(NUMBERS)].astype(float))


@pytest.mark.parametrize("status", ["suppressed", "fewer than 5"])
def test_what_is_withheld_has_no_number_left(status: str) -> None:
    shown = as_head_of_law(table((PERSONS, "*", 30, 90)), told(**{PERSONS: status}))
    assert shown["status"].tolist() == [status]
    assert shown[list(NUMBERS)].isna().all(axis=None)


def test_what_is_published_is_shown_but_never_how_many_records_are_of_known_country() -> None:
    row = as_head_of_law(table((PERSONS, "*", 30, 90)), told(**{PERSONS: "ok"})).iloc[0]
    assert (row["numerator"], row["denominator"], row["low"], row["high"], row["status"]) == (30, 90, 0.1, 0.9, "ok")
    assert row[["known", "unknown"]].isna().all()


@pytest.mark.parametrize(
    "asked",
    [
        {"selection": Selection(countries=frozenset({"DE"}))},
        {"selection": Selection(country_rule="unknown")},
        {"selection": Selection(levels=frozenset({"doctoral"}))},
        {"by": ("department",), "selection": Selection(fiscal_years=(2023, 2024))},
        {"by": ("department",), "selection": Selection()},
    ],
)
def test_no_other_combination_is_published_whatever_it_says(asked: dict[str, object]) -> None:
    """Not even that there is nothing to divide by, which would tell that nobody is there."""
    for status in ("ok", "not applicable"):
        shown = as_head_of_law(table((PERSONS, "*", 500, 900), status=status), told(**{PERSONS: "ok"}), **asked)
        assert shown["status"].tolist() == ["suppressed"]
        assert shown[list(NUMBERS)].isna().all(axis=None)


def test_a_single_year_that_is_not_named_in_the_rows_is_the_same_cell() -> None:
    figures = table((PERSONS, "*", 30, 90)).drop(columns="fiscal_year")
    asked: dict[str, object] = {"by": ("department",), "selection": Selection(fiscal_years=(YEAR,))}
    assert as_head_of_law(figures, told(**{PERSONS: "ok"}), **asked)["numerator"].tolist() == [30]


def test_rows_by_country_are_left_out_as_they_would_tell_that_somebody_is_there() -> None:
    figures = table((PERSONS, "*", 30, 90), (PERSONS, "LAW", 2, 9), (PAPERS, "*", 2, 9)).assign(country="NP")
    shown = as_head_of_law(figures, told(**{PERSONS: "ok"}), by=("department", "fiscal_year", "country"))
    assert shown[["indicator", "department"]].to_numpy().tolist() == [[PERSONS, "LAW"], [PAPERS, "*"]]


def test_a_year_or_an_indicator_that_was_not_looked_at_is_not_published() -> None:
    assert as_head_of_law(table((PERSONS, "*", 30, 90), year=1999), told(**{PERSONS: "ok"}))["status"].tolist() == [
        "suppressed"
    ]


def test_counts_of_papers_are_public_facts_however_they_are_cut() -> None:
    asked: dict[str, object] = {"selection": Selection(countries=frozenset({"NP"}), levels=frozenset({"doctoral"}))}
    shown = as_head_of_law(table((PAPERS, "*", 2, 9)), told(), **asked)
    assert (shown["status"].tolist(), shown["known"].tolist()) == (["ok"], [8])


def test_of_an_index_only_its_value_is_told_and_that_shortly() -> None:
    row = as_head_of_law(table((INDEX, "*", 23.4567, 1)), told(**{INDEX: "ok"})).iloc[0]
    assert row["value"] == 23
    assert row[["numerator", "denominator", "low", "high"]].isna().all()


def test_rounded_both_lines_are_multiples_of_five_and_the_share_is_theirs() -> None:
    """12 of 93 is 10 of 95: 12.9 % would tell the 12."""
    row = as_head_of_law(table((PERSONS, "*", 12, 93)), told("round", **{PERSONS: "ok"})).iloc[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (10, 95, 10 / 95)
    assert row[["low", "high"]].isna().all()
