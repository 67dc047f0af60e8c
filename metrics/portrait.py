"""A department in three sentences: what it is, how it stands against its own goals, what is most unusual about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.assessment import Standing, furthest_behind, tally
from metrics.findings import lasting
from metrics.goal_outlook import not_judged, value_and_path
from metrics.goals import BEHIND, NO_DATA, NOT_STARTED, ON_PATH, REACHED
from metrics.kinds import REST
from metrics.numbers import many, said
from metrics.people import People
from metrics.unusual import Difference
from vocabulary.calendar import day_name, fiscal_year, fiscal_year_name
from vocabulary.departments import DISCIPLINES, KINDS, word
from vocabulary.people import POPULATIONS
from vocabulary.text import NOTHING, Text

TOLD = ("faculty", "researcher", "staff")
IN_FIELD = Text("A {kind} in {field}", "{field}分野の{kind}")
OF_NO_FIELD = Text("A {kind}", "{kind}")
TOGETHER = Text("{count} departments taken together", "{count}部局の合計")
HEADS = Text("{what}, with {people} on 1 May {year}.", "{what}。{year}年5月1日現在、{people}。")
NOT_COUNTED = Text("{what}; no headcount of 1 May {year} was delivered.", "{what}。{year}年5月1日の人数は未提出。")
STUDENTS = Text("{number} students", "学生{number}人")
NO_STUDENTS = Text("no students of its own", "所属学生なし")
STUDENTS_NOT_COUNTED = Text("students not reported", "学生数は未提出")
PERSONS = Text("{number} {population}", "{population}{number}人")
NO_GOALS = Text("It has no goals of its own.", "独自の数値目標はない。")
APART = Text(
    "{count} set for figures counted whole and not compared with these.",
    "独自の数値目標{count}件は整数カウントに対するもので、この計数方法の値とは比較しない。",
)
GOALS = Text(
    "Its {with_goal} {which}goals: {on_path} on track, {behind} behind{silent}{worst}.",
    "{which}独自の数値目標{with_goal}件のうち、{on_path}件が計画どおり、{behind}件が遅れている{silent}{worst}。",
)
ONE_GOAL = Text("Its one {which}goal, “{name}”, {status}.", "{which}独自の数値目標は「{name}」の1件で、{status}。")
COMPARABLE = Text("comparable ", "比較できる")
STATUSES = {
    ON_PATH: Text("is on track with {value}", "{value}と計画どおり"),
    REACHED: Text("is met with {value}", "{value}で到達している"),
    BEHIND: Text("is behind: {value} where {path} is planned", "計画値{path}に対し{value}と遅れている"),
    NO_DATA: Text("has no figure this year", "この年度の値がない"),
    NOT_STARTED: Text("has not started yet", "まだ始まっていない"),
}
WORST = Text(
    "; furthest behind is {name}: {value} where {path} is planned",
    "。最も遅れているのは{name}で、計画値{path}に対し{value}",
)
MOST = Text(
    "Most unusual is {name}: {value} here (n = {total}), {way} than the {others} of {beside} (n = {all}).",
    "最も特徴的なのは{name}で、{value}（n＝{total}）と、{beside}の{others}（n＝{all}）より{way}。",
)
HIGHER, LOWER = Text("higher", "高い"), Text("lower", "低い")
NOTHING_UNUSUAL = Text(
    "No proportion differs from that of {beside} by more than chance would make.",
    "{beside}との差が偶然の範囲を超える割合指標はない。",
)
NOT_YET = Text("{name} did not exist in {year}: it opened on {day}.", "{name}は{year}には存在しない（{day}設置）。")
NO_MORE = Text("{name} did not exist in {year}: it closed on {day}.", "{name}は{year}には存在しない（{day}廃止）。")
FROM_EARLIER = Text(
    "{name} opened on {day}; the figures of {year} below come from records dated earlier.",
    "{name}は{day}の設置。以下の{year}の値は、設置前の日付の記録による。",
)
FROM_LATER = Text(
    "{name} closed on {day}; the figures of {year} below come from records dated later or still in force.",
    "{name}は{day}に廃止。以下の{year}の値は、廃止後の日付の記録または継続中の記録による。",
)


@dataclass(frozen=True, kw_only=True)
class Department:
    """What a department is. The days of opening and closing are None where unknown or still open."""

    code: str
    name: Text
    kind: str = ""
    discipline: str = ""
    opened: date | None = None
    closed: date | None = None
    leaves: tuple[str, ...] = ()  # the departments below it that have none below them; none for a leaf

    def outside_its_life(self, year: int, *, has_figures: bool) -> Text:
        """Why there is nothing of it, or something all the same, in a fiscal year in which it did not exist."""
        opens_later = self.opened is not None and fiscal_year(self.opened) > year
        day = self.opened if opens_later else self.closed
        if day is None or fiscal_year(day) == year:
            raise ValueError(f"{self.code} existed in FY{year}")
        words = (FROM_EARLIER if has_figures else NOT_YET) if opens_later else (FROM_LATER if has_figures else NO_MORE)
        return words.filled(name=self.name, year=fiscal_year_name(year), day=day_name(day))


def sentences(
    department: Department,
    people: People,
    found: Sequence[Standing],
    unusual: Sequence[Difference],
    fiscal_year: int,
    apart: int = 0,
    beside: Text = REST,
) -> list[Text]:
    """What it is with its headcounts, how it stands against its own goals, and what is most unusual about it.

    `apart` is how many of its goals are for figures counted in another way, and are not among those found; `beside`
    is what it was compared with.
    """
    return [what_it_is(department, people, fiscal_year), *_goals(found, apart), _most_unusual(unusual, beside)]


def what_it_is(department: Department, people: People, fiscal_year: int) -> Text:
    """`A graduate school in engineering, with 2,082 students, 424 faculty and 304 staff on 1 May 2025.`"""
    if department.leaves:
        what = TOGETHER.filled(count=len(department.leaves))
    else:
        kind = word(department.kind, KINDS) if department.kind else Text("department", "部局")
        words = IN_FIELD if department.discipline else OF_NO_FIELD
        what = words.filled(kind=kind, field=word(department.discipline, DISCIPLINES))
    told = _heads(people.headcounts)
    if not told and np.isnan(people.students):
        return NOT_COUNTED.filled(what=what, year=fiscal_year)
    return HEADS.filled(what=what, people=listed([_students(people), *told]), year=fiscal_year)


def how_unusual(difference: Difference, beside: Text) -> Text:
    """Both values with what they are of, and which is higher."""
    unit = difference.indicator.unit
    return MOST.filled(
        name=difference.indicator.in_a_sentence,
        value=said(difference.value, unit),
        total=f"{difference.total:,.0f}",
        way=HIGHER if difference.higher else LOWER,
        beside=beside,
        others=said(difference.others, unit),
        all=f"{difference.others_total:,.0f}",
    )


def listed(texts: Sequence[Text]) -> Text:
    """`a, b and c`, `a、b、c`."""
    en = [text.en for text in texts]
    return Text(" and ".join(part for part in (", ".join(en[:-1]), en[-1]) if part), "、".join(t.ja for t in texts))


def _students(people: People) -> Text:
    if not np.isnan(people.students):
        return STUDENTS.filled(number=f"{people.students:,.0f}")
    return STUDENTS_NOT_COUNTED if people.has_students else NO_STUDENTS


def _heads(headcounts: Mapping[str, float]) -> list[Text]:
    return [
        PERSONS.filled(population=POPULATIONS[population], number=f"{headcounts[population]:,.0f}")
        for population in TOLD
        if not np.isnan(headcounts[population])
    ]


def _goals(found: Sequence[Standing], apart: int) -> list[Text]:
    own = [standing for standing in found if standing.goal is not None]
    if not own and not apart:
        return [NO_GOALS]
    which = COMPARABLE if apart else NOTHING
    left_out = APART.filled(count=many(apart, "of its goals is", "of its goals are"))
    return [*([_compared(own, which)] if own else []), *lasting(own), *([left_out] if apart else [])]


def _compared(own: Sequence[Standing], which: Text) -> Text:
    if len(own) == 1:
        status = _of_path(STATUSES[own[0].goal_status], own[0])
        return ONE_GOAL.filled(which=which, name=own[0].indicator.name, status=status)
    counts, behind = tally(own), furthest_behind(own)
    return GOALS.filled(
        which=which,
        with_goal=counts.with_goal,
        on_path=counts.on_path,
        behind=counts.behind,
        silent=not_judged(counts),
        worst=_of_path(WORST, behind[0]) if behind else NOTHING,
    )


def _of_path(words: Text, standing: Standing) -> Text:
    value, path = value_and_path(standing)
    return words.filled(name=standing.indicator.in_a_sentence, value=value, path=path)


def _most_unusual(unusual: Sequence[Difference], beside: Text) -> Text:
    return how_unusual(unusual[0], beside) if unusual else NOTHING_UNUSUAL.filled(beside=beside)
