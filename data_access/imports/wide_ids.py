"""Ids in letters or digits of full width: they are stored as written, and whoever imports them is told once."""

from collections.abc import Mapping
from unicodedata import east_asian_width

from data_access.imports.columns import Kind, Values
from data_access.imports.report import Remarks
from vocabulary.text import Text, counted


class WideIds:
    """Counts the rows whose id is in full width. `headers`: column -> header, filled while the file is read."""

    def __init__(self, kind: Kind, headers: Mapping[str, str]) -> None:
        self._names, self._headers = kind.identity, headers
        self._rows = 0
        self._first: tuple[int, str, str] | None = None

    def look(self, values: Values, row: int) -> None:
        for name in self._names:
            value = values.get(name)
            if name in self._headers and isinstance(value, str) and is_wide(value):
                self._rows += 1
                self._first = self._first or (row, self._headers[name], value)
                return

    def tell(self, remarks: Remarks) -> None:
        if self._first is not None:
            row, column, text = self._first
            remarks.notice(wide_letters(self._rows), row=row, column=column, value=text)


def is_wide(text: str) -> bool:
    """Whether a text holds letters or digits of full width."""
    return not text.isascii() and any(east_asian_width(letter) == "F" for letter in text)


def wide_letters(number: int) -> Text:
    """That ids are written with letters or digits of full width, which are other ids than those of half width."""
    return Text(
        f"{counted(number, 'row writes its', 'rows write their')} id with full-width letters, as here. That is stored "
        "as written, and the same id in half width would be another record.",
        f"ID に全角の文字がある行が {number:,} 行あります（この行など）。書かれたとおりに登録し、"
        "半角の同じ ID とは別の記録になります。",
    )
