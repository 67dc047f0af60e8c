"""The marks of figures whose data is incomplete: a sign in a table, a sentence in a block, the way to the findings."""

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from metrics.assessment import Standing
from metrics.could_flip import could_flip
from metrics.disclosure.policy import is_protected
from metrics.quality.incomplete import Incomplete
from metrics.tabulate import OK
from metrics.view import Counting
from pages.parts import data
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.quality.asked import EVERY_YEAR
from pages.parts.quality.kept import found_in, incomplete, is_known, is_small
from pages.parts.standing import SIGN
from vocabulary.text import Text

INCOMPLETE = Text("Incomplete data", "データに欠落")
FOOTNOTE = Text(
    "† Made of incomplete data ({n} of {all}): what is missing could move it, or not everybody has delivered.",
    "† データに欠落のある指標（{all}件中{n}件）。値が動く可能性があるか、未提出の部局がある。",
)
AT_A_STATUS = Text(
    "At a status: between its limits the figure could be on track as well as behind.",
    "状況欄の†は、値の範囲内で計画どおりにも遅れにもなり得るもの。",
)
OF_PERSONS = Text(
    "Of the university's figures on persons you are told only who has not delivered: what else is missing in them is "
    "told to readers of the whole university.",
    "全学の人に関する指標については、未提出の部局の有無のみを示す（その他の欠落は全学の閲覧者のみに示す）。",
)
NOT_KNOWN_YET = Text(
    "Which figures are made of incomplete data is being worked out; draw the page again in a moment.",
    "データに欠落のある指標を確認中です。少し待ってからページを再表示してください。",
)
SAID = Text("Incomplete data: {why}", "データに欠落：{why}")


def lacking(standing: Standing, counting: Counting = "whole", *, part: bool = False) -> Incomplete | None:
    """Why a figure that is shown is incomplete; None of one that has no value, or is filtered (`part`)."""
    if part or standing.status != OK:
        return None
    return incomplete(standing.indicator.key, standing.department, standing.fiscal_year, counting)


def with_limits(found: Iterable[Standing], counting: Counting = "whole", *, part: bool = False) -> list[Standing]:
    """The standings with the limits between which they and the year before lie, where the reader may be told."""
    if part:
        return list(found)
    return [_with_limits(one, counting) for one in found]


def _with_limits(standing: Standing, counting: Counting) -> Standing:
    now, before = (_limits(standing, year, counting) for year in (standing.fiscal_year, standing.fiscal_year - 1))
    return standing if now is before is None else replace(standing, limits=now, before_limits=before)


def _limits(standing: Standing, fiscal_year: int, counting: Counting) -> tuple[float, float] | None:
    found = incomplete(standing.indicator.key, standing.department, fiscal_year, counting)
    return (found.low, found.high) if found is not None and found.unknown else None


def signed(value: str, standing: Standing, counting: Counting = "whole", *, part: bool = False) -> str:
    """A value in a table, with the sign where its data is incomplete."""
    return value if lacking(standing, counting, part=part) is None else f"{value} {SIGN}"


def footnote(
    found: Iterable[Standing], counting: Counting = "whole", *, part: bool = False, statuses: bool = True
) -> None:
    """What the sign says, below a table that has one, with the way to all findings; `statuses`: it shows these."""
    every = list(found)
    if every and not part and not is_known(counting):
        st.caption(say(NOT_KNOWN_YET))
    marked = [one for one in every if lacking(one, counting, part=part) is not None]
    if not marked:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = say(FOOTNOTE.filled(n=len(marked), all=len(every)))
        if statuses and any(could_flip(one).goal for one in marked):
            told += say(Text(" ", "")) + say(AT_A_STATUS)
        if any(_is_told_in_part(one) for one in every):
            told += say(Text(" ", "")) + say(OF_PERSONS)
        st.caption(told, width="content")
        _way(marked[0].department, marked[0].fiscal_year, None)


def _is_told_in_part(standing: Standing) -> bool:
    """Whether the reader is told of the figure only who has not delivered (see `kept.incomplete`)."""
    of_others = not data.reader().scope.covers(standing.department)
    return of_others and standing.status == OK and is_protected(standing.indicator)


def say_lacking(standing: Standing, counting: Counting = "whole", *, part: bool = False) -> None:
    """The reason in small print, and the way to the findings."""
    found = lacking(standing, counting, part=part)
    say_incomplete(found, standing.department, standing.fiscal_year)


def say_incomplete(found: Incomplete | None, department: str, fiscal_year: int) -> None:
    """The same of a figure that is no standing; nothing where nothing is missing."""
    if found is not None:
        st.caption(f":material/error_outline: {literal(say(SAID.filled(why=found.text)))}")
        _way(department, fiscal_year, found)


def to_quality(standing: Standing, counting: Counting = "whole", *, part: bool = False) -> None:
    """A link that says only that the figure is incomplete; the reason is read by pointing at it."""
    found = lacking(standing, counting, part=part)
    if found is not None:
        _way(standing.department, standing.fiscal_year, found, tip=found.text)


def _way(department: str, fiscal_year: int, found: Incomplete | None, tip: Text | None = None) -> None:
    """To the findings of a department, year and check; of a department that is not the reader's the reason alone."""
    if not data.reader().scope.covers(department):
        if tip is not None:
            st.caption(f":material/error_outline: {literal(say(INCOMPLETE))}", help=literal(say(tip)), width="content")
        return
    codes: dict[str, object] = {"department": department, "year": fiscal_year, "source": ""}
    if found is not None and is_small():
        years = found_in(department).get(found.check, ())
        codes |= {"check": found.check if years else ""}
        codes |= {} if fiscal_year in years or not years else {"year": EVERY_YEAR}  # in force, or of several years
    link("quality", INCOMPLETE, icon=":material/error_outline:", tip=tip, **codes)
