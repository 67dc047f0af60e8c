"""The frame: who is reading, in which language, and where they can go."""

import streamlit as st

from pages.parts import auditing, filters, frame
from pages.parts.access.viewing import banner
from pages.parts.language import language_switch, say
from pages.parts.one_run import one_run
from pages.parts.reader_switch import reader_switch
from pages.parts.signing_in import leave_if_asked, sign_out, turned_away, ways_out
from pages.parts.turns import TURNS

ICON = "/app/static/icon.png"  # a Material icon would be fetched from the internet, a file lie in Streamlit's media
st.set_page_config(page_title=say(frame.MONITOR), page_icon=ICON, layout="wide")

with TURNS.turn(), one_run():
    leave_if_asked()
    with ways_out():
        banner()
        if turned_away():
            st.stop()
    with st.sidebar:
        language_switch()
        reader_switch()

    current = st.navigation(frame.offered(), expanded=True)
    st.set_page_config(page_title=f"{current.title} · {say(frame.MONITOR)}", page_icon=ICON)
    filters.begin(current.url_path or frame.FIRST)
    with st.sidebar:
        sign_out()
    try:
        with auditing.watched(current.url_path or frame.FIRST):
            current.run()
    finally:
        filters.write_address()
