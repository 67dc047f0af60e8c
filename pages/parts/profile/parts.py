"""How the departments below a parent add up to it."""

import streamlit as st

from metrics.catalogue import HEADLINES, INDICATORS
from metrics.histories import Histories
from metrics.reconciliation import reconcile
from metrics.view import Selection
from pages.parts import data
from pages.parts.language import literal, say
from pages.parts.profile.figures import Profile
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

TITLE = Text("How its departments add up, {year}", "所属部局の合計との照合（{year}）")
LINE = Text("**{name}**, {what}: {line}", "**{name}**、{what}：{line}")


def draw(profile: Profile) -> None:
    """For a parent, one line for each headline indicator; nothing for a department without others below it."""
    department = profile.department
    if not department.leaves:
        return
    st.subheader(say(TITLE.filled(year=fiscal_year_name(profile.year))), anchor=False)
    shown = Selection(fiscal_years=(profile.year,), departments=(department.code, *department.leaves))
    figures = Histories(data.figures(HEADLINES.values(), selection=shown, counting=profile.counting))
    for key in HEADLINES.values():
        indicator = INDICATORS[key]
        line = reconcile(figures, indicator, profile.year, department.leaves, department.code, department.name)
        if line is not None:
            parts = {"name": indicator.name, "what": indicator.numerator.text, "line": line.text}
            escaped = {name: Text(*map(literal, words)) for name, words in parts.items()}
            st.markdown(say(LINE.filled(**escaped)))
