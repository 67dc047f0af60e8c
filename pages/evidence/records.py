"""The page "records"."""

import streamlit as st

from pages.parts.frame import PAGES, heading
from pages.parts.language import say
from vocabulary.text import Text

heading(PAGES["records"].title)
st.caption(say(Text("This page is being built.", "このページは作成中です。")))
