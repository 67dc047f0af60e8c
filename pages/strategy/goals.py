"""Which promises are kept, which are in danger, and what would it take?

For the President's office, and for heads of departments with goals of their own. The answer in sentences, one goal
in full (the one furthest behind unless another is chosen), all goals in tables, and the indicators without one.
"""

import streamlit as st

from metrics.assessment import standings
from metrics.goal_answer import answer
from metrics.tree import UNIVERSITY
from metrics.view import Selection
from pages.parts import data
from pages.parts.frame import heading
from pages.parts.goal_table import (
    choose_statuses,
    choose_target,
    goal_tables,
    narrowed,
    of_target,
    parts_said,
    say_no_goal,
    without_goal,
)
from pages.parts.goals.together import goals_together
from pages.parts.language import literal, say
from pages.parts.narrowing import choose_department, choose_year, say_refused
from pages.parts.one_goal import choose_goal, departments_goals, one_goal
from pages.parts.quality.marks import with_limits
from pages.parts.standing import cells_of
from vocabulary.text import Text

with heading(Text("Which promises are kept", "約束は守られているか")):
    department = choose_department(width=200)
    year = choose_year()
say_refused(department)

promised = data.goals()
indicators = data.indicators_of(department)
history = data.figures(tuple(indicators), selection=Selection(departments=(department,)))
history = history[history["fiscal_year"] <= year]  # the chosen year is the last one drawn
found = with_limits(standings(history, indicators.values(), promised, year, department))
if department != UNIVERSITY and not any(standing.goal for standing in found):
    say_no_goal(department, year)
    st.stop()
target = choose_target()
told = answer(of_target(found, target), year, *parts_said(department, target))
st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in told))

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    statuses = choose_statuses()
    shown = narrowed(found, target, statuses)
    chosen = choose_goal(shown)
if chosen:
    key = chosen.indicator.key
    one_goal(chosen, history[history["indicator"] == key], data.public("annotations"))
    departments_goals(key, promised, year)
    goals_together(chosen, promised)
goal_tables(shown, year, target, statuses)
without_goal(cells_of(found), target)
