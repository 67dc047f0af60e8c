"""`manage.py quality` as an operator runs it, also over rows that no import would have stored."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

import manage
from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.tables import Activity, ActivityDepartment, Import, Population
from metrics.quality.registry import CHECKS

Ask = Callable[..., str]


def rows(header: str, *lines: str) -> list[dict[str, str]]:
    return [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two departments; one paper without a country; and, past the importer, shares of 1.1, an end too early, 7 of 5."""
    address = f"sqlite:///{tmp_path_factory.mktemp('quality') / 'monitor.db'}"
    engine = connect(address)
    prepare(engine)
    departments = rows("code,name_en,name_ja", "ENG,Engineering,工学部", "SCI,Science,理学部")
    columns = "record_id,source,activity_type,title,start_date,end_date,departments,countries,people_count"
    activities = rows(
        columns,
        "P1,papers,publication,One,2024-05-01,,ENG,,1",
        "P2,papers,publication,Two,2024-05-01,,ENG;SCI,DE,1",
        "A1,agreements,academic_agreement,Three,2024-05-01,2025-04-30,SCI,DE,",
    )
    counted = rows("department,as_of,population,group,count", "ENG,2024-05-01,master,all,5")
    for kind, given in (("departments", departments), ("activities", activities), ("populations", counted)):
        assert store_rows(engine, kind, given, indicators={}, name=f"{kind}.csv").status == "stored"
    with Session(engine) as session, session.begin():
        session.execute(update(Import).values(imported_at=datetime(2024, 6, 1, tzinfo=UTC)))
        session.execute(update(ActivityDepartment).where(ActivityDepartment.department == "SCI").values(share=0.6))
        session.execute(update(Activity).where(Activity.record_id == "A1").values(end_date=date(2024, 4, 1)))
        session.execute(
            insert(Population).values(
                department="ENG",
                as_of=date(2024, 5, 1),
                population="master",
                group="international",
                country="",
                count=7,
                import_id=3,
                file_row=3,
            )
        )
    engine.dispose()
    return address


@pytest.fixture
def ask(url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ask:
    monkeypatch.setenv("DATABASE_URL", url)

    def asked(*options: str) -> str:
        assert manage.main(["quality", "--language", "en", *options]) == 0
        return capfd.readouterr().out

    return asked


def found(answer: str) -> dict[str, list[str]]:
    """What each check found, by the ids of the records or the departments."""
    table = pd.DataFrame(json.loads(answer))
    named = table["record_id"].where(table["record_id"] != "", table["department"])
    return {str(key): sorted(names) for key, names in named.groupby(table["check"])}


def test_what_no_import_would_store_is_found_all_the_same(ask: Ask) -> None:
    assert found(ask("--format", "json")) == {
        "shares": ["A1", "P2"],  # 0.6 alone, and 0.5 + 0.6
        "end_before_start": ["A1"],
        "above_all": ["ENG"],
        "unknown_country": ["P1"],
        "without_lead": ["P2"],
        "without_percentile": ["P1", "P2"],
    }


def test_the_answer_reads_as_text_with_the_rule_and_how_to_mend(ask: Ask) -> None:
    lines = ask("--check", "above_all").splitlines()
    assert lines[0] == "Group larger than all (Wrong, above_all): 1"
    assert lines[1].strip() == CHECKS["above_all"].rule.en
    assert lines[2].strip() == CHECKS["above_all"].mend.en
    assert lines[3] == (
        "  - ENG FY2024 populations:master's students: with the residence status Student: 7, but only 5 in all."
    )


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        (("--department", "SCI"), {"shares", "end_before_start", "without_lead", "without_percentile"}),
        (("--source", "populations"), {"above_all"}),
        (("--check", "unknown_country", "above_all"), {"unknown_country", "above_all"}),
        (("--year", "2023"), set()),
    ],
)
def test_the_findings_are_narrowed(ask: Ask, options: tuple[str, ...], keys: set[str]) -> None:
    answer = json.loads(ask("--format", "json", *options))
    assert {row["check"] for row in answer} == keys


def test_csv_and_xlsx_hold_the_same_rows(ask: Ask, tmp_path: Path) -> None:
    tables = []
    for form, read in (("csv", pd.read_csv), ("xlsx", pd.read_excel)):
        target = tmp_path / f"quality.{form}"
        ask("--format", form, "--output", str(target))
        tables.append(read(target, keep_default_na=False).astype(str))
    pd.testing.assert_frame_equal(tables[0], tables[1])
    assert len(tables[0]) == 8


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--check", "nothing"), "no check nothing; there are: "),
        (("--department", "XX"), "no department XX; there are: *, ENG, SCI"),
        (("--source", "moon"), "no source moon; there are: agreements, papers, populations"),
    ],
)
def test_a_code_that_is_not_there_is_told_with_what_there_is(
    url: str,
    options: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(["quality", *options]) == 1
    assert capsys.readouterr().err.startswith(said)
