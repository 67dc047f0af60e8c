"""The page of the audit log: who may read it, what it says, and that what is refused to a reader stands in it."""

import re

import pandas as pd
import pytest
from sqlalchemy import select, update

from data_access.audit import Actor, record, refused, verify
from data_access.audit.reading import Asked, events
from data_access.engine import connect, reading
from data_access.tables import Activity, ActivityDepartment, State
from tests.pages.reading import fresh, go, words


@pytest.fixture(autouse=True)
def _own_database(demonstration_copy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", demonstration_copy)
    monkeypatch.setenv("MONITOR_READERS", "demonstration")


def _events(url: str, action: str = "", outcome: str = "") -> pd.DataFrame:
    engine = connect(url)
    with reading(engine) as connection:
        found = events(connection, Asked(action=action, outcome=outcome))
    engine.dispose()
    return found


def test_the_office_reads_that_the_log_is_whole_and_what_was_refused(demonstration_copy: str) -> None:
    engine = connect(demonstration_copy)
    refused(engine, Actor("head:ENG", role="head"), "roll back", object="import 3", scope="ENG")
    at = fresh("office", "en", "audit")
    (whole,) = at.success
    last = verify(engine).last
    assert whole.value.startswith("As of opening (")
    assert whole.value.endswith(f"the log is whole: events 1 to {last} are as they were written.")
    assert at.dataframe[0].value["event_id"].max() == last, "banner and table are of one moment"
    said = " ".join(words(at)).replace("\\", "")
    assert re.search(
        r"\d+ things were done in the last 30 days, by one reader and by commands\. One thing was ref", said
    )
    assert "Import rolled back, by Head of the School of Engineering" in said
    assert re.search(r"File imported\W+\d+ done", said)
    engine.dispose()


@pytest.mark.parametrize(
    ("language", "over", "on"),
    [("en", {"Whole university", "School of Engineering"}, "Import 3"), ("ja", {"全学", "工学部"}, "取り込み3")],
)
def test_the_table_says_in_words_on_what_and_over_what(
    demonstration_copy: str, language: str, over: set[str], on: str
) -> None:
    engine = connect(demonstration_copy)
    refused(engine, Actor("head:ENG", role="head"), "roll back", object="import 3", scope="ENG")
    engine.dispose()
    shown = fresh("office", language, "audit", period="7").dataframe[0].value
    assert over <= set(shown["over"])
    assert on in set(shown["on"])
    assert not {"*", "ENG", "import 3"} & {*shown["over"], *shown["on"]}


def test_what_is_only_refused_is_said_without_counting_what_was_not_done(demonstration_copy: str) -> None:
    engine = connect(demonstration_copy)
    for _ in range(2):
        refused(engine, Actor("head:ENG", role="head"), "page", object="audit", scope="ENG")
    engine.dispose()
    at = fresh("office", "en", "audit", outcome="refused", period="1")
    said = " ".join(words(at)).replace("\\", "")
    assert "Nothing of it was done today. 2 things were refused, the last on" in said
    assert at.expander[0].label == "Verify later that nothing was cut or rewritten"


def test_that_the_log_was_read_is_an_event_once_a_session(demonstration_copy: str) -> None:
    at = go(go(fresh("office", "en", "audit"), "imports"), "audit", outcome="refused")
    assert [one.value[:7] for one in at.markdown if "Nothing like" in one.value] == ["Nothing"]
    assert len(_events(demonstration_copy, action="log read")) == 1


@pytest.mark.parametrize(
    ("reader", "page"), [("head:ENG", "partner_names"), ("head:ENG", "audit"), ("president", "audit")]
)
def test_a_page_that_is_not_the_readers_says_so_and_the_log_says_it_once_a_session(
    demonstration_copy: str, reader: str, page: str
) -> None:
    at = go(go(fresh(reader, "en", page), "overview"), page)
    assert at.info
    assert not at.dataframe
    (event,) = _events(demonstration_copy, outcome="refused").to_dict("records")
    assert (event["actor"], event["action"], event["object"]) == (reader, "page", page)
    assert event["scope"] == ("*" if reader == "president" else "ENG")


def test_a_log_that_was_tampered_with_is_said_to_be_so_at_the_top(demonstration_copy: str) -> None:
    engine = connect(demonstration_copy)
    with engine.begin() as connection:
        record(connection, Actor("office"), "import")
    with engine.begin() as connection:
        connection.execute(update(State).where(State.name == "audit_last").values(value=f"999 {'0' * 64}"))
    at = fresh("office", "ja", "audit")
    assert "完全ではない" in at.error[0].value
    assert not at.success
    engine.dispose()


def _address_events(url: str) -> list[tuple[str, str, str]]:
    found = _events(url, action="address", outcome="refused")
    return sorted((row["actor"], row["object"], row["details"]) for row in found.to_dict("records"))


def test_an_address_that_names_what_is_anothers_is_an_event_once_a_session(demonstration_copy: str) -> None:
    engine = connect(demonstration_copy)
    one = Activity
    with reading(engine) as connection:
        of_eng = select(ActivityDepartment.activity_id).where(ActivityDepartment.department.like("ENG%"))
        others = select(one.activity_id, one.source, one.record_id).where(one.activity_id.not_in(of_eng)).limit(1)
        number, source, name = connection.execute(others).one()
    engine.dispose()
    at = fresh("head:ENG", "en", "imports", **{"import": "4", "department": "MED"})
    go(go(at, "records", record=f"{source}:{name}"), "imports", **{"import": "4"})
    assert _address_events(demonstration_copy) == [
        ("head:ENG", "department", '{"department":"MED"}'),
        ("head:ENG", "import", '{"import":"4"}'),
        ("head:ENG", "record", f'{{"activity":"{number}"}}'),
    ]


def test_addresses_of_nothing_and_of_ones_own_are_no_events(demonstration_copy: str) -> None:
    at = fresh("head:ENG", "en", "imports", **{"import": "99999999", "department": "ENG"})
    go(at, "imports", department="Yamada Taro", indicator="nothing")
    fresh("president", "en", "imports", department="MED", **{"import": "4"})
    assert not _address_events(demonstration_copy)
