"""When Python searches for objects that only hold each other, and how memory is taken and given back: seldom."""

import ctypes
import gc
import threading
import time
from itertools import chain, repeat

YOUNG = 10_000  # objects that came since the last search; Python's own 700 come several times in each redraw
SET_ASIDE_AFTER = chain((30, 120, 600), repeat(3600))  # seconds: soon after the first readers, then every hour
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # options of mallopt (GNU C library, malloc.h)
LARGE = 1 << 30  # bytes: arrays of ten million activities are smaller


def hold_memory() -> None:
    """Arrays come from memory that this process holds, and all threads take of one store (GNU C library alone).

    Else each large array is made of pages that the system hands out anew: of ten million activities that is half of
    the time in which all figures are counted.
    """
    option = getattr(ctypes.CDLL(None), "mallopt", None)
    if option is not None:
        for name, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, LARGE)):
            option(name, value)


def search_seldom() -> None:
    """From now on in this process. A search of all there is holds up every reader, by a third of a second and more."""
    gc.set_threshold(YOUNG, 10, 10)
    threading.Thread(target=_keep_setting_aside, name="set aside", daemon=True).start()


def set_aside() -> None:
    """What is there now, after one search of all of it, is searched no more until this is called again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """What is free goes back to the system: of a million activities a start leaves free more than it keeps."""
    import pyarrow as pa  # a tenth of a second, which the start of the server does not wait for

    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of the GNU C library alone
    if trim is not None:
        trim(0)


def _keep_setting_aside() -> None:
    for seconds in SET_ASIDE_AFTER:
        time.sleep(seconds)
        set_aside()
        give_back()
