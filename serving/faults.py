"""When a page or the server fails: the log has all of it, the reader a sentence with the number of the log's line."""

import logging
import secrets
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from data_access.in_turn import BUSY, BusyError
from data_access.out_of_reach import is_out_of_reach
from pages.parts.language import say
from vocabulary.text import Text

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another when it is read out
PLACE = "fault"  # how the key of the container begins: tests and benchmarks find by it that a page failed
BROKEN = Text(
    "This page cannot be shown because of an error of the monitor. Whoever runs the monitor can look it up by the "
    "number **{reference}**.",
    "エラーのため、このページを表示できません。"
    "システム管理者にお問い合わせの際は、番号 **{reference}** をお伝えください。",
)
OUT_OF_REACH = Text(
    "The database does not answer at the moment, so there is nothing to show. Please try again in a minute; "
    "if it stays so, tell whoever runs the monitor the number **{reference}**.",
    "現在データベースに接続できないため、表示できません。しばらくしてから再度お試しください。"
    "続く場合は、番号 **{reference}** をシステム管理者にお伝えください。",
)
TRY_AGAIN = Text("Try again", "再試行")

_log = logging.getLogger(__name__)


def tell_reader(error: Exception) -> bool:
    """Log what a page's script failed with and show one sentence instead; True, as the reader has been told."""
    number, busy, unreachable = reference(), isinstance(error, BusyError), is_out_of_reach(error)
    _log.error(
        "a page failed",
        exc_info=error,
        extra={
            "event": "database_busy" if busy else "database_out_of_reach" if unreachable else "page_failed",
            "reference": number,
            "page": urlsplit(st.context.url or "").path,
            "reader": str(st.session_state.get("reader", "")),
        },
    )
    words = BUSY if busy else OUT_OF_REACH if unreachable else BROKEN
    with st.container(key=f"{PLACE}-{number}"):  # several parts of one page can fail
        st.error(say(words.filled(reference=number)), icon=":material/error:")
        st.button(say(TRY_AGAIN), key=f"again-{number}", icon=":material/refresh:")
    return True


async def answer(request: Request, error: Exception) -> PlainTextResponse:
    """The answer to a request that our own server failed at: 500, and the number of the log's line."""
    number = reference()
    said = {"event": "request_failed", "reference": number, "page": request.url.path}
    _log.error("a request failed", exc_info=error, extra=said)
    return PlainTextResponse(f"Error {number}\n", status_code=500)


def reference() -> str:
    """A number that nobody has had before: eight signs in two groups."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"
