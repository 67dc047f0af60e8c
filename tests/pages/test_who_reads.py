"""Who reads in each mode, and that nothing of a reader outlives the right to read."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from pages.parts.frame import MONITOR
from pages.parts.language import LABEL, NAMES
from pages.parts.signing_in import IN_THE_OPEN, NO_DEMONSTRATION, SIGN_IN, SIGN_OUT, WHO_ENTERS
from tests.pages.reading import APP, PATIENCE, as_demonstration, go, ran, words
from tests.prepared import prepare_file
from tests.signing_in import give_role, take_roles_back
from vocabulary.roles import ROLES

SWITCH = {LABEL.en, *NAMES.values()}
ISSUER = "https://idp.example.ac.jp"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of the test's own, no demonstration."""
    made = prepare_file(tmp_path / "monitor.db")
    monkeypatch.setenv("DATABASE_URL", made)
    return made


def opened(subject: str = "") -> AppTest:
    """The monitor, in a session of whoever signed in as this subject."""
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    at.query_params["language"] = "en"
    if subject:
        at.user = {"is_logged_in": True, "iss": ISSUER, "sub": subject, "iat": int(datetime.now(UTC).timestamp()) - 60}
    return ran(at)


def test_on_ones_own_machine_the_office_reads_and_imports(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_READERS", "local")
    at = opened()
    assert not at.sidebar.selectbox
    assert len(go(at, "imports").file_uploader) == 1
    monkeypatch.setenv("MONITOR_HOSTS", "monitor.example.ac.jp")
    assert words(ran(at)) == {MONITOR.en, *SWITCH, IN_THE_OPEN.en}


def test_a_demonstration_shows_nothing_of_a_database_that_is_none(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    assert words(opened()) == {MONITOR.en, *SWITCH, NO_DEMONSTRATION.en}
    as_demonstration(url)
    at = opened()
    assert at.sidebar.selectbox[0].value == "president"


def test_in_the_open_nobody_brings_files_into_a_demonstration(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    as_demonstration(url)
    at = opened()
    at.session_state["reader"] = "office"
    assert len(go(at, "imports").file_uploader) == 1
    monkeypatch.setenv("MONITOR_HOSTS", "monitor.example.ac.jp")
    assert len(ran(at).file_uploader) == 0


def test_what_a_reader_left_in_the_session_is_gone_with_the_role(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    assert words(opened()) == {MONITOR.en, *SWITCH, WHO_ENTERS.en, SIGN_IN.en}
    give_role(url, ISSUER, "s-office", "office")
    at = go(opened("s-office"), "imports")
    assert ROLES["office"].name.en in [one.value for one in at.sidebar.caption]
    assert "desk:account:1" in at.session_state
    take_roles_back(url)
    ran(at)
    assert [one.label for one in at.button] == [SIGN_OUT.en]
    assert "desk:account:1" not in at.session_state
    assert not [*at.metric, *at.dataframe, *at.table, *at.file_uploader, *at.sidebar.caption]


def test_reading_writes_once_a_session_and_never_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What writes keeps readers out for a moment, on SQLite: whoever goes from page to page writes nothing."""
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    give_role(url, ISSUER, "s-president", "president")
    begun: list[str] = []

    def heard(*said: object) -> None:
        if str(said[2]).startswith("BEGIN IMMEDIATE"):
            begun.append(str(said[2]))

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        at = opened("s-president")
        assert len(begun) == 1  # that this login was seen
        for page in ("goals", "records", "definitions", "imports"):
            ran(go(at, page))
        assert len(begun) == 1
        go(at, "audit")  # which is not open to the president
        assert len(begun) == 2
        ran(at)
        assert len(begun) == 2
    finally:
        event.remove(Engine, "before_cursor_execute", heard)


def test_a_page_that_cannot_write_down_what_it_refused_is_shown(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    give_role(url, ISSUER, "s-president", "president")
    at = opened("s-president")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not go(at, "audit").exception
        other.execute("ROLLBACK")
