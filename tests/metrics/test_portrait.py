"""A department in three sentences, each from figures worked by hand, in both languages."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from metrics.assessment import Standing
from metrics.catalogue import INDICATORS
from metrics.goals import Goal, goals_of
from metrics.kinds import others_name
from metrics.people import PERSONS, People
from metrics.portrait import NO_GOALS, Department, sentences
from metrics.unusual import Difference
from vocabulary.text import Text

ENGINEERING = Department(
    code="GENG", name=Text("Engineering", "工学研究科"), kind="graduate_school", discipline="engineering"
)
SHARE, PAPERS = INDICATORS["international_student_share"], INDICATORS["publications"]


def people(*, has_students: bool = True, **headcounts: float) -> People:
    heads = {population: headcounts.get(population, np.nan) for population in PERSONS}
    return People(taking_part=0, by_level={}, headcounts=heads, has_students=has_students)


def goal(target: float, halfway: float | None = None) -> Goal:
    """From 100 papers in FY2020 to a target in FY2030: at 120 the path is at 110 in FY2025, if not at `halfway`."""
    rows = [(PAPERS.key, "GENG", 2020, 100.0, "baseline", "1"), (PAPERS.key, "GENG", 2030, target, "target", "1")]
    if halfway is not None:
        rows.append((PAPERS.key, "GENG", 2025, halfway, "milestone", "1"))
    columns = ["indicator", "department", "fiscal_year", "value", "kind", "phase"]
    return goals_of(pd.DataFrame(rows, columns=columns))[PAPERS.key, "GENG"]


def standing(value: float, aim: Goal | None = None) -> Standing:
    return Standing(
        indicator=PAPERS,
        department="GENG",
        fiscal_year=2025,
        status="no data" if np.isnan(value) else "ok",
        value=value,
        numerator=value,
        denominator=np.nan,
        low=np.nan,
        high=np.nan,
        before=np.nan,
        before_numerator=np.nan,
        goal=aim,
    )


def first(department: Department, who: People) -> Text:
    return sentences(department, who, [], [], 2025)[0]


def test_what_it_is_is_said_with_its_headcounts_of_the_census_day() -> None:
    who = people(master=1400, doctoral=600, faculty=424, staff=304)
    assert first(ENGINEERING, who) == Text(
        "A graduate school in engineering, with 2,000 students, 424 faculty and 304 staff on 1 May 2025.",
        "工学分野の研究科。2025年5月1日現在、学生2,000人、教員424人、職員304人。",
    )


def test_a_department_without_students_says_so_and_one_that_did_not_report_them_too() -> None:
    assert "with no students of its own and 9 faculty" in first(ENGINEERING, people(has_students=False, faculty=9)).en
    assert "with students not reported and 9 faculty" in first(ENGINEERING, people(faculty=9)).en
    assert first(ENGINEERING, people()).ja == "工学分野の研究科。2025年5月1日の人数は未提出。"


def test_a_group_is_what_lies_below_it_and_an_unknown_kind_is_said_as_written() -> None:
    group = replace(ENGINEERING, leaves=("A", "B", "C"))
    assert first(group, people(faculty=9)).en.startswith("3 departments taken together, with ")
    museum = replace(ENGINEERING, kind="museum", discipline="")
    assert first(museum, people(faculty=9)).en.startswith("A museum, with ")


def goals(*found: Standing, apart: int = 0) -> list[Text]:
    return sentences(ENGINEERING, people(), found, [], 2025, apart)[1:-1]


def test_without_goals_of_its_own_it_says_so() -> None:
    assert goals(standing(50)) == [NO_GOALS]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (109, "is behind: 109 where 110 is planned"),
        (110, "is on track with 110"),
        (120, "is met with 120"),
        (np.nan, "has no figure this year"),
    ],
)
def test_one_goal_is_said_by_name(value: float, said: str) -> None:
    assert goals(standing(value, goal(120)))[0].en == f"Its one goal, “Publications”, {said}."


def test_several_goals_are_counted_and_the_furthest_behind_is_named() -> None:
    found = [standing(109, goal(120)), standing(80, goal(120)), standing(115, goal(120)), standing(np.nan, goal(120))]
    assert goals(*found) == [
        Text(
            "Its 4 goals: 1 on track, 2 behind; without a figure: 1; furthest behind is “Publications”: 80 "
            "where 110 is planned.",
            "独自の数値目標4件のうち、1件が計画どおり、2件が遅れている（値なし1件）。"
            "最も遅れているのは「論文数」で、計画値110件に対し80件。",
        )
    ]


def test_a_goal_that_is_on_track_and_too_slow_for_its_end_is_said_to_be() -> None:
    slow = standing(103, goal(120, halfway=102))  # +0.6 a year: 120 in FY2048
    assert goals(slow)[1].en == "The one on track would miss its final goal at the pace so far."
    assert len(goals(standing(110, goal(120)))) == 1


def test_goals_for_another_way_of_counting_are_not_denied() -> None:
    (only,) = goals(apart=2)
    assert only.en == "2 of its goals are set for figures counted whole and not compared with these."
    assert "comparable goal" in goals(standing(110, goal(120)), apart=2)[0].en


def test_the_most_unusual_is_said_with_both_values_and_what_they_are_of() -> None:
    lower = Difference(
        indicator=SHARE,
        value=0.021,
        count=21,
        total=1000,
        others=0.13,
        others_total=10000,
        z=-9,
        chance=1e-9,
    )
    said = sentences(ENGINEERING, people(), [], [lower], 2025)[-1]
    assert "”: 2.1 % here (n = 1,000), lower than the 13.0 % of the rest of the university (n = 10,000)" in said.en
    assert said.ja.endswith("2.1%（n＝1,000）と、全学の他部局の13.0%（n＝10,000）より低い。")
    assert "higher" in sentences(ENGINEERING, people(), [], [replace(lower, z=9)], 2025)[-1].en
    others = others_name("graduate_school")
    nothing = sentences(ENGINEERING, people(), [], [], 2025, beside=others)[-1].en
    assert nothing.startswith("No proportion differs from that of the other graduate schools")


def test_outside_its_life_it_says_why_there_is_nothing_or_something_all_the_same() -> None:
    short = replace(ENGINEERING, opened=date(2018, 4, 1), closed=date(2023, 3, 31))
    nothing = [short.outside_its_life(year, has_figures=False) for year in (2017, 2023)]
    something = [short.outside_its_life(year, has_figures=True) for year in (2017, 2023)]
    assert [said.en for said in nothing + something] == [
        "Engineering did not exist in FY2017: it opened on 1 April 2018.",
        "Engineering did not exist in FY2023: it closed on 31 March 2023.",
        "Engineering opened on 1 April 2018; the figures of FY2017 below come from records dated earlier.",
        "Engineering closed on 31 March 2023; the figures of FY2023 below come from records dated later or still in "
        "force.",
    ]
    assert nothing[1].ja == "工学研究科は2023年度には存在しない（2023年3月31日廃止）。"
    assert something[0].ja == "工学研究科は2018年4月1日の設置。以下の2017年度の値は、設置前の日付の記録による。"


@pytest.mark.parametrize("life", [{}, {"closed": date(2020, 4, 1)}, {"opened": date(2021, 3, 31)}])
def test_within_its_life_there_is_nothing_to_say(life: dict[str, date]) -> None:
    with pytest.raises(ValueError, match="existed in FY2020"):
        replace(ENGINEERING, **life).outside_its_life(2020, has_figures=False)  # type: ignore[arg-type]  # days only
