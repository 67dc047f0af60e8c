"""Signing in at a real provider: who comes in, who is turned away, and what nobody is shown."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.roles import let_work
from pages.parts.frame import FIRST, MONITOR, PAGES
from pages.parts.signing_in import SIGN_IN, SIGN_OUT, WHAT_NEXT, WHO_ENTERS, WITHOUT_ROLE
from serving.asked_for import COOKIE, our_own
from serving.faults import OUT_OF_REACH
from tests import postgresql
from tests.conftest import CanaryUniversity
from tests.server.wire import ask, button, press, rerun, run, said, tab, wait_until
from tests.signing_in import (
    SignedInMonitor,
    cookies_of,
    give_role,
    signed_in_monitor,
    take_roles_back,
    way_to_the_provider,
)


@pytest.fixture(scope="module")
def monitor(canary_university: CanaryUniversity, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedInMonitor]:
    folder = tmp_path_factory.mktemp("signed_in")
    with signed_in_monitor(canary_university.copy_in(folder), folder) as made:
        yield made


def test_whoever_is_not_signed_in_is_shown_one_button_and_nothing_else(monitor: SignedInMonitor) -> None:
    with tab(monitor.address) as connection:
        messages, _ = run(connection)
    assert button(messages, SIGN_IN)
    assert said(messages) == [WHO_ENTERS.en]
    assert kinds(messages) == ["heading", "button_group", "markdown", "button"]


def test_whoever_comes_by_a_link_stays_at_its_address_until_signed_in(monitor: SignedInMonitor) -> None:
    """No `page_not_found`, at which Streamlit's own script says so and goes to the first page."""
    for page in ["", *PAGES.keys() - {FIRST}]:
        with tab(monitor.address) as connection:
            messages, _ = run(connection, rerun(page, "language=ja"))
        assert said(messages) == [WHO_ENTERS.ja]
        assert "page_not_found" not in {message.WhichOneof("type") for message in messages}
        (led,) = [message.navigation for message in messages if message.WhichOneof("type") == "navigation"]
        (here,) = [one for one in led.app_pages if one.page_script_hash == led.page_script_hash]
        assert here.url_pathname == page
        assert {one.page_name for one in led.app_pages} == {MONITOR.ja}


def test_whoever_signs_in_without_a_role_is_told_what_to_tell_the_office(monitor: SignedInMonitor) -> None:
    with tab(monitor.address, cookies=cookies_of(monitor, "somebody")) as connection:
        messages, raw = run(connection)
    assert said(messages) == [WITHOUT_ROLE.en, WHAT_NEXT.en]
    assert b"Account 1" in raw
    assert b"somebody" not in raw  # the number is enough
    assert button(messages, SIGN_OUT)


def test_whoever_has_a_role_reads_until_it_is_taken_away(monitor: SignedInMonitor) -> None:
    give_role(monitor.database_url, monitor.issuer, "s-eng", "head", "ENG")
    with tab(monitor.address, cookies=cookies_of(monitor, "s-eng")) as connection:
        messages, raw = run(connection)
        assert b"Engineering" in raw
        take_roles_back(monitor.database_url)
        messages, raw = run(connection)
    assert said(messages) == [WITHOUT_ROLE.en, WHAT_NEXT.en]
    assert b"Engineering" not in raw


def test_a_login_that_was_ended_is_over_in_every_tab_and_for_every_copy_of_its_cookies(
    monitor: SignedInMonitor,
) -> None:
    give_role(monitor.database_url, monitor.issuer, "s-out", "head", "ENG")
    cookies = cookies_of(monitor, "s-out")
    with tab(monitor.address, cookies=cookies) as one, tab(monitor.address, cookies=cookies) as other:
        messages, _ = run(one)
        assert b"Engineering" in run(other)[1]
        left, raw = run(one, press(button(messages, SIGN_OUT)))
        assert [m.auth_redirect.url for m in left if m.WhichOneof("type") == "auth_redirect"] == ["/auth/logout"]
        messages, raw = run(other)
        assert button(messages, SIGN_IN)
        assert b"Engineering" not in raw
    with tab(monitor.address, cookies=cookies) as replayed:
        messages, raw = run(replayed)
        assert button(messages, SIGN_IN)
        assert b"Engineering" not in raw


