"""Columns that a file does not have because all its rows hold the same there: the value is said once, and checked."""

from collections.abc import Iterator, Mapping

from data_access.imports.columns import Column, Kind, RefusalError
from data_access.imports.known import Known
from data_access.imports.looks_like import no_value
from data_access.imports.report import Remarks
from data_access.imports.unfit import first_letter, unfit_cell
from vocabulary.text import Text


def said_for_all_rows(
    kind: Kind, constants: Mapping[str, str], headers: Mapping[str, str], known: Known, remarks: Remarks
) -> Iterator[tuple[str, object]]:
    """Each column that the file lacks and its value as read; what is refused of it, as a cell would be, is remarked.

    `constants`: column -> text; columns of other kinds are left out. `headers`: the columns that the file has.
    """
    for column in kind.columns:
        text = constants.get(column.name, "").strip()
        if not text:
            continue
        shown = first_letter(text) if column.private else text
        if column.name in headers:
            remarks.error(all_the_same(column), column=headers[column.name], value=shown)
        elif wrong := _wrong(text, kind, column):
            remarks.error(wrong, column=column.name, value=shown)
        else:
            try:
                yield column.name, column.read(text, known)
            except RefusalError as refusal:
                remarks.error(column.message(refusal.message), column=column.name, value=shown)


def _wrong(text: str, kind: Kind, column: Column) -> Text | None:
    return next(unfit_cell(text), None) or no_value(text, names_the_record=column.name in kind.identity)


def all_the_same(column: Column) -> Text:
    """That a file has a column of which was said that all its rows hold the same."""
    return Text(
        f"The file has the column {column.name}, so what was said for all rows was not used. "
        "Accepted: a column, or one value for all rows.",
        f"「{column.name_ja}」の列があるため、全行共通の値は使いませんでした。列か共通の値のどちらか一方にしてください。",
    )
