"""Redraws take turns: one at a time, in the order in which they were asked for.

Python computes one thing at a time. Ten redraws at once hold each other up and are all done at the end; one after the
other each is done as soon as it can be, and none loses time to being interrupted. A redraw that takes long, as while a
file is stored or a state is counted the first time, stands in nobody's way.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic

SHORT = 0.5  # seconds, after which a redraw is a long one: most are done before


class Turns:
    """One at a time, but for those that have had their turn for longer than `short` seconds."""

    def __init__(self, short: float = SHORT) -> None:
        self._short = short
        self._changed = Condition()
        self._waiting: deque[object] = deque()
        self._last: tuple[object, float] | None = None  # whose turn began last, and when; None: it has ended

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn; it ends with the block."""
        mine = object()
        with self._changed:
            self._waiting.append(mine)
            try:
                while self._waiting[0] is not mine or self._remaining() > 0:
                    self._changed.wait(self._remaining() if self._waiting[0] is mine else None)
                self._last = mine, monotonic()
            finally:
                self._waiting.remove(mine)
                self._changed.notify_all()
        try:
            yield
        finally:
            self._end(mine)

    def _end(self, turn: object) -> None:
        """The next one may begin, unless it did already."""
        with self._changed:
            if self._last is not None and self._last[0] is turn:
                self._last = None
                self._changed.notify_all()

    def _remaining(self) -> float:
        """Seconds until the next turn may begin at the latest."""
        return 0.0 if self._last is None else self._last[1] + self._short - monotonic()


TURNS = Turns()
