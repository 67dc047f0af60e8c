"""A reader of every kind, signed in at a real provider, at the monitor over a canary university."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from assurance.canary_readers import Opened, Prober
from assurance.canary_university import departments
from assurance.probing_tab import ProbingTab
from data_access.access.reading import reader_of_account
from data_access.access.viewing import Eyes, begin_viewing
from data_access.engine import as_whole, connect, reading
from data_access.tables import Account, SignIn
from tests.signing_in import SignedInMonitor, cookies_of, give_role, signed_in_monitor

ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "nobody": ("", ()),
    "without a role": ("none", ()),
    "head": ("head", ("ENG",)),
    "head of a part": ("head", ("ENGM",)),
    "head of two": ("head", ("GENG", "IMR")),
    "deputy": ("deputy", ("GSCI",)),
    "auditor": ("auditor", ()),
    "president": ("president", ()),
    "office": ("office", ()),
}
WHOLE = ("auditor", "president", "office")
AS_HEAD = "office-as-head"


@contextmanager
def signed_in(url: str, folder: Path) -> Iterator[tuple[str, Path, list[Prober]]]:
    """The monitor with sign-in over a canary university: its address, its log, and a reader of every kind."""
    scopes = departments(url)
    with signed_in_monitor(url, folder) as made:
        found = []
        for name, (role, codes) in ROLES.items():
            subject = name.replace(" ", "-")
            if role not in ("", "none"):
                give_role(url, made.issuer, subject, role, *codes)
            cookies = cookies_of(made, subject) if role else {}
            own = None if role in WHOLE else frozenset(code for one in codes for code in scopes[one])
            found.append(Prober(name=name, own=own, opened=_opened(made.address, cookies), cookies=cookies))
        found.append(_office_as_head(url, made, scopes["ENG"]))
        yield made.address, made.server.log, found


def _office_as_head(url: str, made: SignedInMonitor, own: frozenset[str]) -> Prober:
    """Another one of the Office, who looks through the eyes of the head of ENG."""
    give_role(url, made.issuer, AS_HEAD, "office")
    cookies = cookies_of(made, AS_HEAD)
    with ProbingTab.opened(made.address, "definitions", cookies=cookies, language="en") as tab:
        tab.redraw()  # with which the login is known
    engine, now = connect(url), datetime.now(UTC)
    try:
        with reading(engine) as connection:
            of_it = select(SignIn.login_id, Account.account_id).join(Account).where(Account.subject == AS_HEAD)
            login, account = as_whole(connection).execute(of_it).one()
            office = reader_of_account(connection, account, now=now)
        begin_viewing(engine, login, office, Eyes(role="head", departments=("ENG",)), now=now)
    finally:
        engine.dispose()
    return Prober(name=AS_HEAD, own=own, opened=_opened(made.address, cookies), cookies=cookies)


def _opened(address: str, cookies: Mapping[str, str]) -> Opened:
    return lambda: ProbingTab.opened(address, "definitions", cookies=cookies, language="en")
