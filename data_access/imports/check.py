"""The checks of a table: its header against the columns of its kind, then every cell, row by row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from data_access.files.text_rows import Dated, TextRow, Uncalculated
from data_access.imports.by_columns import AT_ONCE, ByColumns, Read, in_lists
from data_access.imports.cells import folded
from data_access.imports.columns import IMPORTS_OWN_NAME, Column, Kind, RefusalError, Row, Rows, Values
from data_access.imports.constants import said_for_all_rows
from data_access.imports.header_words import (
    EMPTY,
    NO_ROWS,
    not_first,
    not_known,
    read_as,
    said_twice,
    separated_otherwise,
)
from data_access.imports.known import Known
from data_access.imports.looks_like import (
    no_record,
    turned_into_a_day,
    unseen_in,
    without_result,
)
from data_access.imports.personal import told_of_persons
from data_access.imports.report import Finding, Remarks
from data_access.imports.same_again import no_source
from data_access.imports.told import Told
from data_access.imports.unfit import first_letter, no_value_or_error, unfit_row
from data_access.imports.wide_ids import WideIds
from vocabulary.text import Text

_MEMORY = 20_000  # distinct texts of a column that are read once only
_UNSEEN = object()
_BREAKS = "\n\r\t"  # within a cell, where a spreadsheet shows them: what reads the cell says what is wrong with them
_TITLE_ROWS = 5  # how far down a header is looked for, to say where it is


class Table:
    """The rows of one file as its kind reads them; what is wrong goes to `remarks`."""

    def __init__(self, kind: Kind, known: Known, remarks: Remarks, told: Told) -> None:
        self.kind, self.known, self.remarks = kind, known, remarks
        self._constants = {column: text for column, text in told.constants.items() if text.strip()}
        self._headings = {folded(written.strip()): name for written, name in told.headings.items()}
        self.headers: dict[str, str] = {}  # column -> header as the file writes it
        self.rows_read = 0
        self._header: list[str] = []
        self._header_row, self._header_is_fine = 1, True
        self._width = 0  # of the header as it is written, with the cells at its end that are empty
        self._places: list[tuple[int, Column, dict[str, object]]] = []
        self._absent: Values = {}
        self._private: list[bool] = []  # of each cell of a row: whether what is refused in it is not repeated
        self._seen: dict[tuple[object, ...], int] = {}
        self._nameless, self._is_nameless = 0, False  # rows that say no source; whether no row can
        self._ids = WideIds(self.kind, self.headers)
        self._of_the_file: list[Text] = []  # what is to be told of it

    def rows(self, text_rows: Iterator[TextRow]) -> Rows:
        """The rows that are in order; whether all are, `remarks` says."""
        try:
            return self._rows(text_rows)
        finally:
            self._tell_of_the_file()

    def notice(self, message: Text) -> None:
        """What whoever reads the file tells of it: it comes behind what is said of the rows that came before it."""
        self._of_the_file.append(message)

    def _tell_of_the_file(self) -> None:
        for message in self._of_the_file:
            self.remarks.notice(message)
        self._of_the_file.clear()

    def _rows(self, text_rows: Iterator[TextRow]) -> Rows:
        header = next(text_rows, None)
        further_down = self._header_further_down(header, text_rows) if header is not None else None
        self._tell_of_the_file()
        if further_down is not None:
            above = next(filter(None, header.cells), "") if header else ""
            self.remarks.error(not_first(further_down.number), row=1, value=above)
            header = further_down
        if header is None or not any(map(str.strip, header.cells)):
            self.remarks.error(EMPTY, row=1)
            return Rows()
        if not self._understands(header):
            return Rows()
        rows = self._read_all(text_rows)
        if not self.rows_read:
            self.remarks.notice(NO_ROWS)
        self._ids.tell(self.remarks)
        if self._nameless and not self.remarks.has_errors:
            self.remarks.summary(no_source(self._nameless, self.known.source))
        return rows

    def _header_further_down(self, first: TextRow, text_rows: Iterator[TextRow]) -> TextRow | None:
        """The row that holds the header, where a title stands above it; looks only where columns are missing."""
        by_header = self._by_header()
        own = {column.name for cell in first.cells if (column := by_header.get(folded(cell.strip())))}
        if all(column.name in {*own, *self._constants} for column in self._needed()):
            return None
        for row in islice(text_rows, _TITLE_ROWS):
            found = {column.name for cell in row.cells if (column := by_header.get(folded(cell.strip())))}
            if len(found) > max(1, len(own)):
                return row
        return None

    def _by_header(self) -> dict[str, Column]:
        """What each header means: a column's own names, then what was said of this file's wording."""
        names = {folded(name): column for column in self.kind.columns for name in (column.name, column.name_ja)}
        columns = {column.name: column for column in self.kind.columns}
        said = {written: columns[name] for written, name in self._headings.items() if name in columns}
        left_out = {written for written, name in self._headings.items() if not name}
        return {written: column for written, column in (names | said).items() if written not in left_out}

    def _understands(self, header: TextRow) -> bool:
        """Finds the place of each column; a header that names one twice, or lacks one, is refused."""
        self._header, self._width = [cell.strip() for cell in header.cells], len(header.cells)
        self._header_row = header.number
        while not self._header[-1]:  # what stands below is empty, too, or is refused
            self._header.pop()
        by_header = self._by_header()
        if wrong := separated_otherwise(self._header, by_header):
            self.remarks.error(wrong, row=header.number, value=self._header[0])
            return False
        for place, written in enumerate(self._header):
            column = by_header.get(folded(written))
            self._private.append(column is None or column.private)  # nobody knows what an unknown column holds
            if not written:
                self._refuse_header("", f"Column {place + 1} has no header.", f"{place + 1} 列目に見出しがありません。")
            elif column is None:
                if self._headings.get(folded(written)) != "":  # else it is left out on purpose
                    self.remarks.notice(not_known(written, self.kind), row=header.number, column=written)
            elif column.name in self.headers:
                self._refuse_header(
                    written,
                    f"The column {column.name} is there twice.",
                    f"{column.name_ja}（{column.name}）の列が重複しています。",
                )
            else:
                if folded(written) not in (folded(column.name), folded(column.name_ja)):
                    self.remarks.notice(read_as(column), row=header.number, column=written)
                self.headers[column.name] = written
                self._places.append((place, column, {}))
        for column in self._needed():
            if column.name not in self.headers and column.name not in self._constants:
                self._refuse_header(
                    column.name,
                    f"The required column {column.name} is missing.",
                    f"必須の列 {column.name_ja}（{column.name}）がありません。",
                )
        self._absent = self._instead()
        self._is_nameless = any(
            column.empty is IMPORTS_OWN_NAME and column.name in self._absent and not self._constants.get(column.name)
            for column in self.kind.columns
        )
        said = dict(said_for_all_rows(self.kind, self._constants, self.headers, self.known, self.remarks))
        self._absent |= said
        refused = self._absent.keys() & self._constants.keys() - said.keys()
        return self._header_is_fine and not refused

    def _needed(self) -> list[Column]:
        """The columns without which a file is not read."""
        return [column for column in self.kind.columns if column.required]

    def _instead(self) -> Values:
        """What each row says in the columns that the file does not have."""
        source = self.known.source
        absent = [column for column in self.kind.columns if column.name not in self.headers]
        return {c.name: source if c.empty is IMPORTS_OWN_NAME else c.empty for c in absent}

    def _refuse_header(self, column: str, en: str, ja: str) -> None:
        every = ", ".join(c.name for c in self.kind.columns)
        every_ja = "、".join(c.name_ja for c in self.kind.columns)
        message = Text(
            f"{en} Accepted: each once, {every} (or in Japanese).",
            f"{ja}使えるのは {every_ja}（英語名も可）、各 1 列です。",
        )
        self._header_is_fine = False
        self.remarks.error(message, row=self._header_row, column=column)

    def _read_all(self, text_rows: Iterator[TextRow]) -> Rows:
        """The rows below the header: many at once where all of them are there before anything is told of one."""
        rows = Rows(column.name for column in self.kind.columns)
        columns = {place: column for place, column, _ in self._places}
        by_columns = ByColumns(self.kind, self.known, self._header, self._width, columns)
        at_once = self._at_once()
        for some in in_lists(text_rows, at_once):
            if at_once > 1:
                self._read_many(some, by_columns.read(some), rows)
            else:
                rows.extend([number for number, _ in some], {}, dict(enumerate(map(self._read, some))))
            self._tell_of_the_file()
        self._tell_of_the_file()
        return rows

    def _at_once(self) -> int:
        """How many rows are read before anything is said of one: a translation says it as it reads."""
        if not self.kind.in_bulk or self.kind.translate:
            return 1
        said = {column.name: self._absent.get(column.name) for column in self.kind.columns}
        return 1 if any(told_of_persons(self.kind, said)) else AT_ONCE

    def _read_many(self, some: Sequence[TextRow], read: Read, rows: Rows) -> None:
        """Takes what was read by columns of the rows that are surely in order; each other one is read by itself."""
        said = {name: [value] * len(some) for name, value in self._absent.items()} | read.values
        identities = list(zip(*(said[name] for name in self.kind.identity), strict=True))
        times = Counter(identities)
        names, seen, check_row = tuple(said), self._seen, self.kind.check_row
        apart: dict[int, Row | None] = {}
        for place, values in enumerate(zip(*said.values(), strict=True)):
            number, cells = some[place]
            identity = identities[place]
            if place in read.unsure or times[identity] > 1 or identity in seen:
                apart[place] = self._read(some[place])
                continue
            self.rows_read += 1
            self._nameless += self._is_nameless or place in read.nameless
            seen[identity] = number
            if findings := list(check_row(dict(zip(names, values, strict=True)), self.known)):
                self._say(number, cells, findings, self.headers)
        rows.extend([number for number, _ in some], said, apart)

    def _say(self, number: int, cells: Sequence[str], findings: list[Finding], headers: dict[str, str]) -> None:
        """Remarks on a row; one that is plainly no record is said to be that, and no more."""
        if what := no_record(cells, self._header, bool(findings)):
            findings = [Finding("", "", what)]
        self.remarks.extend(number, findings, headers)

    def _read(self, text_row: TextRow) -> Row | None:
        (number, cells), values = text_row, dict(self._absent)
        self.rows_read += 1
        self._nameless += self._is_nameless
        findings = list(unfit_row(cells, self._header, self._width, self._private))
        fits = not findings
        if fits:
            findings = list(self._typed(cells, values))
            findings = findings or list(self._checked(values))
            if all(name in values for name in self.kind.identity):
                findings += self._again(values, number)
            self._ids.look(values, number)
        self._say(number, cells, findings, self.headers if fits else {})
        return Row(number, values) if fits else None

    def _checked(self, values: Values) -> Iterator[Finding]:
        """What the cells of a row, each in order, say together."""
        yield from self.kind.check_row(values, self.known)
        yield from told_of_persons(self.kind, values)

    def _typed(self, cells: Sequence[str], values: Values) -> Iterator[Finding]:
        """Reads every cell into `values`; what a cell's text means is remembered, as most texts come again."""
        for place, column, memory in self._places:
            value = memory.get(cells[place], _UNSEEN)
            if value is not _UNSEEN and type(cells[place]) is str and not isinstance(value, RefusalError):
                values[column.name] = value
                continue
            text = cells[place].strip()
            if not text:
                if column.required:
                    yield Finding(column.name, "", column.message(Text("The cell is empty.", "空欄です。")))
                elif column.empty is IMPORTS_OWN_NAME:
                    values[column.name] = self.known.source
                    self._nameless += 1
                else:
                    values[column.name] = memory[""] = column.empty
                continue
            if isinstance(cells[place], Uncalculated):
                yield Finding(column.name, text, without_result(text))
                continue
            value = memory.get(text, _UNSEEN)
            if value is _UNSEEN and (
                wrong := no_value_or_error(text, names_the_record=column.name in self.kind.identity)
            ):
                yield Finding(column.name, first_letter(text) if column.private else text, wrong)
                continue
            if value is _UNSEEN:
                try:
                    value = column.read(text, self.known)
                except RefusalError as refusal:
                    value = refusal
                if len(memory) < _MEMORY:
                    memory[text] = value
            shown = first_letter(text) if column.private else text
            if isinstance(value, RefusalError):
                told = value.in_row({one.name: cells[where].strip() for where, one, _ in self._places})
                yield Finding(column.name, shown, unseen_in(text, seen=_BREAKS) or column.message(told))
            elif isinstance(cells[place], Dated) and value == text and column.name in self.kind.identity:
                yield Finding(column.name, shown, turned_into_a_day(text))
            else:
                values[column.name] = value

    def _again(self, values: Values, number: int) -> Iterator[Finding]:
        """Two rows of one file that name the same thing: which of them holds, nobody can know."""
        identity = tuple(values[name] for name in self.kind.identity)
        first = self._seen.setdefault(identity, number)
        if first != number:
            yield Finding(self.kind.identity[-1], str(identity[-1]), said_twice(first, number, self.kind, identity))
