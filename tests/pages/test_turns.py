"""Redraws take turns, in the order in which they were asked for; a long one stands in nobody's way."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import sleep

import pytest

from pages.parts import turns
from pages.parts.turns import Turns
from tests.pages.reading import begun, ran

LONG = 30.0  # seconds, which no test waits


def wait_until_asked(mine: Turns, number: int) -> None:
    while len(mine._waiting) < number:
        sleep(0.001)


def test_one_after_the_other_in_the_order_in_which_they_asked() -> None:
    mine, done, at_once = Turns(short=LONG), list[int](), list[int]()

    def redraw(number: int) -> None:
        with mine.turn():
            at_once.append(number)
            assert at_once == [number]
            sleep(0.002)
            done.append(at_once.pop())

    with ThreadPoolExecutor(8) as pool, mine.turn():
        asked = []
        for number in range(8):
            asked.append(pool.submit(redraw, number))
            wait_until_asked(mine, number + 1)
        assert not done
    for one in asked:
        one.result()
    assert done == [*range(8)]


def test_a_long_one_stands_in_nobodys_way() -> None:
    mine, over = Turns(short=0.05), Event()

    def long() -> None:
        with mine.turn():
            over.wait(LONG)

    with ThreadPoolExecutor(1) as pool:
        stored = pool.submit(long)
        while mine._last is None:
            sleep(0.001)
        with mine.turn():
            assert not stored.done()
            over.set()
            stored.result()  # it ends, which is not the end of the turn that began after it
            assert mine._last is not None
        assert mine._last is None


def test_a_redraw_that_fails_ends_its_turn() -> None:
    mine = Turns(short=LONG)
    with pytest.raises(ZeroDivisionError), mine.turn():
        _ = 1 / 0
    with mine.turn():
        pass


@pytest.mark.usefixtures("demonstration")
def test_a_page_is_drawn_within_one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    class Watched(Turns):
        @contextmanager
        def turn(self) -> Iterator[None]:
            with super().turn():
                taken.append("begun")
                yield
            taken.append("ended")

    monkeypatch.setattr(turns, "TURNS", Watched())
    ran(begun("overview", "en"))
    assert taken == ["begun", "ended"]
