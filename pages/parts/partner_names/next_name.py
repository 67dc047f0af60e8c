"""Which name is shown: the one that the reader chose, else the first of most activities that was not put off."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.naming import WaitingName
from pages.parts.partner_names.keeping import later
from pages.parts.partner_names.lists import choose_names


def next_of(names: Sequence[WaitingName]) -> tuple[DeltaGenerator, list[WaitingName]]:
    """The place for the name, above the table of all, and the names chosen there (or the one whose turn it is)."""
    place = st.container()
    chosen = choose_names(names)
    put_off = later()
    waiting = [name for name in names if (name.name, name.country) not in put_off]
    return place, chosen or [(waiting or list(names))[0]]
