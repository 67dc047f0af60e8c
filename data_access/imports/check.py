"""The checks of a table: its header against the columns of its kind, then every cell, row by row."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from data_access.imports.cells import suggestion
from data_access.imports.columns import Column, Kind, RefusalError, Row, Values
from data_access.imports.known import Known
from data_access.imports.report import MAIL_ADDRESS, Finding, Remarks
from data_access.imports.text_rows import TextRow
from vocabulary.text import Text

LONGEST_CELL = 32_767  # what Excel allows, too
_MEMORY = 20_000  # distinct texts of a column that are read once only
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # no database stores these everywhere
_UNSEEN = object()
_TITLE_ROWS = 5  # how far down a header is looked for, to say where it is


class Table:
    """The rows of one file as its kind reads them; what is wrong goes to `remarks`."""

    def __init__(self, kind: Kind, known: Known, remarks: Remarks) -> None:
        self.kind, self.known, self.remarks = kind, known, remarks
        self.headers: dict[str, str] = {}  # column -> header as the file writes it
        self.rows_read = 0
        self._header: list[str] = []
        self._places: list[tuple[int, Column, dict[str, object]]] = []
        self._absent: Values = {}
        self._seen: dict[tuple[object, ...], int] = {}

    def rows(self, text_rows: Iterator[TextRow]) -> list[Row]:
        """The rows that are in order; whether all are, `remarks` says."""
        header = next(text_rows, None)
        if header is not None and (further_down := self._header_further_down(header, text_rows)):
            self.remarks.error(_not_first(further_down), row=1, value=next(filter(None, header.cells), ""))
            return []
        if header is None or not any(header.cells):
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
        return [row for text_row in text_rows if (row := self._read(text_row)) is not None]

    def _header_further_down(self, first: TextRow, text_rows: Iterator[TextRow]) -> int | None:
        """The row that holds the header, where a title stands above it; looks only where columns are missing."""
        by_header = self._by_header()
        own = {column.name for cell in first.cells if (column := by_header.get(cell.strip().casefold()))}
        if all(column.name in own for column in self.kind.columns if column.required):
            return None
        for number, cells in islice(text_rows, _TITLE_ROWS):
            found = {column.name for cell in cells if (column := by_header.get(cell.strip().casefold()))}
            if len(found) > max(1, len(own)):
                return number
        return None

    def _by_header(self) -> dict[str, Column]:
        return {name.casefold(): column for column in self.kind.columns for name in (column.name, column.name_ja)}

    def _understands(self, header: TextRow) -> bool:
        """Finds the place of each column; a header that names one twice, or lacks one, is refused."""
        self._header = [cell.strip() for cell in header.cells]
        by_header = self._by_header()
        for place, written in enumerate(self._header):
            column = by_header.get(written.casefold())
            if not written:
                self._refuse_header("", f"Column {place + 1} has no header.", f"{place + 1} 列目に見出しがありません。")
            elif column is None:
                self._unknown(written)
            elif column.name in self.headers:
                self._refuse_header(
                    written,
                    f"The column {column.name} is there twice.",
                    f"{column.name_ja}（{column.name}）の列が重複しています。",
                )
            else:
                self.headers[column.name] = written
                self._places.append((place, column, {}))
        for column in self.kind.columns:
            if column.required and column.name not in self.headers:
                self._refuse_header(
                    column.name,
                    f"The required column {column.name} is missing.",
                    f"必須の列 {column.name_ja}（{column.name}）がありません。",
                )
        self._absent = {c.name: c.empty for c in self.kind.columns if c.name not in self.headers}
        return not self.remarks.has_errors

    def _refuse_header(self, column: str, en: str, ja: str) -> None:
        every = ", ".join(c.name for c in self.kind.columns)
        every_ja = "、".join(c.name_ja for c in self.kind.columns)
        message = Text(
            f"{en} Accepted: each once, {every} (or in Japanese).",
            f"{ja}使えるのは {every_ja}（英語名も可）、各 1 列です。",
        )
        self.remarks.error(message, row=1, column=column)

    def _unknown(self, written: str) -> None:
        near = suggestion(written, {c.name: Text(c.name, c.name_ja) for c in self.kind.columns})
        self.remarks.notice(
            Text(
                f"The column {written} is not known and was not read.{near.en}",
                f"列「{written}」は定義されていないため読みませんでした。{near.ja}",
            ),
            row=1,
            column=written,
        )

    def _read(self, text_row: TextRow) -> Row | None:
        number, cells = text_row
        self.rows_read += 1
        findings = list(self._unfit(cells))
        if findings:
            self.remarks.extend(number, findings, {})
            return None
        values = dict(self._absent)
        findings = list(self._typed(cells, values))
        if not findings:
            findings = [*self.kind.check_row(values, self.known), *self._again(values, number)]
        if findings:
            self.remarks.extend(number, findings, self.headers)
        return Row(number, values)

    def _unfit(self, cells: Sequence[str]) -> Iterator[Finding]:
        """What no row may hold, in whatever column: more cells than headers, control characters, mail addresses."""
        if len(cells) != len(self._header):
            yield Finding(
                "",
                "",
                Text(
                    f"The row has {len(cells)} cells, the header {len(self._header)}. Accepted: one for each.",
                    f"セルが {len(cells)} 個、見出しが {len(self._header)} 個です。見出しと同じ数にしてください。",
                ),
            )
            return
        everything = "".join(cells)
        suspects = "@" in everything or "＠" in everything or len(everything) > LONGEST_CELL
        if suspects or _UNFIT.search(everything):
            yield from chain.from_iterable(map(_unfit_cell, self._header, cells))

    def _typed(self, cells: Sequence[str], values: Values) -> Iterator[Finding]:
        """Reads every cell into `values`; what a cell's text means is remembered, as most texts come again."""
        for place, column, memory in self._places:
            text = cells[place].strip()
            if not text:
                values[column.name] = column.empty
                if column.required:
                    yield Finding(column.name, "", column.message(Text("The cell is empty.", "空欄です。")))
                continue
            value = memory.get(text, _UNSEEN)
            if value is _UNSEEN:
                try:
                    value = column.read(text, self.known)
                except RefusalError as refusal:
                    value = refusal
                if len(memory) < _MEMORY:
                    memory[text] = value
            if isinstance(value, RefusalError):
                yield Finding(column.name, f"{text[0]}…" if column.private else text, column.message(value.message))
            else:
                values[column.name] = value

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


def _not_first(row: int) -> Text:
    return Text(
        f"The header is not in the first row; row {row} looks like it. "
        "Accepted: the header in row 1; delete the rows above it.",
        f"1 行目が見出しではなく、{row} 行目が見出しのようです。{row} 行目より上の行を削除してください。",
    )


def _unfit_cell(header: str, cell: str) -> Iterator[Finding]:
    if _UNFIT.search(cell):
        yield Finding(
            header,
            cell,
            Text(
                "The cell holds a control character. Accepted: text.",
                "制御文字が含まれています。使えるのは通常の文字です。",
            ),
        )
    if len(cell) > LONGEST_CELL:
        yield Finding(
            header,
            cell,
            Text(
                f"The cell is longer than {LONGEST_CELL:,} characters. Accepted: shorter text.",
                f"{LONGEST_CELL:,} 文字を超えています。短くしてください。",
            ),
        )
    if MAIL_ADDRESS.search(cell):
        yield Finding(
            header,
            cell,
            Text(
                "The cell holds a mail address. Accepted: pseudonymous ids and texts without mail addresses.",
                "メールアドレスが含まれています。使えるのは仮名化した ID と、メールアドレスを含まない文です。",
            ),
        )
