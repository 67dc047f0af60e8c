"""The promise on configurations is tried whole: it asks nothing but functions."""

import pytest

from assurance import configuration


def test_every_unsafe_configuration_is_refused() -> None:
    assert configuration.refuse_to_start().kept


def test_the_promise_is_broken_where_one_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "refusals", lambda _start: [])
    assert not configuration.refuse_to_start().kept
