"""Files to take along: a link to an address that answers nobody but the reader it was drawn for."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import data
from pages.parts.shelf import SHELF, File, address

ICON = ":material/download:"


def offer(
    label: str, file: File, *, key: str, icon: str = ICON, told: str | None = None, in_passing: bool = False
) -> None:
    """A link to a file, bound to who reads now; `told` is what is said of it, `in_passing` makes it plain text.

    A link, for the file of Streamlit's own button lies where everybody fetches it who knows the address.
    """
    running = get_script_run_ctx()
    token = SHELF.put(file, owner=data.reader(), tab=running.session_id if running else "")
    st.link_button(label, address(token), key=key, icon=icon, help=told, type="tertiary" if in_passing else "secondary")
