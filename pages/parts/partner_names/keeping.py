"""Keeping a decision: it is stored where the script runs; what came of it is said once, on the page drawn anew."""

from collections.abc import Callable

import streamlit as st

from pages.parts import naming
from pages.parts.language import literal, say
from pages.parts.one_run import read_anew
from vocabulary.text import Text

_TOLD, _LATER = "partner_name_told", "partner_names_later"
KEEPING = Text("Storing the decision…", "判断を登録しています…")
KEPT = Text("{name}: decided. It can be taken back below.", "{name}：判断を登録した。下の履歴から取り消せる。")
KEPT_MANY = Text("{n} names: decided. They can be taken back below.", "{n}件の判断を登録した。下の履歴から取り消せる。")
OPEN_AGAIN = Text("{name}: the decision was taken back.", "{name}：判断を取り消した。")
APPLIED = Text("{n} names stand for what was sure.", "確実な{n}件を反映した。")


def keep(work: Callable[[], Text]) -> None:
    """Do the work, remember what to say of it, and draw the page anew."""
    try:
        with st.spinner(say(KEEPING)):
            st.session_state[_TOLD] = (True, work())
    except naming.NotDecidedError as error:
        st.session_state[_TOLD] = (False, error.text)
    except naming.BusyError:
        st.session_state[_TOLD] = (False, naming.BUSY)
    read_anew()
    st.rerun()


def say_kept() -> None:
    """What came of the last decision, said once."""
    told = st.session_state.pop(_TOLD, None)
    if told is None:
        return
    done, text = told
    if done:
        st.success(literal(say(text)), icon=":material/check_circle:")
    else:
        st.error(literal(say(text)), icon=":material/block:")


def later() -> set[tuple[str, str]]:
    """The names (with their countries) that the reader put off in this session."""
    kept: set[tuple[str, str]] = st.session_state.setdefault(_LATER, set())
    return kept
