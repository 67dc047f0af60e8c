"""How indicators stand, for pages: standings from figures and goals, and how a status is shown."""

from collections.abc import Iterable, Sequence
from math import isnan
from typing import Any, Literal, NamedTuple, cast

import pandas as pd
import streamlit as st

from metrics.assessment import Standing, standings
from metrics.change import UNDECIDED, change_in_a_cell
from metrics.could_flip import could_be, could_flip
from metrics.figure_sentence import leading, made_of
from metrics.goal_outlook import outlook
from metrics.goals import BEHIND, NO_DATA, NO_GOAL, NOT_STARTED, ON_PATH, REACHED
from metrics.histories import Histories
from metrics.indicator import Indicator
from metrics.numbers import change, said
from metrics.view import Counting
from pages.parts import data
from pages.parts.filters import choose
from pages.parts.language import say
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.text import Text

Colour = Literal["green", "orange", "gray", "violet"]


class Shown(NamedTuple):
    """A status as it is seen: icon and words, so that colour never carries it alone."""

    words: Text
    icon: str
    colour: Colour
    sign: str  # in tables, which have no icons

    @property
    def marked(self) -> Text:
        """Sign and words, for tables."""
        return Text(f"{self.sign} {self.words.en}", f"{self.sign} {self.words.ja}")


STATUSES = {
    ON_PATH: Shown(Text("on track", "計画どおり"), ":material/check_circle:", "green", "✓"),
    REACHED: Shown(Text("met", "到達"), ":material/flag:", "green", "⚑"),
    BEHIND: Shown(Text("behind", "遅れ"), ":material/schedule:", "orange", "▼"),
    NOT_STARTED: Shown(Text("not started", "開始前"), ":material/hourglass_empty:", "gray", "…"),
    NO_DATA: Shown(Text("no data", "データなし"), ":material/question_mark:", "gray", "?"),
    NO_GOAL: Shown(Text("no goal", "目標なし"), ":material/remove:", "gray", "–"),
}
TARGET_ICONS = {
    "education": ":material/school:",
    "research": ":material/science:",
    "industry": ":material/factory:",
    "society": ":material/public:",
}

SIGN = "†"  # of what is made of incomplete data
DOUBTFUL_MARKS = {shown.marked: shown.colour for shown in STATUSES.values()} | {
    Text(*(f"{words} {SIGN}" for words in shown.marked)): shown.colour for shown in STATUSES.values()
}
"""The statuses as tables write them, also where they could be another within the limits of the figure."""
TOO_SLOW = Text("too slow for its goal", "最終目標には遅れる見込み")
SINCE = Text("since {before}", "{before}比")
SIZE = Text("{change} since {before}", "{before}比{change}")
IN_BRACKETS = Text(
    "In brackets: no distinguishable change since {before} (95 %). Money, what is in force, indices and numbers of "
    "different things are not judged.",
    "（ ）内は{before}からの有意な変化とはいえない（信頼水準95%）。金額、継続中の件数、指数、種類の数は判定しない。",
)


def choose_counting() -> Counting:
    """The filter of the counting rule."""
    return cast(Counting, choose("counting", Text("Counting", "計数方法"), COUNTING_RULES, width=170))


def standings_here(
    figures: pd.DataFrame | Histories, year: int, department: str, indicators: Iterable[Indicator] | None = None
) -> list[Standing]:
    """The standing of the indicators (default: all that it has) of a department in a fiscal year."""
    return standings(figures, indicators or data.indicators_of(department).values(), data.goals(), year, department)


def cells_of(found: Sequence[Standing]) -> dict[tuple[str, str], list[Standing]]:
    """Standings by cell of the strategy's matrix, every cell there even where it is empty."""
    return {
        (target, process): [standing for standing in found if standing.indicator.place == (target, process)]
        for process in PROCESSES
        for target in TARGETS
    }


