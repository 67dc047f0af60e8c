"""One text as the matcher reads it: its words, its parts, the names of the registry in it, and the places it names."""

from dataclasses import dataclass, field
from typing import NamedTuple

from data_access.matching.names import LONGEST, Name, Names
from data_access.matching.places import Places
from data_access.matching.words import SEPARATORS, Word, number_of, pieces, prepared

MOST_WORDS = 120  # of a text; what comes later is not read
KINDS = frozenset(
    map(number_of, ("university", "institute", "college", "academy", "hospital", "school", "center", "society"))
)
_LEFT_OUT = frozenset({"of", "for", "de", "des", "der", "di", "du", "fur", "del", "della", "do", "da", "at", "in"})


class Span(NamedTuple):
    """A stretch of the kept words of a text, [first, last), and the sum of their numbers."""

    first: int
    last: int
    total: int


@dataclass(slots=True)
class Reading:
    """A text, read. `words` are all its words; `kept` the places among them of the words that count."""

    words: list[Word]
    written: list[str]
    parts: list[int]  # for each word: the how-manieth part of the text, as separators divide it
    kept: list[int]
    names: list[Span] = field(default_factory=list)
    cities: list[Span] = field(default_factory=list)
    countries: list[tuple[Span, str]] = field(default_factory=list)
    changed: frozenset[int] = frozenset()  # kept words whose spelling was corrected

    def stretch(self, span: Span) -> str:
        """What the text writes there."""
        return " ".join(self.written[self.kept[span.first] : self.kept[span.last - 1] + 1])

    def crosses(self, span: Span) -> bool:
        return self.parts[self.kept[span.first]] != self.parts[self.kept[span.last - 1]]

    def before(self, span: Span) -> int | None:
        """The place of the word before, in the same part."""
        place = self.kept[span.first]
        return place - 1 if place and self.parts[place - 1] == self.parts[place] else None

    def behind(self, span: Span) -> int | None:
        place = self.kept[span.last - 1]
        return place + 1 if place + 1 < len(self.words) and self.parts[place + 1] == self.parts[place] else None


def read(text: str, names: Names) -> Reading:
    """The words of a text and its parts."""
    memory = names.words
    words: list[Word] = []
    written: list[str] = []
    parts: list[int] = []
    part = 0
    for piece in pieces(prepared(text)):
        if piece in SEPARATORS:
            part += 1
            continue
        word = memory[piece]
        for one in word.meanings or (word,):
            words.append(one)
            written.append(piece)
            parts.append(part)
        if len(words) >= MOST_WORDS:
            break
    kept = [place for place, word in enumerate(words) if word.number]
    return Reading(words, written, parts, kept)


def look_up(reading: Reading, names: Names, places: Places) -> None:
    """Fills in the names and places: every stretch of the text whose sum is one of them."""
    by_sum, cities, countries, known = names.by_sum, names.cities, places.countries, names.numbers
    sums = names.sums
    kept = [reading.words[place] for place in reading.kept]
    numbers = [0 if word.is_number or word.number not in known else word.number for word in kept]
    for first in range(len(numbers)):
        total = 0
        last = first
        for number in numbers[first : first + LONGEST]:
            if not number:
                break
            total += number
            last += 1
            if total not in sums:
                continue
            if total in by_sum:
                span = Span(first, last, total)
                if last - first == 1 or any(has_order_of(reading, span, name) for name in by_sum[total]):
                    reading.names.append(span)
            if total in countries:
                reading.countries.append((Span(first, last, total), countries[total]))
            if total in cities:
                reading.cities.append(Span(first, last, total))
    if reading.cities:
        there = {span[:2] for span, _ in reading.countries}
        reading.cities = [span for span in outermost(reading.cities) if span[:2] not in there]
    for place, word in enumerate(kept):
        if word.is_capitals:
            code = places.codes.get(reading.written[reading.kept[place]])
            if code and _is_at_an_end(reading, reading.kept[place]):
                reading.countries.append((Span(place, place + 1, 0), code))


def _is_at_an_end(reading: Reading, place: int) -> bool:
    """Whether a word ends its part or stands before a number, as the code of a state does (CA 94720)."""
    if place + 1 == len(reading.words) or reading.parts[place + 1] != reading.parts[place]:
        return place > 0
    return reading.words[place + 1].is_number


def outermost(spans: list[Span]) -> list[Span]:
    """The spans that lie in no other, in order; of two that overlap the longer."""
    if len(spans) < 2:
        return list(spans)
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.first - one.last, one.first)):
        for other in chosen:
            if span.last > other.first and span.first < other.last:
                break
        else:
            chosen.append(span)
    return sorted(chosen)


def joins(word: Word) -> bool:
    """Whether a word that is left out goes on with a name: of, for, de."""
    return not word.number and word.plain in _LEFT_OUT


def has_order_of(reading: Reading, span: Span, name: Name) -> bool:
    """Whether the words stand as in a name, up to the place of its kind: Tohoku University, University of Tohoku.

    Behind a separator stands the end of the name, as it is: California Univ., Berkeley.
    """
    if span.last - span.first == 1:
        return True
    words = reading.words
    kept = [words[place].number for place in reading.kept[span.first : span.last]]
    told = list(name.told)
    crosses = reading.crosses(span)
    if not crosses and kept == told:
        return True
    if crosses:
        parts = [reading.parts[place] for place in reading.kept[span.first : span.last]]
        tail = [number for number, part in zip(kept, parts, strict=True) if part != parts[0]]
        if told[-len(tail) :] != tail or not _is_apart(reading, span, kept[: len(kept) - len(tail)]):
            return False
    if [number for number in kept if number not in KINDS] == [number for number in told if number not in KINDS]:
        return True
    last = reading.kept[span.last - 1]
    ends = last + 1 == len(reading.words) or reading.parts[last + 1] != reading.parts[last]
    return ends and _begins(reading, span) and sorted(kept) == sorted(told)


def _begins(reading: Reading, span: Span) -> bool:
    first = reading.kept[span.first]
    return first == 0 or reading.parts[first - 1] != reading.parts[first]


def _is_apart(reading: Reading, span: Span, head: list[int]) -> bool:
    """Whether the words before the first separator inside a span are no mere end of something else."""
    return _begins(reading, span) or (len(head) > 1 and not KINDS.isdisjoint(head))
