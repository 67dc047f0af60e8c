"""Who asks for something outside of a page: who is signed in, by the cookie that Streamlit signed."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine
from starlette.requests import Request
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from data_access.access import ending
from data_access.access.logins import known_login
from data_access.access.reading import reader_of_account
from data_access.engine import as_whole, reading
from data_access.readers import NO_READER, Reader
from data_access.reading_mode import SIGN_IN, mode_of
from pages.parts.who_reads import NOT_CLAIMS


def who_asks(request: Request, engine: Engine) -> Reader | None:
    """Who is signed in now, with the role of the moment; NO_READER for everybody else, None where nobody signs in.

    A login counts that a page has seen before and that our database does not say is over, whatever the cookie says.
    """
    if mode_of(os.environ) != SIGN_IN:
        return None
    claims, now = _claims(request), datetime.now(UTC)
    if not claims or ending.is_over_here(claims):
        return NO_READER
    with reading(engine) as connection:
        login = known_login(as_whole(connection), claims)
        if login is None or login.is_over(now):
            return NO_READER
        return reader_of_account(connection, login.account, now=now)


def sign_out(request: Request, engine: Callable[[], Engine]) -> None:
    """The login that the cookie names is over: also where no page asked for it, as by the address of sign-out."""
    if mode_of(os.environ) == SIGN_IN and {"iss", "sub", "iat"} <= set(claims := _claims(request)):
        ending.sign_out(engine, claims, now=datetime.now(UTC))


def _claims(request: Request) -> dict[str, object]:
    """What the provider signed of whoever holds the cookie; nothing where there is none, or not with our signature.

    How the cookie is read is Streamlit's own affair and can change with it: `tests/assurance/test_downloads.py` signs
    in at a real provider and would say so.
    """
    signed = _get_signed_cookie_with_chunks(request.cookies, USER_COOKIE_NAME)
    said = json.loads(signed) if signed else {}
    if not isinstance(said, dict) or said.get("is_logged_in") is not True:
        return {}
    return {name: value for name, value in said.items() if name not in NOT_CLAIMS}
