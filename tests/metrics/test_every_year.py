"""Figures that are cut from all of them are those that are counted for the question."""

import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.every_year import BY, EveryYear, is_by_year
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Counting, Selection

EVERY = tuple(INDICATORS.values())


@pytest.mark.parametrize("counting", COUNTINGS)
def test_what_is_cut_is_what_would_be_counted(small: Ledger, counting: Counting) -> None:
    whole = EveryYear.of(small, EVERY, "whole")
    every = whole if counting == "whole" else EveryYear.of(small, EVERY, counting, whole)
    asked = Selection(departments=("LAW", "*", "nowhere"), fiscal_years=(small.fiscal_years[1], small.fiscal_years[0]))
    for some, selection in ((EVERY, Selection()), (EVERY[::-3], asked), (EVERY[:2], Selection(departments=()))):
        found = every.cut([one.key for one in some], selection)
        pd.testing.assert_frame_equal(
            found, tabulate(small, some, BY, selection, counting), check_exact=True, check_dtype=len(found) > 0
        )


def test_it_holds_years_and_no_choice_of_countries_or_levels(small: Ledger) -> None:
    every = EveryYear.of(small, EVERY[:1], "whole")
    assert every.holds(Selection(departments=("ENG",), fiscal_years=small.fiscal_years[-1:]))
    assert not every.holds(Selection(fiscal_years=(small.fiscal_years[-1] + 1,)))
    assert is_by_year(BY, Selection(fiscal_years=(2022,)))
    assert not is_by_year(BY, Selection(countries=frozenset({"DE"})))
    assert not is_by_year(BY, Selection(country_rule="unknown"))
    assert not is_by_year(BY, Selection(levels=frozenset()))
    assert not is_by_year(("department",), Selection())
