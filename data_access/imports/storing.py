"""Importing files: all rows of all of them are checked before any is stored, then all or nothing; or only tried."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Generic, TypeVar, Unpack

from sqlalchemy import Connection, Engine

from data_access.batches.stored_as import key_text, stored_as, values_of
from data_access.engine import as_whole, reading
from data_access.imports.attempt import Attempt
from data_access.imports.audited import audit_import
from data_access.imports.columns import Progress, Values
from data_access.imports.correction import Earlier, stored_values
from data_access.imports.departments import DEPARTMENTS
from data_access.imports.imports_kept import lock_imports, raise_data_version
from data_access.imports.kinds import KINDS
from data_access.imports.known import Known, known_to
from data_access.imports.report import ImportReport
from data_access.imports.seen_before import DataState, changed_since, state_of
from data_access.imports.told import Telling, Told
from data_access.many_rows import no_search_for_cycles
from data_access.partners import registry
from data_access.person_keys import PersonKeyError

CHECKING = 0.6  # the part of the work, as `progress` tells it, that is done when all rows are checked
Seen = TypeVar("Seen")


@dataclass(frozen=True, kw_only=True)
class Preview(Generic[Seen]):
    """What would become of files: one report each, and what was seen in the data as they would be then.

    `seen` is None where a file is refused. `state` is that of the data that it was made from: told as `previewed`, what
    was seen is stored, or nothing. The ids of the imports in the reports mean nothing, as nothing is kept.
    """

    reports: tuple[ImportReport, ...]
    seen: Seen | None
    state: DataState


def store_file(
    engine: Engine,
    kind: str,
    path: Path,
    *,
    file_name: str | None = None,
    progress: Progress | None = None,
    **told: Unpack[Telling],
) -> ImportReport:
    """Check a file and store it, all or nothing; what came of it is the report, and is kept in `imports`.

    `file_name`: what the file is called, where `path` is a temporary one. `progress` is told the fraction done.
    See `Told` for all else that can be said.
    """
    (report,) = store_files(engine, kind, [path], file_names=[file_name or path.name], progress=progress, **told)
    return report


def store_files(
    engine: Engine,
    kind: str,
    paths: Sequence[Path],
    *,
    file_names: Sequence[str] | None = None,
    progress: Progress | None = None,
    **told: Unpack[Telling],
) -> tuple[ImportReport, ...]:
    """Check several files of one kind and store them in one transaction: all of them, or none. One report each."""
    tell = progress or _silent
    return _store(engine, _checked(engine, kind, paths, file_names, Told(**told), tell), tell)


def store_rows(
    engine: Engine,
    kind: str,
    rows: Iterable[Mapping[str, str]],
    *,
    name: str,
    progress: Progress | None = None,
    **told: Unpack[Telling],
) -> ImportReport:
    """The same for rows that are in memory already, each a mapping of column to text as the file would hold it.

    The columns are those of the first row. `name` stands for the name of the file.
    """
    tell = progress or _silent
    attempt = Attempt(kind=KINDS[kind], file_name=name, told=(said := Told(**told)), earlier=_earlier(engine, said))
    attempt.check_rows(rows, _known(engine, attempt))
    tell(CHECKING)
    (report,) = _store(engine, [attempt], tell)
    return report


def preview_files(
    engine: Engine,
    kind: str,
    paths: Sequence[Path],
    *,
    look: Callable[[Connection], Seen],
    file_names: Sequence[str] | None = None,
    progress: Progress | None = None,
    **told: Unpack[Telling],
) -> Preview[Seen]:
    """What `store_files` would do, and what `look` sees in the data as they would be then; nothing is kept.

    `look` is called inside the transaction that is undone after it, with its connection (`Records.on` reads from it).
    Others read on meanwhile, but whoever imports waits: so `look` reads, and what is worked out of that comes later.
    """
    tell = progress or _silent
    return tried(engine, _checked(engine, kind, paths, file_names, Told(**told), tell), look, tell)


@no_search_for_cycles()
def tried(
    engine: Engine, attempts: Sequence[Attempt], look: Callable[[Connection], Seen], tell: Progress
) -> Preview[Seen]:
    """What storing files that were checked would do, as `preview_files` says; those of one kind stand side by side."""
    with engine.connect() as connection, connection.begin() as transaction:
        lock_imports(as_whole(connection))
        state = state_of(connection)
        try:
            if any(attempt.remarks.has_errors for attempt in attempts):
                raise _RefusedError
            kinds = groupby(attempts, key=lambda attempt: attempt.kind.key)
            reports = [report for _, some in kinds for report in _store_all(connection, list(some), tell)]
            return Preview(reports=tuple(reports), seen=look(connection), state=state)
        except _RefusedError:
            reports = [attempt.refuse(connection) for attempt in attempts]
            return Preview(reports=tuple(reports), seen=None, state=state)
        finally:
            transaction.rollback()


def _silent(_fraction: float) -> None:
    """Tells nobody."""


def _checked(
    engine: Engine, kind: str, paths: Sequence[Path], names: Sequence[str] | None, told: Told, tell: Progress
) -> list[Attempt]:
    files = list(zip(paths, names or [path.name for path in paths], strict=True))
    return [
        checked(engine, kind, path, name, told, part(tell, 0, CHECKING, place, len(files)))
        for place, (path, name) in enumerate(files)
    ]


@no_search_for_cycles()
def checked(engine: Engine, kind: str, path: Path, file_name: str, told: Told, tell: Progress) -> Attempt:
    """One file, every row of it checked against what is stored by now."""
    attempt = Attempt(kind=KINDS[kind], file_name=file_name, told=told, earlier=_earlier(engine, told))
    attempt.check_file(path, _known(engine, attempt), tell)
    return attempt


def _earlier(engine: Engine, told: Told) -> Earlier:
    """What is stored of a source, for files that correct their columns alone."""

    def earlier(source: str) -> Mapping[str, Values]:
        with reading(engine) as connection:
            return stored_values(as_whole(connection), source, told.scope)

    return earlier


def _known(engine: Engine, attempt: Attempt) -> Known:
    with reading(engine) as connection:
        return known_to(as_whole(connection), attempt.told, registry=registry(), source=Path(attempt.file_name).stem)


class _RefusedError(Exception):
    """The rows of a file do not fit together, or do not fit what is stored."""


@no_search_for_cycles()
def _store(engine: Engine, attempts: Sequence[Attempt], tell: Progress) -> tuple[ImportReport, ...]:
    if not any(attempt.remarks.has_errors for attempt in attempts):
        try:
            with engine.begin() as connection:
                return _audited(connection, attempts, _store_all(as_whole(connection), attempts, tell))
        except _RefusedError:
            pass  # the transaction is undone; that the files were refused is kept below
    with engine.begin() as connection:
        as_whole(connection)
        return _audited(connection, attempts, tuple(attempt.refuse(connection) for attempt in attempts))


def _audited(
    connection: Connection, attempts: Sequence[Attempt], reports: tuple[ImportReport, ...]
) -> tuple[ImportReport, ...]:
    """The same reports, each with its event in the audit log, and with the state of the data that they leave."""
    for attempt, report in zip(attempts, reports, strict=True):
        audit_import(connection, attempt.kind.key, attempt.digest, attempt.told, report)
    left = state_of(connection)
    return tuple(replace(report, state=left) for report in reports)


def _store_all(connection: Connection, attempts: Sequence[Attempt], tell: Progress) -> tuple[ImportReport, ...]:
    """Stores one file after the other; one that needs another of them, wherever it stands, comes after that one.

    What full lists do not have goes first, so that it stands in no row's way; departments go last, when nothing of the
    files names them any more.
    """
    lock_imports(connection)
    _refuse_unseen(connection, attempts)
    departments_last = attempts[0].kind is DEPARTMENTS
    for attempt in attempts:
        attempt.begin(connection)
    if not departments_last:
        _withdraw(connection, attempts)
    stored, waiting = 0, list(attempts)
    while waiting:
        fits = next((one for one in waiting if one.check_together(connection)), None)
        if fits is None:
            for attempt in waiting:
                attempt.tell()
            raise _RefusedError
        try:
            fits.store(connection, part(tell, CHECKING, 1, stored, len(attempts)))
        except PersonKeyError as error:
            fits.remarks.error(error.text)
            raise _RefusedError from error
        waiting.remove(fits)
        stored += 1
    if departments_last:
        _withdraw(connection, attempts)
    if any(attempt.changed_something for attempt in attempts):
        raise_data_version(connection, told=True)
    return tuple(attempt.report(connection) for attempt in attempts)


def _refuse_unseen(connection: Connection, attempts: Sequence[Attempt]) -> None:
    """Nothing is stored over a change that the importer has not seen."""
    for attempt in attempts:
        seen = attempt.told.previewed
        if seen is not None and (changed := changed_since(connection, seen)):
            attempt.remarks.error(changed)
    if any(attempt.remarks.has_errors for attempt in attempts):
        raise _RefusedError


def _withdraw(connection: Connection, attempts: Sequence[Attempt]) -> None:
    """What none of the files has, where they are full lists."""
    lists = [attempt for attempt in attempts if attempt.told.complete]
    key = stored_as(attempts[0].kind.key).key
    listed = {key_text(values_of(row.values, key)) for attempt in lists for row in attempt.rows}
    fine = [attempt.withdraw(connection, listed) for attempt in lists]  # all of them, so that each says what is wrong
    if not all(fine):
        raise _RefusedError


def part(tell: Progress, first: float, last: float, place: int, places: int) -> Progress:
    """Tells the progress of one of several files as a part of the whole."""
    return lambda done: tell(first + (last - first) * (place + done) / places)
