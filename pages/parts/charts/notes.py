"""Dated remarks on a chart over fiscal years: their years, and their words above the plot."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pages.parts.charts.chart import FAINT_TEXT, Dict, label, wrapped
from pages.parts.language import current_language
from vocabulary.calendar import fiscal_year

NOTE_ROWS = 3
LEFT_PART = 0.6  # of the chart: words of years in it run to the right, those of later years to the left
LONGEST = 24  # letters of a note that are written; half as many where they are twice as wide


def notes_in(notes: pd.DataFrame | None, years: Sequence[int]) -> list[tuple[int, str]]:
    """Fiscal year and words of each note that falls in the years shown; several of one year share a line."""
    found: dict[int, list[str]] = {}
    for row in notes.itertuples() if notes is not None and years else ():
        day = pd.Timestamp(str(row.date)).date()
        year = fiscal_year(date(day.year, day.month, day.day))
        if years[0] <= year <= years[-1]:
            found.setdefault(year, []).append(str(row.text_ja if current_language() == "ja" else row.text_en))
    return [(year, " / ".join(words)) for year, words in sorted(found.items())]


def note_labels(notes: Sequence[tuple[int, str]], years: Sequence[int]) -> list[Dict]:
    """The words of the notes above the plot, on rows in turn so that neighbours do not collide."""
    return [
        label(
            wrapped(_shortened(words), 99),
            colour=FAINT_TEXT,
            hovertext=wrapped(words, 60),
            x=year,
            y=1,
            yref="paper",
            yshift=4 + 14 * (place % NOTE_ROWS),
            yanchor="bottom",
            xanchor="right" if year - years[0] > LEFT_PART * (years[-1] - years[0]) else "left",
        )
        for place, (year, words) in enumerate(notes)
    ]


def _shortened(words: str) -> str:
    longest = LONGEST if words.isascii() else LONGEST // 2
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
