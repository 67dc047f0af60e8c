"""`manage.py import --dry-run --complete --by`, `roll-back` and `history` as an operator runs them."""

import os
import pwd
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import manage
from data_access.batches.roll_back import roll_back
from data_access.engine import connect
from data_access.imports import store_rows
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.ledger import FRAMES
from metrics.moves import Figures, every_figure, moves
from tests.data_access.imports.conftest import records

DEPARTMENTS = "code,name_en,name_ja\nENG,Engineering,工学部\nSCI,Science,理学部\n"
HEADER = "record_id,source,activity_type,title,start_date,departments,countries\n"
PAPERS = "".join(f"R{n},s,publication,Paper {n},2024-0{n}-01,ENG,DE\n" for n in range(4, 8))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database with two departments and, of source s, the papers R4 to R7."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "departments.csv").write_text(DEPARTMENTS, "utf-8")
    (folder / "papers.csv").write_text(HEADER + PAPERS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'monitor.db'}")
        patch.setenv("LC_ALL", "C")
        for kind, name in (("departments", "departments.csv"), ("activities", "papers.csv")):
            assert manage.main(["import", kind, str(folder / name)]) == 0
    return folder / "monitor.db"


@pytest.fixture
def url(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of that database, which commands change."""
    monkeypatch.setenv("DATABASE_URL", url := f"sqlite:///{shutil.copy(papers, tmp_path / 'monitor.db')}")
    monkeypatch.setenv("LC_ALL", "C")
    return url


def give(folder: Path, text: str, *options: str) -> int:
    path = folder / "file.csv"
    path.write_text(text)
    return manage.main(["import", "activities", str(path), *options])


def test_a_dry_run_tells_what_would_come_of_it_and_which_figures_move(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of four papers one is there as before, one changes, two are not listed, and one is new."""
    capsys.readouterr()
    engine = connect(url)
    before, file = records(engine), tmp_path / "moves.csv"
    rows = PAPERS.splitlines(keepends=True)
    text = HEADER + rows[0] + rows[1].replace("ENG", "SCI") + "R9,s,publication,New,2024-09-01,ENG,FR\n"
    assert give(tmp_path, text, "--dry-run", "--complete", "--moves", str(file)) == 0
    said_of_it = capsys.readouterr().out
    assert (
        "file.csv: would be stored (rows: 3 read, 1 new, 1 changed, 1 unchanged, 2 withdrawn, 0 refused)" in said_of_it
    )
    assert "A dry run: nothing was stored." in said_of_it
    (state,) = re.findall(r"--previewed (\S+)\n", said_of_it)
    assert "file.csv: fields that would change: 1\n  s R5  departments: ENG:1 -> SCI:1\n" in said_of_it
    assert "Not in the full list, so withdrawn: s R6, s R7." in said_of_it
    assert "Publications, Engineering, FY2024: 4 -> 2 (−2)" in said_of_it
    assert records(engine) == before
    engine.dispose()
    moved = pd.read_csv(file)
    papers = moved[moved["indicator"] == "publications"].set_index("department")
    assert papers["difference"].to_dict() == {"*": -1, "ENG": -2, "SCI": 1}
    assert give(tmp_path, text, "--complete", "--previewed", state) == 0
    assert "1 new, 1 changed, 1 unchanged, 2 withdrawn" in capsys.readouterr().out
    assert give(tmp_path, HEADER + PAPERS, "--previewed", state) == 1  # which nobody has seen on these data
    assert "The data changed since this was previewed" in capsys.readouterr().err


def test_a_dry_run_of_a_file_that_is_refused(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert give(tmp_path, HEADER + "R9,s,publications,New,2024-09-01,ENG,FR\n", "--dry-run") == 1
    answer = capsys.readouterr()
    assert "file.csv: refused" in answer.err
    assert "nothing was stored" in answer.err
    assert answer.out == ""


def test_a_dry_run_that_moves_nothing_says_so_in_japanese(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert give(tmp_path, HEADER + PAPERS, "--dry-run", "--language", "ja") == 0
    assert capsys.readouterr().out.splitlines() == [
        "file.csv：変更なし（行数：読込 4、新規 0、変更 0、同じ 4、取り下げ 0、不受理 0）",
        "試行のため、何も登録していません。",
        "変わる指標値はありません。",
    ]


def test_an_import_is_taken_back_by_its_number(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = connect(url)
    before = records(engine)
    assert give(tmp_path, HEADER + PAPERS.replace("ENG", "SCI") + "R9,s,publication,New,2024-09-01,ENG,\n") == 0
    assert "To undo it: manage.py roll-back 3" in capsys.readouterr().out
    assert manage.main(["roll-back", "3", "--by", "clerk"]) == 0
    assert capsys.readouterr().out == (
        "Import 3 is rolled back (as import 4): 1 record removed, 4 as before, 0 brought back.\n"
    )
    assert records(engine) == before
    imports = Records(engine, WHOLE_UNIVERSITY).imports()
    assert list(imports["importer"]) == [*[pwd.getpwuid(os.geteuid()).pw_name] * 3, "clerk"]
    engine.dispose()


def test_what_stands_in_the_way_is_listed(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    give(tmp_path, HEADER + PAPERS.splitlines()[0].replace("ENG", "SCI"))
    capsys.readouterr()
    assert manage.main(["roll-back", "2"]) == 1
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.splitlines() == [
        "Import 2 is not rolled back. 1 record stands in the way; roll the imports named back first.",
        "  import 3 (file.csv), records: 1",
        "    activities s R4: was changed again by a later import",
    ]
    assert manage.main(["roll-back", "2", "--language", "ja"]) == 1
    assert "取り込み 3（file.csv）：1 件\n    activities s R4：後の取り込みで再び変更された" in capsys.readouterr().err
    assert manage.main(["roll-back", "99"]) == 1
    assert capsys.readouterr().err == "there is no import 99\n"


def test_of_many_records_in_the_way_each_import_names_its_first_five(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = "".join(f"N{n},s,publication,Paper {n},2024-06-01,ENG,DE\n" for n in range(1, 9))
    give(tmp_path, HEADER + more)
    give(tmp_path, HEADER + more.replace("ENG", "SCI"))
    give(tmp_path, HEADER + more.splitlines()[0].replace("DE", "FR"))
    capsys.readouterr()
    assert manage.main(["roll-back", "3"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[1] == "  import 4 (file.csv), records: 8"
    assert [line.split(":")[0].split()[-1] for line in said[2:7]] == ["N1", "N2", "N3", "N4", "N5"]
    assert said[7:9] == ["    and 3 more", "  import 5 (file.csv), records: 1"]


def test_the_history_of_a_record_is_told(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    give(tmp_path, HEADER + PAPERS.splitlines()[0].replace("ENG", "SCI"), "--by", "clerk")
    manage.main(["roll-back", "3", "--by", "office"])
    capsys.readouterr()
    assert manage.main(["history", "activities", "s", "R4"]) == 0
    lines = [line.partition("UTC  ")[2] or line for line in capsys.readouterr().out.splitlines()]
    by = pwd.getpwuid(os.geteuid()).pw_name
    assert lines[:5] == [
        "changed (roll back of import 3) by import 4, office, papers.csv:2",
        "  departments: SCI:1 -> ENG:1",
        "changed by import 3, clerk, file.csv:2",
        "  departments: ENG:1 -> SCI:1",
        f"added by import 2, {by}, papers.csv:2",
    ]
    assert "  title: Paper 4" in lines
    assert manage.main(["history", "activities", "s", "R99"]) == 1
    assert "There is no such record, and there never was: s R99." in capsys.readouterr().err
    assert manage.main(["history", "activities", "R4"]) == 1
    assert "are named by source, record_id" in capsys.readouterr().err


def test_a_roll_back_restores_every_figure_to_the_last_digit(demonstration_copy: str) -> None:
    """Of all indicators, departments and years of the demonstration, after an import that moved thousands of them."""
    engine = connect(demonstration_copy)

    def figures() -> Figures:
        with Records(engine, WHOLE_UNIVERSITY).at_one_moment() as seen:
            return every_figure({name: getattr(seen, name)() for name in FRAMES}, seen.declared_indicators())

    before = figures()
    activities = Records(engine, WHOLE_UNIVERSITY).activities()
    some = activities[activities["source"] == "mobility"].iloc[::3]
    rows = [
        {
            "record_id": str(row.record_id),
            "source": str(row.source),
            "activity_type": str(row.activity_type),
            "title": "Changed",
            "start_date": f"{row.start_date:%Y-%m-%d}",
            "departments": "*",
            "countries": "DE;FR",
            "people": "p1",
        }
        for row in some.itertuples()
    ]
    report = store_rows(engine, "activities", rows, indicators={}, name="mobility.csv", complete=True)
    assert report.rows_changed > 1_000 < report.rows_withdrawn
    assert len(moves(before.table, figures().table, before.indicators)) > 1_000
    assert roll_back(engine, report.import_id, importer="clerk").done
    pd.testing.assert_frame_equal(figures().table, before.table, check_exact=True)
    engine.dispose()


def test_an_update_corrects_its_columns_alone(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes = tmp_path / "changes.csv"
    text = "record_id,source,title\nR4,s,Mended\n"
    assert give(tmp_path, text, "--update", "--dry-run", "--changes", str(changes)) == 0
    assert "  s R4  title: Paper 4 -> Mended\n" in capsys.readouterr().out
    assert pd.read_csv(changes).to_numpy().tolist() == [["file.csv", "s R4", "title", "Paper 4", "Mended", False]]
    assert give(tmp_path, text, "--update") == 0
    engine = connect(url)
    (row,) = [row for row in records(engine)["activities"] if row["record_id"] == "R4"]
    engine.dispose()
    assert (row["title"], row["activity_type"]) == ("Mended", "publication")
