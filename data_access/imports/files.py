"""Files as rows of text: whatever the format, a row number as a spreadsheet counts it and the text of its cells."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from data_access.imports.csv_file import csv_rows
from data_access.imports.text_rows import Progress, TextRow, UnreadableError
from data_access.imports.xlsx_file import xlsx_rows
from vocabulary.text import Text


def rows_of(
    path: Path, sheet_names: Collection[str], notice: Callable[[Text], None], progress: Progress
) -> Iterator[TextRow]:
    """The rows of a CSV or XLSX file, header first; blank rows are counted and left out.

    `sheet_names`: the sheet to read in a workbook (else its first). `notice` is told what a reader should know
    of how the file was read; `progress` gets the fraction read. Raises `UnreadableError`.
    """
    match path.suffix.lower():
        case ".csv":
            return csv_rows(path, notice, progress)
        case ".xlsx" | ".xlsm":
            return xlsx_rows(path, sheet_names, progress)
        case other:
            raise UnreadableError(
                f'A file that ends in "{other}" is not read here. Accepted: .csv and .xlsx.',
                f"拡張子「{other}」のファイルは読み込めません。使えるのは .csv と .xlsx です。",
                value=path.name,
            )
