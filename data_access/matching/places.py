"""Countries and regions as texts name them, in several languages, and the codes of states and provinces."""

import csv
from functools import cache

from babel import Locale

from data_access.matching.words import Words
from data_access.reference import COUNTRY_WORDS, countries

LANGUAGES = ("en", "de", "fr", "es", "it", "pt")
AMBIGUOUS = frozenset({"GE"})  # Georgia is a country and a state
TOGETHER = {"HK": "CN", "MO": "CN", "TW": "CN", "PR": "US"}  # a text may name either
WORDS_OF_A_COUNTRY = 5


class Places:
    """`countries` gives the code for the sum of a name's words, `codes` for the capitals of a state or a country."""

    def __init__(self, words: Words) -> None:
        self.countries: dict[int, str] = {}
        self.numbers: set[int] = set()  # of all their words
        self.codes: dict[str, str] = {}
        self.japanese: dict[str, str] = {}
        known = {country.code for country in countries()}
        for name, code in _territories():
            if code in known and code not in AMBIGUOUS:
                self._add(words, name, code)
        with COUNTRY_WORDS.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                if row["kind"] == "region code":
                    self.codes.setdefault(row["name"], row["country"])
                else:
                    self._add(words, row["name"], row["country"])

    def _add(self, words: Words, name: str, code: str) -> None:
        if not name.isascii() and any("\u3040" <= letter <= "\u9fff" for letter in name):
            self.japanese[name] = code
            return
        found = [word.number for word in words.counting(name)]
        if 0 < len(found) <= WORDS_OF_A_COUNTRY:
            self.countries.setdefault(sum(found), code)
            self.numbers.update(found)

    def in_japanese(self, text: str) -> set[str]:
        """The countries that a Japanese text names."""
        return {code for name, code in self.japanese.items() if name in text}


@cache
def _territories() -> tuple[tuple[str, str], ...]:
    listed = [(name, code) for tongue in LANGUAGES for code, name in Locale(tongue).territories.items()]
    listed += [(name, code) for code, name in Locale("ja").territories.items()]
    return tuple((name, code) for name, code in listed if len(code) == 2)
