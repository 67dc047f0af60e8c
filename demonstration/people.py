"""Persons under pseudonyms: posts and places of study, held for some years and then by somebody else."""

import numpy as np

from demonstration.chance import Chance, Whole
from demonstration.departments import LEVELS
from demonstration.headcounts import Headcounts
from demonstration.years import YEARS

LEAVE_PER_MILLE = {"researcher": 90, "staff": 70, "student": 300}
PREFIX = {"researcher": "p", "staff": "a", "student": "s"}
TAKING_PART_PER_MILLE = 380
"""Posts whose holders appear in records at all; the others teach, treat and administer."""
HOLDERS = 16
"""More holders than one post can have in twelve years."""


class People:
    """Who holds which post in which year, so that careers, newcomers and participation make sense."""

    def __init__(self, chance: Chance, heads: Headcounts) -> None:
        self._chance = chance
        self._counts = {
            "researcher": heads.everyone["researcher"],
            "staff": heads.everyone["staff"],
            "student": heads.students(),
        }
        self._visitors = 0
        self._first: dict[str, Whole] = {}
        self._holder: dict[str, Whole] = {}
        foreign = sum((heads.international[level] for level in LEVELS), np.zeros_like(heads.students()))
        self._foreign = foreign
        for kind, counts in self._counts.items():
            posts = counts.max(axis=1)
            self._first[kind] = np.cumsum(posts) - posts
            leaves = chance.happens(LEAVE_PER_MILLE[kind], int(posts.sum()) * len(YEARS)).reshape(-1, len(YEARS))
            self._holder[kind] = np.cumsum(leaves, axis=1)

    def drawn(self, kind: str, departments: Whole, years: Whole) -> list[str]:
        """One person for each entry, of the department and position of the year; the same few are drawn often.

        Students are drawn evenly, from those who are not international students; visitors are new each time.
        """
        if kind == "visitor":
            return self.visitors(len(departments))
        counts = self._counts[kind][departments, years]
        if kind == "student":
            foreign = np.minimum(self._foreign[departments, years], np.maximum(counts - 1, 0))
            post = self._chance.between(foreign, np.maximum(counts - 1, 0), len(counts))
        else:
            post = self._chance.front(np.maximum(counts * TAKING_PART_PER_MILLE // 1000, 1))
        place = self._first[kind][departments] + post
        numbers = place * HOLDERS + self._holder[kind][place, years]
        return [f"{PREFIX[kind]}{number:07d}" for number in numbers.tolist()]

    def visitors(self, count: int) -> list[str]:
        """Persons from elsewhere, each here for the first time."""
        start = self._visitors
        self._visitors += count
        return [f"v{number:07d}" for number in range(start + 1, start + count + 1)]
