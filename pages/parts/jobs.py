"""Work that takes longer than a click: done in a thread of its own, which no click, no rerun and no closed tab ends."""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

import streamlit as st

from pages.parts.language import literal, say
from vocabulary.text import Text

Done = TypeVar("Done")
Key = TypeVar("Key", bound=Hashable)
Work = Callable[[Callable[[float], None]], Done]  # is given what it tells its progress to; knows no Streamlit
AT_ONCE = 2  # jobs of all readers together; more wait
PATIENCE, LOOK = 1.0, 0.25  # seconds before a bar is shown, and between two looks
_KEY = "job:{name}"


class Job(Generic[Done]):
    """One piece of work under way. Its progress is a plain number: what works on a transaction calls no `st.*`."""

    def __init__(self, work: Work[Done]) -> None:
        self.fraction = 0.0
        self._future: Future[Done] = _workers().submit(work, self._tell)

    def _tell(self, fraction: float) -> None:
        self.fraction = min(1.0, max(self.fraction, fraction))

    def is_done(self, within: float = 0.0) -> bool:
        return bool(wait([self._future], timeout=within).done)

    def result(self) -> Done:
        """What the work gave; raises what it raised."""
        return self._future.result()


@st.cache_resource(show_spinner=False)
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="job")


def is_under_way(name: str) -> bool:
    """Whether this session has begun a job of this name and not yet seen its end."""
    return _KEY.format(name=name) in st.session_state


def done(name: str, words: Text, work: Callable[[], Work[Done]]) -> Done:
    """What the job of this name gives: the one under way, else the one that is begun now; raises what it raises.

    A bar says how far it is from the second second on. A click meanwhile ends this run of the script, never the job:
    the next run waits for the same one, so that a second click begins nothing.
    """
    key = _KEY.format(name=name)
    if key not in st.session_state:
        st.session_state[key] = Job(work())
    job: Job[Done] = st.session_state[key]
    place = st.empty()
    if not job.is_done(within=PATIENCE):
        while not job.is_done(within=LOOK):
            place.progress(job.fraction, literal(say(words)))
        place.empty()
    del st.session_state[key]
    return job.result()


def keyed(keys: Sequence[Key], work: Work[Sequence[Done]]) -> Work[dict[Key, Done]]:
    """The same work, each of its results under a key of its own."""
    return lambda tell: dict(zip(keys, work(tell), strict=True))


def under(key: Key, work: Work[Done]) -> Work[tuple[Key, Done]]:
    """The same work, its result with what it is the result of."""
    return lambda tell: (key, work(tell))
