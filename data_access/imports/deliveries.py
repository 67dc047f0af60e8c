"""Files of different kinds that came together: tried all at once, stored each by itself, in the order they need."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, Unpack

from sqlalchemy import Connection, Engine

from data_access.imports.columns import Progress
from data_access.imports.kinds import KINDS
from data_access.imports.report import ImportReport
from data_access.imports.storing import CHECKING, Preview, checked, part, store_file, tried
from data_access.imports.told import Telling, Told

Seen = TypeVar("Seen")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One file and how it is to be read; `Told` says what the rest means."""

    kind: str
    path: Path
    file_name: str
    headings: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False
    partial: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)  # beside those that are told of all files


def in_order(deliveries: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Departments before what they do, indicators before goals: as a new university would need the files."""
    order = list(KINDS)
    return tuple(sorted(deliveries, key=lambda one: order.index(one.kind)))


def preview_deliveries(
    engine: Engine,
    deliveries: Sequence[Delivery],
    *,
    look: Callable[[Connection], Seen],
    progress: Progress,
    **told: Unpack[Telling],
) -> Preview[Seen]:
    """What storing all of them would do, as `preview_files` says of files of one kind; reports in the order given."""
    attempts = []
    for place, one in enumerate(deliveries):
        said = Told(**_said(one, told))
        tell = part(progress, 0, CHECKING, place, len(deliveries))
        attempts.append(checked(engine, one.kind, one.path, one.file_name, said, tell))
    return tried(engine, attempts, look, progress)


def store_deliveries(
    engine: Engine, deliveries: Sequence[Delivery], *, progress: Progress, **told: Unpack[Telling]
) -> tuple[ImportReport, ...]:
    """Stores one file after the other, each whole or not at all; those that are in order stay when another is refused.

    Reports in the order given.
    """
    reports, previewed = [], told.get("previewed")
    for place, one in enumerate(deliveries):
        tell = part(progress, 0, 1, place, len(deliveries))
        said: Telling = {**_said(one, told), "previewed": previewed}
        reports.append(store_file(engine, one.kind, one.path, file_name=one.file_name, progress=tell, **said))
        if previewed and reports[-1].status != "refused":
            previewed = reports[-1].state  # what was stored here was previewed together
    return tuple(reports)


def _said(one: Delivery, told: Telling) -> Telling:
    constants = {**told.get("constants", {}), **one.constants}
    return {**told, "headings": one.headings, "complete": one.complete, "partial": one.partial, "constants": constants}
