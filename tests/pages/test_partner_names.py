"""The page of partners' names: what waits, with its candidates; only the office decides, and it can be taken back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import connect, reading
from data_access.imports import store_rows
from data_access.partner_names.deciding import decisions
from data_access.readers import OFFICES, Reader
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY, Scope
from pages.parts import data, naming
from pages.parts.partner_names.lists import WAY_BACK
from tests.pages.reading import as_demonstration, fresh, ran
from tests.prepared import prepare_file
from vocabulary.roles import Role
from vocabulary.text import LANGUAGES, Language, Text

WEIZMANN = "https://ror.org/0316ej306"
ROW = {
    "source": "m",
    "activity_type": "publication",
    "title": "A paper",
    "start_date": "2025-04-01",
    "departments": "*",
}
OF: dict[Role, Scope] = {"president": WHOLE_UNIVERSITY, "head": Scope(departments=frozenset({"ENG"}))}
WRITTEN = ("Weizmann Institute @ IL", "Weizmann Institute @ IL", "Atelier Inconnu @ FR", "Maison Introuvable @ FR")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the test's own: two papers with a doubtful name, and two names that are in no registry."""
    monkeypatch.setenv("DATABASE_URL", as_demonstration(prepare_file(tmp_path / "monitor.db")))
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    engine = connect()
    rows = [{**ROW, "record_id": str(number), "partners": name} for number, name in enumerate(WRITTEN)]
    assert store_rows(engine, "activities", rows, name="m", indicators={}).rows_new == len(WRITTEN)
    engine.dispose()


def seen(reader: str = "office", language: Language = "en", **address: str) -> AppTest:
    return fresh(reader, language, "partner_names", **address)


def said(at: AppTest) -> str:
    told = [*at.markdown, *at.subheader, *at.caption, *at.success, *at.info, *at.error]
    return "\n".join(str(one.value) for one in told).replace("\\", "")


def pressed(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return ran(at)


def held() -> list[tuple[str, str, str, bool]]:
    engine = connect()
    with reading(engine) as connection:
        found = [(one.name, one.verdict, one.decided_by, one.holds) for one in decisions(connection)]
    engine.dispose()
    return found


def test_the_answer_says_how_many_names_wait_and_what_hangs_on_them() -> None:
    at = seen()
    assert "3 partner names are not surely known; 4 entries of activities name them." in said(at)
    assert list(at.dataframe[0].value["name"]) == ["Weizmann Institute", "Atelier Inconnu", "Maison Introuvable"]
    assert "Who is “Weizmann Institute”?" in said(at)
    assert "**Weizmann Institute of Science**" in said(at)
    assert "Rehovot, Israel" in said(at)
    assert "3件" in said(seen(language="ja"))


def test_this_one_is_kept_and_the_next_name_appears() -> None:
    at = pressed(seen(), f"name:candidate:{WEIZMANN}")
    assert "Weizmann Institute: decided." in said(at)
    assert "Who is “Atelier Inconnu”?" in said(at)
    assert held() == [("Weizmann Institute", "organization", "office", True)]
    partners = Records(connect(), WHOLE_UNIVERSITY).same_partners()
    assert len(partners) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_names_who_decided_and_says_how_to_take_it_back(language: Language) -> None:
    at = pressed(seen(language=language), f"name:candidate:{WEIZMANN}")
    office = next(reader.name for reader in OFFICES if reader.code == "office")
    assert list(at.dataframe[-1].value["by"]) == [office.said_in(language)]
    assert WAY_BACK.said_in(language) in said(at)


def test_the_history_stays_open_after_something_was_taken_back() -> None:
    at = pressed(seen(), f"name:candidate:{WEIZMANN}")
    was_open = at.expander[0].proto.expanded
    at.session_state["decided"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    pressed(ran(at), "name:back:IL:Weizmann Institute")
    assert [was_open, at.expander[0].proto.expanded] == [False, True]
    assert held()[0][1] == "taken_back"


def test_a_decision_whose_turn_does_not_come_changes_nothing_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = seen()
    monkeypatch.setattr("data_access.engine.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        at = pressed(at, f"name:candidate:{WEIZMANN}")
        other.execute("COMMIT")
    assert "Another save is under way. Nothing was changed: try again in a moment." in said(at)
    assert held() == []
    pressed(at, f"name:candidate:{WEIZMANN}")
    assert len(held()) == 1


def test_none_of_these_and_later() -> None:
    at = pressed(seen(), "name:later")
    assert held() == []
    assert "Who is “Atelier Inconnu”?" in said(at)
    at = pressed(at, "name:none")
    assert held() == [("Atelier Inconnu", "not_in_registry", "office", True)]
    assert "Who is “Maison Introuvable”?" in said(at)


def test_an_organization_is_found_by_hand() -> None:
    at = seen(name="FR:Atelier Inconnu")
    at.text_input(key="name:search:FR:Atelier Inconnu").set_value("Sorbonne Université")
    ran(at)
    sorbonne = next(str(b.key) for b in at.button if str(b.key).startswith("name:found:"))
    pressed(at, sorbonne)
    assert [verdict for _, verdict, _, _ in held()] == ["organization"]


def test_several_that_are_in_no_registry_are_decided_at_once() -> None:
    at = seen(name=["FR:Atelier Inconnu", "FR:Maison Introuvable"])  # type: ignore[arg-type]  # an address may hold two
    pressed(at, "names:none")
    assert sorted(name for name, _, _, _ in held()) == ["Atelier Inconnu", "Maison Introuvable"]


def test_the_presidents_office_reads_and_cannot_decide() -> None:
    at = seen("president")
    assert "Who is “Weizmann Institute”?" in said(at)
    assert "The International Strategy Office decides" in said(at)
    assert [b.key for b in at.button if (b.key or "").startswith(("name:", "names:"))] == []


def test_a_head_reads_nothing_of_it() -> None:
    engine = connect()
    row = {"code": "ENG", "name_en": "Engineering", "name_ja": "工学部"}
    store_rows(engine, "departments", [row], name="d", indicators={})
    engine.dispose()
    at = seen("head:ENG")
    assert "Partner names come from the records of all departments" in said(at)
    assert "Weizmann" not in said(at)
    assert not at.dataframe


@pytest.mark.parametrize("reader", ["president", "head"])
def test_a_forged_click_decides_nothing(reader: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page showed, who decides is asked again where it is done."""
    chosen = Reader(code=reader, name=Text("A", "あ"), scope=OF[reader], role=reader, imports_for=OF[reader])
    monkeypatch.setattr(data, "reader", lambda: chosen)
    with pytest.raises(PermissionError, match="does not decide"):
        naming.is_meant("Weizmann Institute", "IL", WEIZMANN)
    with pytest.raises(PermissionError, match="does not decide"):
        naming.is_open_again("Weizmann Institute", "IL")
    with pytest.raises(PermissionError, match="does not decide"):
        naming.apply_sure()
    assert held() == []
