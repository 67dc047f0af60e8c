"""Where does the International Strategy stand? For the President's office, five minutes before a board meeting.

The answer is read aloud at the top; the matrix shows which promise is kept, in danger, or measured by nobody.
"""

import streamlit as st

from metrics.catalogue import HEADLINES, INDICATORS
from metrics.findings import sentences
from metrics.tree import UNIVERSITY
from pages.parts import data, matrix, movement
from pages.parts.filters import choose
from pages.parts.frame import heading
from pages.parts.language import literal, say
from pages.parts.standing import cells_of, choose_counting, standings_here
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

OPENING = ("international_student_share", "international_copublication_share")

with heading(Text("Where the International Strategy stands", "国際戦略の現在地")):
    years = {str(year): fiscal_year_name(year) for year in reversed(data.fiscal_years())}
    year = int(choose("year", Text("Fiscal year", "年度"), years, width=120))
    counting = choose_counting()

history = data.university_figures(tuple(INDICATORS), counting)
found = standings_here(history, year, UNIVERSITY)
cells = cells_of(found)

answer, moved = st.columns([4, 3], gap="medium")
with answer:
    first, *others = (literal(say(sentence)) for sentence in sentences(found, cells, OPENING))
    st.markdown("\n\n".join([f"**{first}**", *others]))
with moved:
    movement.changes(found, year)

matrix.draw(cells, HEADLINES, history, year)
movement.leaving_their_path(found)
movement.without_goal(cells, year)
st.caption(say(movement.footing(year, counting)))
