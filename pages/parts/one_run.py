"""What is read once in a run of the script, such as which state of the data all of the page shows."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

Read = TypeVar("Read")
_READ: ContextVar[dict[Hashable, object] | None] = ContextVar("read", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """One run of the script: what `once` reads within is kept until its end, and in no other run or thread."""
    begun = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(begun)


def once(key: Hashable, read: Callable[[], Read]) -> Read:
    """What `read` gives, read once in a run; outside of one, as in a callback or a lone fragment, each time."""
    kept = _READ.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return cast(Read, kept[key])


def read_anew() -> None:
    """Forget what this run has read, after it stored something itself."""
    kept = _READ.get()
    if kept is not None:
        kept.clear()
