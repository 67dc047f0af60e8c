"""P1 as a promise: the canary university, every kind of reader, and what came of all probes."""

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assurance.canary_crawl import EVERY_PAGE, Crawl, Crawled
from assurance.canary_existence import told_apart
from assurance.canary_readers import chosen
from assurance.canary_scan import Scanner
from assurance.canary_signed_in import signed_in
from assurance.canary_university import build, departments
from assurance.promise import Outcome, Promise
from assurance.without import FAULT, monitor_without

HEADS = ("ENG", "ENGM", "GENG", "IMR", "FAC")


def keep_to_yourself() -> Outcome:
    """Every page, widget and word of addresses as ten readers; files, faults, the command line and the log."""
    with tempfile.TemporaryDirectory() as name, person_key():
        folder = Path(name)
        url = f"sqlite:///{folder / 'monitor.db'}"
        scanner = Scanner(build(url))
        with signed_in(url, folder) as (address, log, readers):
            crawl = Crawl(address, scanner)
            crawled = crawl.run(readers, EVERY_PAGE)
            by_name = {reader.name: reader for reader in readers}
            for page in ("records", "partners", "comparison"):
                crawl.chunks(by_name["office"], by_name["head"], page)
            logged = len(scanner.found(log.read_bytes()))
            pairs, apart = told_apart(by_name["head"], ("records", "imports", "targets"))
        printed = sum(_printed(url, scanner, code) for code in HEADS)
        faults = fail_everywhere(url, folder, scanner, EVERY_PAGE)
    probes = crawled.probes.total() + faults.probes.total() + len(HEADS)
    foreign = crawled.foreign + faults.foreign
    tried = f"{probes:,} probes as {len(crawled.probes)} readers, {scanner.bytes_seen / 1e6:,.0f} MB"
    result = f"foreign canaries {len(foreign) + printed}, own found {crawled.own.total():,}, in the log {logged}"
    result += f"; of {pairs} others' names told from names of nothing {len(apart)}"
    found = [f"{whose} at {said}: {one.what}" for whose, said, one in list(foreign)[:3]]
    kept = not (foreign or printed or logged or apart) and probes >= 5_000 and crawled.own.total() > 1_000
    return Outcome(tried, "; ".join([result, *found]), kept)


def fail_everywhere(url: str, folder: Path, scanner: Scanner, pages: tuple[str, ...]) -> Crawled:
    """Every page as a head, on a server where each fails with others' data in its message."""
    scanner.also(FAULT, frozenset({"AGR"}))
    with monitor_without("no fault", url, folder) as server:
        (head,) = chosen(server.address, url, ("head:ENG",))
        return Crawl(server.address, scanner).run([head], pages, most=len(pages) * 2)


def _printed(url: str, scanner: Scanner, code: str) -> int:
    """Foreign canaries in what `manage.py figures --reader head:CODE` prints."""
    import manage

    bytes_said = io.BytesIO()
    said = io.TextIOWrapper(bytes_said, "utf-8", write_through=True)
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = url
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            manage.main(["figures", "--reader", f"head:{code}"])
    finally:
        os.environ.pop("DATABASE_URL") if before is None else os.environ.update(DATABASE_URL=before)
    own = departments(url)[code]
    return sum(one.owners.isdisjoint(own) for one in scanner.found(bytes_said.getvalue()))


@contextmanager
def person_key(environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """A key of persons for what is stored within, unless there is one."""
    given = "MONITOR_PERSON_KEY" in environment
    if not given:
        os.environ["MONITOR_PERSON_KEY"] = os.urandom(32).hex()
    try:
        yield
    finally:
        if not given:
            del os.environ["MONITOR_PERSON_KEY"]


PROMISES = (
    Promise(
        number=1,
        promise="A department head never receives another department's data, in any byte sent",
        explanation="In a university where every department has texts and numbers of its own, every kind of reader "
        "opens every page with every word of addresses, offered and forged values, the Office as a head, too; all "
        "bytes are searched, in texts, charts, tables, files and faults. What is another's is answered as what is not.",
        attempt=keep_to_yourself,
    ),
)
