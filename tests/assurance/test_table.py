"""The table of promises: rows that are tried again take the place of the old ones, all others stay."""

import re
from pathlib import Path

import pytest

from assurance import operation, table
from assurance.every import PROMISES, by_code
from assurance.promise import Outcome


def row_of(code: str, outcome: Outcome, version: str) -> str:
    return table.row(PROMISES[code], outcome, 1.0, 0.5, version, "2026-11-28")


def test_a_row_that_is_tried_again_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    page = tmp_path / "assurance.md"
    table.write(
        page, {code: row_of(code, Outcome("1 | 2", "none", True), "a1") for code in ("P27", "P5")}, PROMISES, "m"
    )
    table.write(page, {"P27": row_of("P27", Outcome("3", "two", False), "b2")}, PROMISES, "m")
    rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| P")]
    assert [line.split(" | ")[0] for line in rows] == ["| P5", "| P27"]
    assert "a1" in rows[0]
    assert "met" in rows[0]
    assert "1 \\| 2" in rows[0]
    assert "b2" in rows[1]
    assert "**not met**" in rows[1]
    assert "a1" not in rows[1]


def test_every_promise_is_explained(tmp_path: Path) -> None:
    table.write(tmp_path / "assurance.md", {}, PROMISES, "m")
    said = (tmp_path / "assurance.md").read_text("utf-8")
    assert all(f"**{code}** {promise.explanation}" in said for code, promise in PROMISES.items())
    assert list(PROMISES) == [f"P{number}" for number in range(1, 31)]


def test_a_module_of_promises_is_never_forgotten() -> None:
    folder = Path(table.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if re.search("^PROMISES = ", path.read_text("utf-8"), re.M)}
    named = set(re.findall(r"\*(\w+)\.PROMISES", Path(operation.__file__).read_text("utf-8")))
    named |= set(re.findall(r"\*(\w+)\.PROMISES", (folder / "every.py").read_text("utf-8")))
    assert modules - {"every"} == named


def test_two_promises_never_have_one_number() -> None:
    one = PROMISES["P5"]
    with pytest.raises(ValueError, match=r"P5 is the number of two promises; the next that is free is P31"):
        by_code(*PROMISES.values(), one)
