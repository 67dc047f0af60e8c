"""Who reads: who signed in and has a role; whom one chose, in a demonstration; the Office, on one's own machine.

Asked anew in every run of the script, so that what was taken away is gone with the next click. Nothing of it is asked
within a cached function: what that returns would be another reader's.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import streamlit as st
from sqlalchemy import Connection, Engine

from data_access.access import ending
from data_access.access.logins import Login, known_login, seen_login
from data_access.access.reading import reader_of_account
from data_access.access.viewing import reader_through
from data_access.engine import as_whole, default_url, reading
from data_access.in_turn import in_turn
from data_access.readers import NO_READER, OFFICES, Reader, demonstration_readers
from data_access.reading_mode import Mode, in_the_open, mode_of
from data_access.scope import NOBODY
from pages.parts.one_run import once
from pages.parts.store import AS_WRITTEN, Store, engine_of, everything, is_demonstration, store
from vocabulary.text import Text

NOT_CLAIMS = ("is_logged_in", "origin", "provider", "tokens")  # what Streamlit adds to what the provider signed
Standing = Literal["reads", "signed out", "without a role", "no demonstration", "in the open"]


class SignedIn(NamedTuple):
    """Who is signed in: the login (None where there is none that is not over), and as whom it reads by itself and now.

    The two readers differ while the Office looks through another's eyes.
    """

    login: Login | None = None
    own: Reader = NO_READER
    reader: Reader = NO_READER


(OFFICE,) = (reader for reader in OFFICES if reader.imports)


def reader() -> Reader:
    """Who reads now."""
    return once("reader", _reader)


def standing() -> Standing:
    """Whether somebody reads, and if not, why not."""
    if not reader().scope.is_nobody:
        return "reads"
    if _mode() == "demonstration":
        return "no demonstration"
    if _mode() == "local":
        return "in the open"
    return "without a role" if is_signed_in() else "signed out"


def is_signed_in() -> bool:
    """Whether somebody is signed in whose login is not over, whatever that one may read."""
    return _mode() == "sign-in" and signed_in().login is not None


def signed_in() -> SignedIn:
    """Who is signed in, and as whom."""
    return once("signed in", _looked_up)


def holds_a_login() -> bool:
    """Whether this session's cookie names a login, whatever the database says of it: none is asked."""
    return _mode() == "sign-in" and _is_whole(claims := _claims()) and not ending.is_over_here(claims)


def sign_out() -> None:
    """The login of who is signed in is over from now on, in every tab, whatever a cookie says or the database does."""
    if holds_a_login():
        ending.sign_out(_engine, _claims(), now=datetime.now(UTC))


def readers() -> dict[str, Reader]:
    """Those whose view can be taken in a demonstration; nobody otherwise, whatever a session has kept."""
    return once("readers", _readers_to_choose)


def reader_name(code: str) -> Text:
    """What a reader is called: an account by its number; the code itself where no reader has it (any more)."""
    if (number := code.removeprefix("account:")) != code:
        return Text(f"Account {number}", f"アカウント {number}")
    found = readers().get(code)
    return found.name if found else Text(code, code)


def _mode() -> Mode:
    return mode_of(os.environ)


def _reader() -> Reader:
    if _mode() == "demonstration":
        found = readers()
        return found.get(str(st.session_state.get("reader"))) or next(iter(found.values()), NO_READER)
    if _mode() == "local":
        return NO_READER if _in_the_open() else OFFICE
    return signed_in().reader


def _looked_up() -> SignedIn:
    claims, now = _claims(), datetime.now(UTC)
    if not _is_whole(claims) or ending.is_over_here(claims):
        return SignedIn()
    with reading(_engine()) as connection:
        login = known_login(as_whole(connection), claims)
        if login is not None:
            return _reader_of(connection, login, now)
    with in_turn():
        login = seen_login(_engine(), claims, now=now)
    with reading(_engine()) as connection:
        return _reader_of(as_whole(connection), login, now)


def _reader_of(connection: Connection, login: Login, now: datetime) -> SignedIn:
    if login.is_over(now):
        return SignedIn()
    own = reader_of_account(connection, login.account, now=now)
    return SignedIn(login, own, reader_through(connection, login.login_id, own, now=now))


def _is_whole(claims: Mapping[str, object]) -> bool:
    return {"iss", "sub", "iat"} <= set(claims)


def _claims() -> Mapping[str, object]:
    """What the provider signed of whoever opened this session; nothing where nobody is signed in.

    Streamlit takes it from the signed cookie when a session begins, and adds what is not the provider's word.
    """
    said = st.user.to_dict() if st.user.get("is_logged_in") is True else {}
    return {name: value for name, value in said.items() if name not in NOT_CLAIMS}


def _engine() -> Engine:
    return engine_of(default_url())


def _readers_to_choose() -> dict[str, Reader]:
    """In the open nobody of them brings anything in: it would be there for all to read."""
    if _mode() != "demonstration" or not is_demonstration():
        return {}
    found = _demonstration_readers(store())
    return {code: replace(one, imports_for=NOBODY) for code, one in found.items()} if _in_the_open() else found


def _in_the_open() -> bool:
    return in_the_open(str(st.get_option("server.address")), os.environ)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=AS_WRITTEN)
def _demonstration_readers(store: Store) -> dict[str, Reader]:
    return demonstration_readers(everything(store.url))
