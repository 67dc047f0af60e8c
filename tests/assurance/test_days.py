"""The promise on clock and locale, tried on a few years, and broken with another calendar."""

from datetime import date

import pytest

from assurance import days
from assurance.promise import Outcome


def test_the_calendar_is_kept_in_every_zone() -> None:
    outcome: Outcome = days.keep_the_calendar(2023, 2025)
    assert outcome.kept, outcome


def test_a_fiscal_year_that_begins_in_january_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "fiscal_year", lambda day: date.fromordinal(day.toordinal()).year)
    assert not days.keep_the_calendar(2023, 2025).kept
