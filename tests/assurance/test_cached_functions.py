"""P3 in small: what is cached belongs to nobody, and each cached function is asked as two readers."""

from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from assurance.cached_asked import ASKED, ask_everything
from assurance.cached_functions import cached_functions, faults, two_identities
from data_access.engine import connect
from data_access.records import Records
from data_access.scope import Scope
from metrics.goals import Goal, goals_of
from pages.parts.store import Store
from tests.conftest import CanaryUniversity
from tests.house import Module

EVERY = cached_functions()
WRONG = {
    "a scope that is left out of the key": "def f(store: Store, _scope: Scope) -> int:\n    return 1",
    "a frame": "def f(rows: pd.DataFrame) -> int:\n    return len(rows)",
    "who reads": "def f(store: Store) -> str:\n    return data.reader().code",
    "what the reader may see": "def f(store: Store) -> int:\n    return len(data.records().goals())",
    "who is signed in": "def f(store: Store) -> str:\n    return st.user.sub",
    "the language": "def f(store: Store) -> str:\n    return say(NAME)",
}


@pytest.mark.parametrize("function", EVERY, ids=lambda function: function.name)
def test_a_cached_function_is_kept_by_plain_values_and_asks_for_nobody(function: object) -> None:
    assert faults(function) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("what", WRONG)
def test_a_cached_function_that_could_mix_readers_is_found(what: str) -> None:
    (function,) = cached_functions([Module("pages/parts/made_up.py", f"@st.cache_data(ttl=1)\n{WRONG[what]}\n")])
    assert len(faults(function)) == 1


def test_a_new_cached_function_has_to_be_asked_as_two_readers() -> None:
    assert {function.name for function in EVERY} == set(ASKED)


@pytest.fixture
def store(canary_university: CanaryUniversity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    url = canary_university.copy_in(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    return Store(url, 1)


def test_nobody_gets_what_was_cached_for_another(store: Store) -> None:
    asked = ask_everything(store, rounds=8)
    assert [one for rounds in asked.values() for one in rounds.mismatches] == []
    assert all(rounds.asked >= 6 for rounds in asked.values())


def test_with_the_scope_left_out_of_the_key_a_head_would_get_anothers(store: Store) -> None:
    @st.cache_resource
    def goals(store: Store, _scope: Scope) -> dict[tuple[str, str], Goal]:
        return goals_of(Records(connect(store.url), _scope).goals())

    asked = {code: (store, Scope(departments=frozenset({code}))) for code in ("ENG", "AGR")}
    assert two_identities("goals", goals, asked, rounds=20).mismatches  # type: ignore[arg-type]  # a cached function


def test_of_a_long_frame_the_key_would_hold_a_sample() -> None:
    """Why no cached function takes one: a cell is changed and the answer is not."""
    frame = pd.DataFrame({"amount": [1] * 60_000})

    @st.cache_data
    def total(rows: pd.DataFrame) -> int:
        return int(rows["amount"].sum())

    assert total(frame) == 60_000
    answers = set()
    for place in range(0, 60_000, 6_000):
        changed = frame.copy()
        changed.loc[place, "amount"] = 1_000
        answers.add(total(changed))
    assert 60_000 in answers
