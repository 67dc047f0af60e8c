"""What stays is searched once; what only holds itself goes all the same, and what is free back to the system."""

import gc
import resource
import subprocess
import sys
import weakref

import numpy as np

from benchmarks.machine import memory
from serving.cycles import give_back, set_aside
from tests.serving import HOME


class Held:
    """Something that can hold itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_set_aside_is_searched_when_it_is_set_aside_again() -> None:
    gone = Held()
    try:
        set_aside()
        assert gc.get_freeze_count() > 0
        left = weakref.ref(gone)
        del gone
        gc.collect()
        assert left() is not None
        set_aside()
        assert left() is None
    finally:
        gc.unfreeze()


def test_memory_that_is_free_goes_back_to_the_system() -> None:
    give_back()  # what other tests left, of which the pieces would be made
    before = memory("self")
    every = [bytes(2_000) for _ in range(50_000)]  # 100 MB in pieces that are kept for the next ones
    last = every[-1]  # lies above them
    del every
    free = memory("self")
    give_back()
    assert len(last) == 2_000
    assert free - before > 50 > memory("self") - before


def faults() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def pages_of_arrays() -> int:
    """How many pages the system hands out for an array of 64 MB that is made and let go, once it was there before."""
    for _ in range(3):
        before = faults()
        np.ones(8 << 20)
    return faults() - before


def test_arrays_are_made_of_memory_that_is_held() -> None:
    told = "from serving.cycles import hold_memory; from tests.server.test_cycles import pages_of_arrays"
    script = f"{told}; without = pages_of_arrays(); hold_memory(); print(without, pages_of_arrays())"
    said = subprocess.run([sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=True)
    without, held = map(int, said.stdout.split())
    assert held < 8 < without
