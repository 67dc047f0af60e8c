"""Many readers at once: tabs of signed-in people of three roles, each of whom changes a filter now and then."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import quantiles
from time import monotonic, sleep
from typing import NamedTuple

from benchmarks.tab import Tab
from tests.signing_in import Cookies, HasAddress, SignedInMonitor, cookies_of, give_role, signed_in_monitor

ROLES = {"president": (), "office": (), "head": ("ENG",)}
PAGES = ("overview", "targets", "department", "comparison")


class Browsed(NamedTuple):
    """How long each change of a filter took, in seconds, and what went wrong."""

    seconds: list[float]
    errors: list[str]

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20, method="inclusive")[-1] if len(self.seconds) > 1 else float("inf")

    def __str__(self) -> str:
        first = f" ({self.errors[0]})" if self.errors else ""
        return f"p95 {self.p95:.2f} s of {len(self.seconds):,} changes of a filter, errors {len(self.errors)}{first}"


@contextmanager
def three_roles(database_url: str, folder: Path) -> Iterator[tuple[SignedInMonitor, list[Cookies]]]:
    """The monitor over this database behind sign-in, and cookies of a reader of each role."""
    with signed_in_monitor(database_url, folder) as monitor:
        yield monitor, people(database_url, monitor.issuer, monitor)


def people(database_url: str, issuer: str, reached_at: HasAddress) -> list[Cookies]:
    """A reader of each role signs in there: their cookies."""
    for role, departments in ROLES.items():
        give_role(database_url, issuer, role, role, *departments)
    return [cookies_of(reached_at, role) for role in ROLES]


def browse(
    address: str,
    readers: Sequence[Cookies],
    users: int,
    seconds: float,
    *,
    think: float,
    over: threading.Event | None = None,
) -> Browsed:
    """So many users, each in a tab of one of these readers, who change filters until the time or `over` comes.

    `think` is how many seconds they wait on average between an answer and the next change.
    """
    found, over = Browsed([], []), over or threading.Event()
    with ThreadPoolExecutor(users) as pool:
        for number in range(users):
            pool.submit(_read, address, readers[number % len(readers)], number, think, over, found)
        over.wait(seconds)
        over.set()
    return found


def come_and_go(address: str, readers: Sequence[Cookies], count: int, spread: float = 0) -> None:
    """So many sessions, one after the other, each opened, drawn once and closed, spread over some seconds."""
    start = monotonic()
    for number in range(count):
        sleep(max(0.0, start + spread * number / count - monotonic()))
        page = PAGES[number // len(readers) % len(PAGES)]
        with Tab.opened(address, page, cookies=readers[number % len(readers)], language="en") as tab:
            tab.redraw()


def _read(address: str, cookies: Cookies, number: int, think: float, over: threading.Event, found: Browsed) -> None:
    chance = Random(number)  # noqa: S311
    page = PAGES[number // len(ROLES) % len(PAGES)]
    try:
        with Tab.opened(address, page, cookies=cookies, language="en") as tab:
            tab.redraw()
            while not over.wait(chance.uniform(0.5, 1.5) * think):
                found.seconds.append(tab.redraw(chance.choice(tab.changes())).seconds)
    except Exception as error:  # noqa: BLE001  whatever it is, the reader has seen it
        found.errors.append(f"{type(error).__name__} on {page}: {error}".partition("\n")[0])
