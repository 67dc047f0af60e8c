"""What peers are asked: the same figures as ours, from the same records; pandas answers here, others in their own."""

import sys
from pathlib import Path

import pytest

from benchmarks import scaled
from benchmarks.__main__ import main
from benchmarks.bars import Line
from benchmarks.peers import environment, filters
from benchmarks.peers.figures import differing
from benchmarks.peers.figures_here import answers
from benchmarks.peers.protocol import answer, answered
from benchmarks.peers.questions import compared
from tests.conftest import CanaryUniversity


def test_a_peer_counts_what_we_count_and_a_difference_is_found(
    canary_university: CanaryUniversity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = scaled.frames_of(f"sqlite:///file:{canary_university.file}?mode=ro&uri=true")
    seconds, figures = answers(scaled.grown(small, 2_000), tmp_path, 1)
    answer(tmp_path, "ours", "", seconds, figures)
    environment.run(sys.executable, "benchmarks.peers.figures_in_pandas", str(tmp_path), "1", seconds=120)
    ours, theirs = answered(tmp_path, "ours"), answered(tmp_path, "pandas")
    assert len(compared()) > 60
    assert sum(figure.any() for figure in theirs.figures.values()) > 20
    assert differing(ours, theirs, tmp_path) == []
    ours.figures["publications numerator"][0, 0] += 1
    assert differing(ours, theirs, tmp_path) == ["publications numerator"]


def test_a_database_gives_what_we_give_after_a_filter(canary_university: CanaryUniversity, tmp_path: Path) -> None:
    arguments = ("1000", f"sqlite:///{canary_university.file}")
    for peer in ("ours", "SQLite"):
        environment.run(sys.executable, filters.HERE, str(tmp_path), peer, *arguments, seconds=120)
    ours, theirs = answered(tmp_path, "ours"), answered(tmp_path, "SQLite")
    lines = list(filters.beside("SQLite", ours, theirs, tmp_path, 1_000))
    assert [line.what.partition("; ")[2] for line in lines] == ["equal"] * 3
    assert all(theirs.figures[f"{name} 1"].any() for name in ("n", "person", "partner"))
    ours.figures["n 0"][1, 0] += 1
    assert "DIFFERENT" in next(filters.beside("SQLite", ours, theirs, tmp_path, 1_000)).what


def test_a_peer_that_fails_or_is_slow_is_told_as_such() -> None:
    with pytest.raises(RuntimeError, match="required: folder, times"):
        environment.run(sys.executable, "benchmarks.peers.figures_in_pandas", seconds=60)
    with pytest.raises(TimeoutError, match=r"not done within 0 s"):
        environment.run(sys.executable, "benchmarks.peers.figures_in_pandas", seconds=0.01)


def test_a_line_says_its_bar_and_whether_it_is_met() -> None:
    line = str(Line(2, "all figures", "10 ms", "DuckDB 5 ms, 2.00x", "no slower", met=False))
    assert line.startswith("2   all figures")
    assert line.endswith("DuckDB 5 ms, 2.00x                              no slower: NOT MET")


def test_a_benchmark_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "there is no benchmark nothing; there are steps" in capsys.readouterr().err
