"""P1 in small: a head receives no canary of others, whatever is asked for; without scope rule or cut one would."""

import base64
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from assurance.canary_crawl import Crawl, Crawled
from assurance.canary_existence import told_apart
from assurance.canary_marks import Canaries, text
from assurance.canary_readers import chosen
from assurance.canary_scan import Found, Scanner
from assurance.canary_signed_in import signed_in
from assurance.without import GUARDS, monitor_without
from data_access.engine import connect
from data_access.readers import demonstration_readers
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from pages.parts import data
from tests.conftest import CanaryUniversity
from tests.serving import monitor
from vocabulary.departments import UNIVERSITY

OTHERS = frozenset({"AGR"})
NUMBER = 731_021_947


def as_arrow(frame: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pandas(frame)
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return b"before" + sink.getvalue() + b"after"


def as_workbook(frame: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.to_excel(file)
    return file.getvalue()


def as_chart(values: np.ndarray) -> bytes:
    return b'{"dtype":"f8","bdata":"' + base64.b64encode(values.astype("<f8").tobytes()) + b'"}'


HIDDEN = {
    "plain": b"731021947",
    "with commas": b"is 731,021,947 persons",
    "as a float": b'"y":[731021947.0,2]',
    "in a list": b"[1,731021947,3]",
    "in millions": b"731.021947 million",
    "in a table": as_arrow(pd.DataFrame({"a": [1, NUMBER]})),
    "in a scaled table": as_arrow(pd.DataFrame({"a": [np.nan, NUMBER / 1e6]})),
    "in a chart": as_chart(np.array([1.5, NUMBER])),
    "in a workbook": as_workbook(pd.DataFrame({"a": [NUMBER]})),
    "a text": text("AGR").encode(),
    "a text in small letters": text("AGR").lower().encode(),
    "a text with joiners": "\u2060".join(text("AGR")).encode(),
    "a text in a cell": as_arrow(pd.DataFrame({"a": [f"of {text('AGR')} papers"]})),
    "a text in a picture": b"data:image/svg+xml;base64," + base64.b64encode(f"<svg>{text('AGR')}</svg>".encode()),
    "a person": f"p:{'0' * 31}7".encode(),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_canary_is_found_however_it_is_written(how: str) -> None:
    marks = Canaries(numbers={NUMBER: OTHERS}, persons={f"p:{'0' * 31}7": OTHERS})
    assert {one.owners for one in Scanner(marks).found(HIDDEN[how])} == {OTHERS}


def test_digits_within_a_random_identifier_are_no_number() -> None:
    scanner = Scanner(Canaries(numbers={NUMBER: OTHERS}))
    session, link = b'"9d73102a-7310-4194-8b02-a731021947bd"', b"/export/" + b"f731021947e" * 6
    assert not list(scanner.found(session + link))
    assert list(Scanner(Canaries(numbers={NUMBER: OTHERS})).found(session + b"731021947" + link))


def test_what_belongs_to_several_is_foreign_to_those_alone_who_are_none_of_them() -> None:
    (found,) = Scanner(Canaries()).found(text("ENG", "AGR").encode())
    assert found.owners == {"ENG", "AGR"}
    (found,) = Scanner(Canaries()).found(text(UNIVERSITY).encode())
    assert found.owners == {UNIVERSITY}


READERS = ("head:ENG", "head:ENGM", "office")


def crawled(
    university: CanaryUniversity,
    folder: Path,
    guard: str,
    pages: tuple[str, ...],
    most: int,
    readers: tuple[str, ...] = READERS,
) -> Crawled:
    """What came of probes as the head of a faculty, of a part of it, and the office."""
    url, scanner = university.copy_in(folder), Scanner(university.marks)
    served = monitor_without(guard, url, folder) if guard in GUARDS else monitor(url, folder)
    with served as server:
        probers = chosen(server.address, url, readers)
        return Crawl(server.address, scanner, of_a_page=8).run(probers, pages, most=most)


@pytest.fixture(autouse=True)
def readers_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_READERS", "demonstration")


def test_a_head_receives_no_canary_of_others(canary_university: CanaryUniversity, tmp_path: Path) -> None:
    found = crawled(canary_university, tmp_path, "", ("records", "quality"), 4)
    assert list(found.foreign) == []
    assert found.probes["head:ENG"] > 40
    assert found.own["head:ENG"] > 40
    assert found.own["office"] > 20


def test_without_the_scope_rule_a_head_would(canary_university: CanaryUniversity, tmp_path: Path) -> None:
    assert crawled(canary_university, tmp_path, "scope", ("goals",), 2, READERS[:1]).foreign


def apart(university: CanaryUniversity, folder: Path, guard: str) -> list[str]:
    """The names of what is others' that the page of records tells a head from names of nothing."""
    url = university.copy_in(folder)
    with monitor_without(guard, url, folder) if guard else monitor(url, folder) as server:
        (head,) = chosen(server.address, url, ("head:ENG",))
        return told_apart(head, ("records",))[1]


def test_what_is_anothers_is_answered_as_what_there_is_not(canary_university: CanaryUniversity, tmp_path: Path) -> None:
    assert apart(canary_university, tmp_path, "") == []


def test_without_the_scope_rule_it_would_not(canary_university: CanaryUniversity, tmp_path: Path) -> None:
    assert apart(canary_university, tmp_path, "scope")


def test_the_office_that_views_as_a_head_receives_what_the_head_does(
    canary_university: CanaryUniversity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    url, scanner = canary_university.copy_in(tmp_path), Scanner(canary_university.marks)
    monkeypatch.setattr("assurance.canary_signed_in.ROLES", {})
    with signed_in(url, tmp_path) as (address, _, readers):
        found = Crawl(address, scanner, of_a_page=2).run(readers, ("records",), most=2)
    assert list(found.foreign) == []
    assert found.own["office-as-head"] > 5


def test_figures_are_cut_to_a_head_and_would_not_be_without_the_cut(
    canary_university: CanaryUniversity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{canary_university.file}")
    engine = connect(f"sqlite:///{canary_university.file}")
    head = demonstration_readers(Records(engine, WHOLE_UNIVERSITY))["head:ENG"]
    engine.dispose()
    monkeypatch.setattr(data, "reader", lambda: head)
    scanner = Scanner(canary_university.marks)

    def foreign() -> list[Found]:
        table = data.figures(("undergraduate_international_share",)).to_csv().encode()
        return [one for one in scanner.found(table) if one.owners.isdisjoint(head.scope.departments)]

    assert foreign() == []
    monkeypatch.setattr(data, "seen", lambda table, *_rules: table)
    assert foreign()


def test_what_a_page_fails_with_reaches_nobody(canary_university: CanaryUniversity, tmp_path: Path) -> None:
    found = crawled(canary_university, tmp_path, "no fault", ("overview",), 2, READERS[:1])
    assert found.failed
    assert list(found.foreign) == []
