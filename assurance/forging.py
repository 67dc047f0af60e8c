"""P2: forged messages change nothing: values that nobody offered, buttons of others, ten thousand random messages."""

import contextlib
import itertools
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, func, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from websockets.exceptions import ConnectionClosed

from assurance.canaries import person_key
from assurance.canary_crawl import EVERY_PAGE, IN_ONE_TAB
from assurance.canary_readers import Prober
from assurance.canary_signed_in import signed_in
from assurance.canary_university import build
from assurance.forgeries import forged
from assurance.fuzz import messages
from assurance.promise import Outcome, Promise
from data_access.audit.chain import LAST
from data_access.engine import as_whole, connect, reading
from data_access.tables import AuditEvent, Table
from tests.server.wire import ask

FEW = ("LET", "ENG", "ENGM", "AGR", "GENG", "IMR", "GSCI")
FORGERS = ("nobody", "without a role", "head", "deputy", "president", "auditor")  # of whom none may do what is forged
WITH_PAGES = ("head", "president", "auditor")
NOT_DATA = ("audit_", "accounts", "logins", "sign_ins", "viewings")  # who came when, and what was tried
VALUES = ("AGR", "no such value")
WRITING = ("imports", "partner_names")  # pages whose buttons write


@dataclass
class Forged:
    """What came of forged messages."""

    attempts: Counter[str] = field(default_factory=Counter)  # by the kind of widget
    hung_up: int = 0


def fingerprint(engine: Engine) -> dict[str, str]:
    """The hash of every row of every table but those of who came and what was tried, and the end of the audit log."""
    found = {}
    with reading(engine) as connection:
        whole = as_whole(connection)
        for name, table in sorted(Table.metadata.tables.items()):
            if not name.startswith(NOT_DATA):
                rows = whole.execute(select(table).order_by(*table.primary_key)).all()
                found[name] = sha256(repr([tuple(row) for row in rows if row[0] != LAST]).encode()).hexdigest()
    return found


def refusals(engine: Engine) -> int:
    """How many refusals the audit log holds."""
    with reading(engine) as connection:
        query = select(func.count()).select_from(AuditEvent).where(AuditEvent.outcome == "refused")
        return int(as_whole(connection).scalar(query) or 0)


def forge(readers: Sequence[Prober], pages: Sequence[str], of_others: Sequence[tuple[str, Element]]) -> Forged:
    """Every widget of every page with values that it did not offer, and the widgets of the office on others' pages."""
    came = Forged()
    for reader, page in itertools.product(readers, pages):
        states = []
        with contextlib.suppress(ConnectionClosed), reader.opened() as tab:
            tab.go(page, "language=en")
            tab.redraw()
            for number, element in [*tab.widgets(), *(of_others if page in WRITING else ())]:
                if "-reader:" in number or "-language:" in number:
                    continue
                kind = element.WhichOneof("type") or ""
                states += [(kind, state) for state in forged(number, element, VALUES)]
        while states:
            some, states = states[:IN_ONE_TAB], states[IN_ONE_TAB:]
            try:
                with reader.opened() as tab:
                    for kind, state in some:
                        tab.go(page, "language=en")
                        tab.forge([state])
                        came.attempts[kind] += 1
                        tab.redraw()
            except ConnectionClosed:
                came.hung_up += 1
    return came


def widgets_of(reader: Prober, pages: Sequence[str]) -> list[tuple[str, Element]]:
    """The widgets that a reader is shown on these pages, by the ids under which their buttons answer."""
    with reader.opened() as tab:
        found = []
        for page in pages:
            tab.go(page, "language=en")
            tab.redraw()
            found += tab.widgets()
        return found


def fuzz(readers: Sequence[Prober], number: int) -> Forged:
    """So many random messages, as several readers in turn; whoever is cut off comes again."""
    came = Forged()
    good = [_good(reader) for reader in readers]
    every = list(messages(number, good))
    parts = [every[start : start + IN_ONE_TAB] for start in range(0, len(every), IN_ONE_TAB)]

    def send(place: int, part: Sequence[bytes]) -> None:
        waiting = list(part)
        while waiting:
            try:
                with readers[place % len(readers)].opened() as tab:
                    while waiting:
                        tab.send_raw(waiting.pop())
                        came.attempts["random"] += 1
                    tab.go("definitions", "language=en")
                    tab.redraw()
            except (ConnectionClosed, TimeoutError):
                came.hung_up += 1

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, range(len(parts)), parts))
    return came


def _good(reader: Prober) -> BackMsg:
    """What a browser sends for a page with widgets."""
    with reader.opened() as tab:
        tab.go("targets", "language=en")
        tab.redraw()
        for offer in tab.changes(6):
            tab.keep(offer)
        return tab.request()


def change_nothing() -> Outcome:
    """All forgeries and 10,000 random messages, with the tables before and after."""
    with tempfile.TemporaryDirectory() as name, person_key():
        folder = Path(name)
        url = f"sqlite:///{folder / 'monitor.db'}"
        build(url, FEW)
        with signed_in(url, folder) as (address, _, readers):
            by_name = {reader.name: reader for reader in readers}
            forgers = [by_name[one] for one in FORGERS]
            of_the_office = widgets_of(by_name["office"], WRITING)
            engine = connect(url)
            before, refused_before = fingerprint(engine), refusals(engine)
            forgeries = forge(forgers, WRITING, of_the_office)
            forgeries.attempts += forge([by_name[one] for one in WITH_PAGES], EVERY_PAGE, of_the_office).attempts
            fuzzed = fuzz(forgers, 10_000)
            changed = [table for table, rows in fingerprint(engine).items() if rows != before[table]]
            refused = refusals(engine) - refused_before
            alive = ask(address, "/_stcore/health").status == 200 and bool(widgets_of(by_name["head"], ("targets",)))
            engine.dispose()
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in forgeries.attempts.most_common())
    tried = f"{forgeries.attempts.total():,} forgeries ({kinds}), {fuzzed.attempts.total():,} random messages"
    result = (
        f"changed tables {len(changed)}{''.join(f' {one}' for one in changed)}, server {'alive' if alive else 'dead'}"
    )
    told = f"{result}, hung up {forgeries.hung_up + fuzzed.hung_up} times, refusals audited {refused}"
    return Outcome(tried, told, not changed and alive and fuzzed.attempts.total() >= 10_000)


PROMISES = (
    Promise(
        number=2,
        promise="Forged protocol messages change nothing",
        explanation="Every widget of every page is sent values that it never offered, and the buttons of the "
        "office come from readers who have none; then random messages. All rows of all tables are compared.",
        attempt=change_nothing,
    ),
)
