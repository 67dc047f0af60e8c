"""How one target of the strategy stands in one year, in the sentences that open its page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from metrics.assessment import Standing, moved_most, none_told, tally
from metrics.could_flip import could_be
from metrics.figure_sentence import in_full
from metrics.findings import APART, UNJUDGED, lasting, worst
from metrics.goal_outlook import not_judged
from metrics.numbers import many
from metrics.tabulate import OK
from metrics.view import Counting
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text

Place = TypeVar("Place")  # what standings are kept by: a process, a cell of the matrix


def answer(
    target: str,
    year: int,
    cells: Mapping[str, Sequence[Standing]],
    *,
    unit: Text | None = None,
    part: bool = False,
    apart: int = 0,
) -> list[Text]:
    """A few sentences: the goals of the target and of each process, what is furthest behind, what moved most.

    `cells` are the standings by process, `unit` the department they are of (None: the university). `part` says that
    the figures are of some countries or levels only, for which no goal is set; `apart` how many goals are left out
    because the figures are counted by another rule than they.
    """
    found = [standing for standings in cells.values() for standing in standings]
    place = {"target": TARGETS[target], "year": fiscal_year_name(year), "unit": _of_unit(unit)}
    if all(standing.status != OK for standing in found):
        return [_NOTHING.filled(count=len(found), **place)]
    rest = [*worst(found), *_moved(found)]
    if part:
        return [_PART.filled(**place), *rest]
    counts = tally(found)
    left_out = [APART.filled(count=many(apart, "goal is", "goals are"))] if apart else []
    if not counts.with_goal and apart:
        return [*left_out, *rest]
    if not counts.with_goal:
        return [_NO_GOAL.filled(count=len(found), **place), *rest]
    if not counts.judged:
        return [UNJUDGED.filled(silent=not_judged(counts), **place), *left_out, *rest]
    whole = _GOALS.filled(
        goals=many(counts.with_goal, "goal", "goals"),
        on_path=counts.on_path,
        behind=counts.behind,
        silent=not_judged(counts),
        **place,
    )
    return [whole, _processes(cells, apart=apart), *lasting(found), *left_out, *rest]


def comparable(standing: Standing, counting: Counting, *, part: bool) -> Standing:
    """The standing without its goal where the goal says nothing about the figure.

    Goals are set for all countries and levels, counted whole.
    """
    other_rule = counting != "whole" and standing.indicator.follows_counting
    return replace(standing, goal=None) if standing.goal and (part or other_rule) else standing


def left_apart(
    cells: Mapping[Place, Sequence[Standing]], compared: Mapping[Place, Sequence[Standing]]
) -> frozenset[str]:
    """The indicators whose goal says nothing about the figures: with a goal in `cells`, without one in `compared`."""
    kept = {standing.indicator.key for found in compared.values() for standing in found if standing.goal is not None}
    every = {standing.indicator.key for found in cells.values() for standing in found if standing.goal is not None}
    return frozenset(every - kept)


def _processes(cells: Mapping[str, Sequence[Standing]], *, apart: int) -> Text:
    """The same for each process; of those without a goal only where goals are not left out."""
    parts = []
    for process, standings in cells.items():
        counts = tally(standings)
        if apart and not counts.with_goal:
            continue
        words = _PROCESS if counts.with_goal else _NO_PROMISE
        parts.append(words.filled(name=PROCESSES[process], on_path=counts.on_path, with_goal=counts.with_goal))
    return Text("; ".join(part.en for part in parts) + ".", "、".join(part.ja for part in parts) + "。")


def _moved(found: Sequence[Standing]) -> list[Text]:
    """The indicator that moved most since the year before, of those whose change can be told from chance."""
    most = moved_most(found)
    if most is None:
        before = fiscal_year_name(found[0].fiscal_year - 1)
        return [_NONE_TOLD.filled(before=before)] if none_told(found) else []
    value = in_full(most.indicator, most.value, most.numerator, most.denominator)
    could = could_be(most)
    return [_MOVED.filled(name=most.indicator.in_a_sentence, value=value, change=most.moved, could=could)]


def _of_unit(unit: Text | None) -> Text:
    return NOTHING if unit is None else Text(f" ({unit.en})", f"（{unit.ja}）")


_GOALS = Text(
    "{target} in {year}{unit}: of {goals}, {on_path} on track and {behind} behind{silent}.",
    "{year}の{target}{unit}は、数値目標{goals}件のうち{on_path}件が計画どおり、{behind}件が遅れている{silent}。",
)
_PROCESS = Text("{name}: {on_path} of {with_goal} on track", "{name}は{with_goal}件中{on_path}件が計画どおり")
_NO_PROMISE = Text("{name}: no goal at all", "{name}には目標がない")
_NO_GOAL = Text(
    "{target} in {year}{unit}: none of its {count} indicators has a goal, so nothing is promised that could be "
    "kept or broken.",
    "{year}の{target}{unit}は、{count}指標のいずれにも目標が設定されておらず、達成度を判断できない。",
)
_MOVED = Text(
    "What moved most against its usual change is {name}: {value}, {change}{could}.",
    "例年の変動に比べて最も大きく動いたのは{name}で、{value}（{change}）{could}。",
)
_NONE_TOLD = Text("No change since {before} can be told from chance.", "{before}からの変化に、有意といえるものはない。")
_PART = Text(
    "{target} in {year}{unit}: goals are set for all partner countries and levels together, so this part is not "
    "compared with them.",
    "{year}の{target}{unit}：目標は全相手国・全課程を対象に設定されているため、絞り込んだ値とは比較しない。",
)
_NOTHING = Text(
    "{target} in {year}{unit}: none of its {count} indicators has a figure here; the tables say why.",
    "{year}の{target}{unit}は、{count}指標のいずれにも値がない。理由は表に示す。",
)
