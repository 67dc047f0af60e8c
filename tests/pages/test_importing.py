"""Bringing files in: what is wrong in which cell, what headers mean, which figures move; then stored, or taken back."""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, insert, select
from streamlit.testing.v1 import AppTest

from data_access.engine import connect
from data_access.imports.deliveries import Delivery, preview_deliveries
from data_access.imports.seen_before import DataState
from data_access.tables import Activity, Department, Import, RememberedHeading, Table
from pages.parts import data, jobs, writing
from pages.parts.imports.try_out import former_years
from tests.pages.reading import PATIENCE, as_demonstration, fresh, go, ran
from tests.prepared import prepare_file
from vocabulary.text import LANGUAGES, Language, Text

HEADER = "record_id,source,activity_type,title,start_date,departments,level,countries\n"
RIGHT = HEADER + "R1,papers,publication,One,2025-06-01,ENG,,DE\nR2,papers,publication,Two,2025-06-01,ENG,,\n"
WRONG = (
    HEADER + "R1,papers,publication,One,2025-06-31,ENG,,Germany\nR2,papers,publication,Two,2025-06-01,ENG,masters,\n"
)
OWN_WORDS = RIGHT.replace("title", "件名")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the test's own with two departments."""
    monkeypatch.setenv("DATABASE_URL", as_demonstration(prepare_file(tmp_path / "monitor.db")))
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    engine = connect()
    rows = [{"code": code, "parent_code": "*", "name_en": code, "name_ja": code} for code in ("ENG", "SCI")]
    with engine.begin() as connection:
        connection.execute(insert(Department), rows)
    engine.dispose()


def opened(reader: str = "office", language: Language = "en") -> AppTest:
    return fresh(reader, language, "imports")


def dropped(at: AppTest, *files: tuple[str, str]) -> AppTest:
    at.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files])
    return ran(at)


def said(at: AppTest) -> str:
    told = [*at.markdown, *at.caption, *at.warning, *at.success, *at.info]
    return "\n".join([*(str(one.value) for one in told), *(one.label for one in at.expander)]).replace("\\", "")


def click(at: AppTest, words: str) -> AppTest:
    (button, *_) = [button for button in at.button if button.label.startswith(words)]
    button.click()
    return ran(at)


def moves(at: AppTest) -> pd.DataFrame:
    (found,) = [one.value for one in at.dataframe if "after_said" in one.value]
    assert isinstance(found, pd.DataFrame)
    return found


def stored(table: type[Table]) -> Sequence[Mapping[str, object]]:
    engine = connect()
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(table.__table__)).mappings()]
    engine.dispose()
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_with_errors_says_which_cells_and_the_nearest_value_and_stores_nothing(language: Language) -> None:
    words = said(dropped(opened(language=language), ("papers.csv", WRONG)))
    for en, ja in (
        ("papers.csv · activities · 3 to mend", "papers.csv · 活動 · 要修正3か所"),
        ('row 2, column start_date, value "2025-06-31"', "2行目、列 start_date、値「2025-06-31」"),
        ("Did you mean DE?", "DE でしょうか。"),
        ("Did you mean master?", "master でしょうか。"),
    ):
        assert Text(en, ja).said_in(language) in words
    assert stored(Activity) == stored(Import) == []


def test_a_corrected_file_takes_the_place_of_the_first_and_is_stored_after_a_preview() -> None:
    at = dropped(opened(), ("papers.csv", WRONG))
    at = dropped(at, ("papers (1).csv", RIGHT))  # as a browser names what is downloaded again
    assert [one.label for one in at.expander] == ["papers\\.csv · activities · in order\\: 2 new"]
    (store,) = [button for button in at.button if button.label == "Store this file"]
    assert store.disabled
    at = click(at, "Preview")
    rows = moves(at)
    (publications,) = rows[(rows["indicator_name"] == "Publications") & (rows["department_name"] == "ENG")].to_dict(
        "records"
    )
    assert (publications["before_said"], publications["after_said"]) == ("no data", "2")
    assert "figures move" in said(at)
    assert stored(Activity) == stored(Import) == []
    at = click(at, "Store this file")
    assert "papers.csv: stored (2 new)" in said(at)
    assert [row["source"] for row in stored(Activity)] == ["papers", "papers"]
    assert [(row["file_name"], row["importer"], row["status"]) for row in stored(Import)] == [
        ("papers.csv", "office", "stored")
    ]
    assert len(at.expander) == 0


