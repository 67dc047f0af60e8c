"""What a head of department sees of the whole university's participation: the published figures, no more."""

import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.tabulate import OK
from metrics.tree import UNIVERSITY
from metrics.view import Selection
from pages.parts import data
from pages.parts.charts.chart import shown
from pages.parts.language import literal, say
from pages.parts.tables import STATUS
from pages.parts.ways import to_definition
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

PUBLISHED = (
    *("research_participation", "industry_participation", "society_participation"),
    *("student_society_share", "newcomer_share", "research_concentration"),
)
REASON = Text(
    "Of the whole university you see the catalogue's figures on participation. Who takes part how often is counted for "
    "the departments that you answer for: choose one above.",
    "全学については指標として公表する参加の値のみを表示する。参加の偏りや新規・離脱は所管の部局について集計するので、"
    "上で部局を選択。",
)
OVER = Text("{name} · {year}", "{name}（{year}）")


def show_published(fiscal_year: int) -> None:
    """The university's indicators on participation in one fiscal year, each with its definition."""
    st.info(say(REASON), icon=":material/lock:")
    selection = Selection(fiscal_years=(fiscal_year,), departments=(UNIVERSITY,))
    rows = {str(row["indicator"]): row for row in data.figures(PUBLISHED, selection=selection).to_dict("records")}
    grid = st.grid(3, min_column_width=260, border=True)
    for key in PUBLISHED:
        row, one = rows[key], INDICATORS[key]
        with grid.cell(), st.container(gap="xsmall"):
            value = shown(float(row["value"]), one.unit) if row["status"] == OK else say(STATUS[str(row["status"])])
            name = literal(say(OVER.filled(name=one.name, year=fiscal_year_name(fiscal_year))))
            st.markdown(f"**{name}**")  # the label of a metric would be cut off
            st.metric(name, value, label_visibility="collapsed")
            to_definition(key)
