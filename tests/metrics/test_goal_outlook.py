"""What a goal takes from here: hand-worked paces, landings and paths; rates over known and over all countries."""

import math
from dataclasses import replace

import pytest

from metrics.assessment import Standing, tally
from metrics.catalogue import INDICATORS
from metrics.coverage import coverage
from metrics.goal_answer import answer, too_slow
from metrics.goal_outlook import (
    Outlook,
    landing_words,
    not_judged,
    on_track_but_late,
    outlook,
    path_between,
    required_words,
)
from metrics.goals import Goal
from metrics.links import floats, ints
from metrics.target_answer import answer as target_answer
from metrics.target_answer import comparable, left_apart

NAN = float("nan")


def goal(*points: tuple[int, float], key: str = "publications") -> Goal:
    return Goal(
        indicator=key,
        department="*",
        years=ints([year for year, _ in points]),
        values=floats([value for _, value in points]),
        kinds=("baseline", *["milestone"] * (len(points) - 2), "target"),
        phases=("",) * len(points),
    )


def standing(
    value: float, year: int, promised: Goal | None, key: str = "publications", before: float = NAN
) -> Standing:
    return Standing(
        indicator=INDICATORS[key],
        department="*",
        fiscal_year=year,
        status="ok" if value == value else "no data",
        value=value,
        numerator=value,
        denominator=NAN,
        low=NAN,
        high=NAN,
        before=before,
        before_numerator=before,
        goal=promised,
    )


PAPERS = goal((2020, 100.0), (2025, 200.0), (2030, 400.0))


def seen(value: float, year: int, promised: Goal = PAPERS) -> Outlook:
    found = outlook(standing(value, year, promised))
    assert found is not None
    return found


def test_the_required_pace_meets_the_next_point_and_the_pace_so_far_began_at_the_baseline() -> None:
    found = seen(120.0, 2022)
    assert found.required == pytest.approx(80 / 3)
    assert found.so_far == 10.0
    assert found.landing == 2050  # 280 papers are missing, 10 a year


def test_a_landing_is_the_first_fiscal_year_that_meets_the_target() -> None:
    assert seen(190.0, 2023).landing == 2030  # 30 a year, 210 missing: exactly seven years
    assert seen(189.0, 2023).landing == 2031


@pytest.mark.parametrize("value", [100.0, 90.0, 100.1])
def test_without_movement_towards_the_target_it_is_never_met(value: float) -> None:
    assert seen(value, 2023).landing is None


def test_a_goal_that_asks_for_less_lands_too() -> None:
    found = seen(80.0, 2022, goal((2020, 100.0), (2030, 50.0)))
    assert (found.required, found.so_far, found.landing, found.ahead) == (-3.75, -10.0, 2025, False)


def test_who_is_ahead_of_the_next_point_needs_nothing_for_it() -> None:
    found = seen(210.0, 2022)
    assert found.ahead
    assert required_words(found)[0].en == "The 200 of FY2025 is met already."


def test_what_it_takes_is_said_in_both_languages() -> None:
    told = required_words(seen(120.0, 2022))
    assert [text.en for text in told] == [
        "Meeting 200 in FY2025 takes +27 a year from FY2022 on.",
        "Since FY2020 the average change was +10 a year.",
        "At that pace the goal of 400 is met in FY2050, later than FY2030.",
    ]
    assert told[0].ja == "2025年度の200件に届くには、2022年度以降、年+27件が必要。"


def test_before_its_baseline_a_goal_asks_for_nothing_yet() -> None:
    found = seen(150.0, 2019)
    assert (found.next_point, found.ahead, found.lands_late) == ((2025, 200.0), False, False)
    assert math.isnan(found.required)
    assert [text.en for text in required_words(found)] == ["The plan begins in FY2020, at 100."]
    assert required_words(found)[0].ja == "計画は2020年度の基準値100件から始まる。"


def test_a_year_without_a_figure_says_so() -> None:
    assert [text.en for text in required_words(seen(NAN, 2022))] == [
        "There is no figure for FY2022 to compare with the plan."
    ]