def test_that_figures_of_a_former_year_move_is_said_first() -> None:
    at = click(dropped(opened(), ("reiwa6.csv", RIGHT.replace("2025-06", "2024-06"))), "Preview")
    told = [str(one.value) for one in at.info if "move" in str(one.value)]
    assert told == ["Figures of FY2024 move: of years that have ended."]


def test_years_that_have_ended_are_named_and_the_running_one_is_none_of_them() -> None:
    moved, today = pd.DataFrame({"fiscal_year": [2026, 2024, 2025, 2024]}), date(2026, 11, 28)
    assert former_years(moved, today) == Text("FY2024, FY2025", "2024年度、2025年度")
    assert former_years(moved[moved["fiscal_year"] == 2026], today) is None
    many = pd.DataFrame({"fiscal_year": range(2015, 2027)})
    assert former_years(many, today) == Text("FY2015 to FY2025", "2015～2025年度")


def test_what_changed_after_the_preview_has_to_be_previewed_again() -> None:
    at = click(dropped(opened(), ("papers.csv", RIGHT)), "Preview")
    at = dropped(at, ("other.csv", RIGHT.replace("R1", "R3").replace("R2", "R4")))
    (store,) = [button for button in at.button if button.label.startswith("Store")]
    assert (store.label, store.disabled) == ("Store these 2 files", True)


def test_headers_of_the_offices_own_wording_wait_for_a_person_once() -> None:
    at = dropped(opened(), ("papers_2025.csv", OWN_WORDS))
    assert "which kind of file is it?" in said(at)
    at = kind_chosen(at)
    assert "headers to confirm: 1" in said(at)
    assert stored(RememberedHeading) == []
    at = click(at, "Confirm these headers")
    assert "in order: 2 new" in said(at)
    assert "件名 is read as title" in said(at)
    assert [(row["source"], row["heading"], row["column"]) for row in stored(RememberedHeading)] == [
        ("papers", "件名", "title")
    ]
    words = said(dropped(opened(), ("papers_2026.csv", OWN_WORDS)))  # in another session
    assert "papers_2026.csv · activities · in order: 2 new" in words
    assert "件名 is read as title" in words


OWN_LIST = (
    "No.,整理番号,出所,活動種別,件名,氏名,派遣開始日,所属部局,留学先大学,備考\n"
    "1,A-1,papers,publication,One,Sato,2025-06-01,ENG,LMU,\n"
)


def headers(at: AppTest) -> dict[str, object]:
    return {str(box.label).replace("\\", ""): box.value for box in at.selectbox if str(box.key).startswith("header:")}


def answer(at: AppTest, **columns: str) -> None:
    for box in at.selectbox:
        if str(box.key).startswith("header:") and (column := columns.get(str(box.label).replace("\\", ""))) is not None:
            box.set_value(column)


def kind_chosen(at: AppTest) -> AppTest:
    (box,) = (box for box in at.selectbox if str(box.key).startswith("kind:"))
    box.set_value("activities")
    return ran(at)


