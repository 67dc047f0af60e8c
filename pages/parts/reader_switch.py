"""In demonstration mode, the choice of whose view to take."""

import streamlit as st

from pages.parts import data
from pages.parts.language import current_language, say
from vocabulary.text import Text


def reader_switch() -> None:
    """In demonstration mode, the choice of whose view to take."""
    now = data.reader().code
    found = {code: one for code, one in data.readers().items() if one.offered or code == now}
    if not found:
        return
    widget = f"reader:{current_language()}:{now}"
    st.selectbox(
        say(Text("Reading as", "閲覧者")),
        list(found),
        index=list(found).index(now),
        format_func={code: say(one.name) for code, one in found.items()}.__getitem__,
        key=widget,
        on_change=lambda: st.session_state.update(reader=st.session_state.get(widget)),
    )
