"""One file of an attempt to import: read, checked, stored or refused."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from data_access.batches.field_changes import FieldChange, field_changes
from data_access.batches.stored_as import stored_as
from data_access.batches.withdraw import not_listed, still_named, withdraw
from data_access.files.text_rows import Notice, TextRow, UnreadableError
from data_access.imports.check import Table
from data_access.imports.columns import Counts, Kind, Progress, RowFinding, Rows
from data_access.imports.correction import (
    CORRECTED,
    Correction,
    Earlier,
    moved_meanwhile,
    not_for_corrections,
    nothing_stored,
)
from data_access.imports.files import rows_of
from data_access.imports.imports_kept import begin_import, keep
from data_access.imports.known import Known
from data_access.imports.losses import losses
from data_access.imports.own_id import keep_own, own_organization
from data_access.imports.remarks_column import without_remarks
from data_access.imports.report import (
    MOST_NAMED,
    ImportReport,
    Remarks,
    cannot_open,
    changed_records,
    withdrawn_records,
)
from data_access.imports.same_again import same_again
from data_access.imports.told import Told
from data_access.imports.works import WORKS
from data_access.imports.writers import not_the_writers, stored_of_others
from data_access.partners import Organization
from vocabulary.text import Text

NOTHING = Counts(0, 0, 0)
EMPTY_LIST = Text(
    "A full list without a row would withdraw everything. Accepted: at least one row.",
    "全件リストに行がありません。このままではすべてが取り下げられます。少なくとも 1 行が必要です。",
)


@dataclass(kw_only=True)
class Attempt:
    """One file of an attempt, as far as it came."""

    kind: Kind
    file_name: str
    told: Told
    earlier: Earlier = nothing_stored  # what is stored of a source, for a file that corrects its columns alone
    digest: str = ""
    rows: Rows = field(default_factory=Rows)
    rows_read: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    findings: list[RowFinding] = field(default_factory=list)
    import_id: int = 0  # none yet
    counts: Counts = NOTHING
    withdrawn: tuple[str, ...] = ()  # what a full list did not have, by name
    changes: tuple[FieldChange, ...] = ()  # in records that were stored before
    again: tuple[Text, ...] = ()  # what of the file is stored already, as the report says it
    moved: bool = False  # whether who the university is, or where, is news
    own: Organization | None = None  # the university, where the attempt rests on who it is or says so

    def check_file(self, path: Path, known: Known, progress: Progress) -> None:
        """Reads every row of a file; what is wrong goes to the remarks."""
        try:
            with path.open("rb") as file:
                self.digest = _digest(iter(lambda: file.read(1 << 20), b""))
            if self.kind is WORKS or known.home_given:
                self.own = own_organization(known)
            self._check(lambda notice: self._text_rows(path, known, notice, progress), known)
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
        self._check(lambda _notice: _behind(TextRow(1, header), table), known)

    def _text_rows(self, path: Path, known: Known, notice: Notice, progress: Progress) -> Iterator[TextRow]:
        if self.kind.translate is not None:
            return self.kind.translate(path, known, self.remarks, progress)
        sheets = {name.casefold() for name in (self.kind.key, *self.kind.name)}
        rows = rows_of(path, sheets, notice, progress)
        return without_remarks(rows)

    def _check(self, text_rows: Callable[[Notice], Iterator[TextRow]], known: Known) -> None:
        table: Table
        if not self.told.partial:
            table = Table(self.kind, known, self.remarks, self.told)
        elif wrong := not_for_corrections(self.kind, self.told):
            self.remarks.error(wrong)
            return
        else:
            table = Correction(self.kind, known, self.remarks, self.told, self.earlier)
        self.headers = table.headers
        try:
            self.rows = table.rows(text_rows(table.notice))
        finally:
            self.rows_read = table.rows_read
        for row, finding in not_the_writers(self.kind, self.rows, self.told.scope):
            self.remarks.extend(row, [finding], self.headers)
        if self.told.complete and not self.rows and not self.remarks.has_errors:
            self.remarks.error(EMPTY_LIST)

    def check_together(self, connection: Connection) -> bool:
        """Whether the rows fit together and fit what is stored by now; `findings` keeps what there is to say."""
        self.findings = [
            *self.kind.check_together(connection, self.rows),
            *stored_of_others(connection, self.kind, self.rows, self.told.scope),
        ]
        if self.told.partial:
            self.findings += moved_meanwhile(connection, self.rows, self.headers, self.told.scope)
        return all(finding.severity == "notice" for _, finding in self.findings)

    def tell(self) -> None:
        for row, finding in self.findings:
            self.remarks.extend(row, [finding], self.headers)

    def begin(self, connection: Connection) -> None:
        """Opens the import that all it does belongs to."""
        told = self.told
        self.import_id = begin_import(
            connection, self.kind.key, self.file_name, self.digest, told.importer, complete=told.complete
        )

    def withdraw(self, connection: Connection, listed: Collection[str]) -> bool:
        """Takes away what a full list does not have; whether that can be, the remarks say.

        `listed`: what names each row of all files of the command (`key_text`).
        """
        stored = stored_as(self.kind.key)
        gone = not_listed(connection, stored, [row.values for row in self.rows], listed, self.told.scope)
        if needed := still_named(connection, stored.kind, gone):
            for code, message in needed:
                self.remarks.error(message, column=self.headers.get(stored.key[0], ""), value=code)
            return False
        withdraw(connection, stored, gone, self.import_id)
        self.withdrawn = tuple(" ".join(map(str, change.key)) for change in gone)
        return True

    def store(self, connection: Connection, progress: Progress) -> None:
        """Stores the rows, which are checked."""
        self.tell()
        self.counts = self.kind.store(connection, self.rows, self.import_id, progress)
        if self.counts.new:  # the same list once more, with nothing new in it, is in order
            self.again = tuple(same_again(connection, self.kind, self.rows, self.digest, self.import_id))
        for message in self.again:
            self.remarks.summary(message)
        for notice in self.counts.notices:
            self.remarks.summary(notice)
        if self.counts.changed:
            stored = stored_as(self.kind.key)
            self.changes = tuple(field_changes(connection, stored, self.import_id, self._absent()))
        self.moved = self.own is not None and keep_own(connection, self.own, self.import_id)

    @property
    def changed_something(self) -> bool:
        return self.moved or self.counts.new + self.counts.changed + len(self.withdrawn) > 0

    def report(self, connection: Connection) -> ImportReport:
        """What came of a file that was stored; keeps it with the import."""
        if self.counts.which:
            self.remarks.notice(changed_records(self.counts.changed, self.counts.which))
        if self.withdrawn:
            self.remarks.notice(withdrawn_records(len(self.withdrawn), self.withdrawn[:MOST_NAMED]))
        lost = tuple(losses(self.kind, self.changes, self._absent()))
        if self.told.partial:
            columns = ", ".join(name for name in self.headers if name not in self.kind.identity)
            self.remarks.summary(CORRECTED.filled(columns=columns))
        for one in reversed(lost):
            self.remarks.summary(one)
        counts = self.counts._replace(withdrawn=len(self.withdrawn))
        report = keep(connection, self.import_id, self.file_name, self.rows_read, self.remarks, counts)
        return replace(report, changes=self.changes, losses=lost, again=self.again)

    def _absent(self) -> set[str]:
        """The columns that the file does not have, and that are therefore emptied."""
        if self.told.partial:
            return set()
        return {column.name for column in self.kind.columns} - set(self.headers)

    def refuse(self, connection: Connection) -> ImportReport:
        """Keeps that the file was refused, and why; a file in order says that another one was not."""
        if not self.remarks.has_errors:
            self.remarks.error(
                Text(
                    "The file is in order, but another one of the same command was refused, so nothing was stored.",
                    "このファイルに問題はありませんが、同時に指定した別のファイルが受け付けられなかったため、登録していません。",
                )
            )
        self.begin(connection)
        return keep(connection, self.import_id, self.file_name, self.rows_read, self.remarks, None)


def _digest(pieces: Iterable[bytes]) -> str:
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _behind(header: TextRow, rows: Iterator[TextRow]) -> Iterator[TextRow]:
    yield header
    yield from rows