def test_a_path_that_began_earlier_enters_on_its_straight_line() -> None:
    rows = path_between(PAPERS, 2022, 2027)
    assert list(zip(rows["fiscal_year"], rows["value"], rows["kind"], strict=True)) == [
        (2022, 140.0, "path"),
        (2025, 200.0, "milestone"),
    ]
    assert list(path_between(PAPERS, 2014, 2030)["fiscal_year"]) == [2020, 2025, 2030]


def test_the_goal_that_needs_most_more_than_its_pace_is_told() -> None:
    slow = standing(101.0, 2024, PAPERS)
    slower = standing(
        99.0, 2024, goal(*zip(PAPERS.years, floats(PAPERS.values), strict=True), key="startups"), "startups"
    )
    fast = standing(500.0, 2024, PAPERS, "joint_laboratories")
    assert [one.standing.indicator.key for one in too_slow([slow, slower, fast])] == ["startups", "publications"]
    told = answer([slow, slower, fast, standing(1.0, 2024, None, "agreements_in_force")], 2024)
    assert told[0].en == "In FY2024, of 3 goals, 1 is on track or met and 2 are behind."
    assert told[2].en == (
        "All of those behind need a faster pace than so far; “Start-ups” has not moved towards its goal at all: +101 a "
        "year is needed, where the average was −0.2."
    )
    assert told[-1].en == "Of 4 indicators, 1 has no goal."


def test_what_most_is_asked_of_is_told_as_a_multiple_of_its_pace() -> None:
    """At 110 and 150 in FY2024, 90 and 50 a year take it to 200: 36 and 4 times the 2.5 and 12.5 so far."""
    other = goal(*zip(PAPERS.years, floats(PAPERS.values), strict=True), key="startups")
    slow, hardest = standing(150.0, 2024, other, "startups"), standing(110.0, 2024, PAPERS)
    told = answer([slow, hardest], 2024)[2]
    assert told.en == (
        "All of those behind need a faster pace than so far; the most is asked of “Publications”: +90 a year, 36 times "
        "its average so far."
    )
    assert told.ja.endswith("実績に対する倍率が最も高いのは「論文数」で、これまでの年平均の36倍にあたる年+90件が必要。")


def test_of_one_slow_goal_among_several_behind_nothing_is_called_most() -> None:
    """Asked for 200 by FY2022 and 210 by FY2030, 196 in FY2023 take 2 a year after 32: late, and fast enough."""
    fast = goal((2020, 100.0), (2022, 200.0), (2030, 210.0), key="startups")
    found = [standing(196.0, 2023, fast, "startups"), standing(110.0, 2023, PAPERS)]
    assert answer(found, 2023)[2].en == (
        "Of the 2 behind, one needs a faster pace than so far: “Publications”, +45 a year, where the average was +3.3."
    )


def test_of_several_that_do_not_move_the_furthest_behind_is_told() -> None:
    other = goal(*zip(PAPERS.years, floats(PAPERS.values), strict=True), key="startups")
    told = answer([standing(95.0, 2024, other, "startups"), standing(99.0, 2024, PAPERS)], 2024)[2]
    assert "; 2 have not moved towards their goal at all, the furthest behind of them “Start-ups”: +105" in told.en


def test_who_is_on_track_may_still_land_late() -> None:
    """A path that is steep at its end: 150 in FY2022 is on it, and lands in FY2032, ten years of 25 later."""
    late, in_time, met = seen(150.0, 2022), seen(170.0, 2022), seen(400.0, 2022)
    assert (late.landing, late.lands_late) == (2032, True)
    assert (in_time.landing, in_time.lands_late) == (2029, False)
    assert (met.lands_late, seen(90.0, 2022).lands_late, seen(110.0, 2020).lands_late) == (False, True, False)
    assert [landing_words(one).en for one in (late, in_time, met, seen(90.0, 2022), seen(110.0, 2020))] == [
        *("2032", "2029", "met", "never", "–")
    ]
    both = [late.standing, in_time.standing, standing(130.0, 2022, PAPERS)]  # the last is behind, not on track
    assert [one.standing.value for one in on_track_but_late(both)] == [150.0]


