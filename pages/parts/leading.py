"""Leads the browser to sign-in and sign-out, with the page to come back to, which Streamlit's own forget."""

from urllib.parse import quote, urlencode

import streamlit as st
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.user_info import generate_login_redirect_url

from pages.parts.language import PARAMETER, chosen_language

ASKED = "asked"  # the word of the address of sign-in that names the page asked for: `serving.asked_for` looks at it
SIGN_OUT = "/auth/logout"


def to_sign_in(page: str) -> None:
    """As `st.login()`, and back to this page with all that its address says, in the language that was chosen."""
    address = generate_login_redirect_url("default")
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    _lead(f"{address}&", f"/{page}", asked | _language())


def to_sign_out() -> None:
    """As `st.logout()`, and back in the language that was chosen."""
    context = get_script_run_ctx()
    if context is None:
        return
    if runtime.exists():
        runtime.get_instance().clear_user_info_for_session(context.session_id)
    context.user_info.clear()
    _lead(f"{SIGN_OUT}?", "/", _language())


def _language() -> dict[str, list[str]]:
    language = chosen_language()
    return {PARAMETER: [language]} if language else {}


def _lead(address: str, page: str, words: dict[str, list[str]]) -> None:
    context, asked = get_script_run_ctx(), f"{page}?{urlencode(words, doseq=True)}" if words else page
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = f"{address}{ASKED}={quote(asked, safe='')}" if asked != "/" else address[:-1]
        context.enqueue(message)
