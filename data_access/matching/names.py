"""All names of the registry, found by the sum of their words, and what each word is worth as evidence."""

import csv
import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from data_access.matching.japanese import JapaneseNames, is_japanese
from data_access.matching.words import Word, Words, number_of
from data_access.partners import ROR, RegistryRow
from data_access.reference import MORE_ACRONYMS

NAME, ALIAS, FORMER, ACRONYM = range(4)  # the surest first
FEW_COUNTRIES = 8  # a word in the names of more countries says little of where and who
COMMON_WORD = 0.3  # what such a word is worth beside a rare one
LONGEST = 14  # words of a name
WORDS_AT_ONCE = 8_000  # that are remembered while the names are read: most of them come in few names, and in no text
AT_ONCE = 100  # organizations whose countries are counted before looking whether they are many
NEAR_DEGREES = 0.35  # of latitude: some 40 km

_UNIVERSITY = number_of("university")


class Name(NamedTuple):
    """One name of one organization."""

    place: int  # the organization's place in `Names.rows`
    kind: int
    text: str
    told: tuple[int, ...] = ()  # the numbers of its words, in order


class Names:
    """The names of the active and inactive organizations among some rows of the registry.

    A withdrawn organization lends its names to the one that its chain of successors ends in.
    """

    def __init__(self, rows: Sequence[RegistryRow], leads_to: dict[str, str], words: Words) -> None:
        self.words = words
        self.rows = [row for row in rows if row.status != "withdrawn"]
        self.by_sum: dict[int, list[Name]] = defaultdict(list)
        self.by_acronym: dict[str, list[Name]] = defaultdict(list)
        self.japanese = JapaneseNames()
        self.spelled = [""] * len(self.rows)  # each organization's names, a line each, words in one spelling
        self.vocabulary: dict[str, int] = {}
        self.of_word: dict[int, list[int]] = defaultdict(list)  # organizations by the numbers of their words
        self._more_acronyms = more_acronyms()
        self._places = {number_of(word) for word in words.of_places}
        self.country = [row.country_code for row in self.rows]
        self._weights: dict[int, float] = {}
        places = {row.ror_id: place for place, row in enumerate(self.rows)}
        for row in rows:
            place = places.get(row.ror_id if row.status != "withdrawn" else leads_to.get(row.ror_id, ""))
            if place is not None:
                self._add(row, place, former=row.status == "withdrawn")
            if len(words) > WORDS_AT_ONCE:
                words.clear()
        self.parents = {
            place: found
            for place, row in enumerate(self.rows)
            if row.parents and (found := tuple(_places_of(row.parents, places)))
        }
        self._add_places()
        self.numbers = {number for names in self.by_sum.values() for name in names for number in name.told}
        self.numbers.update(self.cities)  # of cities of one word; the words of others are in names, too
        for total in self.by_sum.keys() & self.cities.keys():  # "SPA New Delhi" says New Delhi and no more
            kept = [name for name in self.by_sum.pop(total) if len(name.text.split()) < 2 or name.kind == NAME]
            if kept:
                self.by_sum[total] = kept
        self.sums = {*self.by_sum, *self.cities}  # and of countries, once places are known

    def _add(self, row: RegistryRow, place: int, *, former: bool) -> None:
        met: dict[int, str] = {}
        listed = (*row.acronyms.split("|"), *self._more_acronyms.get(row.ror_id, ()))
        acronyms = dict.fromkeys(filter(None, listed))  # in order: IMBER and IMBeR are the same to who looks for one
        for kind, text in _texts(row, acronyms):
            if is_japanese(text):
                self.japanese.add(text, Name(place, FORMER if former else kind, text))
                continue
            found = self.words.counting(text)
            if not 0 < len(found) <= LONGEST:
                continue
            told = tuple([word.number for word in found])
            name = Name(place, FORMER if former else kind, text, told)
            total = sum(told)
            for word in found:
                met[word.number] = word.plain
            self.by_sum[total].append(name)
            if not former:
                self.spelled[place] += " ".join([word.plain for word in found]) + "\n"
            if row.country_code in _SYLLABLES:
                self._add_joined(found, name)
        for acronym in acronyms:
            self.by_acronym[acronym.upper()].append(Name(place, ACRONYM, acronym))
        for number, text in met.items():
            self.vocabulary.setdefault(text, number)
            self.of_word[number].append(place)

    def _add_joined(self, found: list[Word], name: Name) -> None:
        """The same name with two syllables written as one word: Jiao Tong, Jiaotong."""
        for one, other in pairwise(found):
            if not (one.roles or other.roles) and len(one.plain) + len(other.plain) < 14:
                joined = one.plain + other.plain
                number = number_of(joined)
                place = name.told.index(one.number)
                told = (*name.told[:place], number, *name.told[place + 2 :])
                self.by_sum[sum(told)].append(name._replace(told=told))
                self.vocabulary.setdefault(joined, number)

    def _add_places(self) -> None:
        """Where organizations are: the sum of the city's words, and for each city the middle of those in it."""
        self.city = [self._city(row.city) for row in self.rows]
        sums: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for row, city in zip(self.rows, self.city, strict=True):
            if city and row.latitude:
                total = sums[city, row.country_code]
                total[0] += float(row.latitude)
                total[1] += float(row.longitude)
                total[2] += 1
        self.cities: dict[int, list[tuple[str, float, float]]] = defaultdict(list)
        for (city, country), (latitude, longitude, count) in sums.items():
            self.cities[city].append((country, latitude / count, longitude / count))

    def _city(self, text: str) -> int:
        found = self.words.counting(text)
        return sum(word.number for word in found if len(found) == 1 or word.plain not in _KINDS_OF_CITIES)

    def is_near(self, place: int, city: int) -> bool:
        """Whether an organization is in a city that a text names, or close by."""
        if self.city[place] == city:
            return True
        row = self.rows[place]
        return any(
            country == row.country_code
            and abs(float(row.latitude or 90) - latitude) < NEAR_DEGREES
            and abs(float(row.longitude or 180) - longitude) < 2 * NEAR_DEGREES
            for country, latitude, longitude in self.cities.get(city, ())
        )

    def weight(self, number: int) -> float:
        """What a word is worth: the rarer among names the more, little where names of many countries have it."""
        known = self._weights.get(number)
        if known is None:
            organizations = self.of_word.get(number, ())
            rarity = math.log((len(self.rows) + 1) / (len(organizations) + 1))
            is_rare = number in self._places or self._is_of_few_countries(organizations)
            known = self._weights[number] = rarity if is_rare else COMMON_WORD * rarity
        return known

    def _is_of_few_countries(self, organizations: Sequence[int]) -> bool:
        if len(organizations) <= FEW_COUNTRIES:
            return True
        there: set[str] = set()
        for first in range(0, len(organizations), AT_ONCE):
            there.update(map(self.country.__getitem__, organizations[first : first + AT_ONCE]))
            if len(there) > FEW_COUNTRIES:
                return False
        return True

    def ancestors(self, place: int) -> frozenset[int]:
        """What an organization belongs to, up to the top."""
        found: set[int] = set()
        waiting = [place]
        while waiting:
            for parent in self.parents.get(waiting.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return frozenset(found)


def more_acronyms() -> dict[str, list[str]]:
    """Acronyms that the release of the registry lacks, by id."""
    found: dict[str, list[str]] = defaultdict(list)
    with MORE_ACRONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            found[row["ror_id"]].append(row["acronym"])
    return found


def _texts(row: RegistryRow, acronyms: Collection[str]) -> Iterator[tuple[int, str]]:
    """The names of an organization, each once; a company's without the country that ROR adds in brackets."""
    name, _, rest = row.name.rpartition(" (")
    yield NAME, name if name and rest.endswith(")") and "company" in row.types else row.name
    if row.name_ja and row.name_ja != row.name:
        yield NAME, row.name_ja
    for alias in row.aliases.split("|"):
        if alias and alias not in acronyms and alias not in (row.name, row.name_ja):
            yield ALIAS, alias
    for acronym in acronyms:
        if " " in acronym or "-" in acronym:
            yield ALIAS, acronym


def _places_of(listed: str, places: Mapping[str, int]) -> Iterator[int]:
    """The places of those organizations among some that are there; `listed`: bare ids, separated by |."""
    return (place for bare in listed.split("|") if (place := places.get(ROR + bare)) is not None)


_KINDS_OF_CITIES = frozenset({"ku", "shi", "cho", "city", "gun", "machi", "town"})
_SYLLABLES = frozenset({"CN", "TW", "KR", "HK", "VN", "SG", "JP"})
