"""Canaries: texts and numbers that stand in one department's records and nowhere else, and how each is told again."""

import random
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from metrics.disclosure.rounding import BASE
from vocabulary.departments import UNIVERSITY

BEGINS, ENDS = "Zq", "qZ"  # letters only: what escapes Markdown or breaks lines leaves them whole
MARK = re.compile(rb"zq([a-z]{2,24}?)qz")
FIRST, LAST = 100_000_000, 999_999_999  # of the numbers: long enough that no sum, day or id is one by chance
EVERYBODY = "ALL"  # the university itself
BETWEEN = "x"  # of the owners of what belongs to several departments

Owners = frozenset[str]


@dataclass
class Canaries:
    """The marks of one university: whose each number is. A text says itself whose it is."""

    numbers: dict[int, Owners] = field(default_factory=dict)
    persons: dict[str, Owners] = field(default_factory=dict)  # pseudonyms of persons, as they are stored
    chance: random.Random = field(default_factory=lambda: random.Random(20_261_128))  # noqa: S311  the same on any machine

    def number(self, owners: Collection[str], least: int = FIRST, most: int = LAST) -> int:
        """A number that nobody has had; it is these departments', where it is not the university's.

        No multiple of five: anonymous quartiles of persons are told to the nearest five, which may be one by chance.
        """
        while (made := self.chance.randint(least, most)) in self.numbers or made % BASE == 0:
            pass
        if UNIVERSITY not in owners:  # its figures are everybody's
            self.numbers[made] = frozenset(owners)
        return made


def text(*owners: str) -> str:
    """A text that says whose it is: `ZqENGqZ`, of two departments `ZqENGxSCIqZ`; the university itself is `ALL`."""
    return f"{BEGINS}{BETWEEN.join(_letters(one) for one in owners)}{ENDS}"


def owners_of(mark: bytes) -> Owners:
    """The departments that a text of `text` names, in capitals."""
    return frozenset(one.upper().replace(EVERYBODY, UNIVERSITY) for one in mark.decode().split(BETWEEN))


def _letters(code: str) -> str:
    if code == UNIVERSITY:
        return EVERYBODY
    if not code.isalpha() or BETWEEN in code.lower() or "q" in code.lower() or code == EVERYBODY:
        raise ValueError(f"the code {code!r} cannot be said in a mark: letters only, without {BETWEEN} and q")
    return code
