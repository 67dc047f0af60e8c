"""Writing one after the other: that somebody else's save takes too long is said as such, and nothing was changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from vocabulary.text import Text

BUSY = Text(
    "Another save is under way. Nothing was changed: try again in a moment.",
    "ほかの保存処理が進行中です。何も変更されていません。少し待ってからもう一度お試しください。",
)


class BusyError(Exception):
    """The database was written to by somebody else all the while; the message is `BUSY`."""


@contextmanager
def in_turn() -> Iterator[None]:
    """Around whatever writes: raises BusyError where its turn did not come."""
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise BusyError from error
        raise
