"""Numbers as people write them, in both languages."""

import pytest

from metrics.indicator import Unit
from metrics.numbers import change, moved, show

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "unit", "en", "ja"),
    [
        (0.119, "share", "11.9 %", "11.9%"),
        (0.0004, "share", "0.04 %", "0.04%"),
        (0.0, "share", "0.0 %", "0.0%"),
        (1.0, "share", "100.0 %", "100.0%"),
        (2330, "persons", "2,330", "2,330人"),
        (7060, "count", "7,060", "7,060件"),
        (38.6, "count", "38.6", "38.6件"),
        (-3, "count", "−3", "−3件"),
        (1.42e9, "yen", "¥1.42 bn", "14.2億円"),
        (8.6e9, "yen", "¥8.60 bn", "86.0億円"),
        (54.6e6, "yen", "¥54.6 m", "5,460万円"),
        (9.59e10, "yen", "¥95.9 bn", "959億円"),
        (1.2e12, "yen", "¥1.20 tn", "1.20兆円"),
        (900, "yen", "¥900", "900円"),
        (7.983, "index", "7.98", "7.98"),
        (NAN, "share", "–", "–"),
    ],
)
def test_a_value_with_its_unit(value: float, unit: Unit, en: str, ja: str) -> None:
    assert (show(value, unit, "en"), show(value, unit, "ja")) == (en, ja)


def test_a_share_changes_by_points_and_not_by_per_cent() -> None:
    assert change(0.119, 0.115, "share") == ("+0.4 points", "+0.4ポイント")
    assert change(0.115, 0.119, "share") == ("−0.4 points", "−0.4ポイント")
    assert change(0.1, 0.1, "share") == ("±0.0 points", "±0.0ポイント")
    assert change(0.1, NAN, "share") == ("–", "–")


def test_a_change_is_told_as_up_down_or_unchanged() -> None:
    assert moved(612, 571, "persons") == ("up 41", "41人増")
    assert moved(1.0e9, 1.2e9, "yen") == ("down ¥200 m", "2.00億円減")
    assert moved(5, 5, "count") == ("unchanged", "増減なし")
