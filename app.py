"""The frame: who is reading, in which language, and where they can go."""

import streamlit as st

from pages.parts import auditing, data, filters, frame
from pages.parts.language import language_switch, say
from pages.parts.one_run import one_run
from pages.parts.reader_switch import reader_switch
from vocabulary.text import Text

ICON = "/app/static/icon.png"  # a Material icon would be fetched from the internet, a file lie in Streamlit's media
st.set_page_config(page_title=say(frame.MONITOR), page_icon=ICON, layout="wide")

with one_run():
    with st.sidebar:
        language_switch()
        reader_switch()

    if data.reader().scope.is_nobody:
        st.navigation([st.Page(lambda: None, title=say(frame.MONITOR))], position="hidden").run()
        st.title(say(frame.MONITOR), anchor=False)
        st.info(
            say(
                Text(
                    "Nobody is signed in, so there is nothing to see. On one's own machine, start the monitor with "
                    "`MONITOR_DEMONSTRATION_READERS=yes` to choose whose view to take.",
                    "サインインしていないため、表示できるものがありません。手元の環境では "
                    "`MONITOR_DEMONSTRATION_READERS=yes` を設定して起動すると、閲覧者を選べます。",
                )
            ),
            icon=":material/lock:",
        )
        st.stop()

    current = st.navigation(frame.offered(), expanded=True)
    st.set_page_config(page_title=f"{current.title} · {say(frame.MONITOR)}", page_icon=ICON)
    filters.begin(current.url_path or frame.FIRST)
    try:
        with auditing.watched(current.url_path or frame.FIRST):
            current.run()
    finally:
        filters.write_address()
