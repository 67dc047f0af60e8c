"""Do the departments' goals add up to the university's promise? For readers of the whole university."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from metrics.assessment import Standing
from metrics.goals import Goal
from metrics.goals_together import Together, together
from metrics.goals_together_words import sum_words
from metrics.numbers import change, said
from metrics.tree import UNIVERSITY
from metrics.view import Selection
from pages.parts import data
from pages.parts.language import literal, say
from pages.parts.reading import figures_table
from pages.parts.tables import Column
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

TITLE = Text("Do the departments' goals add up?", "部局の目標を合わせると")
THEN = Text("Goal in {year}", "{year}の目標")
NOW = Text("Value {year}", "値（{year}）")


def goals_together(standing: Standing, promised: Mapping[tuple[str, str], Goal]) -> None:
    """The departments' goals added up in the year of the university's next point, and the gap to the promise."""
    goal, key = standing.goal, standing.indicator.key
    if goal is None or standing.department != UNIVERSITY or not data.reader().scope.whole_university:
        return
    mine = {unit: one for (indicator, unit), one in promised.items() if indicator == key}
    point = goal.next_point(standing.fiscal_year)
    if point is None:
        return
    figures = data.figures((key,), selection=Selection(fiscal_years=(standing.fiscal_year,)))
    found = together(standing.indicator, figures, mine, data.ledger().tree, point[0])
    if found is None:
        return
    st.markdown(f"**{say(TITLE)}**")
    told = sum_words(standing.indicator, found)
    st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in told))
    _table(standing, found)


def _table(standing: Standing, found: Together) -> None:
    unit, names = standing.indicator.unit, data.department_names()
    shown = found.parts[found.parts["department"].isin(found.with_goal)]
    rows = pd.DataFrame(
        {
            "name": [say(names[code]) for code in shown["department"]],
            "now": [say(said(value, unit)) for value in shown["now"]],
            "then": [say(said(value, unit)) for value in shown["then"]],
            "added": [say(change(value, 0.0, unit)) for value in shown["added"]],
        }
    )
    columns = {
        "name": Column(name=Text("Department", "部局"), width=(204, 160)),
        "now": Column(name=NOW.filled(year=fiscal_year_name(standing.fiscal_year)), align="right", width=100),
        "then": Column(name=THEN.filled(year=fiscal_year_name(found.fiscal_year)), align="right", width=100),
        "added": Column(name=Text("Adds to the university", "全学への寄与"), align="right", width=130),
    }
    figures_table(rows, columns, alt=TITLE)
