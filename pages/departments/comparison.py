"""Where does each department stand on one indicator?

For the offices all departments by name, for a head the own one among unnamed others; beside the university, never a
league table.
"""

import streamlit as st

from pages.parts.comparison import dots, table
from pages.parts.comparison.choices import choose_indicator, choose_kind, choose_own, of_kind
from pages.parts.comparison.figures import Comparison
from pages.parts.departments import comparable
from pages.parts.frame import heading
from pages.parts.language import literal, say
from pages.parts.narrowing import choose_year, say_refused
from pages.parts.standing import choose_counting
from pages.parts.ways import EXPECTED_OF_ALL, EXPECTED_OF_IT, to_definition, to_expectation, to_trend
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

with heading(Text("Where the departments stand", "部局の比較")):
    year = choose_year()
    counting = choose_counting()
which, marked = st.columns([3, 2])
with which:
    indicator = choose_indicator()
every = comparable()
with marked:
    own = choose_own(every)
kind = choose_kind(every)
say_refused(own.code if own else "")

departments = of_kind(every, kind)
shown = Comparison(indicator=indicator, year=year, counting=counting, departments=departments, kind=kind, own=own)
st.markdown("  \n".join(literal(say(sentence)) for sentence in shown.answer))
with st.container(horizontal=True):
    marked_code, words = (own.code, EXPECTED_OF_IT) if own else (UNIVERSITY, EXPECTED_OF_ALL)
    to_expectation(indicator.key, marked_code, year, words)
    to_definition(indicator.key)
    to_trend(indicator, year)
dots.draw(shown)
dots.missing(shown)
table.draw(shown)
