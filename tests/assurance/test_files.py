"""The promises on files are kept in small, and are not kept where what keeps them is switched off."""

import pytest

from assurance import files
from data_access.files import spreadsheets


def test_what_is_exported_comes_in_again() -> None:
    assert files.bring_back(("=1+1", "a;=1", "-5")).kept


def test_the_promise_is_broken_where_texts_are_written_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "escaped", str)
    outcome = files.bring_back(("=1+1", "a;=1"))
    assert not outcome.kept
    assert "cells calculated 0" not in outcome.result