def test_the_form_asks_about_every_header_that_the_format_does_not_know() -> None:
    at = kind_chosen(dropped(opened(), ("list.csv", OWN_LIST)))
    assert headers(at) == {
        "No.": None,
        "整理番号": "record_id",
        "出所": "source",
        "件名": "title",
        "氏名": None,
        "派遣開始日": "start_date",
        "所属部局": "departments",
        "留学先大学": "partners",
        "備考": None,
    }
    assert "no header is known to mean yet: record_id, title, start_date, departments." in said(at)
    at = click(at, "Confirm these headers")
    assert "Say what each of these means, or that it is not needed: No., 氏名, 備考." in said(at)
    assert stored(RememberedHeading) == []
    words = said(click(at, "Confirm; those without a choice are not needed"))
    assert "整理番号 is read as record_id" in words
    assert "No. is not needed; " in words
    assert "備考 is not needed" in words


def test_a_meaning_that_another_header_has_can_be_given_and_the_other_is_then_not_needed() -> None:
    at = dropped(opened(), ("papers_2025.csv", OWN_WORDS.replace("countries", "題名")))
    at = click(kind_chosen(at), "Confirm; those without")
    assert "件名 is read as title" in said(at)
    answer(at, 題名="title")
    at = click(at, "Confirm these headers")
    assert "題名 is read as title" in said(at)
    assert "件名 is not needed" in said(at)
    answer(at, 件名="source")  # a header that is written as in the format gives its meaning away, too
    at = click(at, "Confirm these headers")
    assert "件名 is read as source" in said(at)
    assert "source is not needed" in said(at)
    answer(at, 件名="level", 題名="level")
    assert "cannot both be level: choose one" in said(click(at, "Confirm these headers"))


def test_a_file_is_checked_once_however_often_the_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def counted(engine: Engine, deliveries: Sequence[Delivery], **told: object) -> object:
        checked.extend(one.file_name for one in deliveries)
        return preview_deliveries(engine, deliveries, **told)  # type: ignore[arg-type]  # whatever it was given

    monkeypatch.setattr("pages.parts.writing.preview_deliveries", counted)
    at = dropped(opened(), ("a.csv", RIGHT), ("b.csv", WRONG))
    assert checked == ["a.csv", "b.csv"]
    ran(go(at, "imports"))
    assert checked == ["a.csv", "b.csv"]
    at.checkbox[0].check()
    ran(at)
    assert checked == ["a.csv", "b.csv", "a.csv"]  # read otherwise, so checked otherwise


def test_files_of_several_kinds_are_stored_together_each_whole() -> None:
    departments = "code,name_en,name_ja\nMED,Medicine,医学系研究科\n"
    at = dropped(opened(), ("papers.csv", RIGHT), ("departments.csv", departments), ("bad.csv", WRONG))
    assert "2 of 3 files have nothing wrong; to mend: 1." in said(at)
    at = click(click(at, "Preview"), "Store these 2 files")
    assert [row["kind"] for row in stored(Import)] == ["departments", "activities"]
    assert len(at.expander) == 1  # the one to mend stays


def test_the_same_bytes_under_another_name_are_set_aside_and_said() -> None:
    at = dropped(opened(), ("papers.csv", RIGHT), ("copy of papers.csv", RIGHT))
    assert len(at.expander) == 1
    (told,) = [one.value for one in at.info if "twice" in one.value]
    assert told.replace("\\", "") == (
        "The same file twice: copy of papers.csv holds what papers.csv holds, and is set aside."
    )


