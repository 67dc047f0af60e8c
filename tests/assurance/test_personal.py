"""The promise on identifiers, tried small, and broken with the guard out; `test_attacker` has figures of few."""

import pytest

from assurance import personal
from data_access.imports import store_activities


def test_no_identifier_is_in_the_bytes_of_a_database() -> None:
    assert (outcome := personal.scan_sqlite(20)).kept, outcome
    assert (outcome := personal.scan_postgresql(20)).kept, outcome


def test_without_the_keyed_hash_identifiers_would_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_written(_connection: object, written: object) -> tuple[dict[str, str], bool]:
        return {one: one for one in list(written)}, False  # type: ignore[call-overload]

    monkeypatch.setattr(store_activities, "pseudonyms", as_written)
    assert not personal.scan_sqlite(20).kept
