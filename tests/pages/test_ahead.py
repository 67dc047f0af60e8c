"""What every page asks for is there before the first reader asks."""

from pathlib import Path

import pytest

from metrics import every_year
from metrics.headcounts import Headcounts
from metrics.quality.completeness import Completeness
from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Selection
from pages.parts.ahead import count_ahead
from pages.parts.counted import every_indicator, every_year_of
from pages.parts.quality.kept import completeness_of
from pages.parts.store import ledger_of, store
from tests.conftest import CanaryUniversity


def _nothing_more(*_asked: object, **_more: object) -> None:
    raise AssertionError("this was to be counted ahead")


def test_figures_what_is_incomplete_and_headcounts_by_country_are_made_ready(
    canary_university: CanaryUniversity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", canary_university.copy_in(tmp_path))
    count_ahead()
    monkeypatch.setattr(every_year, "tabulate", _nothing_more)
    monkeypatch.setattr(Completeness, "of", _nothing_more)
    monkeypatch.setattr(Headcounts, "_by_country", _nothing_more)
    state = store()
    some = Selection(countries=frozenset({"CN", "DE"}))
    assert len(tabulate(ledger_of(state), every_indicator(state).values(), selection=some))
    for rule in COUNTINGS:
        assert every_year_of(state, rule).fiscal_years
        assert completeness_of(state, every_indicator(state), rule).cells is not None
