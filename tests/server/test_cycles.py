"""What stays is searched once; what only holds itself goes all the same."""

import gc
import weakref

from serving.cycles import set_aside


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
