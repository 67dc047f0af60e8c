"""Is a department's figure what its mix of levels, fields or partners would lead one to expect?

For a head with a grievance ("we are compared with physics") and for the offices before they draw conclusions: observed
beside expected, with what chance and the usual differences between departments allow; never a rank list.
"""

import streamlit as st

from pages.parts.comparison.choices import choose_own
from pages.parts.departments import comparable
from pages.parts.expectation import funnel, table
from pages.parts.expectation.choices import choose_indicator, choose_mix, choose_reference
from pages.parts.expectation.figures import Fair
from pages.parts.frame import PAGES, heading
from pages.parts.language import literal, say
from pages.parts.narrowing import choose_year, say_refused
from pages.parts.standing import choose_counting
from pages.parts.ways import to_comparison, to_definition, to_records

with heading(PAGES["expectation"].title):
    year = choose_year()
    counting = choose_counting()
which, marked = st.columns([3, 2])
with which:
    indicator = choose_indicator()
with marked:
    own = choose_own(comparable())
what, beside = st.columns([3, 2])
with what:
    mix = choose_mix(indicator)
with beside:
    reference = choose_reference(indicator, mix, year)
say_refused(own.code if own else "")

shown = Fair(indicator=indicator, year=year, counting=counting, mix=mix, reference=reference, own=own)
st.markdown("  \n".join(literal(say(sentence)) for sentence in shown.answer))
with st.container(horizontal=True):
    to_definition(indicator.key)
    if own is not None:
        to_records(indicator.key, own.code, year)
        to_comparison(indicator.key, own.code, year)
table.own_mix(shown)
funnel.draw(shown)
table.departments(shown)