def test_signing_out_needs_no_database(monitor: SignedInMonitor) -> None:
    """Who signs out while the file is locked is out in every tab and with every cookie; later the database says so."""
    give_role(monitor.database_url, monitor.issuer, "s-lost", "head", "ENG")
    cookies, file = cookies_of(monitor, "s-lost"), monitor.database_url.removeprefix("sqlite:///")
    with tab(monitor.address, cookies=cookies) as connection, tab(monitor.address, cookies=cookies) as other:
        assert b"Engineering" in run(connection)[1]
        assert b"Engineering" in run(other)[1]
        with closing(sqlite3.connect(file, isolation_level=None)) as locked:
            locked.execute("BEGIN EXCLUSIVE")
            messages, raw = run(connection, rerun("goals", "language=en"))
            assert [words.startswith(OUT_OF_REACH.en.partition("{")[0]) for words in said(messages)] == [True]
            assert "button_group" in kinds(messages)
            assert b"Engineering" not in raw
            left, _ = run(connection, press(button(messages, SIGN_OUT)))
            ways = [m.auth_redirect.url for m in left if m.WhichOneof("type") == "auth_redirect"]
            assert ways == ["/auth/logout?asked=%2F%3Flanguage%3Den"]
            assert button(run(other)[0], SIGN_IN)
            assert not ended(locked)
            locked.execute("COMMIT")
            messages, raw = run(other)
            assert button(messages, SIGN_IN)
            assert b"Engineering" not in raw
            wait_until(lambda: ended(locked))
    with tab(monitor.address, cookies=cookies) as replayed:
        messages, raw = run(replayed)
    assert button(messages, SIGN_IN)
    assert b"Engineering" not in raw
    assert "sign_out_not_stored" in monitor.server.log.read_text()


def test_the_address_of_sign_out_ends_the_login_too(monitor: SignedInMonitor) -> None:
    give_role(monitor.database_url, monitor.issuer, "s-link", "head", "ENG")
    cookies = cookies_of(monitor, "s-link")
    with tab(monitor.address, cookies=cookies) as connection:
        assert b"Engineering" in run(connection)[1]
        held = "; ".join(f"{name}={value}" for name, value in cookies.items())
        assert ask(monitor.address, "/auth/logout", cookie=held).status == 302
        assert button(run(connection)[0], SIGN_IN)


def ended(connection: sqlite3.Connection) -> bool:
    """Whether the database says that the newest login was ended, by its own person."""
    newest = "SELECT ended_by = 'account:' || account_id FROM logins ORDER BY rowid DESC LIMIT 1"
    return bool(connection.execute(newest).fetchone() == (1,))


def test_a_session_goes_on_with_nobody_but_whom_it_began_with(monitor: SignedInMonitor) -> None:
    """Whoever gets hold of its number, while it is open or after, gets a session of his own."""
    for subject, department in (("s-one", "ENG"), ("s-two", "SCI")):
        give_role(monitor.database_url, monitor.issuer, subject, "head", department)
    one, two = (cookies_of(monitor, subject) for subject in ("s-one", "s-two"))
    with tab(monitor.address, cookies=one) as connection:
        messages, raw = run(connection)
        session = session_of(messages)
        assert b"Head of the School of Engineering" in raw
        with tab(monitor.address, cookies=two, session=session) as other:
            stolen, raw = run(other)
    assert session_of(stolen) != session
    assert b"School of Engineering" not in raw
    with tab(monitor.address, session=session) as nobody:
        messages, raw = run(nobody)
    assert session_of(messages) != session
    assert button(messages, SIGN_IN)
    assert b"School of Engineering" not in raw
    with tab(monitor.address, cookies=one, session=session) as connection:
        assert session_of(run(connection)[0]) == session


@pytest.mark.parametrize(
    ("page", "query", "lands"),
    [
        ("goals", "department=ENG&year=2024&language=ja", "/goals?department=ENG&year=2024&language=ja"),
        ("records", "q=%E5%B7%A5%20%26&country=DE&country=FR", "/records?q=%E5%B7%A5+%26&country=DE&country=FR"),
        ("", "language=en", "/?language=en"),
        ("", "", "/"),
    ],
)
def test_who_signs_in_lands_where_they_wanted_to_go(
    monitor: SignedInMonitor, page: str, query: str, lands: str
) -> None:
    with tab(monitor.address) as connection:
        shown, _ = run(connection, rerun(page, query))
        click = press(button(shown, SIGN_IN))
        click.rerun_script.page_name, click.rerun_script.query_string = page, query
        messages, _ = run(connection, click)
    (way,) = [message.auth_redirect.url for message in messages if message.WhichOneof("type") == "auth_redirect"]
    assert landed(monitor, way) == lands


