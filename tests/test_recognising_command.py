"""`manage.py import` over files that tell their own kind, in the office's own words, with their remarks; `template`."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

import manage
from data_access.engine import connect
from data_access.tables import Activity, Import

DEPARTMENTS = "code,name_en,name_ja\nENG,Engineering,工学部\n"
ACTIVITIES = "record_id,activity_type,title,start_date,departments,level\nR1,publication,A,2025-04-01,ENG,\n"
OWN_WORDS = ACTIVITIES.replace("title", "件名").replace("departments", "部局 ※")


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'monitor.db'}")
    monkeypatch.setenv("LC_ALL", "C")


def run(*arguments: object) -> int:
    return manage.main(["import", *map(str, arguments), "--by", "clerk"])


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def imports() -> list[tuple[str, str]]:
    engine = connect()
    with engine.connect() as connection:
        rows = connection.execute(select(Import.kind, Import.status).order_by(Import.import_id)).all()
    engine.dispose()
    return [(row.kind, row.status) for row in rows]


def titles() -> list[str]:
    engine = connect()
    with engine.connect() as connection:
        found = connection.scalars(select(Activity.title)).all()
    engine.dispose()
    return list(found)


def test_files_tell_their_kind_and_come_in_the_order_that_they_need(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = file(tmp_path, "mobility.csv", ACTIVITIES), file(tmp_path, "register.csv", DEPARTMENTS)
    assert run(*given) == 0
    assert imports() == [("departments", "stored"), ("activities", "stored")]
    said = capsys.readouterr()
    assert "mobility.csv: activities. All 5 required columns of activities are there." in said.err
    assert "mobility.csv: stored" in said.out


def test_a_file_whose_kind_is_unsure_stores_nothing_and_says_what_to_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = file(tmp_path, "register.csv", DEPARTMENTS), file(tmp_path, "own.csv", OWN_WORDS)
    assert run(*given) == 1
    assert imports() == []
    assert "own.csv: which kind of file is it?" in (said := capsys.readouterr().err)
    assert "manage.py import KIND own.csv (KIND: activities" in said


def test_of_files_that_tell_their_kind_each_is_stored_whole_and_the_report_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = file(tmp_path, "wrong.csv", ACTIVITIES.replace("ENG", "NO"))
    assert run(wrong, file(tmp_path, "register.csv", DEPARTMENTS)) == 1
    assert imports() == [("departments", "stored"), ("activities", "refused")]
    said = capsys.readouterr().err
    assert "register.csv: stored" in said
    assert "wrong.csv: refused" in said


def test_own_wording_is_hinted_at_mapped_once_and_remembered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("departments", file(tmp_path, "register.csv", DEPARTMENTS))
    first = file(tmp_path, "own_2025.csv", OWN_WORDS)
    assert run("activities", first) == 1
    assert '--map "件名=title"' in capsys.readouterr().err
    assert run("activities", first, "--map", "件名=title") == 0
    assert "was read as title" in capsys.readouterr().out
    assert run(file(tmp_path, "own_2026.csv", OWN_WORDS.replace("R1", "R2").replace(",A,", ",B,"))) == 0
    assert titles() == ["A", "B"]


def test_a_header_that_no_file_has_is_told_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("departments", file(tmp_path, "register.csv", DEPARTMENTS))
    assert run("activities", file(tmp_path, "own.csv", OWN_WORDS), "--map", "題目=title") == 1
    said = capsys.readouterr().err
    assert '--map names the header "題目", which no file has' in said
    assert "There are: " in said
    assert "件名" in said.partition("There are: ")[2]
    assert titles() == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("activities", "{file}", "--map", "件名"), 'accepted is "HEADER=COLUMN"'),
        (("activities", "{file}", "--map", "件名=colour"), "there is no such column"),
        (("people", "{file}"), "there is no kind 'people'"),
        (("activities", "{file}", "--set", "colour=red"), 'accepted is "COLUMN=VALUE"'),
        (("activities", "{file}", "--set", "activity_type="), 'accepted is "COLUMN=VALUE"'),
        (("{file}", "--set", "activity_type=publication"), "name the kind"),
        (("activities", "{file}", "--remarks", "{folder}"), "name another folder"),
    ],
)
def test_options_that_cannot_be_are_told_before_anything_is_read(
    said: tuple[str, ...], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, "own.csv", OWN_WORDS)
    with pytest.raises(SystemExit) as left:
        run(*(one.format(file=path, folder=tmp_path) for one in said))
    assert left.value.code == 2
    assert why in capsys.readouterr().err


def test_a_refused_file_comes_back_with_remarks_and_is_stored_once_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("departments", file(tmp_path, "register.csv", DEPARTMENTS))
    wrong = file(tmp_path, "mobility.csv", ACTIVITIES.replace("ENG,", "ENG,masters"))
    folder = tmp_path / "remarks"
    assert run("activities", wrong, "--remarks", folder) == 1
    assert f"The file with remarks: {folder / 'mobility.csv'}" in capsys.readouterr().err
    returned = folder / "mobility.csv"
    text = returned.read_text("utf-8-sig")
    assert "Did you mean master?" in text
    returned.write_text(text.replace("ENG,masters,", "ENG,master,"), "utf-8")
    assert run(returned) == 0
    assert titles() == ["A"]


def test_what_all_rows_have_in_common_is_said_once(tmp_path: Path) -> None:
    run("departments", file(tmp_path, "register.csv", DEPARTMENTS))
    rows = "record_id,title,start_date,departments\nR1,A,2025-04-01,ENG\n"
    given = file(tmp_path, "own.csv", rows)
    assert run("activities", given) == 1
    assert run("activities", given, "--set", "activity_type=publication", "--dry-run") == 0
    assert run("activities", given, "--set", "activity_type=publication", "--set", "source=office") == 0
    assert titles() == ["A"]


def test_a_dry_run_of_several_kinds_stores_nothing_and_says_what_moves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("departments", file(tmp_path, "register.csv", DEPARTMENTS))
    capsys.readouterr()
    headcounts = "department,as_of,population,group,count\nENG,2025-05-01,master,all,10\n"
    given = file(tmp_path, "a.csv", ACTIVITIES), file(tmp_path, "b.csv", headcounts)
    assert run(*given, "--dry-run") == 0
    assert imports() == [("departments", "stored")]
    said = capsys.readouterr().out
    assert "figures would move" in said
    assert "no value -> no value" not in said


def test_a_template_is_written_and_imports_as_it_says(tmp_path: Path) -> None:
    run("departments", file(tmp_path, "register.csv", DEPARTMENTS))
    path = tmp_path / "活動.xlsx"
    assert manage.main(["template", "activities", str(path), "--language", "ja"]) == 0
    book = load_workbook(path)
    assert book.sheetnames[0] == "活動"
    for column in range(1, book.worksheets[0].max_column + 1):
        book.worksheets[0].cell(2, column).value = book.worksheets[1].cell(2, column).value
    book.save(path)
    assert run(path) == 0
    assert titles() == ["交換留学"]
