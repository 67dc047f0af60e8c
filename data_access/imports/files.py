"""Files as rows of text: whatever the format, a row number as a spreadsheet counts it and the text of its cells."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path

from data_access.files.guarded import messages
from data_access.files.json_file import Work
from data_access.files.text_rows import Progress, TextRow, UnreadableError
from data_access.files.wire import row_from
from vocabulary.text import Text

_TABLES = {".csv": ".csv", ".xlsx": ".xlsx", ".xlsm": ".xlsx"}
_WORKS = (".jsonl.gz", ".jsonl", ".ndjson", ".json")


def rows_of(
    path: Path, sheet_names: Collection[str], notice: Callable[[Text], None], progress: Progress
) -> Iterator[TextRow]:
    """The rows of a CSV or XLSX file, header first; blank rows are counted and left out.

    `sheet_names`: the sheet to read in a workbook (else its first). `notice` is told what a reader should know
    of how the file was read; `progress` gets the fraction read. Raises `UnreadableError`.
    """
    ending = _TABLES.get(path.suffix.lower())
    if ending is None:
        raise UnreadableError(
            f'A file that ends in "{path.suffix.lower()}" is not read here. Accepted: .csv and .xlsx; '
            "open it in Excel and save it as .xlsx (Excel Workbook) or as CSV UTF-8.",
            f"拡張子「{path.suffix.lower()}」のファイルは読み込めません。使えるのは .csv と .xlsx です。"
            "Excel で開き、「Excel ブック（.xlsx）」か「CSV UTF-8（コンマ区切り）」で保存してください。",
            value=path.name,
        )
    return _rows(path, ending, sheet_names, notice, progress)


def works_of(path: Path, progress: Progress) -> Iterator[tuple[int, Work]]:
    """The works of a file, each with its line, or its place in the list counted from 1. Raises `UnreadableError`."""
    ending = next((one for one in _WORKS if path.name.lower().endswith(one)), None)
    if ending is None:
        raise UnreadableError(
            f"{path.name} is not a file of works. Accepted: .json, .jsonl and .jsonl.gz as OpenAlex gives them.",
            f"{path.name} は論文ファイルではありません。使えるのは OpenAlex の .json、.jsonl、.jsonl.gz です。",
            value=path.name,
        )
    return _works(path, ending, progress)


def _rows(
    path: Path, ending: str, sheet_names: Collection[str], notice: Callable[[Text], None], progress: Progress
) -> Iterator[TextRow]:
    with path.open("rb") as file, closing(messages(file, ending, sheet_names)) as told:
        for message in told:
            if "rows" in message:
                yield from (row_from(*row) for row in message["rows"])
            if "notice" in message:
                notice(Text(*message["notice"]))
            if "progress" in message:
                progress(message["progress"])


def _works(path: Path, ending: str, progress: Progress) -> Iterator[tuple[int, Work]]:
    with path.open("rb") as file, closing(messages(file, ending)) as told:
        for message in told:
            yield from ((number, work) for number, work in message.get("works", ()))
            if "progress" in message:
                progress(message["progress"])
