"""Making very many rows at once without Python searching them for cycles all the while."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Python searches what is there for cycles again and again while rows are made, and rows form none.

    That was more than half of the time it took to read all records. Of several threads within, the first that leaves
    has Python search again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
