"""The promise on files to take along: the one asked for, by the one allowed, and nobody else."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from sqlalchemy import select

import demonstration
from assurance.promise import Outcome, Promise
from benchmarks.tab import Tab
from data_access.engine import as_whole, connect, prepare, reading
from data_access.tables import AuditEvent
from pages.parts.frame import PAGES
from pages.parts.shelf import File, Shelf
from pages.parts.signing_in import SIGN_OUT
from tests import serving
from tests.server.wire import ask, button, press, run, tab
from tests.signing_in import Provider, SignedInMonitor, cookies_of, give_role, provider, take_roles_back, write_secrets

OWNER, OTHER = "s-eng", "s-sci"  # heads of two departments
LARGE = 3 << 20  # bytes
WANTED = {
    "the owner": 200,
    "another reader": 403,
    "nobody": 403,
    "a tampered link": 410,
    "a link whose tab is closed": 410,
    "after sign-out": 403,
    "after the role was taken away": 403,
}
Answers = Counter[tuple[str, int]]


def take_files(
    pages: Sequence[str] = tuple(PAGES), altered: Sequence[str] = (), database: Path | None = None
) -> Outcome:
    """Every file of these pages, asked for by its owner and by everybody else, at a real provider and server."""
    with tempfile.TemporaryDirectory() as folder, _signed_in(Path(folder), altered, database) as monitor:
        answers, wrong = _asked(monitor, pages)
    wrong += _mistaken()
    met = all(answers[who, status] > 0 for who, status in WANTED.items())
    unlike = sum(count for (who, status), count in answers.items() if status != WANTED[who])
    given = "; ".join(f"{who} {_statuses(answers, who)}" for who in WANTED)
    tried = f"{sum(answers.values())} requests for files of {len(pages)} pages, a pair of {LARGE >> 20} MB"
    return Outcome(tried, f"{given}; wrong bytes {wrong}", met and not unlike and not wrong)


def _asked(monitor: SignedInMonitor, pages: Sequence[str]) -> tuple[Answers, int]:
    """What was answered to whom, and how many files were not what the audit log says was given."""
    answers: Answers = Counter()
    for subject, department in ((OWNER, "ENG"), (OTHER, "SCI")):
        give_role(monitor.database_url, monitor.issuer, subject, "head", department)
    mine, other = (_header(cookies_of(monitor, subject)) for subject in (OWNER, OTHER))
    taken: list[str] = []

    def get(who: str, url: str, cookie: str) -> None:
        answer = ask(monitor.address, url, **({"cookie": cookie} if cookie else {}))
        answers[who, answer.status] += 1
        if answer.status == 200:
            taken.append(sha256(answer.body).hexdigest())

    kept = ""
    with Tab.opened(monitor.address, "definitions", cookies=_cookies(other)) as second:
        second.redraw()
        get("the owner", _first(second), other)
        for page in pages:
            with Tab.opened(monitor.address, page, cookies=_cookies(mine)) as first:
                _draw(first, page)
                for url in first.files().values():
                    kept = url
                    get("another reader", url, other)
                    get("nobody", url, "")
                    get("nobody", url, re.sub("=.", "=x", mine))
                    get("a tampered link", url[:-1] + ("0" if url[-1] != "0" else "1"), mine)
                    get("the owner", url, mine)
        get("a link whose tab is closed", kept, mine)
        with Tab.opened(monitor.address, "definitions", cookies=_cookies(mine)) as first:
            first.redraw()
            _sign_out(monitor, _cookies(mine))
            get("after sign-out", _first(first), mine)
        take_roles_back(monitor.database_url)
        get("after the role was taken away", _first(second), other)
    written = _written_down(monitor.database_url)
    return answers, sum((Counter(taken) - Counter(written)).values())


def _mistaken() -> int:
    """How many of two large files that differ in one byte, a quarter of the way in, come as the other."""
    mine = bytes(range(256)) * (LARGE >> 8)
    other = mine[: LARGE // 4] + b"\xff" + mine[LARGE // 4 + 1 :]
    shelf = Shelf(lambda _tab: True)
    files = {content: File(name="a.csv", mime="text/csv", make=partial(bytes, content)) for content in (mine, other)}
    tokens = {content: shelf.put(file, owner=None, tab="tab") for content, file in files.items()}
    found = {content: shelf.take(token) for content, token in tokens.items()}
    return sum(kept is None or kept.file.make() != content for content, kept in found.items()) + (mine == other)


@contextmanager
def _signed_in(home: Path, altered: Sequence[str], database: Path | None) -> Iterator[SignedInMonitor]:
    url = f"sqlite:///{home / 'monitor.db'}"
    if database is not None:
        shutil.copy(database, home / "monitor.db")
    else:
        engine = connect(url)
        prepare(engine)
        demonstration.load(engine)
        engine.dispose()
    secret, program = token_hex(32), ("tests.server.altered", "links_end_with_their_tab", *altered)
    with ExitStack() as stack:
        asked: Provider = stack.enter_context(provider(home))
        write_secrets(home, asked, secret)
        variables = {"MONITOR_READERS": "sign-in"}
        server = stack.enter_context(serving.monitor(url, home, variables, called_from=home, program=program))
        yield SignedInMonitor(server, asked, url, secret)


def _draw(opened: Tab, page: str) -> None:
    """Draw a page, as a reader does who is told to try again; RuntimeError names the page that failed twice."""
    try:
        opened.redraw()
    except RuntimeError:
        try:
            opened.redraw()
        except RuntimeError as error:
            raise RuntimeError(f"{page}: {error}") from None


def _sign_out(monitor: SignedInMonitor, cookies: Mapping[str, str]) -> None:
    with tab(monitor.address, cookies=cookies) as connection:
        messages, _ = run(connection)
        run(connection, press(button(messages, SIGN_OUT)))


def _written_down(url: str) -> list[str]:
    engine = connect(url)
    with reading(engine) as connection:
        found = select(AuditEvent.sha256).where(AuditEvent.action == "download", AuditEvent.outcome == "done")
        digests = list(as_whole(connection).scalars(found))
    engine.dispose()
    return digests


def _first(opened: Tab) -> str:
    return next(iter(opened.files().values()))


def _header(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _cookies(header: str) -> dict[str, str]:
    return dict(one.split("=", 1) for one in header.split("; "))


def _statuses(answers: Answers, who: str) -> str:
    found = sorted((status, count) for (one, status), count in answers.items() if one == who)
    return ", ".join(f"{status} ({count})" for status, count in found) or "not asked"


PROMISES = (
    Promise(
        number=5,
        promise="A file downloaded is the one asked for, by the one allowed",
        explanation="Two heads of departments sign in at a real provider; every file of every page is asked for by "
        "its owner, by the other, by nobody, with a tampered link, after its tab is closed, after sign-out and after "
        "the role was taken away; what is given is what the audit log says was given, and two large files that differ "
        "in one byte are not mistaken for each other.",
        attempt=take_files,
    ),
)
