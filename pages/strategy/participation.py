"""Does everyone take part in working with the world, or the same few?

For the President's office (the university, or any department) and heads (the own departments; of the university the
published figures). The answer in sentences, then the evidence: which part of whom takes part in what, how unevenly, who
came and left, and over how many countries and partners it spreads.
"""

import streamlit as st

from pages.parts import data
from pages.parts.frame import heading
from pages.parts.narrowing import choose_department, choose_year, say_refused
from pages.parts.participation.asked import ask, say_answer
from pages.parts.participation.breadth import show_breadth
from pages.parts.participation.people import show_movement, show_targets, show_unevenness
from pages.parts.participation.shares import show_matrix, show_populations, show_trend
from pages.parts.participation.university import show_published
from vocabulary.text import Text

with heading(Text("Who takes part", "参加の広がり")):
    department = choose_department(width=320)
    year = choose_year()
say_refused(department)

if not data.reader().scope.covers(department):
    show_published(year)
    st.stop()

asked = ask(department, year)
say_answer(asked)
show_matrix(asked)
left, right = st.columns(2, gap="large")
with left:
    show_trend(asked)
    show_targets(asked)
with right:
    show_unevenness(asked)
show_movement(asked)
show_populations(asked)
show_breadth(asked)