def test_templates_stand_where_files_are_dropped_and_kinds_are_named_in_words() -> None:
    at = opened()
    (box,) = [box for box in at.selectbox if box.key == "templates:kind"]
    assert box.value == "activities"
    assert "country matrix" in box.options
    assert not [name for name in box.options if "_" in name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_remarks_are_readable_in_full_and_a_long_list_of_codes_stands_once(language: Language) -> None:
    rows = "".join(f"R{n},papers,publicatoin,One,2025-06-01,ENG,,\n" for n in range(30))
    words = said(dropped(opened(language=language), ("papers.csv", HEADER + rows)))
    near = Text("Did you mean publication? Accepted: one of", "publication でしょうか。使えるのは").said_in(language)
    assert words.count(near) == 30
    assert words.count("- student_exchange_outbound") == 1  # in the list behind its button
    assert words.count("student_exchange_outbound") == 1


def test_what_partners_were_taken_for_stands_open_and_is_counted() -> None:
    named = RIGHT.replace("countries", "partners").replace(",,DE", ",,University of Nowhereshire @ GB")
    at = dropped(opened(), ("papers.csv", named))
    assert "in order: 2 new; 1 to read" in said(at)
    assert at.expander[0].proto.expanded


def test_a_file_that_cannot_be_read_says_why_and_can_be_taken_away() -> None:
    at = dropped(opened(), ("empty.csv", ""), ("broken.json", "{"))
    assert "broken.json · cannot be read" in said(at)
    at = click(click(at, "Take away"), "Take away")
    assert len(at.expander) == 0


def test_names_of_files_are_shown_as_they_are_and_hold_no_control_characters() -> None:
    at = dropped(opened(), ("**a**\x1b (2).csv", RIGHT))
    assert "**a**\N{REPLACEMENT CHARACTER}.csv · activities · in order: 2 new" in said(at)
    assert at.expander[0].label.startswith(r"\*\*a\*\*")


def test_an_import_is_rolled_back_after_it_was_confirmed() -> None:
    at = click(click(dropped(opened(), ("papers.csv", RIGHT)), "Preview"), "Store this file")
    at = click(at, "Roll back")
    assert "Everything that papers.csv did is undone at once" in said(at)
    assert len(stored(Activity)) == 2
    at = click(click(at, "Keep it"), "Roll back")  # nothing was done
    assert len(stored(Activity)) == 2
    at = click(at, "Roll it back")
    assert "Rolled back: 2 records gone" in said(at)
    assert "Stored: 1 of 1 files." not in said(at)
    assert not [button for button in at.button if button.label == "Roll back"]
    assert stored(Activity) == []


def test_what_stands_in_the_way_of_a_roll_back_is_listed_and_nothing_is_undone() -> None:
    for name, text in (("first.csv", RIGHT), ("second.csv", RIGHT.replace("One", "Changed"))):
        click(click(dropped(opened(), (name, text)), "Preview"), "Store this file")
    at = opened()
    go(at, "imports", **{"import": "1"})
    at = click(at, "Roll back")
    assert "papers:R1 was changed again by a later import (import 2, second.csv)" in said(at)
    assert not [button for button in at.button if button.label == "Roll it back"]
    assert len(stored(Activity)) == 2


def test_a_head_brings_in_own_records_and_no_others() -> None:
    at = dropped(opened("head:ENG"), ("own.csv", RIGHT), ("others.csv", RIGHT.replace("ENG", "SCI")))
    words = said(at)
    assert "own.csv · activities · in order: 2 new" in words
    assert "SCI is not yours to write" in words
    at = click(click(at, "Preview"), "Store this file")
    assert {row["importer"] for row in stored(Import)} == {"head:ENG"}
    assert "papers:R1" not in said(at)


def test_a_head_reads_the_moves_of_the_own_departments_alone() -> None:
    at = click(dropped(opened("head:ENG"), ("own.csv", RIGHT)), "Preview")
    assert set(moves(at)["department_name"]) == {"ENG"}
    assert "Tohoku University, FY2025" not in said(at)


def test_the_presidents_office_reads_and_does_not_import(monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("president")
    assert len(at.file_uploader) == 0
    assert "You read what came." in said(at)
    monkeypatch.setattr(data, "reader", lambda: data.readers()["president"])
    for door in (
        lambda: writing.storing([], DataState("", 0)),
        lambda: writing.checking([]),
        lambda: writing.trying([]),
        lambda: writing.undoing(1),
        lambda: writing.recognising([]),
        lambda: writing.keep_decisions("activities", "a.csv", {}),
    ):
        with pytest.raises(PermissionError):
            door()


def test_one_reader_never_sees_the_files_that_another_dropped() -> None:
    at = dropped(opened(), ("papers.csv", RIGHT))
    at.session_state["reader"] = "head:ENG"
    assert len(ran(at).expander) == 0


class _InterruptedError(Exception):
    """What Streamlit raises at an `st.*` call when somebody clicked meanwhile."""


class _Page:
    """As much of Streamlit as a job needs; each bar that it is to draw is interrupted by a click."""

    def __init__(self) -> None:
        self.session_state: dict[str, object] = {}

    def empty(self) -> "_Page":
        return self

    def progress(self, _fraction: float, _words: str) -> None:
        raise _InterruptedError


def test_clicks_and_reruns_neither_end_a_job_nor_begin_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "st", _Page())
    monkeypatch.setattr(jobs, "say", lambda text: text.en)
    monkeypatch.setattr(jobs, "PATIENCE", 0.01)
    monkeypatch.setattr(jobs, "LOOK", 0.01)
    go_on, begun = threading.Event(), []

    def work(tell: Callable[[float], None]) -> str:
        begun.append(1)
        tell(0.5)
        go_on.wait(PATIENCE)
        return "stored"

    for _click in range(3):
        with pytest.raises(_InterruptedError):
            jobs.done("store", Text("Storing", "登録"), lambda: work)
    assert jobs.is_under_way("store")
    go_on.set()
    while True:
        try:
            assert jobs.done("store", Text("Storing", "登録"), lambda: work) == "stored"
            break
        except _InterruptedError:
            continue
    assert len(begun) == 1
    assert not jobs.is_under_way("store")


def test_a_list_under_another_name_is_told_before_it_counts_twice() -> None:
    text = "record_id,activity_type,title,start_date,departments\nR1,publication,One,2025-06-01,ENG\n"
    click(click(dropped(opened(), ("papers.csv", text)), "Preview"), "Store this file")
    at = dropped(opened(language="ja"), ("papers_mended.csv", text))
    (warning,) = [str(one.value).replace("\\", "") for one in at.warning]
    assert "papers_mended.csv は登録済みの可能性がある" in warning
    assert "別の情報源で登録済みです：papers (1)" in warning


def test_what_stored_records_would_lose_is_read_before_storing_and_a_correction_loses_nothing() -> None:
    """A head corrects a title by a file with fewer columns; the records' persons and ends are at stake."""
    full = HEADER.replace("level", "people,end_date") + "R1,papers,publication,One,2025-06-01,ENG,k1;k2,2026-03-31,DE\n"
    click(click(dropped(opened(), ("papers.csv", full)), "Preview"), "Store this file")
    lacking = (
        "record_id,source,activity_type,title,start_date,departments\nR1,papers,publication,Mended,2025-06-01,ENG\n"
    )
    at = dropped(opened("head:ENG"), ("papers.csv", lacking))
    (warning,) = [str(one.value).replace("\\", "") for one in at.warning]
    for column in ("people", "end_date", "countries"):
        assert f"In 1 of the stored records the value of {column} is lost" in warning
    (seen,) = [one.value for one in at.dataframe if "before" in one.value and "record" in one.value]
    assert ["papers R1", "people", "2 persons", "none", "lost"] in seen.to_numpy().tolist()
    (box,) = [one for one in at.checkbox if one.label.startswith("Only correct the columns")]
    box.check()
    at = ran(at)
    assert not at.warning
    (seen,) = [one.value for one in at.dataframe if "before" in one.value and "record" in one.value]
    assert seen.to_numpy().tolist() == [["papers R1", "title", "One", "Mended", ""]]
    click(click(at, "Preview"), "Store this file")
    (row,) = stored(Activity)
    assert (row["title"], str(row["end_date"])) == ("Mended", "2026-03-31")
