"""Which records make this figure, and what is wrong in them? For a head of department with a grievance.

The figure as a sentence and how the list comes to it, then the records themselves, searchable and to take along.
"""

import streamlit as st

from pages.parts.evidence.asked import choose_figure, choose_part, choose_whose
from pages.parts.evidence.behind import behind, figure
from pages.parts.evidence.headcount_table import headcount_table, headcounts, say_headcounts, say_nothing_behind
from pages.parts.evidence.one_record import record_in_address, records_chosen
from pages.parts.evidence.record_table import record_table
from pages.parts.evidence.said import say_adding_up, say_figure, say_links, say_only
from pages.parts.frame import heading
from pages.parts.narrowing import say_narrowing, say_refused
from vocabulary.text import Text

TITLE = Text("The records behind a figure", "値の元になる活動記録")

if "record" in st.query_params:
    heading(Text("One record", "活動記録"))
    record_in_address(st.query_params["record"])
else:
    with heading(TITLE):
        department, years = choose_whose()
    say_refused(department)
    asked = choose_figure(department, years)
    shown = figure(asked)
    place = st.container(gap="small")
    part = choose_part(asked, unknown=shown is not None and shown.unknown > 0)
    found = behind(asked, part)
    with place:
        say_figure(asked, shown, found)
        say_links(asked)
        say_narrowing(asked.narrowed)
    say_adding_up(asked, part, shown, found)
    say_only(asked, found)
    records_chosen(record_table(asked, part, found))
    rows = headcounts(asked, part)
    say_headcounts(asked, part, shown, rows)
    headcount_table(asked, part, rows)
    if found.everything.activity_ids.size + len(rows.every) == 0:
        say_nothing_behind(asked, part, shown)
