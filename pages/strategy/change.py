"""Why did a figure move between two years: because departments changed, or because their weights did? Of whom?

For the President's office before a board meeting, and for heads about what lies within their own departments. The
answer in sentences that can be read aloud, the parts of the change one after the other, then every group in a table.
"""

import streamlit as st

from pages.parts import data
from pages.parts.change.answer import answer, basis, cannot_split, more, say_not_yours, say_too_few
from pages.parts.change.asked import choose_change, choose_split
from pages.parts.change.table import draw_table
from pages.parts.change.waterfall import draw_waterfall
from pages.parts.frame import heading
from pages.parts.narrowing import choose_department, say_refused
from pages.parts.standing import choose_counting
from vocabulary.text import Text

with heading(Text("Why it moved", "なぜ動いたか")):
    department = choose_department(width=200)
    counting = choose_counting()
say_refused(department)
if not data.reader().scope.covers(department):
    say_not_yours()
    st.stop()

asked = choose_change(department, counting)
if asked is None:
    say_too_few()
    st.stop()
split = choose_split(asked)
answer(asked, split)
if split is None:
    cannot_split(asked)
    st.stop()
draw_waterfall(asked, split)
more(asked, split)
basis(asked, split)
draw_table(asked, split)
