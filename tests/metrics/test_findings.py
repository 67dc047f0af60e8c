"""Sentences for the President, from hand-made standings."""

from dataclasses import replace

import numpy as np

from metrics.assessment import Standing, furthest_behind, moved_most, tally, usual_change
from metrics.catalogue import INDICATORS
from metrics.findings import headline, lasting, sentences
from metrics.goals import Goal
from metrics.links import floats, ints

NAN = float("nan")


def goal(key: str, milestone: float, target: float | None = None) -> Goal:
    """From 0.10 in FY2021 by a milestone in FY2025 to the target (twice the milestone) in FY2030."""
    return Goal(
        indicator=key,
        department="*",
        years=ints([2021, 2025, 2030]),
        values=floats([0.10, milestone, target or 2 * milestone]),
        kinds=("baseline", "milestone", "target"),
        phases=("", "", ""),
    )


def standing(key: str, value: float, before: float, promised: Goal | None = None, n: float = 100_000) -> Standing:
    return Standing(
        indicator=INDICATORS[key],
        department="*",
        fiscal_year=2025,
        status="ok",
        value=value,
        numerator=value * n,
        denominator=n,
        low=0.0,
        high=1.0,
        before=before,
        before_numerator=before * n,
        before_denominator=n,
        before_low=0.0,
        earlier=(0.0, 0.01, 0.02, 0.03, 0.04),
        goal=promised,
    )


STUDENTS = standing("international_student_share", 0.13, 0.125, goal("international_student_share", 0.129))
PAPERS = standing("international_copublication_share", 0.40, 0.41, goal("international_copublication_share", 0.50))
SYLLABI = standing("english_syllabus_share", 0.30, 0.20)
RARE = standing("joint_degree_share", 0.019, 0.001, n=1000)  # 19 after 1 of 1,000: too few to be ranked
FOUND = [STUDENTS, PAPERS, SYLLABI, RARE]


def test_a_headline_says_value_year_change_and_path() -> None:
    in_time = replace(STUDENTS, goal=goal("international_student_share", 0.12, 0.15))  # three of five points in 4 years
    assert headline(in_time).en == (
        "International students: 13.0 % in FY2025, up 0.5 points since FY2024 (95 % interval +0.2 to +0.8 points), "
        "on track."
    )
    assert headline(in_time).ja == (
        "2025年度の外国人留学生比率は13.0%（2024年度から0.5ポイント増、95%信頼区間：+0.2〜+0.8ポイント）で、"
        "計画どおりに進んでいる。"
    )
    assert "down 1.0 points since FY2024 (" in headline(PAPERS).en
    assert headline(PAPERS).en.endswith("), behind its planned 50.0 %.")


def test_a_headline_calls_no_change_one_that_chance_could_make() -> None:
    """The same half point of 1,000 students, not 100,000."""
    few = standing("international_student_share", 0.13, 0.125, n=1000)
    assert headline(few) == (
        "International students: 13.0 % in FY2025, no distinguishable change since FY2024 (+0.5 points; 95 % interval "
        "−2.4 to +3.4 points).",
        "2025年度の外国人留学生比率は13.0%（2024年度からの変化は有意とはいえない：+0.5ポイント、95%信頼区間："
        "−2.4〜+3.4ポイント）。",
    )


def test_on_track_today_is_not_told_without_where_it_leads() -> None:
    """3 points in the four years since FY2021: the 12.8 that are missing take 18 years more."""
    assert headline(STUDENTS).en == (
        "International students: 13.0 % in FY2025, up 0.5 points since FY2024 (95 % interval +0.2 to +0.8 points), on "
        "track today; at the pace so far its goal of 25.8 % (FY2030) is met in FY2043."
    )
    assert headline(STUDENTS).ja == (
        "2025年度の外国人留学生比率は13.0%（2024年度から0.5ポイント増、95%信頼区間：+0.2〜+0.8ポイント）。計画どおりだが、"
        "これまでのペースでは最終目標25.8%（2030年度）に届くのは2043年度。"
    )


def test_the_first_words_are_of_all_goals_and_of_those_on_track_that_would_miss_their_end() -> None:
    (first, *_) = sentences(FOUND, {}, ("international_student_share",))
    assert first.en == (
        "Of 2 goals, 1 is on track and 1 is behind. The one on track would miss its final goal at the pace so far."
    )
    in_time = replace(STUDENTS, goal=goal("international_student_share", 0.12, 0.15))
    assert lasting([in_time]) == []
    assert lasting([in_time, STUDENTS, STUDENTS])[0].en == (
        "Of the 3 on track, 2 would miss their final goal at the pace so far."
    )
    assert lasting([STUDENTS, STUDENTS])[0].ja == (
        "計画どおりの2件はいずれも、これまでのペースでは期限までに最終目標に届かない。"
    )


def test_before_any_plan_begins_nothing_is_on_track_or_behind() -> None:
    early = [replace(STUDENTS, fiscal_year=2014), replace(PAPERS, fiscal_year=2014, value=0.2)]
    assert (tally(early).judged, tally(early).not_started) == (0, 2)
    (first, *_) = sentences(early, {}, ())
    assert first == (
        "No goal can be judged in FY2014; not started yet: 2.",
        "2014年度に判定できる目標はない（開始前2件）。",
    )


def test_goals_for_another_counting_rule_are_told_and_their_cell_is_not_called_empty() -> None:
    cells = {("education", "comprehensive"): [STUDENTS, PAPERS]}
    told = sentences([replace(standing, goal=None) for standing in FOUND], cells, (), apart=2)
    assert [sentence.en for sentence in told] == [
        "2 goals are set for whole counting and not compared with figures counted otherwise."
    ]


def test_goals_are_counted_together() -> None:
    counts = tally(FOUND)
    assert (counts.with_goal, counts.on_path, counts.behind, counts.without_goal) == (2, 1, 1, 2)


def test_the_furthest_behind_is_told_with_the_pace_it_needs() -> None:
    assert [s.indicator.key for s in furthest_behind(FOUND)] == ["international_copublication_share"]
    told = " ".join(sentence.en for sentence in sentences(FOUND, {}, ()))
    assert "40.0 % where 50.0 % is planned; meeting 100.0 % in FY2030 now takes +12.0 points a year" in told


def test_what_moved_most_counts_at_least_twenty_in_both_years() -> None:
    assert moved_most(FOUND) is SYLLABI  # by ten times the usual point; joint degrees moved from 1 to 19
    assert moved_most([RARE]) is None


def test_the_usual_change_is_the_median_and_needs_four_changes() -> None:
    assert usual_change([1, 2, 4, 4, 14]) == 1.5  # changes 1, 2, 0, 10
    assert np.isnan(usual_change([1, 2, 4, 4]))
    assert usual_change([1, 2, NAN, 4, 5, 7, 10]) == 1.5  # changes 1, 1, 2, 3: none across a gap


def test_a_cell_without_goals_is_told_as_a_finding() -> None:
    cells = {("education", "comprehensive"): [STUDENTS], ("education", "deepening"): [RARE, SYLLABI]}
    last = sentences(FOUND, cells, ())[-1]
    assert last.en == (
        "Nobody has set a goal for deepening international collaboration in education: "
        "all of its 2 indicators are measured without one."
    )
    assert last.ja == "教育の国際協働の深化には目標が一つもない（2指標はいずれも目標なし）。"


def test_there_are_three_to_five_sentences() -> None:
    opening = ("international_student_share", "international_copublication_share")
    assert 3 <= len(sentences(FOUND, {("industry", "comprehensive"): [RARE]}, opening)) <= 5