@pytest.mark.parametrize(
    "asked",
    [
        *("//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil", "/export/..", "/..//evil", "evil"),
        *(
            "/goals/../export",
            "/goals#x",
            "/goals\r\nset-cookie: a=b",
            "/%2f%2fevil",
            "javascript:alert(1)",
            "///goals",
        ),
        *(
            "///goals",
            "/auth/logout",
            "/oauth2callback",
            "/goals?q=" + "a" * 2000,
            "/goals?" + "&a" * 200,
            "http:/goals",
            "/@evil",
        ),
    ],
)
def test_nobody_is_led_anywhere_but_to_a_page_of_the_monitor(monitor: SignedInMonitor, asked: str) -> None:
    assert our_own(asked) == ""
    assert ask(monitor.address, f"/auth/logout?asked={quote(asked, safe='')}").headers["location"] == "/"
    forged = f"{COOKIE}={quote(asked, safe='')}"
    assert ask(monitor.address, "/oauth2callback", cookie=forged).headers["location"] == "/"


def test_the_cookie_of_the_page_asked_for_is_short_lived_and_for_the_server_alone(monitor: SignedInMonitor) -> None:
    answer = httpx.get(f"{monitor.address}{way_to_the_provider(monitor.address)}&asked=%2Fgoals", trust_env=False)
    (kept,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    assert kept == f"{COOKIE}=%2Fgoals; Max-Age=600; Path=/oauth2callback; HttpOnly; SameSite=Lax"


def test_who_signs_out_comes_back_in_the_language_that_was_chosen(monitor: SignedInMonitor) -> None:
    give_role(monitor.database_url, monitor.issuer, "s-ja", "president")
    with tab(monitor.address, cookies=cookies_of(monitor, "s-ja")) as connection:
        messages, _ = run(connection, rerun("goals", "language=ja"))
        left, _ = run(connection, press(button(messages, SIGN_OUT)))
    (way,) = [message.auth_redirect.url for message in left if message.WhichOneof("type") == "auth_redirect"]
    assert way == "/auth/logout?asked=%2F%3Flanguage%3Dja"
    assert ask(monitor.address, way).headers["location"] == "/?language=ja"


def landed(monitor: SignedInMonitor, way: str) -> str:
    """Where the browser of somebody is who went this way to the provider and signed in."""
    with httpx.Client(timeout=60, trust_env=False) as browser:
        form = browser.get(f"{monitor.address}{way}").headers["location"]
        answer = browser.post(form, data={"sub": "s-lands"})
        done = browser.get(answer.headers["location"])
        assert done.status_code == 302
        assert COOKIE not in browser.cookies
        return str(done.headers["location"])


@pytest.mark.postgres
def test_on_postgresql_who_signs_in_is_looked_up_by_a_role_that_row_security_binds(
    fresh_postgres: Callable[[], str], tmp_path: Path
) -> None:
    url = fresh_postgres()
    engine = connect(url)
    prepare(engine)
    department = {"code": "ENG", "parent_code": "*", "name_en": "Engineering", "name_ja": "工学", "kind": "faculty"}
    assert store_rows(engine, "departments", [department], name="d.csv", indicators={}).status == "stored"
    let_work(engine, postgresql.APPLICATION)
    engine.dispose()
    with signed_in_monitor(postgresql.as_role(url, postgresql.APPLICATION), tmp_path) as monitor:
        give_role(url, monitor.issuer, "s-eng", "head", "ENG")
        cookies = cookies_of(monitor, "s-eng")
        with tab(monitor.address, cookies=cookies) as connection:
            messages, raw = run(connection)
            assert b"Head of Engineering" in raw
            run(connection, press(button(messages, SIGN_OUT)))
        with tab(monitor.address, cookies=cookies) as replayed:
            messages, raw = run(replayed)
    assert button(messages, SIGN_IN)
    assert b"Engineering" not in raw


def kinds(messages: list[ForwardMsg]) -> list[str | None]:
    """What stands on the page, in order."""
    elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
    return [kind for element in elements if (kind := element.WhichOneof("type"))]


def session_of(messages: list[ForwardMsg]) -> str:
    """The number of the session that these messages are of."""
    (begun,) = [message.new_session for message in messages if message.WhichOneof("type") == "new_session"]
    return str(begun.initialize.session_id)
