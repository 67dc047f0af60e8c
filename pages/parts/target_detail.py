"""The indicators of one process of a target, a block each, five at a time; or the one that the reader asks for."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from metrics.assessment import Standing, furthest_behind, tally
from metrics.histories import Histories
from metrics.tree import UNIVERSITY
from pages.parts import data
from pages.parts.filters import choose, held, link
from pages.parts.indicator_block import Block, indicator_block
from pages.parts.language import say
from pages.parts.narrowing import Narrowing
from pages.parts.spread import spreads
from vocabulary.activity_types import PROCESSES
from vocabulary.text import Text

AT_A_TIME = 5
BACK = Text("Back to all indicators", "すべての指標に戻る")
TITLE = Text("Indicator by indicator", "指標ごとの詳細")
PART = Text("Part of the indicators", "指標の範囲")
SOME = Text("Indicators {first} to {last} of {all}", "{all}指標中{first}〜{last}")
ORDER = Text("Those furthest behind their plan come first.", "計画からの遅れが大きい指標から順に示す。")


def choose_process(cells: Mapping[str, Sequence[Standing]]) -> str:
    """One of the two processes: the first with an indicator behind its path, unless asked otherwise."""
    behind = [process for process, found in cells.items() if tally(found).behind]
    return choose("process", Text("Process", "取組"), PROCESSES, next(iter(behind), None), style="buttons")


def named(target: str, department: str) -> str:
    """The indicator of the target that the address or the reader asks for; "" for none."""
    return held("indicator", _names(target, department))


def one_in_full(
    key: str,
    compared: Mapping[str, Sequence[Standing]],
    apart: Collection[str],
    history: Histories,
    narrowed: Narrowing,
) -> None:
    """The block of one indicator, with the way back to all of them."""
    standing = next(one for found in compared.values() for one in found if one.indicator.key == key)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _choose_indicator(standing.indicator.target, narrowed.department)
        link("targets", BACK, icon=":material/arrow_back:", indicator="", process=standing.indicator.process)
    for block in _blocks([standing], apart, history, narrowed):
        indicator_block(block)


def details(
    compared: Mapping[str, Sequence[Standing]],
    apart: Collection[str],
    history: Histories,
    narrowed: Narrowing,
) -> None:
    """The process and its indicators, chosen and drawn.

    `compared` are the standings with those goals that say something about the figures, `apart` the indicators whose
    goal does not; `history` has the figures of the department and of the university.
    """
    st.subheader(say(TITLE), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        process = choose_process(compared)
        shown = _ordered(compared[process])
        _choose_indicator(shown[0].indicator.target, narrowed.department)
    if tally(shown).behind:
        st.caption(say(ORDER))
    place = st.container(gap="medium")
    some = _some(shown)
    with place:
        for block in _blocks(some, apart, history, narrowed):
            indicator_block(block)


def _ordered(found: Sequence[Standing]) -> list[Standing]:
    """Those behind their path first, the furthest at the top; the others in reading order."""
    behind = furthest_behind(found)
    return [*behind, *(standing for standing in found if standing not in behind)]


def _choose_indicator(target: str, department: str) -> None:
    """Which indicator is shown alone, of both processes: what is chosen moves to the top of the page."""
    choose("indicator", Text("Indicator", "指標"), _names(target, department), width=420)


def _names(target: str, department: str) -> dict[str, Text | str]:
    names: dict[str, Text | str] = {"": Text("All, one after the other", "すべて（順に表示）")}
    every = data.indicators_of(department).values()
    return names | {indicator.key: indicator.name for indicator in every if indicator.target == target}


def _some(every: Sequence[Standing]) -> Sequence[Standing]:
    """A few of the indicators: those that the reader turned to, in words and in the address."""
    starts = range(0, len(every), AT_A_TIME)
    if len(starts) < 2:
        return every
    target, process = every[0].indicator.place
    ends = {f"{target}-{process}-{start + 1}": (start, min(start + AT_A_TIME, len(every))) for start in starts}
    words = {code: SOME.filled(first=start + 1, last=end, all=len(every)) for code, (start, end) in ends.items()}
    start, end = ends[choose("part", PART, words, style="buttons", label_visibility="collapsed")]
    return every[start:end]


def _blocks(shown: Sequence[Standing], apart: Collection[str], history: Histories, narrowed: Narrowing) -> list[Block]:
    of_unit = narrowed.department != UNIVERSITY
    names = data.department_names()
    found = spreads([standing.indicator.key for standing in shown], narrowed)
    notes = data.public("annotations")
    notes = notes[notes["target"].isin(("", shown[0].indicator.target))]  # all are of one target
    blocks = []
    for standing in shown:
        key = standing.indicator.key
        blocks.append(
            Block(
                standing=standing,
                narrowed=narrowed,
                history=history.columns(key, narrowed.department, *narrowed.years),
                notes=notes,
                spread=found.get(key),
                unit_name=names[narrowed.department] if of_unit else None,
                university=history.columns(key, UNIVERSITY, *narrowed.years) if of_unit else None,
                goal_apart=key in apart,
            )
        )
    return blocks
