"""Signing in for tests: a real OpenID Connect provider, the monitor beside it, and the cookies of whoever signs in."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple, Protocol

import httpx
from sqlalchemy import select

from data_access.access.asked import Identity, Wanted
from data_access.access.giving import give, take_back
from data_access.audit import Actor
from data_access.engine import connect, reading
from data_access.tables import Grant
from pages.parts.signing_in import SIGN_IN
from tests.server.wire import PATIENCE, button, press, run, tab
from tests.serving import Server, free_port, monitor

Cookies = Mapping[str, str]
STARTS_WITHIN = 60  # seconds, on a busy machine
USER_COOKIE = "_streamlit_user"
OWN_ADDRESS = "http://127.0.0.1:{port}"  # Streamlit puts in the port that it listens on


class HasAddress(Protocol):
    @property
    def address(self) -> str: ...


class Provider(NamedTuple):
    """A running identity provider; its address is the issuer of what it signs. Any subject can sign in."""

    address: str

    def knows(self, subject: str, **claims: object) -> None:
        """From now on the provider says this of a subject, such as `name=` and `email=`."""
        httpx.put(f"{self.address}/users/{subject}", json=claims, trust_env=False).raise_for_status()


class SignedInMonitor(NamedTuple):
    """The monitor with sign-in, and the provider that it asks."""

    server: Server
    provider: Provider
    database_url: str
    cookie_secret: str

    @property
    def address(self) -> str:
        return self.server.address

    @property
    def issuer(self) -> str:
        return self.provider.address


@contextmanager
def provider(folder: Path) -> Iterator[Provider]:
    """An OpenID Connect provider on loopback; its log is written into the folder."""
    port = free_port()
    log = folder / f"provider-{port}.log"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        _wait_until_it_answers(process, f"http://localhost:{port}", log)
        yield Provider(f"http://localhost:{port}")
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def signed_in_monitor(
    database_url: str, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[SignedInMonitor]:
    """The monitor over this database with sign-in at a provider of its own. Nobody has a role yet."""
    with provider(folder) as asked, monitor_of(asked, database_url, folder, environment=environment) as made:
        yield made


@contextmanager
def monitor_of(
    asked: Provider,
    database_url: str,
    folder: Path,
    *,
    cookie_secret: str = "",
    environment: Mapping[str, str] | None = None,
    program: Sequence[str] = (),
    reached_at: str = OWN_ADDRESS,
) -> Iterator[SignedInMonitor]:
    """The monitor with sign-in at this provider, its secrets in the folder from which it is called.

    Readers reach it at its own address, or at that of a proxy.
    """
    secret = cookie_secret or token_hex(32)
    write_secrets(folder, asked, secret, reached_at)
    variables = {"MONITOR_READERS": "sign-in", **(environment or {})}
    with monitor(database_url, folder, variables, called_from=folder, program=program) as server:
        yield SignedInMonitor(server, asked, database_url, secret)


def write_secrets(folder: Path, asked: Provider, cookie_secret: str, reached_at: str = OWN_ADDRESS) -> None:
    """The secrets.toml of a monitor that is called from this folder, and that readers reach at this address."""
    file = folder / ".streamlit" / "secrets.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        "[auth]\n"
        f'redirect_uri = "{reached_at}/oauth2callback"\n'
        f'cookie_secret = "{cookie_secret}"\n'
        'client_id = "monitor"\n'
        f'client_secret = "{token_hex(16)}"\n'
        f'server_metadata_url = "{asked.address}/.well-known/openid-configuration"\n'
    )
    file.chmod(0o600)


def cookies_of(server: HasAddress, subject: str) -> dict[str, str]:
    """Sign in as this subject, as a browser does it, and take the cookies that the browser then holds."""
    with httpx.Client(timeout=PATIENCE, trust_env=False) as browser:
        asked = browser.get(f"{server.address}{way_to_the_provider(server.address)}")
        form = asked.headers["location"]
        answer = browser.post(form, data={"sub": subject})
        done = browser.get(answer.headers["location"])
        assert done.headers["location"] == "/", "the monitor did not take the provider's answer"
        return {
            cookie.name: cookie.value or "" for cookie in browser.cookies.jar if cookie.name.startswith(USER_COOKIE)
        }


def give_role(database_url: str, issuer: str, subject: str, role: str, *departments: str) -> None:
    """Give this person a role, as `manage.py grant` does."""
    wanted = Wanted(role=role, departments=departments, until=date.max if role == "deputy" else None)
    engine = connect(database_url)
    give(engine, Identity(issuer=issuer, subject=subject), wanted, by=Actor("office"), now=datetime.now(UTC))
    engine.dispose()


def take_roles_back(database_url: str) -> None:
    """Take back every role that anybody has."""
    engine = connect(database_url)
    with reading(engine) as connection:
        numbers = list(connection.scalars(select(Grant.grant_id).where(Grant.revoked_at.is_(None))))
    take_back(engine, numbers, by=Actor("office"), now=datetime.now(UTC), force=True)
    engine.dispose()


def way_to_the_provider(address: str) -> str:
    """Where the button of the sign-in page leads."""
    with tab(address) as connection:
        shown, _ = run(connection)
        messages, _ = run(connection, press(button(shown, SIGN_IN)))
    (redirect,) = [message.auth_redirect.url for message in messages if message.WhichOneof("type") == "auth_redirect"]
    return redirect


def _wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the provider ended before it answered:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        try:
            httpx.get(f"{address}/.well-known/openid-configuration", timeout=2, trust_env=False).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise TimeoutError(f"the provider did not answer within {STARTS_WITHIN} s")
