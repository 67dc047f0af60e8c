"""Changing roles: it is done where the script runs; what came of it is said once, on the page drawn anew."""

from collections.abc import Callable

import streamlit as st

from pages.parts import granting
from pages.parts.language import literal, say
from pages.parts.one_run import read_anew
from vocabulary.text import Text

_TOLD = "access_told"


def keep(work: Callable[[], Text], *, then: Callable[[], None] = st.rerun) -> None:
    """Do the work, remember what to say of it, and draw the page anew, or go where `then` leads once it is done."""
    try:
        st.session_state[_TOLD] = (True, work())
    except granting.NotGivenError as error:
        st.session_state[_TOLD] = (False, error.text)
    except granting.BusyError:
        st.session_state[_TOLD] = (False, granting.BUSY)
    read_anew()
    if st.session_state[_TOLD][0]:
        then()
    st.rerun()


def say_kept() -> None:
    """What came of the last change, said once."""
    told = st.session_state.pop(_TOLD, None)
    if told is None:
        return
    done, text = told
    if done:
        st.success(literal(say(text)), icon=":material/check_circle:")
    else:
        st.error(literal(say(text)), icon=":material/block:")
