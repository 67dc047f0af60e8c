"""CSV as rows of text: strict, UTF-8, UTF-16 or CP932, nothing guessed about what a cell means."""

import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from data_access.files.csv_encoding import CP932, UTF_16, encoding_of
from data_access.files.formula_text import unescaped
from data_access.files.text_rows import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Notice,
    Progress,
    TextRow,
    UnreadableError,
    within_limits,
)
from data_access.files.what_it_is import refuse_what_is_no_list
from vocabulary.text import Text

_ROWS_PER_REPORT = 1_000
_SEPARATOR = re.compile(r"sep=.?", re.IGNORECASE)
_LONGEST_LINE = MOST_COLUMNS * (LONGEST_CELL + 3)
_LONGEST_FIELD = 4 * LONGEST_CELL  # beyond it there is no telling which cell it is: a quotation mark was never closed


def csv_rows(file: BinaryIO, notice: Notice, progress: Progress) -> Iterator[TextRow]:
    """The rows of a CSV file, header first."""
    refuse_what_is_no_list(file)
    encoding = encoding_of(file)
    separator = ","
    if encoding == CP932:
        notice(
            Text(
                "The file is not UTF-8; it was read as CP932 (Shift_JIS).",
                "UTF-8 ではないため CP932（Shift_JIS）として読みました。",
            )
        )
    if encoding == UTF_16 and "\t" in _first_line(file):
        separator = "\t"
        notice(
            Text(
                "The file is UTF-16 with tabs between the cells, as Excel saves Unicode text; it was read so.",
                "UTF-16 のタブ区切り（Excel の「Unicode テキスト」）として読みました。",
            )
        )
    return within_limits(_rows(file, encoding, separator, progress))


def _first_line(file: BinaryIO) -> str:
    file.seek(0)
    text = TextIOWrapper(file, encoding=UTF_16, newline="")
    try:
        return text.readline(_LONGEST_LINE)
    finally:
        text.detach()


def _rows(file: BinaryIO, encoding: str, separator: str, progress: Progress) -> Iterator[TextRow]:
    size = file.seek(0, 2) or 1
    file.seek(0)
    csv.field_size_limit(_LONGEST_FIELD)
    text = TextIOWrapper(file, encoding=encoding, newline="")
    number = 0
    try:
        table = csv.reader(_lines(text), delimiter=separator, strict=True)
        for number, cells in enumerate(table, start=1):
            if number % _ROWS_PER_REPORT == 0:
                progress(min(1.0, file.tell() / size))
            if number == 1 and (said := _SEPARATOR.fullmatch(separator.join(cells).strip())):
                raise _says_its_separator(said[0])
            if number == 1 or any(cell and not cell.isspace() for cell in cells):
                yield TextRow(number, [unescaped(cell) if "'" in cell else cell for cell in cells])
    except csv.Error as error:
        raise _no_csv(number + 1, str(error)) from None
    finally:
        text.detach()


def _lines(text: TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise UnreadableError(
                f"Line {number} is longer than {_LONGEST_LINE:,} letters. Accepted: one record on each line.",
                f"{number} 行目が {_LONGEST_LINE:,} 文字を超えています。1 件を 1 行にしてください。",
                row=number,
            )
        yield line


def _says_its_separator(line: str) -> UnreadableError:
    return UnreadableError(
        f'The first line is "{line}", which only Excel understands. '
        "Accepted: commas between cells, and the header in row 1; save the file as CSV UTF-8.",
        f"1 行目の「{line}」は Excel だけの指定です。1 行目を見出しにし、"
        "「CSV UTF-8（コンマ区切り）」で保存してください。",
        row=1,
        value=line,
    )


def _no_csv(row: int, problem: str) -> UnreadableError:
    if "field larger" in problem or "unexpected end" in problem:
        return UnreadableError(
            f"Row {row} is not CSV: a quotation mark is opened there and not closed where its cell ends ({problem}). "
            "Accepted: quotes around a cell in pairs, quotes inside it doubled.",
            f"{row} 行目が CSV ではありません。開いた引用符が閉じていません。"
            "セルを囲む引用符は対にし、中の引用符は二重にしてください。",
            row=row,
        )
    return UnreadableError(
        f"Row {row} is not CSV: {problem}. Accepted: commas between cells, quotes inside quotes doubled.",
        f"{row} 行目が CSV ではありません。カンマで区切り、中の引用符は二重にしてください。",
        row=row,
    )
