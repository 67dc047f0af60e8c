"""What takes seconds to work out of very many records is worked out beside the page, which is drawn without it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from metrics.ledger import Ledger

LARGE = 200_000  # activities: what comes of fewer is waited for
_MOST = 32  # pieces of work that are remembered


class Lately:
    """Work under way, one piece after the other; what comes of it is kept by whoever asks for it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="lately")
        self._lock = Lock()
        self._work: OrderedDict[Hashable, Future[object]] = OrderedDict()

    def done(self, key: Hashable, work: Callable[[], object]) -> bool:
        """Whether the work is done; it begins when it is first asked for, and again where it failed."""
        with self._lock:
            future = self._work.get(key)
            if future is None or (future.done() and future.exception() is not None):
                future = self._work[key] = self._pool.submit(work)
            self._work.move_to_end(key)
            while len(self._work) > _MOST:
                self._work.popitem(last=False)
        return future.done() and future.exception() is None


def is_large(ledger: Ledger) -> bool:
    """Whether the records are so many that nobody is to wait for what takes long."""
    return len(ledger.activity_ids) >= LARGE


LATELY = Lately()
