"""Where does the International Strategy stand? For the President's office, five minutes before a board meeting.

The answer is read aloud at the top; the matrix shows which promise is kept, in danger, or measured by nobody.
"""

import streamlit as st

from metrics.catalogue import HEADLINES
from metrics.findings import sentences
from metrics.histories import Histories
from metrics.target_answer import comparable, left_apart
from metrics.tree import UNIVERSITY
from pages.parts import data, matrix, movement
from pages.parts.frame import heading
from pages.parts.language import literal, say
from pages.parts.narrowing import choose_year, say_unknown
from pages.parts.quality.marks import with_limits
from pages.parts.standing import cells_of, choose_counting, standings_here
from vocabulary.text import Text

OPENING = ("international_student_share", "international_copublication_share")

with heading(Text("Where the International Strategy stands", "国際戦略の現在地")):
    year = choose_year()
    counting = choose_counting()
say_unknown()

history = Histories(data.university_figures(tuple(data.indicators_of(UNIVERSITY)), counting))
every = cells_of(with_limits(standings_here(history, year, UNIVERSITY), counting))
cells = {place: [comparable(standing, counting, part=False) for standing in here] for place, here in every.items()}
found = [standing for here in cells.values() for standing in here]
apart = left_apart(every, cells)

answer, moved = st.columns([4, 3], gap="medium")
with answer:
    first, *others = (literal(say(sentence)) for sentence in sentences(found, every, OPENING, apart=len(apart)))
    st.markdown("\n\n".join([f"**{first}**", *others]))
    movement.to_late(found, year)
with moved:
    movement.changes(found, year, counting)

matrix.draw(cells, HEADLINES, history, apart, counting)
movement.leaving_their_path(found)
movement.without_goal(every, year)
st.caption(say(movement.footing(year, counting)))
