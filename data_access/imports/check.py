"""The checks of a table: its header against the columns of its kind, then every cell, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from data_access.files.text_rows import Dated, TextRow, Uncalculated
from data_access.imports.cells import folded, suggestion
from data_access.imports.columns import IMPORTS_OWN_NAME, Column, Kind, RefusalError, Row, Values
from data_access.imports.constants import said_for_all_rows
from data_access.imports.header_words import NO_ROWS, not_first, read_as
from data_access.imports.known import Known
from data_access.imports.looks_like import (
    holds_error,
    no_header,
    no_record,
    no_value,
    turned_into_a_day,
    unseen_in,
    without_result,
)
from data_access.imports.personal import told_of_persons
from data_access.imports.report import Finding, Remarks
from data_access.imports.same_again import no_source
from data_access.imports.told import Told
from data_access.imports.unfit import ERROR, LONGEST_CELL, UNFIT, first_letter, unfit_cell
from data_access.imports.wide_ids import WideIds
from vocabulary.text import Text

_MEMORY = 20_000  # distinct texts of a column that are read once only
_UNSEEN = object()
_BREAKS = (
    "\n\r\t"  # of lines within a cell, which a spreadsheet shows: what reads the cell says what is wrong with them
)
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

    def rows(self, text_rows: Iterator[TextRow]) -> list[Row]:
        """The rows that are in order; whether all are, `remarks` says."""
        header = next(text_rows, None)
        if header is not None and (further_down := self._header_further_down(header, text_rows)):
            self.remarks.error(not_first(further_down.number), row=1, value=next(filter(None, header.cells), ""))
            header = further_down
        if header is None or not any(map(str.strip, header.cells)):
            self.remarks.error(
                Text(
                    "The file is empty. Accepted: a header row, then one row per record.",
                    "空のファイルです。1 行目は見出し、2 行目からは記録です。",
                ),
                row=1,
            )
            return []
        if not self._understands(header):
            return []
        rows = [row for text_row in text_rows if (row := self._read(text_row)) is not None]
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
        if wrong := self._separated_otherwise(by_header):
            self.remarks.error(wrong, row=header.number, value=self._header[0])
            return False
        for place, written in enumerate(self._header):
            column = by_header.get(folded(written))
            self._private.append(column is None or column.private)  # nobody knows what an unknown column holds
            if not written:
                self._refuse_header("", f"Column {place + 1} has no header.", f"{place + 1} 列目に見出しがありません。")
            elif column is None:
                if self._headings.get(folded(written)) != "":  # else it is left out on purpose
                    self._unknown(written)
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
        return {c.name: self._empty(c) for c in self.kind.columns if c.name not in self.headers}

    def _separated_otherwise(self, by_header: Mapping[str, Column]) -> Text | None:
        """What to say of a header that is one cell, for its names are separated by tabs or semicolons."""
        for mark, name in (("\t", Text("tabs", "タブ")), (";", Text("semicolons", "セミコロン"))):
            names = self._header[0].split(mark)
            if len(self._header) == 1 and sum(folded(one.strip()) in by_header for one in names) > 1:
                return Text(
                    f"The cells are separated by {name.en}. Accepted: commas; save the file as CSV (comma delimited).",
                    f"セルが{name.ja}で区切られています。使えるのはカンマです。CSV（コンマ区切り）で保存してください。",
                )
        return None

    def _refuse_header(self, column: str, en: str, ja: str) -> None:
        every = ", ".join(c.name for c in self.kind.columns)
        every_ja = "、".join(c.name_ja for c in self.kind.columns)
        message = Text(
            f"{en} Accepted: each once, {every} (or in Japanese).",
            f"{ja}使えるのは {every_ja}（英語名も可）、各 1 列です。",
        )
        self._header_is_fine = False
        self.remarks.error(message, row=self._header_row, column=column)

    def _unknown(self, written: str) -> None:
        near = suggestion(written, {c.name: Text(c.name, c.name_ja) for c in self.kind.columns})
        self.remarks.notice(
            Text(
                f"The column {written} is not known and was not read.{near.en}",
                f"列「{written}」は定義されていないため読みませんでした。{near.ja}",
            ),
            row=self._header_row,
            column=written,
        )

    def _read(self, text_row: TextRow) -> Row | None:
        number, cells = text_row
        self.rows_read += 1
        self._nameless += self._is_nameless
        values = dict(self._absent)
        findings = list(self._unfit(cells))
        fits = not findings
        if fits:
            findings = list(self._typed(cells, values))
            findings = findings or list(self._checked(values))
            if all(name in values for name in self.kind.identity):
                findings += self._again(values, number)
            self._ids.look(values, number)
        if what := no_record(cells, self._header, bool(findings)):
            findings = [Finding("", "", what)]
        if findings:
            self.remarks.extend(number, findings, self.headers if fits else {})
        return Row(number, values) if fits else None

    def _checked(self, values: Values) -> Iterator[Finding]:
        """What the cells of a row, each in order, say together."""
        yield from self.kind.check_row(values, self.known)
        yield from told_of_persons(self.kind, values)

    def _unfit(self, cells: Sequence[str]) -> Iterator[Finding]:
        """What no row may hold, in whatever column: more cells than headers, control characters, mail addresses."""
        if len(cells) != self._width:
            yield Finding(
                "",
                "",
                Text(
                    f"The row has {len(cells)} cells, the header {self._width}. Accepted: one for each.",
                    f"セルが {len(cells)} 個、見出しが {self._width} 個です。見出しと同じ数にしてください。",
                ),
            )
            return
        for place in range(len(self._header), self._width):
            if cells[place].strip():
                yield Finding("", first_letter(cells[place].strip()), no_header(place + 1))
        everything = "".join(cells)
        suspects = "@" in everything or "＠" in everything or len(everything) > LONGEST_CELL
        if suspects or UNFIT.search(everything):
            for header, cell, private in zip(self._header, cells, self._private, strict=False):
                for message in unfit_cell(cell):
                    yield Finding(header, first_letter(cell.strip()) if private else cell, message)

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
            if value is _UNSEEN and (wrong := self._no_value(text, column)):
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

    def _no_value(self, text: str, column: Column) -> Text | None:
        if ERROR.fullmatch(text):
            return holds_error(text)
        return no_value(text, names_the_record=column.name in self.kind.identity)

    def _empty(self, column: Column) -> object:
        return self.known.source if column.empty is IMPORTS_OWN_NAME else column.empty

    def _again(self, values: Values, number: int) -> Iterator[Finding]:
        """Two rows of one file that name the same thing: which of them holds, nobody can know."""
        identity = tuple(values[name] for name in self.kind.identity)
        first = self._seen.setdefault(identity, number)
        if first != number:
            named = ", ".join(
                f"{name} {value}" for name, value in zip(self.kind.identity, identity, strict=True) if value != ""
            )
            yield Finding(
                self.kind.identity[-1],
                str(identity[-1]),
                Text(
                    f"Rows {first} and {number} both say {named}. Accepted: one row for each.",
                    f"{first} 行目と {number} 行目がどちらも {named} です。1 件につき 1 行にしてください。",
                ),
            )
