"""How does one target of the strategy stand, process by process, and which of its indicators moved or fall behind?

For the President's office. The answer in sentences, a table for each process, then each indicator in full; one
that the address names comes before the tables.
"""

import streamlit as st

from metrics.histories import Histories
from metrics.target_answer import answer, comparable, left_apart
from metrics.tree import UNIVERSITY
from pages.parts import data
from pages.parts.filters import choose
from pages.parts.frame import heading
from pages.parts.language import literal, say
from pages.parts.narrowing import (
    choose_department,
    choose_more,
    choose_year,
    say_narrowing,
    say_refused,
    say_unanswered,
    unsplit_here,
)
from pages.parts.quality.marks import with_limits
from pages.parts.standing import standings_here
from pages.parts.target_detail import details, named, one_in_full
from pages.parts.target_file import figures_file
from pages.parts.target_table import process_table
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.text import Text

with heading(Text("How a target stands", "目標の現在地")):
    department = choose_department(width=200)
    year = choose_year()
say_refused(department)
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    target = choose("target", Text("Target", "目標"), TARGETS, style="buttons", label_visibility="collapsed")
    narrowed = choose_more(department, year)

indicators = [one for one in data.indicators_of(department).values() if one.target == target]
units = dict.fromkeys((UNIVERSITY, department))
figures = data.figures([i.key for i in indicators], selection=narrowed.selection(*units), counting=narrowed.counting)
history = Histories(figures)
every = standings_here(history, year, department, indicators)
every = with_limits(every, narrowed.counting, part=narrowed.is_part)
cells = {process: [standing for standing in every if standing.indicator.process == process] for process in PROCESSES}
compared = {
    process: [comparable(standing, narrowed.counting, part=narrowed.is_part) for standing in found]
    for process, found in cells.items()
}

unit = None if department == UNIVERSITY else data.department_names()[department]
apart = left_apart(cells, compared)
told = answer(target, year, compared, unit=unit, part=narrowed.is_part, apart=len(apart))
st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in told))
say_narrowing(narrowed)
if narrowed.is_part:
    say_unanswered(every, narrowed)

chosen = named(target, department)
if chosen:
    one_in_full(chosen, compared, apart, history, narrowed)

implied = [one.indicator.key for one in every if unsplit_here(one, narrowed) == "country"]
for process, found in compared.items():
    counted, whole = narrowed.counting, not narrowed.is_part
    trends = {one.indicator.key: history.values(one.indicator.key, department, *narrowed.years) for one in found}
    process_table(target, process, found, trends, goals=whole, counting=counted, apart=apart, implied=implied)
figures_file(figures[figures["fiscal_year"].between(*narrowed.years)], target, narrowed)
if not chosen:
    details(compared, apart, history, narrowed)