def test_a_rate_over_all_takes_the_unknown_into_its_denominator() -> None:
    share = INDICATORS["international_copublication_share"]
    found = coverage(share, numerator=40.0, denominator=80.0, known=80.0, unknown=20.0)
    assert found is not None
    assert (found.over_known, found.over_all) == (0.5, 0.4)
    assert found.text.en == ("Over known countries 50.0 %, over all 40.0 %. Country unknown for 20 of 100 records.")


def test_a_rate_over_all_records_anyway_says_only_how_many_are_unknown() -> None:
    share = INDICATORS["industry_copublication_share"]
    found = coverage(share, numerator=40.0, denominator=100.0, known=80.0, unknown=20.0)
    assert found is not None
    assert math.isnan(found.over_all)
    assert found.text.ja == "100件中20件は国が不明。"
    assert coverage(share, 40.0, 100.0, 100.0, 0.0) is None
    assert coverage(INDICATORS["international_student_share"], 4.0, 10.0, NAN, NAN) is None


def test_a_goal_says_nothing_about_a_part_or_another_counting_rule() -> None:
    papers = standing(120.0, 2022, PAPERS)
    assert comparable(papers, "whole", part=False).goal is PAPERS
    assert comparable(papers, "whole", part=True).goal is None
    assert comparable(papers, "lead", part=False).goal is None
    heads = standing(0.1, 2022, PAPERS, "international_student_share")
    assert comparable(heads, "lead", part=False).goal is PAPERS  # headcounts know no counting rule
    cells = {"deepening": [papers]}
    compared = {"deepening": [comparable(papers, "lead", part=False)]}
    assert left_apart(cells, compared) == {"publications"}


def test_a_target_is_told_process_by_process() -> None:
    usual = (0.0, 5.0, 10.0, 15.0, 20.0)
    papers = replace(standing(120.0, 2022, PAPERS, before=80.0), earlier=usual, low=99.0, before_low=63.0)
    cells = {"deepening": [papers], "comprehensive": [standing(0.1, 2022, None, "foreign_faculty_share")]}
    told = [text.en for text in target_answer("research", 2022, cells)]
    assert told == [
        "Research in FY2022: of 1 goal, 0 on track and 1 behind.",
        "Deepening international collaboration: 0 of 1 on track; Comprehensive internationalization: no goal at all.",
        "Furthest behind is “Publications”: 120 where 140 is planned; meeting 200 in FY2025 now takes +27 a year.",
        "What moved most against its usual change is “Publications”: 120, up 40 since FY2021 (95 % interval +12 % to "
        "+102 %).",
    ]
    cells["deepening"] = [replace(papers, before=110.0, before_numerator=110.0)]
    assert target_answer("research", 2022, cells)[-1] == (
        "No change since FY2021 can be told from chance.",
        "2021年度からの変化に、有意といえるものはない。",
    )


def test_goals_without_a_figure_or_before_their_baseline_are_told_apart_from_those_on_track() -> None:
    found = [standing(NAN, 2022, PAPERS), standing(50.0, 2019, PAPERS), standing(60.0, 2019, PAPERS)]
    assert not_judged(tally(found)) == ("; without a figure: 1; not started yet: 2", "（値なし1件、開始前2件）")
    assert not_judged(tally([standing(150.0, 2022, PAPERS)])) == ("", "")


def test_one_goal_behind_is_not_named_twice() -> None:
    told = answer([standing(110.0, 2022, PAPERS)], 2022)
    assert told[2].en == "It needs a faster pace than so far: +30 a year, where the average was +5."


def test_a_target_without_any_figure_says_so() -> None:
    cells = {"deepening": [standing(NAN, 2014, None)]}
    (only,) = target_answer("research", 2014, cells)
    assert only.en == "Research in FY2014: none of its 1 indicators has a figure here; the tables say why."
