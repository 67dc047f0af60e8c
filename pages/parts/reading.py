"""Small tables that are read, not sorted: every word shown in full, however long."""

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.parts.language import literal, say
from vocabulary.text import Text

ROOM = "\u00a0" * 16  # without it the first column is one Japanese character wide on a phone


def reading_table(header: Sequence[Text], rows: Iterable[Sequence[str]]) -> None:
    """One row of words each; what comes from data cannot carry Markdown."""
    first, *others = (literal(say(name)) for name in header)
    lines = [[first + ROOM, *others], ["---"] * len(header)]
    lines += [[literal(cell) for cell in row] for row in rows]
    st.markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))
