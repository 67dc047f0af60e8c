"""`manage.py import works --ror ID --from YEAR` as an operator runs it: what is stored, what is said, what is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import manage
from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests.data_access.sources.replay import HOME, Fault, OpenAlexReplay, serving

INSTITUTION = {**HOME, "country_code": "JP", "lineage": [HOME["id"]]}

Run = Callable[..., int]


def paper(number: int) -> dict[str, object]:
    return {
        "id": f"https://openalex.org/W{number}",
        "title": f"Paper {number}",
        "publication_date": "2025-04-01",
        "authorships": [{"institutions": [INSTITUTION], "countries": ["JP"]}],
    }


@pytest.fixture
def replay() -> Iterator[OpenAlexReplay]:
    """Three works, two a page."""
    with serving([paper(number) for number in (1, 2, 3)]) as server:
        yield server


@pytest.fixture
def run(replay: OpenAlexReplay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with these options, on one new database."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'monitor.db'}")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)

    def run(*options: str) -> int:
        where = ("--api", replay.api, "--folder", str(tmp_path / "openalex"))
        return manage.main(["import", "works", *options, *where])

    return run


ASKED = ("--ror", "01dq60k83", "--from", "2021")


def publications() -> list[str]:
    engine = connect()
    found = sorted(Records(engine, WHOLE_UNIVERSITY).activities()["record_id"])
    engine.dispose()
    return found


def test_what_is_fetched_is_imported_as_one_file(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*ASKED) == 0
    said = capsys.readouterr()
    assert "openalex-01dq60k83-2021.jsonl.gz: stored (rows: 3 read, 3 new" in said.out
    assert "3 of 3 works" in said.err
    assert publications() == ["W1", "W2", "W3"]
    assert run(*ASKED) == 0
    assert "unchanged" in capsys.readouterr().out


def test_nothing_is_stored_until_all_is_there(
    run: Run, replay: OpenAlexReplay, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.faults = [None, *[Fault(status=500)] * 6]
    assert run(*ASKED) == 1
    said = capsys.readouterr()
    assert "Given up after 6 tries. OpenAlex answered 500" in said.err
    assert "What came is kept in " in said.err
    assert "01dq60k83-2021; the same command goes on from there." in said.err
    assert said.out == ""
    assert run("--ror", "00wjc7c48", "--from", "2021") == 1
    assert "is kept" not in capsys.readouterr().err
    assert publications() == []
    assert run(*ASKED, "--language", "ja") == 0
    said = capsys.readouterr()
    assert "に始めた取得を 1 ページ目の次から続けます" in said.err
    assert "3 件中 3 件" in said.err
    assert publications() == ["W1", "W2", "W3"]


def test_what_cannot_be_imported_is_kept_and_nothing_is_stored(
    run: Run, replay: OpenAlexReplay, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.works[1]["publication_date"] = "soon"
    assert run(*ASKED) == 1
    assert "refused" in capsys.readouterr().err
    assert publications() == []


def test_fewer_works_than_there_are_is_said(
    run: Run, replay: OpenAlexReplay, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.count = 5
    assert run(*ASKED) == 0
    assert "OpenAlex says there are 5 works, 3 came" in capsys.readouterr().err


def test_an_interruption_is_said(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("data_access.sources.kept_pages.KeptPages.merged", interrupted)
    assert run(*ASKED) == 1
    assert "Interrupted.\nWhat came is kept in " in capsys.readouterr().err


def test_the_key_comes_from_the_environment(run: Run, replay: OpenAlexReplay, monkeypatch: pytest.MonkeyPatch) -> None:
    replay.key = "right"
    assert run(*ASKED) == 1
    monkeypatch.setenv("OPENALEX_API_KEY", "right")
    assert run(*ASKED) == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "name the files, or for works a university"),
        (("--ror", "01dq60k83"), "--ror ID and --from YEAR go together"),
        (("--from", "2021"), "--ror ID and --from YEAR go together"),
        (("file.json", *ASKED), "name either files or --ror ID"),
        (("--ror", "01dq60k83", "--from", "21"), "--from 21: accepted is a year as 2021"),
        ((*ASKED, "--home-ror", "00wjc7c48"), "leave out --home-ror"),
        ((*ASKED, "--complete"), "leave out --complete"),
    ],
)
def test_options_that_do_not_go_together(
    options: tuple[str, ...], said: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(*options)
    assert left.value.code == 2
    assert said in capsys.readouterr().err


def test_only_works_are_fetched(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        manage.main(["import", "goals", *ASKED])
    assert "goals come from files" in capsys.readouterr().err


@pytest.mark.parametrize(("written", "said"), [("nonsense", "is no ROR id"), ("0zzzzzz99", "ROR")])
def test_an_id_that_means_nobody_is_refused(
    written: str, said: str, run: Run, replay: OpenAlexReplay, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--ror", written, "--from", "2021") == 1
    assert said in capsys.readouterr().err
    assert replay.asked == []


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "openalex").write_text("a file, no folder")
    assert run(*ASKED) == 1
    assert f"{tmp_path / 'openalex'} cannot be written: Not a directory." in capsys.readouterr().err


def test_a_dry_run_keeps_what_came_and_stores_nothing(
    run: Run, replay: OpenAlexReplay, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*ASKED, "--dry-run") == 0
    assert publications() == []
    replay.asked.clear()
    assert run(*ASKED) == 0
    assert replay.asked == []
    assert publications() == ["W1", "W2", "W3"]
    capsys.readouterr()
