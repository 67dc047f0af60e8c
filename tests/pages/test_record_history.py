"""The history of a record on its page: every version, what it changed, by whom, from which file."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.batches.roll_back import roll_back
from data_access.engine import connect
from data_access.imports import store_rows
from tests.pages.reading import APP, PATIENCE, as_demonstration, go, ran
from tests.prepared import prepare_file
from vocabulary.text import LANGUAGES, Language, Text

DEPARTMENT = {"code": "ENG", "name_en": "ENG", "name_ja": "工学部"}
RECORD = {
    "record_id": "R1",
    "source": "papers",
    "activity_type": "publication",
    "title": "First",
    "start_date": "2025-06-01",
    "departments": "ENG",
}


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that was added, changed, and restored by a roll back; another that nobody changed."""
    monkeypatch.setenv("DATABASE_URL", as_demonstration(prepare_file(tmp_path / "monitor.db")))
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    engine = connect()
    store_rows(engine, "departments", [DEPARTMENT], indicators={}, name="departments.csv")
    for name, title, people in (("first.csv", "First", "k1735;k2076"), ("second.csv", "Second", "")):
        rows = [{**RECORD, "title": title, "people": people}, {**RECORD, "record_id": "R2"}]
        last = store_rows(engine, "activities", rows, indicators={}, name=name, importer="office")
    roll_back(engine, last.import_id, importer="head:ENG")
    engine.dispose()


def record(name: str, language: Language, reader: str = "office") -> str:
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    at.session_state["reader"] = reader
    at.query_params["language"] = language
    at = go(ran(at), "records", record=name)
    return "\n".join(str(one.value) for one in at.markdown).replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_version_says_what_it_changed_from_which_file_and_by_whom(language: Language) -> None:
    words = record("papers:R1", language)
    for told in (
        Text("History", "履歴"),
        Text("title: First → Second", "名称：First → Second"),
        Text("title: Second → First", "名称：Second → First"),
        Text("4, rolls 3 back", "4（3の取り消し）"),
        Text("3, second.csv", "3、second.csv"),
        Text("International Strategy Office", "国際戦略室"),
        Text("Head of ENG", "工学部の長"),
    ):
        assert told.said_in(language) in words


def test_a_record_that_nobody_changed_has_no_history_to_tell() -> None:
    assert "**History**" not in record("papers:R2", "en")


@pytest.mark.parametrize("reader", ["president", "head:ENG"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["people: 2 persons → none", "people: none → 2 persons"]), ("ja", ["参加者ID：2人 → なし"])],
)
def test_of_persons_it_says_how_many(reader: str, language: Language, words: list[str]) -> None:
    told = record("papers:R1", language, reader)
    assert all(one in told for one in words)
    assert "1;2" not in told
