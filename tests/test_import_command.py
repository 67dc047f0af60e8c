"""`manage.py import` as an operator runs it: exit status, where the report goes, and what it says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

import manage
from data_access.engine import connect
from data_access.tables import State
from metrics.catalogue import INDICATORS

DEPARTMENTS = "code,name_en,name_ja\nENG,Engineering,工学部\n"
ACTIVITIES = (
    "record_id,activity_type,title,start_date,departments,level\nR1,publication,A paper,2025-04-01,ENG,{level}\n"
)

Give = Callable[..., int]


@pytest.fixture
def give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Give:
    """Runs the command over files with these texts: `give("departments", DEPARTMENTS)`; a new database each test."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'monitor.db'}")
    monkeypatch.setenv("LC_ALL", "C")

    def give(kind: str, *texts: str, options: tuple[str, ...] = ()) -> int:
        paths = [tmp_path / f"{kind}_{number}.csv" for number, _ in enumerate(texts)]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8")
        return manage.main(["import", kind, *map(str, paths), *options])

    return give


def test_what_is_stored_is_told_on_standard_output(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    assert give("departments", DEPARTMENTS) == 0
    said = capsys.readouterr()
    assert "departments_0.csv: stored (rows: 1 read, 1 new" in said.out
    assert said.err == ""


def test_a_repeated_import_is_no_failure(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    give("departments", DEPARTMENTS)
    assert give("departments", DEPARTMENTS) == 0
    assert "unchanged" in capsys.readouterr().out


def test_what_is_refused_is_told_on_standard_error(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    give("departments", DEPARTMENTS)
    capsys.readouterr()
    assert give("activities", ACTIVITIES.format(level="master"), ACTIVITIES.format(level="masters")) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "activities_0.csv: refused" in said.err
    assert 'error: row 2, column level, value "masters": "masters" is not a level. Did you mean master?' in said.err
    assert give("activities", ACTIVITIES.format(level="master")) == 0
    assert "1 new" in capsys.readouterr().out


def test_the_report_speaks_japanese(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    assert give("activities", ACTIVITIES.format(level=""), options=("--language", "ja")) == 1
    assert "「ENG」は登録された部局コードではありません" in capsys.readouterr().err


def test_every_word_of_the_report_is_japanese(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    ja = ("--language", "ja")
    give("departments", DEPARTMENTS, options=ja)
    assert capsys.readouterr().out == (
        "departments_0.csv：登録（行数：読込 1、新規 1、変更 0、同じ 0、取り下げ 0、不受理 0）\n"
        "  取り消すには：manage.py roll-back 1\n"
    )
    give(
        "activities",
        ACTIVITIES.format(level="masters").replace("title,", "title,x,").replace("per,", "per,,"),
        options=ja,
    )
    header, error, notice = capsys.readouterr().err.splitlines()
    assert header == "activities_0.csv：不受理（行数：読込 1、新規 0、変更 0、同じ 0、取り下げ 0、不受理 1）"
    assert error.startswith("  エラー：2行目、列 level、値「masters」：「masters」は課程・身分のコードではありません。")
    assert notice.startswith("  注意：1行目、列 x：")
    assert manage.main(["import", "activities", "none.csv", *ja]) == 1
    assert "  エラー：ファイルを開けません（ファイルが見つかりません）。" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "This database holds demonstration data; the imported rows"), ("ja", "このデータベースには")],
)
def test_rows_among_demonstration_data_are_told(
    language: str, told: str, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    give("departments", DEPARTMENTS)
    assert capsys.readouterr().err == ""
    engine = connect()
    with engine.begin() as connection:
        connection.execute(delete(State).where(State.name == "demonstration"))
        connection.execute(insert(State), {"name": "demonstration", "value": "yes"})
    engine.dispose()
    assert give("departments", DEPARTMENTS.replace("ENG", "SCI"), options=("--language", language)) == 0
    said = capsys.readouterr()
    assert said.err.startswith(told)
    assert told not in said.out


def test_a_goal_knows_the_catalogue(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    goal = "indicator,fiscal_year,value,kind\n{},2030,20%,target\n"
    assert give("goals", goal.format("international_student_share")) == 0
    assert give("goals", goal.format("publications")) == 1
    assert "the indicator is no share" in capsys.readouterr().err
    assert give("goals", goal.format(INDICATORS["publications"].name.ja)) == 1
    assert "Did you mean publications?" in capsys.readouterr().err


def test_an_unknown_kind_says_which_there_are(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        give("people", "x")
    assert left.value.code == 2
    assert "populations" in capsys.readouterr().err
