"""Of very many records, what takes seconds to work out is not waited for, and is there a moment later."""

from collections.abc import Callable
from threading import Event

import pytest

from pages.parts import lately, shown
from pages.parts.lately import Lately
from pages.parts.quality import kept
from pages.parts.quality.marks import NOT_KNOWN_YET
from pages.parts.standing import SIGN
from pages.parts.store import Store
from tests.pages.reading import fresh, words

BEFORE, NOW, LATER = (Store("sqlite:///x", version, f"mark {version}") for version in (1, 2, 3))


class Held(Lately):
    """Work that is done when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.may = Event()
        self.failing = False

    def done(self, key: object, work: Callable[[], object]) -> bool:
        def held() -> object:
            assert self.may.wait(60)
            return work()

        return super().done(key, held)

    def finish(self) -> None:
        """All that was asked for so far."""
        self.may.set()
        for future in [*self._work.values()]:
            future.exception(60)


def test_work_is_done_once_and_again_where_it_failed() -> None:
    held, made = Held(), list[str]()
    assert not held.done("a", lambda: made.append("a"))
    assert not held.done("a", lambda: made.append("again"))
    held.finish()
    assert held.done("a", lambda: made.append("again"))
    assert made == ["a"]
    assert not held.done("b", lambda: 1 / 0)
    held.finish()
    assert not held.done("b", lambda: made.append("b"))
    held.finish()
    assert held.done("b", lambda: made.append("again"))
    assert made == ["a", "b"]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Store]:
    """The states whose figures were counted."""
    made = list[Store]()
    monkeypatch.setattr(shown, "ledger_of", lambda _state: None)
    monkeypatch.setattr(shown, "every_year_of", lambda state, _counting: made.append(state))
    return made


def test_the_state_before_is_shown_until_the_newest_is_counted(
    monkeypatch: pytest.MonkeyPatch, counted: list[Store]
) -> None:
    held, states = Held(), shown._Shown()
    monkeypatch.setattr(shown, "LATELY", held)
    monkeypatch.setattr(shown, "is_large", lambda _ledger: True)
    assert states.now(BEFORE) == BEFORE
    assert counted == []
    assert [states.now(NOW), states.now(NOW), states.now(LATER)] == [BEFORE] * 3
    held.finish()
    assert counted == [NOW, LATER]
    assert states.now(LATER) == LATER


def test_a_newer_state_of_few_records_is_shown_at_once(monkeypatch: pytest.MonkeyPatch, counted: list[Store]) -> None:
    states = shown._Shown()
    monkeypatch.setattr(shown, "is_large", lambda _ledger: False)
    assert [states.now(BEFORE), states.now(NOW)] == [BEFORE, NOW]
    assert counted == []


@pytest.mark.usefixtures("demonstration")
def test_a_page_says_that_it_is_not_known_yet_which_figures_are_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held()
    assert lately.LARGE > 100_000
    monkeypatch.setattr(kept, "is_large", lambda _ledger: True)
    monkeypatch.setattr(kept, "LATELY", held)
    first = words(fresh("president", "en", "targets"))
    assert NOT_KNOWN_YET.en in first
    assert not any(SIGN in word for word in first)
    held.finish()
    then = words(fresh("president", "en", "targets"))
    assert NOT_KNOWN_YET.en not in then
    assert any(SIGN in word for word in then)
