"""Tables that are read, not sorted: every word shown in full, however long, on a phone as well."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.parts.charts.small_line import small_line
from pages.parts.language import current_language, literal, say
from pages.parts.tables import Column, Columns
from vocabulary.text import Text

JOINER, NO_BREAK, BREAK = "\u2060", "\u00a0", "\u200b"
SHORT = 24  # letters
ROOM = "\u00a0" * 22  # without it the first column is one Japanese character wide on a phone


def reading_table(header: Sequence[Text], rows: Iterable[Sequence[str]]) -> None:
    """One row of words each; what comes from data cannot carry Markdown."""
    first, *others = (literal(say(name)) for name in header)
    lines = [[first + ROOM, *others], ["---"] * len(header)]
    lines += [[literal(cell) for cell in row] for row in rows]
    st.markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))


Cells = pd.DataFrame | Mapping[str, Sequence[object]]  # by column


def figures_table(cells: Cells, columns: Columns, *, alt: Text, narrow: bool = False) -> None:
    """The columns named, in that order: names in full on any screen, statuses as badges, trends as small lines.

    A cell may break at its line feeds; `narrow` gives short names no more room than they take.
    """
    first = next(iter(columns))
    room, names = ("", None) if narrow else (ROOM, first)
    seen = {
        _heading(name, columns, room): _written(cells[name], one, names=name == names) for name, one in columns.items()
    }
    st.table(pa.table(seen), hide_index=True, border="horizontal", alt=say(alt))


def helps(columns: Columns, *names: str) -> list[str]:
    """What some columns mean, to be said below a table: `Needed a year: the change ...`."""
    colon = say(Text(": ", "："))
    return [literal(f"{one.heading}{colon}{say(one.help)}") for one in (columns[name] for name in names) if one.help]


def _heading(name: str, columns: Columns, room: str) -> str:
    heading = literal(_in_one_line(columns[name].heading))
    return heading + room if name == next(iter(columns)) else heading


def _written(values: Iterable[Any], column: Column, *, names: bool) -> list[str]:
    """The cells of a column; all but names stay in one line if they are short."""
    if column.kind == "trend":
        return [small_line(trend) for trend in values]
    if column.kind == "status":
        return [
            f":{column.marks[word]}-badge[{literal(word)}]".replace(" ", NO_BREAK) if word else "" for word in values
        ]
    return [literal(str(value) if names else BREAK.join(map(_in_one_line, str(value).split("\n")))) for value in values]


def _in_one_line(words: str) -> str:
    """Short words unbroken: Japanese is else cut between any two letters, a number is parted from its unit."""
    if current_language() == "ja":
        return JOINER.join(words) if len(words) <= SHORT else words
    return words.replace(" ", NO_BREAK) if len(words) <= SHORT and any(map(str.isdigit, words)) else words
