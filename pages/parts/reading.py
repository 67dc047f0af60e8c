"""Tables that are read, not sorted: every word shown in full, however long, on a phone as well."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from pages.parts.charts.small_line import small_line
from pages.parts.language import literal, say
from pages.parts.tables import Column, Columns
from vocabulary.text import Text

LONGEST_NUMBER = 24  # letters; what is longer is a sentence or a picture
ROOM = "\u00a0" * 22  # without it the first column is one Japanese character wide on a phone


def reading_table(header: Sequence[Text], rows: Iterable[Sequence[str]]) -> None:
    """One row of words each; what comes from data cannot carry Markdown."""
    first, *others = (literal(say(name)) for name in header)
    lines = [[first + ROOM, *others], ["---"] * len(header)]
    lines += [[literal(cell) for cell in row] for row in rows]
    st.markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))


def figures_table(frame: pd.DataFrame, columns: Columns, *, alt: Text) -> None:
    """The columns named, in that order: names in full on any screen, statuses as badges, trends as small lines."""
    written = {name: _written(frame[name], column) for name, column in columns.items()}
    first = next(iter(columns))
    seen = pd.DataFrame(
        {_heading(name, columns): cells if name == first else _unbroken(cells) for name, cells in written.items()}
    )
    st.table(seen, hide_index=True, border="horizontal", alt=say(alt))


def helps(columns: Columns, *names: str) -> list[str]:
    """What some columns mean, to be said below a table: `Needed a year: the change ...`."""
    colon = say(Text(": ", "："))
    return [literal(f"{one.heading}{colon}{say(one.help)}") for one in (columns[name] for name in names) if one.help]


def _heading(name: str, columns: Columns) -> str:
    heading = literal(columns[name].heading)
    return heading + ROOM if name == next(iter(columns)) else heading


def _written(values: pd.Series, column: Column) -> list[str]:
    if column.kind == "trend":
        return [small_line(trend) for trend in values]
    if column.kind == "status":
        return [f":{column.marks[word]}-badge[{literal(word)}]" if word else "" for word in values]
    return [literal(str(value)) for value in values]


def _unbroken(values: list[str]) -> list[str]:
    """Numbers that are not parted from their units; words may take several lines."""
    return [value.replace(" ", "\u00a0") if len(value) <= LONGEST_NUMBER else value for value in values]
