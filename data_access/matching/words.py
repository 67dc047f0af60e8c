"""The words of names and affiliations: one number for all ways of writing a word, and which words decide nothing.

A name is the sum of the numbers of its words, so that a stretch of a text is compared with every name of the registry
by one look-up, in whatever order its words stand.
"""

import csv
import re
import unicodedata
from hashlib import blake2b
from html import unescape
from typing import NamedTuple

from data_access.reference import INSTITUTION_WORDS

SEPARATORS = frozenset((*",;:/|()[]#\n\t，；、：／（）", " - ", " – ", " — "))
_DOTTED = re.compile(r"(?<=\b[^\W\d_])\. ?(?=[^\W\d_]\b)")  # U.S.A., P. R. China
_ELIDED = re.compile(r"\b(?:d|l|dell|all|nell|sull|dall|qu|s)['’`´](?=\w)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z]{1,6}/?>")
_TECHNICAL = re.compile(r"\btechn?\.? univ", re.IGNORECASE)
_STUDI = re.compile(r"degli studi", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\w)['’`´ʻ‘](?=\w)")
_TOKEN = re.compile(r"[^\W_]+|[,;:/|()\[\]#\n\t，；、：／（）]| [-–—] ")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
LONGEST_MEMORY = 400_000


class Word(NamedTuple):
    """One word as it is compared: `number` is 0 for a word that is left out (of, the, Ltd.)."""

    number: int
    plain: str  # what it means, in one spelling
    roles: frozenset[str]
    is_capitals: bool
    is_number: bool  # three digits or more, or digits among letters: a postal code, a house
    meanings: tuple["Word", ...] = ()  # of a word that stands for several: TU


def prepared(text: str) -> str:
    """A text with its initials joined and its apostrophes gone."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "&" in text or "<" in text:
        text = unescape(_TAG.sub(" ", text))
    if "." in text:
        text = _DOTTED.sub("", text)
    if "'" in text or "’" in text or "`" in text or "´" in text or "ʻ" in text or "‘" in text:
        text = _APOSTROPHE.sub("", _ELIDED.sub(" ", text))
    if "tudi" in text:
        text = _STUDI.sub("", text)
    if "ech. U" in text or "ECH. U" in text or "ech U" in text:
        text = _TECHNICAL.sub("technical univ", text)
    return text


def pieces(text: str) -> list[str]:
    """The words and separators of a prepared text."""
    return _TOKEN.findall(text)


def plain(word: str) -> str:
    """A word in small letters without accents."""
    word = word.casefold()
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def number_of(word: str) -> int:
    """The number of a meaning: the same on every machine, far too long for two sums to meet by chance."""
    return int.from_bytes(blake2b(word.encode(), digest_size=7).digest())


class Words(dict[str, Word]):
    """Every word met so far, as it stood in a text, with what it is."""

    def __init__(self) -> None:
        super().__init__()
        with INSTITUTION_WORDS.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        self._meanings = {row["word"]: row["meaning"] for row in rows}
        self._roles: dict[str, frozenset[str]] = {}
        for row in rows:
            if row["role"]:
                self._roles.setdefault(row["meaning"] or row["word"], frozenset(row["role"].split("|")))

    def __missing__(self, written: str) -> Word:
        if len(self) > LONGEST_MEMORY:
            self.clear()
        small = plain(written)
        meaning = self._meanings.get(small)
        if meaning is None:
            meaning = small[:-1] if len(small) > 5 and small[-1] == "s" and small[-2] not in "siu" else small
            meaning = self._meanings.get(meaning, meaning)
        digits = 0 if small.isalpha() else sum(letter.isdigit() for letter in small)
        word = Word(
            number=sum(number_of(part) for part in meaning.split()),
            plain=meaning or small,
            roles=self._roles.get(meaning or small, frozenset()),
            is_capitals=len(written) > 1 and written.isupper(),
            is_number=digits > 2 or 0 < digits < len(small),
            meanings=tuple(self[part] for part in meaning.split()) if " " in meaning else (),
        )
        self[written] = word
        return word

    @property
    def of_places(self) -> list[str]:
        """The words that say where: Chinese, Hungarian."""
        return [meaning for meaning, roles in self._roles.items() if "place" in roles]

    def counting(self, text: str) -> list[Word]:
        """The words of a name that count, each meaning by itself."""
        found: list[Word] = []
        for piece in _TOKEN.findall(prepared(text)):
            if piece in SEPARATORS:
                continue
            word = self[piece]
            if word.number:
                found += word.meanings or (word,)
        return found
