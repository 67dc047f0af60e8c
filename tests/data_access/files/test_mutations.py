"""Random mutations of a good file: none is accepted that means something else than it says."""

from collections.abc import Callable

import pytest

from data_access.imports.known import Known
from tests.data_access.files.independent import Said, csv_says, xlsx_says
from tests.data_access.files.meaning import accepted_rows, differences, known_for, means, tally
from tests.data_access.files.mutations import good_csv, good_xlsx, texts

MUTATIONS = {".csv": 1_000, ".xlsx": 300}  # here; `python -m benchmarks.reading` tries 5,000 in all


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    return known_for(tmp_path_factory.mktemp("mutations") / "monitor.db")


@pytest.mark.parametrize(
    ("ending", "content", "says"), [(".csv", good_csv(), csv_says), (".xlsx", good_xlsx(), xlsx_says)]
)
def test_the_good_file_is_accepted_as_it_is(
    ending: str, content: bytes, says: Callable[[bytes, str], Said], known: Known
) -> None:
    rows = accepted_rows(known, ending, content)
    assert rows is not None
    assert len(rows) == len(texts()) - 1
    assert differences(rows, says, content, "utf-8") == []


@pytest.mark.parametrize(("ending", "number"), MUTATIONS.items())
def test_no_mutation_is_accepted_that_means_something_else(ending: str, number: int, known: Known) -> None:
    found = tally(known, ending, range(number))
    assert found.different == ()
    assert found.accepted > number / 20, "so few are accepted that this shows nothing"
    assert found.refused > number / 3


def test_another_meaning_would_be_seen() -> None:
    assert means("people_count", 3, "3.0")
    assert not means("people_count", 3, "30")
    assert not means("title", "NA", "")
    assert not means("departments", (("ENG", 0.5), ("SCI", 0.5)), "ENG;MED")
