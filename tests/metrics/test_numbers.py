"""Numbers as people write them, in both languages."""

import math

import pytest

from metrics.indicator import Unit, counted_in
from metrics.numbers import apart, averaged, change, decimals_apart, many, moved, needed, planned, said, show, unit_name
from vocabulary.text import Text

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


@pytest.mark.parametrize(
    ("one", "other", "unit", "said"),
    [
        (0.119, 0.129, "share", ("11.9 %", "12.9 %")),
        (0.0041, 0.0044, "share", ("0.41 %", "0.44 %")),
        (0.00041, 0.00044, "share", ("0.041 %", "0.044 %")),
        (1.4201e9, 1.4249e9, "yen", ("¥1.420 bn", "¥1.425 bn")),
        (7.981, 7.984, "index", ("7.981", "7.984")),
        (38.61, 38.64, "count", ("38.61", "38.64")),
        (0.4, 0.4, "share", ("40.0 %", "40.0 %")),  # the same, so nothing tells them apart
        (NAN, 0.4, "share", ("–", "40.0 %")),
    ],
)
def test_two_values_that_differ_never_read_the_same(
    one: float, other: float, unit: Unit, said: tuple[str, str]
) -> None:
    first, second = apart(one, other, unit)
    assert (first.en, second.en) == said
    assert (first.ja == second.ja) == (one == other)


def test_a_planned_number_of_persons_or_items_is_whole_on_the_side_of_the_goal() -> None:
    assert (planned(7159.2, "count"), planned(7159.2, "count", upward=False)) == (7160, 7159)
    assert planned(7160 + 1e-12, "persons") == 7160
    assert planned(0.1234, "share") == 0.1234
    assert math.isnan(planned(NAN, "count"))


def test_a_pace_that_is_needed_is_never_said_too_low_and_one_that_was_never_too_high() -> None:
    assert (needed(64.5, "persons"), needed(-3.2, "count")) == (("+65", "+65人"), ("−4", "−4件"))
    assert needed(0.012, "share") == ("+1.2 points", "+1.2ポイント")
    assert (averaged(64.5, "persons"), averaged(2.5, "count")) == (("+64", "+64人"), ("+2.5", "+2.5件"))


def test_english_words_agree_with_their_number() -> None:
    assert (many(1, "goal is", "goals are"), many(1200, "goal is", "goals are")) == (
        ("1 goal is", "1"),
        ("1,200 goals are", "1,200"),
    )


def test_things_are_counted_by_their_own_word() -> None:
    assert said(87.0, counted_in("か国・地域")) == ("87", "87か国・地域")
    assert change(12.0, 9.0, counted_in("社")) == ("+3", "+3社")
    assert (unit_name(counted_in("社")), unit_name("count")) == (("number", "社"), ("number", "件数"))


def test_a_list_has_one_number_of_decimals_as_many_as_its_nearest_pair_needs() -> None:
    assert decimals_apart([(0.33, 0.32), (NAN, 0.3), (0.3, 0.3)], "index") == 0
    assert decimals_apart([(0.33, 0.32), (0.3251, 0.3249)], "index") == 0
    assert decimals_apart([(0.33, 0.32), (0.3251, 0.3289)], "index") == 1
    assert decimals_apart([(0.5, 0.5 + 1e-12)], "index") == 4


@pytest.mark.parametrize("value", [-0.00004, 0.00004])
def test_what_is_written_as_nought_has_no_sign(value: float) -> None:
    assert change(value, 0.0, "share") == Text("0.00 points", "0.00ポイント")
    assert change(value, 0.0, "index").en == "0.00"
    assert said(value, "share").en == "0.00 %"
    assert moved(value, 0.0, "share") == Text("practically unchanged", "ほぼ増減なし")
    assert change(-0.006, 0.0, "share").en == "−0.6 points"
