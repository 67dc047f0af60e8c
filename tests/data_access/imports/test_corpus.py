"""A corpus of nasty files: each is refused with the message that is expected, or stored as what it says."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.data_access.imports.corpus.outcomes import corpus, expected, outcome

CORPUS, EXPECTED = corpus(), expected()


def test_every_nasty_file_is_expected() -> None:
    assert list(CORPUS) == list(EXPECTED)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # reading a file asks no database
@pytest.mark.parametrize("name", CORPUS)
def test_what_becomes_of_a_nasty_file(name: str, university: Engine, tmp_path: Path) -> None:
    assert outcome(university, tmp_path, CORPUS[name]) == EXPECTED[name]