def moved_since(standing: Standing) -> dict[str, Any]:
    """What `st.metric` needs for the change since the year before: an arrow only where it can be told from chance.

    Where it cannot, that is said in words, and its size stands in small print (`size_of_change`); where nothing is
    known of chance, the size stands without a colour. Streamlit tells a fall by an ASCII hyphen. With a minus sign it
    takes every change for a rise, so arrow and colour are said to it.
    """
    indicator = standing.indicator
    if isnan(standing.change):
        return {"delta": None}
    size, told = change(standing.value, standing.before, indicator.unit), standing.verdict.told
    before = fiscal_year_name(standing.fiscal_year - 1)
    if could_flip(standing).change:
        since = say(SINCE.filled(before=before))
        return {
            "delta": f"{say(size)} {SIGN}",
            "delta_color": "off",
            "delta_arrow": "off",
            "delta_description": since,
        }
    if told is False:
        return {"delta": say(UNDECIDED), "delta_color": "off", "delta_arrow": "off"}
    good = {"higher": 1, "lower": -1, "neither": 0}[indicator.better] * standing.change * bool(told)
    return {
        "delta": say(size),
        "delta_color": "normal" if good > 0 else "inverse" if good < 0 else "off",
        "delta_arrow": "up" if standing.change > 0 else "down" if standing.change < 0 else "off",
        "delta_description": say(SINCE.filled(before=before)),
    }


def size_of_change(standing: Standing) -> str:
    """Of a change that cannot be told from chance its size, for small print; nothing of any other."""
    if standing.verdict.told is not False:
        return ""
    size = change(standing.value, standing.before, standing.indicator.unit)
    return say(SIZE.filled(change=size, before=fiscal_year_name(standing.fiscal_year - 1)))


def changed(standing: Standing) -> str:
    """The change in the cell of a table: in brackets where it cannot be told from chance (`IN_BRACKETS` says so)."""
    unit = standing.indicator.unit
    return say(change_in_a_cell(standing.value, standing.before, unit, standing.verdict))


def lead(standing: Standing) -> str:
    """A figure as cards show it: the value, or `3 of 11` where n is small."""
    return say(leading(standing.indicator, standing.value, standing.numerator, standing.denominator))


def badge(standing: Standing) -> None:
    """The status of an indicator against its goal's path."""
    shown = STATUSES[standing.goal_status]
    doubtful = could_flip(standing).goal
    words = f"{say(shown.words)} {SIGN}" if doubtful else say(shown.words)
    st.badge(words, icon=shown.icon, color=shown.colour, help=say_could_be(standing) if doubtful else None)
    seen = outlook(standing) if standing.goal_status == ON_PATH else None
    if seen is not None and seen.lands_late:
        st.badge(say(TOO_SLOW), icon=":material/hourglass_bottom:", color="orange")


def status_in_a_cell(standing: Standing) -> str:
    """The status in a table, with the sign where it could be another within the limits of the figure."""
    words = say(STATUSES[standing.goal_status].marked)
    return f"{words} {SIGN}" if could_flip(standing).goal else words


def say_could_be(standing: Standing) -> str:
    """What could be otherwise within the limits of a figure, without its brackets; nothing where nothing could."""
    return say(could_be(standing)).strip(" ()（）")


def counted(standing: Standing) -> str:
    """What a figure rests on: `2,330 of 17,850`; its value where the count leads; nothing without a denominator."""
    if isnan(standing.numerator) or isnan(standing.denominator):
        return ""
    if standing.is_small:
        return say(said(standing.value, standing.indicator.unit))
    return say(made_of(standing.indicator, standing.numerator, standing.denominator))


def when(standing: Standing) -> str:
    """The day or the year a figure is of: `1 May 2025`, `FY2025`."""
    year = standing.fiscal_year
    if standing.indicator.is_stock:
        return say(Text(f"1 May {year}", f"{year}年5月1日"))
    return say(fiscal_year_name(year))
