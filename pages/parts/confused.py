"""What an indicator is easily confused with, below its figure: the values of both side by side, and the difference."""

import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.catalogue.lookalikes import lookalikes_of
from metrics.indicator import Indicator
from pages.parts.evidence.beside import beside, beside_table
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.narrowing import Narrowing
from vocabulary.text import Text

TITLE = Text("Easily confused with: {names}", "混同しやすい指標：{names}")
DEFINITIONS = Text("The definitions side by side", "定義を並べて見る")


def confused_with(indicator: Indicator, department: str, year: int, narrowed: Narrowing) -> None:
    """The families that it belongs to, for the department, year, counting and filters of its own figure."""
    families = lookalikes_of(indicator.key)
    keys = dict.fromkeys(key for family in families for key in family.keys if key != indicator.key)
    if not keys:
        return
    names = say(Text(", ", "、")).join(say(INDICATORS[key].name) for key in keys)
    title = literal(say(TITLE).format(names=names))
    box = st.expander(title, icon=":material/difference:", key=f"confused:{indicator.key}", on_change="rerun")
    if not box.open:  # what nobody looks at is not counted
        return
    with box:
        for family in families:
            st.markdown(literal(say(family.difference)))
            members = [INDICATORS[key] for key in family.keys]
            beside_table(beside(members, department, year, narrowed.counting, narrowed.selection()), indicator.key)
            if family.not_collected.en:
                st.caption(literal(say(family.not_collected)))
        link("definitions", DEFINITIONS, icon=":material/menu_book:", indicator=indicator.key)
