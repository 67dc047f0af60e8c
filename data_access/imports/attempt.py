"""One attempt to import files: all rows of all of them are checked before any is stored, then all or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection, Engine

from data_access.engine import reading
from data_access.imports.check import Table
from data_access.imports.columns import Counts, Kind, Progress, Row, RowFinding
from data_access.imports.files import rows_of
from data_access.imports.imports_kept import begin_import, keep, lock_imports, raise_data_version
from data_access.imports.json_file import works_of
from data_access.imports.kinds import KINDS
from data_access.imports.known import Known, known_to
from data_access.imports.own_id import keep_own, own_organization
from data_access.imports.report import ImportReport, Remarks, cannot_open, changed_records
from data_access.imports.text_rows import TextRow, UnreadableError
from data_access.imports.works import WORKS, works_as_activities
from data_access.partners import Organization, registry
from vocabulary.text import Text

NO_NAMES: Mapping[str, Text] = MappingProxyType({})
Conditions = Mapping[str, frozenset[str]]
NO_CONDITIONS: Conditions = MappingProxyType({})
CHECKING = 0.6  # the part of the work, as `progress` tells it, that is done when all rows are checked


def store_file(
    engine: Engine,
    kind: str,
    path: Path,
    *,
    indicators: Mapping[str, bool],
    indicator_names: Mapping[str, Text] = NO_NAMES,
    conditions: Conditions = NO_CONDITIONS,
    file_name: str | None = None,
    home_ror: str | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Check a file and store it, all or nothing; what came of it is the report, and is kept in `imports`.

    `indicators`: the keys that goals may name -> whether the value is a share between 0 and 1; `indicator_names`:
    what they are called, for suggestions; `conditions`: the conditions on activities that a declared indicator may name
    -> those that each implies. `file_name`: what the file is called, where `path` is a temporary one.
    `home_ror`: the university's own id, which is no partner in works; kept, and where it is left out the one kept
    holds. `progress` is told the fraction done.
    """
    (report,) = store_files(
        engine,
        kind,
        [path],
        indicators=indicators,
        indicator_names=indicator_names,
        conditions=conditions,
        file_names=[file_name or path.name],
        home_ror=home_ror,
        progress=progress,
    )
    return report


def store_files(
    engine: Engine,
    kind: str,
    paths: Sequence[Path],
    *,
    indicators: Mapping[str, bool],
    indicator_names: Mapping[str, Text] = NO_NAMES,
    conditions: Conditions = NO_CONDITIONS,
    file_names: Sequence[str] | None = None,
    home_ror: str | None = None,
    progress: Progress | None = None,
) -> tuple[ImportReport, ...]:
    """Check several files of one kind and store them in one transaction: all of them, or none. One report each."""
    tell = progress or (lambda _fraction: None)
    attempts = []
    for place, (path, name) in enumerate(zip(paths, file_names or [path.name for path in paths], strict=True)):
        attempt = _Attempt(kind=KINDS[kind], file_name=name)
        known = _known(engine, indicators, indicator_names, conditions, name, home_ror)
        attempt.check_file(path, known, _part(tell, 0, CHECKING, place, len(paths)))
        attempts.append(attempt)
    return _store(engine, attempts, tell)


def store_rows(
    engine: Engine,
    kind: str,
    rows: Iterable[Mapping[str, str]],
    *,
    indicators: Mapping[str, bool],
    indicator_names: Mapping[str, Text] = NO_NAMES,
    conditions: Conditions = NO_CONDITIONS,
    name: str,
    progress: Progress | None = None,
) -> ImportReport:
    """The same for rows that are in memory already, each a mapping of column to text as the file would hold it.

    The columns are those of the first row. `name` stands for the name of the file.
    """
    tell = progress or (lambda _fraction: None)
    attempt = _Attempt(kind=KINDS[kind], file_name=name)
    attempt.check_rows(rows, _known(engine, indicators, indicator_names, conditions, name, None))
    tell(CHECKING)
    (report,) = _store(engine, [attempt], tell)
    return report


def _known(
    engine: Engine,
    indicators: Mapping[str, bool],
    names: Mapping[str, Text],
    conditions: Conditions,
    name: str,
    home_ror: str | None,
) -> Known:
    source = Path(name).stem
    with reading(engine) as connection:
        return known_to(
            connection,
            indicators=indicators,
            indicator_names=names,
            conditions=conditions,
            registry=registry(),
            source=source,
            home_ror=home_ror,
        )


