"""A reader of the canary university: what it may see, and a tab as that reader."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from streamlit.proto.WidgetStates_pb2 import WidgetState

from assurance.probing_tab import ProbingTab
from data_access.engine import connect
from data_access.readers import demonstration_readers
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from vocabulary.departments import UNIVERSITY

Opened = Callable[[], AbstractContextManager[ProbingTab]]


@dataclass(frozen=True, kw_only=True)
class Prober:
    """One reader: whose data it may see (None: everybody's), a tab as that reader, and the cookies of its browser."""

    name: str
    own: frozenset[str] | None
    opened: Opened
    cookies: Mapping[str, str] = field(default_factory=dict)

    def is_foreign(self, owners: frozenset[str]) -> bool:
        return self.own is not None and owners.isdisjoint(self.own)


def chosen(address: str, url: str, codes: tuple[str, ...]) -> list[Prober]:
    """Readers of these codes (`office`, `head:ENG`) whose view everybody can take on a demonstration's server."""
    engine = connect(url)
    readers = demonstration_readers(Records(engine, WHOLE_UNIVERSITY))
    engine.dispose()
    return [
        Prober(
            name=code,
            own=None if readers[code].scope.whole_university else readers[code].scope.departments - {UNIVERSITY},
            opened=_choosing(address, readers[code].name.en),
        )
        for code in codes
    ]


def _choosing(address: str, name: str) -> Opened:
    @contextmanager
    def opened() -> Iterator[ProbingTab]:
        with ProbingTab.opened(address, "definitions", language="en") as tab:
            tab.redraw()
            (box,) = (number for number, _ in tab.widgets() if "-reader:" in number)
            tab.forge([WidgetState(id=box, string_value=name)])
            tab.redraw()
            tab.came.clear()
            yield tab

    return opened
