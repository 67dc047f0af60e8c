"""The page of imports: what came when, what was refused in which cell, and the formats as the importer declares."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.batches.roll_back import roll_back
from data_access.engine import connect
from data_access.imports import KINDS, store_file
from data_access.imports.writers import OF_DEPARTMENTS
from tests.pages.reading import APP, PATIENCE, as_demonstration, go, ran
from tests.prepared import prepare_file
from vocabulary.text import LANGUAGES, Language, Text

GOOD = "code,name_en,name_ja\nENG,Engineering,工学部\n"
BAD = "code,name_en,name_ja\nA B,Engineering,工学部\nSCI,Science,\n"
HARMLESS = "**bold** <b>.csv"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own, and the folder for its files."""
    monkeypatch.setenv("DATABASE_URL", as_demonstration(prepare_file(tmp_path / "monitor.db")))
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    return tmp_path


def imported(folder: Path, *files: tuple[str, str]) -> None:
    engine = connect()
    for name, content in files:
        path = folder / "file.csv"
        path.write_text(content, "utf-8")
        store_file(engine, "departments", path, indicators={}, file_name=name)
    engine.dispose()


def seen(reader: str = "office", /, *, language: Language = "en", chosen: str = "", **address: str) -> AppTest:
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    at.session_state["reader"] = reader
    at.query_params["language"] = language
    return go(ran(at), "imports", **{"import": chosen}, **address)


def said(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in [*at.markdown, *at.subheader, *at.caption]).replace("\\", "")


def columns_of(kind: str) -> list[str]:
    return [column.name for column in KINDS[kind].columns]


def formats(at: AppTest) -> pd.DataFrame:
    (frame,) = (one.value for one in at.dataframe if "accepted" in one.value)
    assert isinstance(frame, pd.DataFrame)
    return frame


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_store_without_imports_says_so_and_how_to_begin(store: Path, language: Language) -> None:
    at = seen(language=language)
    assert len(at.info) == 1
    assert at.code[0].value == "python manage.py import departments FILE..."


def test_the_newest_comes_first_with_what_became_of_it(store: Path) -> None:
    imported(store, ("first.csv", GOOD), ("again.csv", GOOD), ("bad.csv", BAD))
    at = seen()
    rows = at.dataframe[0].value
    assert list(rows["file_name"]) == ["bad.csv", "again.csv", "first.csv"]
    assert [words for (words,) in rows["status_name"]] == ["✕ refused", "＝ unchanged", "✓ stored"]
    assert list(rows["rows_refused"]) == [2, 0, 0]
    assert "1 stored, 1 with nothing new, 1 refused" in said(at)


@pytest.mark.parametrize(("language", "message"), [("en", "row 2, column code"), ("ja", "2行目、列 code")])
def test_a_refused_file_names_row_column_value_and_what_is_accepted(
    store: Path, language: Language, message: str
) -> None:
    imported(store, ("bad.csv", BAD), ("good.csv", GOOD))
    at = seen(language=language, chosen="1")
    assert message in said(at)
    assert "A B" in said(at)
    assert {"en": "Accepted: any text", "ja": "任意の文字列"}[language] in said(at)


def test_names_of_files_are_shown_as_they_are_written(store: Path) -> None:
    imported(store, (HARMLESS, GOOD))
    (title,) = (one.value for one in seen().subheader if "csv" in one.value)
    assert title == r"Import 1: \*\*bold\*\* \<b\>\.csv".replace("1:", r"1\:")


def test_the_import_that_is_open_stays_open_when_another_arrives(store: Path) -> None:
    imported(store, ("first.csv", GOOD))
    at = seen()
    imported(store, ("again.csv", GOOD))
    assert "Import 1: first.csv" in said(ran(at))
    assert "Import 2: again.csv" not in said(at)


@pytest.mark.parametrize("asked", ["", "9", "-1", "x"])
def test_an_import_that_is_not_there_opens_the_newest(store: Path, asked: str) -> None:
    imported(store, ("first.csv", GOOD), ("again.csv", GOOD))
    assert "Import 2: again.csv" in said(seen(chosen=asked))


def test_a_head_sees_no_import_and_reads_why(store: Path) -> None:
    imported(store, ("first.csv", GOOD))
    at = seen("head:ENG")
    assert "your own department" in at.info[0].value
    assert "first.csv" not in said(at)
    assert len(at.dataframe) == 1  # of the formats
    assert "first.csv" in said(seen("president"))  # the guard is the reader's scope, not the page


@pytest.mark.parametrize("reader", ["president", "auditor"])
def test_who_brings_nothing_in_is_told_nothing_of_how(store: Path, reader: str) -> None:
    imported(store, ("first.csv", GOOD))
    at = seen(reader)
    titles = [one.value for one in at.subheader]
    assert not {"How to import", "Bring files in"} & {*titles}
    assert not [one for one in at.dataframe if "accepted" in one.value]
    assert not [one for one in at.code if "manage.py" in one.value]


def test_a_head_is_told_of_the_kinds_that_a_head_brings_in_and_of_no_command(store: Path) -> None:
    imported(store, ("first.csv", GOOD))
    at = seen("head:ENG")
    told = {key for key in KINDS if list(formats(go(at, "imports", kind=key))["name"]) == columns_of(key)}
    assert told == set(OF_DEPARTMENTS)
    assert not [one for one in at.code if "manage.py" in one.value]


@pytest.mark.parametrize("kind", KINDS)
def test_the_formats_are_those_that_the_importer_declares(store: Path, kind: str) -> None:
    rows = formats(seen(kind=kind))
    assert list(rows["name"]) == [column.name for column in KINDS[kind].columns]
    assert list(rows["name_ja"]) == [column.name_ja for column in KINDS[kind].columns]
    assert list(rows["accepted"]) == [column.accepted.en for column in KINDS[kind].columns]
    if KINDS[kind].translate is None:
        assert [word == "yes" for word in rows["required"]] == [column.required for column in KINDS[kind].columns]


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("en", "1 stored, 0 with nothing new, 0 refused, 1 undone since, 1 undoing others", "↺ undoes import 2"),
        ("ja", "登録1、変更なし0、不受理0、取消済み1、取り消しの操作1", "↺ 取り込み2の取り消し"),
    ],
)
def test_what_was_undone_and_by_what_adds_up(store: Path, language: Language, sentence: str, words: str) -> None:
    imported(store, ("first.csv", GOOD), ("second.csv", GOOD + "SCI,Science,理学部\n"))
    engine = connect()
    assert roll_back(engine, 2, importer="office").done
    engine.dispose()
    at = seen(language=language)
    assert sentence in said(at)
    rows = at.dataframe[0].value
    assert rows["status_name"][0] == [words]
    assert list(rows["importer_name"]) == [
        Text("International Strategy Office", "国際戦略室").said_in(language),
        "",
        "",
    ]
    assert "No activity is stored" not in said(seen(chosen="1"))