@dataclass(kw_only=True)
class _Attempt:
    """One file of an attempt, as far as it came."""

    kind: Kind
    file_name: str
    digest: str = ""
    rows: list[Row] = field(default_factory=list)
    rows_read: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    told: list[RowFinding] = field(default_factory=list)
    own: Organization | None = None  # the university, where the attempt rests on who it is or says so

    def check_file(self, path: Path, known: Known, progress: Progress) -> None:
        """Reads every row of a file; what is wrong goes to the remarks."""
        try:
            with path.open("rb") as file:
                self.digest = _digest(iter(lambda: file.read(1 << 20), b""))
            if self.kind is WORKS or known.home_given:
                self.own = own_organization(known)
            self._check(self._text_rows(path, known, progress), known)
        except UnreadableError as error:
            self.remarks.error(error.message, row=error.row, column=error.column, value=error.value)
        except OSError as error:
            self.remarks.error(cannot_open(error))

    def check_rows(self, rows: Iterable[Mapping[str, str]], known: Known) -> None:
        """The same for rows in memory."""
        held = list(rows)
        header = list(held[0]) if held else []
        self.digest = _digest(repr(list(row.items())).encode(errors="replace") for row in held)
        table = (TextRow(number, [row.get(c, "") for c in header]) for number, row in enumerate(held, start=2))
        self._check(_behind(TextRow(1, header), table), known)

    def _text_rows(self, path: Path, known: Known, progress: Progress) -> Iterator[TextRow]:
        if self.kind is WORKS:
            return works_as_activities(works_of(path, progress), known, self.remarks)
        sheets = {name.casefold() for name in self.kind.name}
        return rows_of(path, sheets, self.remarks.notice, progress)

    def _check(self, text_rows: Iterator[TextRow], known: Known) -> None:
        table = Table(self.kind, known, self.remarks)
        self.headers = table.headers
        try:
            self.rows = table.rows(text_rows)
        finally:
            self.rows_read = table.rows_read

    def check_together(self, connection: Connection) -> bool:
        """Whether the rows fit together and fit what is stored by now; `told` keeps what there is to say."""
        self.told = list(self.kind.check_together(connection, self.rows))
        return all(finding.severity == "notice" for _, finding in self.told)

    def tell(self) -> None:
        for row, finding in self.told:
            self.remarks.extend(row, [finding], self.headers)

    def store(self, connection: Connection, progress: Progress) -> tuple[ImportReport, Counts]:
        """Stores the rows, which are checked."""
        self.tell()
        import_id = begin_import(connection, self.kind.key, self.file_name, self.digest)
        counts = self.kind.store(connection, self.rows, import_id, progress)
        if counts.which:
            self.remarks.notice(changed_records(counts.changed, counts.which))
        return keep(connection, import_id, self.file_name, self.rows_read, self.remarks, counts), counts

    def refuse(self, connection: Connection) -> ImportReport:
        """Keeps that the file was refused, and why; a file in order says that another one was not."""
        if not self.remarks.has_errors:
            self.remarks.error(
                Text(
                    "The file is in order, but another one of the same command was refused, so nothing was stored.",
                    "このファイルに問題はありませんが、同時に指定した別のファイルが受け付けられなかったため、登録していません。",
                )
            )
        import_id = begin_import(connection, self.kind.key, self.file_name, self.digest)
        return keep(connection, import_id, self.file_name, self.rows_read, self.remarks, None)


class _RefusedError(Exception):
    """The rows of a file do not fit together, or do not fit what is stored."""


def _store(engine: Engine, attempts: Sequence[_Attempt], tell: Progress) -> tuple[ImportReport, ...]:
    if not any(attempt.remarks.has_errors for attempt in attempts):
        try:
            with engine.begin() as connection:
                return _store_all(connection, attempts, tell)
        except _RefusedError:
            pass  # the transaction is undone; that the files were refused is kept below
    with engine.begin() as connection:
        return tuple(attempt.refuse(connection) for attempt in attempts)


def _store_all(connection: Connection, attempts: Sequence[_Attempt], tell: Progress) -> tuple[ImportReport, ...]:
    """Stores one file after the other; one that needs another of them, wherever it stands, comes after that one."""
    lock_imports(connection)
    reports: dict[int, ImportReport] = {}
    something, waiting = False, list(enumerate(attempts))
    while waiting:
        fits = next((one for one in waiting if one[1].check_together(connection)), None)
        if fits is None:
            for _, attempt in waiting:
                attempt.tell()
            raise _RefusedError
        place, attempt = fits
        reports[place], counts = attempt.store(connection, _part(tell, CHECKING, 1, len(reports), len(attempts)))
        something = something or counts.new + counts.changed > 0
        waiting.remove(fits)
    moved = [attempt.own is not None and keep_own(connection, attempt.own) for attempt in attempts]
    if something or any(moved):
        raise_data_version(connection)
    return tuple(reports[place] for place in range(len(attempts)))


def _part(tell: Progress, first: float, last: float, place: int, places: int) -> Progress:
    """Tells the progress of one of several files as a part of the whole."""
    return lambda done: tell(first + (last - first) * (place + done) / places)


def _digest(pieces: Iterable[bytes]) -> str:
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _behind(header: TextRow, rows: Iterator[TextRow]) -> Iterator[TextRow]:
    yield header
    yield from rows
