"""In which language a reader reads: kept in the session and the address, else as the browser prefers."""

import re

import streamlit as st

from pages.parts.one_run import once
from vocabulary.text import LANGUAGES, Language, Text

PARAMETER = "language"
NAMES: dict[Language, str] = {"ja": "日本語", "en": "English"}  # each in its own language, whoever reads
LABEL = Text("Language", "言語")
KEPT = "language"  # in the session
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def current_language() -> Language:
    """The language chosen in this session, else `?language=`, else Japanese where the browser prefers it."""
    return once(PARAMETER, _language)


def _language() -> Language:
    kept = chosen_language()
    if kept is not None:
        return kept
    asked = st.query_params.get(PARAMETER)
    if asked in LANGUAGES:
        st.session_state[KEPT] = asked
        return asked
    return "ja" if (st.context.locale or "").lower().startswith("ja") else "en"


def chosen_language() -> Language | None:
    """The language that a switch or a link chose in this session; None while the browser decides."""
    kept = st.session_state.get(KEPT)
    return kept if kept in LANGUAGES else None


def say(text: Text) -> str:
    """The text in the reader's language."""
    return text.said_in(current_language())


def literal(words: str) -> str:
    """Words that come from data, made safe for a label or a text: no Markdown in them is carried out."""
    return _MARKDOWN.sub(r"\\\1", words.replace("\n", " "))


def language_switch() -> None:
    """The switch 日本語 | English; the page stays where it is, and so do its filters."""
    widget = f"language:{current_language()}"
    st.segmented_control(
        say(LABEL),
        LANGUAGES,
        default=current_language(),
        format_func=NAMES.__getitem__,
        key=widget,
        required=True,
        on_change=_keep_switched,
        args=(widget,),
        label_visibility="collapsed",
        width="stretch",
    )


def _keep_switched(widget: str) -> None:
    switched = st.session_state.get(widget)
    if switched in LANGUAGES:
        st.session_state[KEPT] = switched
