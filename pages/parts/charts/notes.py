"""Dated remarks on a chart over fiscal years: numbers above their years, and their words for the lines below it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from pages.parts.charts.chart import TEXT, Dict, label, wrapped
from pages.parts.language import current_language
from vocabulary.calendar import fiscal_year

NUMBERS = tuple(chr(code) for code in range(ord("①"), ord("⑳") + 1))


class Note(NamedTuple):
    """One remark on a chart: its number, the fiscal year and the month it falls in, and its words."""

    number: str
    year: int
    month: str
    words: str

    @property
    def line(self) -> str:
        """The remark as the caption of the chart has it: `① 2020-04 Borders closed`."""
        return f"{self.number} {self.month} {self.words}"


def notes_in(notes: pd.DataFrame | None, years: Sequence[int]) -> list[Note]:
    """The remarks that fall in the years shown, numbered in the order of their days."""
    if notes is None or not years:
        return []
    words = "text_ja" if current_language() == "ja" else "text_en"
    days = [pd.Timestamp(str(day)).date() for day in notes["date"]]
    every = sorted(zip(days, (str(text) for text in notes[words]), strict=True))
    found = [(fiscal_year(date(day.year, day.month, day.day)), day, text) for day, text in every]
    inside = [one for one in found if years[0] <= one[0] <= years[-1]]
    numbers = [NUMBERS[place] if place < len(NUMBERS) else f"({place + 1})" for place in range(len(inside))]
    return [Note(number, year, f"{day:%Y-%m}", text) for number, (year, day, text) in zip(numbers, inside, strict=True)]


def note_labels(notes: Sequence[Note]) -> list[Dict]:
    """The numbers above their years; a reader who points at one reads its words."""
    by_year: dict[int, list[Note]] = {}
    for note in notes:
        by_year.setdefault(note.year, []).append(note)
    return [
        label(
            "".join(note.number for note in same),
            colour=TEXT,
            hovertext="<br>".join(wrapped(note.line, 60) for note in same),
            x=year,
            y=1,
            yref="paper",
            yanchor="bottom",
        )
        for year, same in by_year.items()
    ]
