"""What a head of department sees of the whole university's partners: the published totals, and no lists."""

import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.tree import UNIVERSITY
from metrics.view import Selection
from pages.parts import data, filters
from pages.parts.charts.chart import shown
from pages.parts.language import literal, say
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

TOTALS = ("partner_countries", "partner_institutions", "agreements_in_force")
ON = {"agreements_in_force"}
REASON = Text(
    "Of the whole university you see the totals. With whom it works is listed for the departments that you answer for: "
    "choose one above.",
    "全学については総数のみを表示する。連携先の一覧は所管の部局について表示するので、上で部局を選択。",
)
DAY = Text("1 May {year}", "{year}年5月1日")


def show_totals(fiscal_year: int) -> None:
    """The university's countries, institutions and agreements of one fiscal year, each with its definition."""
    selection = Selection(fiscal_years=(fiscal_year,), departments=(UNIVERSITY,))
    values = data.figures(TOTALS, selection=selection).set_index("indicator")["value"]
    for place, key in zip(st.columns(len(TOTALS)), TOTALS, strict=True):
        when = DAY.filled(year=fiscal_year) if key in ON else fiscal_year_name(fiscal_year)
        with place.container(border=True):
            st.metric(f"{literal(say(INDICATORS[key].name))} · {say(when)}", shown(float(values[key]), "count"))
            filters.link("definitions", Text("Definition", "指標の定義"), icon=":material/menu_book:", indicator=key)
    st.info(say(REASON), icon=":material/lock:")
