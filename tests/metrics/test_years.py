"""Fiscal years of many days are those of the days one by one."""

from datetime import date, timedelta

import pandas as pd
import pytest

from metrics.years import fiscal_years
from vocabulary.calendar import fiscal_year

DAYS = [date(2023, 12, 31) + timedelta(days=n) for n in range(500)]


def test_many_days_fall_in_the_years_that_each_falls_in() -> None:
    found = fiscal_years(pd.Series(DAYS, dtype="datetime64[s]"))
    assert found.tolist() == [fiscal_year(day) for day in DAYS]


def test_a_missing_day_is_never_a_year_by_itself() -> None:
    days = pd.Series([date(2025, 3, 31), None], dtype="datetime64[s]")
    assert fiscal_years(days, missing=-1).tolist() == [2024, -1]
    with pytest.raises(ValueError, match="1 of 2 values are missing"):
        fiscal_years(days)


def test_no_days_have_no_years() -> None:
    assert fiscal_years(pd.Series([], dtype=object)).tolist() == []
