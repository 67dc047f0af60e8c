"""The eight headline figures of a department, one for each cell of the strategy's matrix, beside the university's."""

import streamlit as st

from metrics.assessment import Standing
from metrics.catalogue import HEADLINES
from metrics.coverage import Coverage
from metrics.goals import NO_GOAL
from metrics.numbers import show
from metrics.tabulate import OK
from pages.parts.language import current_language, literal, say
from pages.parts.profile.figures import Profile
from pages.parts.standing import TARGET_ICONS, badge, counted, moved_since, when
from pages.parts.tables import STATUS
from pages.parts.ways import UNKNOWN_COUNTRY, to_definition, to_records
from vocabulary.activity_types import PROCESSES, PROCESSES_IN_SHORT, TARGETS
from vocabulary.text import Text

CARD_WIDTH = 230  # pixels; below, the cards fold
TITLE = Text("The eight headline figures, beside the university's", "8つの主要指標と全学の値")
OF_UNIVERSITY = Text("University: {value}", "全学：{value}")


def draw(profile: Profile) -> None:
    """The cards, a row of four for each process."""
    st.subheader(say(TITLE), anchor=False)
    by_key = {standing.indicator.key: standing for standing in profile.standings}
    grid = st.grid(len(TARGETS), min_column_width=CARD_WIDTH, border=True)
    for process in PROCESSES:
        for target in TARGETS:
            key = HEADLINES[target, process]
            with grid.cell(), st.container(gap="xsmall"):
                _card(by_key[key], profile.university[key], profile.coverage(by_key[key]))


def _card(own: Standing, university: Standing, unknown: Coverage | None) -> None:
    indicator = own.indicator
    place = f"{say(TARGETS[indicator.target])} · {say(PROCESSES_IN_SHORT[indicator.process])}"
    st.caption(f"{TARGET_ICONS[indicator.target]} {place}")
    st.markdown(f"**{literal(say(indicator.name))}**")
    _figure(own)
    rests_on = [part for part in (when(own), counted(own) if own.status == OK else "") if part]
    beside = say(OF_UNIVERSITY.filled(value=_value(university)))
    st.caption(f"{literal(' · '.join(rests_on))}  \n{literal(beside)}")
    if own.goal_status != NO_GOAL:
        badge(own)
    if unknown is not None:
        st.caption(literal(say(unknown.text)))
    links(own, of_unknown=unknown is not None)


def _figure(own: Standing) -> None:
    st.metric(say(own.indicator.name), _value(own), label_visibility="collapsed", **moved_since(own))


def _value(standing: Standing) -> str:
    if standing.status != OK:
        return say(STATUS[standing.status])
    return show(standing.value, standing.indicator.unit, current_language())


def links(own: Standing, *, of_unknown: bool) -> None:
    """From a figure to its definition and its records, and to those of unknown country where there are any."""
    with st.container(horizontal=True, gap="small"):
        to_definition(own.indicator.key)
        to_records(own.indicator.key, own.department, own.fiscal_year, part="numerator" if of_unknown else None)
        if of_unknown:
            to_records(own.indicator.key, own.department, own.fiscal_year, UNKNOWN_COUNTRY, part="unknown")
