"""What the process that reads a file says to the one that asked: one JSON object a line, rows and works in batches."""

import json
from typing import BinaryIO, TypedDict

from data_access.files.text_rows import Dated, TextRow, Uncalculated, UnreadableError
from vocabulary.text import Text

_ROWS = 500  # that are sent together; a work is as large as many rows
_PLAIN = {str}
_MORE_THAN_TEXT = {kind.__name__: kind for kind in (Uncalculated, Dated)}


class Message(TypedDict, total=False):
    """One message has one of these."""

    rows: list[tuple[int, list[str], list[tuple[int, str]]]]  # number, cells, and which of them are more than text
    works: list[tuple[int, dict[str, object]]]
    progress: float
    notice: tuple[str, str]
    unreadable: tuple[str, str, int | None, str, str]  # in both languages, row, column, value
    end: bool


class Sender:
    """Writes messages; rows wait until there are enough of them."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._rows: list[tuple[int, list[str], list[tuple[int, str]]]] = []

    def row(self, row: TextRow) -> None:
        number, cells = row
        more = (
            []
            if set(map(type, cells)) <= _PLAIN
            else [(p, type(c).__name__) for p, c in enumerate(cells) if type(c) is not str]
        )
        self._rows.append((number, cells, more))
        if len(self._rows) >= _ROWS:
            self._send_rows()

    def work(self, number: int, work: dict[str, object]) -> None:
        self._say({"works": [(number, work)]})

    def progress(self, done: float) -> None:
        self._say({"progress": done})

    def notice(self, text: Text) -> None:
        self._say({"notice": text})

    def unreadable(self, error: UnreadableError) -> None:
        self._say({"unreadable": (*error.message, error.row, error.column, error.value)})

    def end(self) -> None:
        self._say({"end": True})
        self._pipe.flush()

    def _say(self, message: Message) -> None:
        self._send_rows()
        self._send(message)

    def _send_rows(self) -> None:
        if self._rows:
            self._send({"rows": self._rows})
            self._rows.clear()

    def _send(self, message: Message) -> None:
        self._pipe.write(f"{json.dumps(message, allow_nan=False)}\n".encode())


def row_from(number: int, cells: list[str], more: list[tuple[int, str]]) -> TextRow:
    """A row as it was before it was sent."""
    for place, kind in more:
        cells[place] = _MORE_THAN_TEXT[kind](cells[place])
    return TextRow(number, cells)


def refusal_from(en: str, ja: str, row: int | None, column: str, value: str) -> UnreadableError:
    """A refusal as it was before it was sent."""
    return UnreadableError(en, ja, row=row, column=column, value=value)
