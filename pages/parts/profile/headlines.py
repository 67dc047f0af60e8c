"""The eight headline figures of a department, one for each cell of the strategy's matrix, beside the university's."""

import streamlit as st

from metrics.assessment import Standing
from metrics.catalogue import HEADLINES
from metrics.coverage import Coverage
from metrics.figure_sentence import leading, unit_of
from metrics.goals import NO_GOAL
from metrics.numbers import UNIT_NAMES, said
from metrics.tabulate import OK
from metrics.view import Counting
from pages.parts.language import literal, say
from pages.parts.profile.figures import Profile
from pages.parts.quality.marks import to_quality
from pages.parts.standing import TARGET_ICONS, badge, counted, moved_since, size_of_change, when
from pages.parts.tables import STATUS
from pages.parts.ways import to_definition, to_records
from vocabulary.activity_types import PROCESSES, PROCESSES_IN_SHORT, TARGETS
from vocabulary.text import NOTHING, Text

CARD_WIDTH = 230  # pixels; below, the cards fold
TITLE = Text("The eight headline figures, beside the university's", "8つの主要指標と全学の値")
OF_UNIVERSITY = Text("University: {value}", "全学：{value}")
ITS_SHARE = Text("{share} of the university's {value}", "全学{value}の{share}")
UNKNOWN = Text("{number} of unknown country", "国不明{number}")


def draw(profile: Profile) -> None:
    """The cards, a row of four for each process."""
    st.subheader(say(TITLE), anchor=False)
    by_key = {standing.indicator.key: standing for standing in profile.standings}
    grid = st.grid(len(TARGETS), min_column_width=CARD_WIDTH, border=True)
    for process in PROCESSES:
        for target in TARGETS:
            key = HEADLINES[target, process]
            with grid, st.container(gap="xsmall"):
                _card(by_key[key], profile.university[key], profile.coverage(by_key[key]), profile.counting)


def _card(own: Standing, university: Standing, unknown: Coverage | None, counting: Counting) -> None:
    indicator = own.indicator
    place = f"{say(TARGETS[indicator.target])} · {say(PROCESSES_IN_SHORT[indicator.process])}"
    name = literal(say(indicator.name))
    st.markdown(f":small[:gray[{TARGET_ICONS[indicator.target]} {place}]]  \n**{name}**")
    _figure(own)
    led = _value(own) if _small(own) else ""  # of how many: the card has no room for it in large letters
    of_what = counted(own) or say(UNIT_NAMES[indicator.unit])
    parts = (when(own), led, of_what, size_of_change(own)) if own.status == OK else (when(own),)
    rests_on = [part for part in parts if part]
    beside = say(_beside(own, university))
    known = literal(say(unknown.text)) if unknown is not None else None
    st.caption(f"{literal(' · '.join(rests_on))}  \n{literal(beside)}", help=known)
    if own.goal_status != NO_GOAL:
        badge(own)
    _links(own, unknown, counting)


def _beside(own: Standing, university: Standing) -> Text:
    """The university's value; beside a total, which grows with the department, the department's share of it."""
    value = _said(university)
    if own.indicator.unit in ("share", "index") or university.status != OK or not university.value:
        return OF_UNIVERSITY.filled(value=value)
    if own.status != OK:
        return NOTHING
    return ITS_SHARE.filled(share=said(own.value / university.value, "share"), value=value)


def _figure(own: Standing) -> None:
    value = say(said(own.numerator, unit_of(own.indicator.numerator))) if _small(own) else _value(own)
    st.metric(say(own.indicator.name), value, label_visibility="collapsed", **moved_since(own))


def _small(own: Standing) -> bool:
    return own.status == OK and own.is_small


def _value(standing: Standing) -> str:
    return say(_said(standing))


def _said(standing: Standing) -> Text:
    if standing.status != OK:
        return STATUS[standing.status]
    return leading(standing.indicator, standing.value, standing.numerator, standing.denominator)


def _links(own: Standing, unknown: Coverage | None, counting: Counting) -> None:
    """From a figure to its definition and its records, and to those of unknown country where there are any."""
    with st.container(horizontal=True, gap="small"):
        to_definition(own.indicator.key)
        to_records(own.indicator.key, own.department, own.fiscal_year, part="numerator" if unknown else None)
        if unknown is not None:
            words = UNKNOWN.filled(number=said(unknown.unknown, "count"))
            to_records(own.indicator.key, own.department, own.fiscal_year, words, part="unknown")
        to_quality(own, counting)
