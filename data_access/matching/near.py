"""Names that a text writes otherwise: words with a misprint, shortened ones, and names that are only similar."""

import heapq
from collections import defaultdict
from dataclasses import replace
from itertools import chain, repeat

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from data_access.matching.deciding import RARE_WORD, Found
from data_access.matching.names import ALIAS, Name, Names
from data_access.matching.places import Places
from data_access.matching.reading import Reading, look_up
from data_access.matching.words import Word

SHORTEST = 5  # letters of a word that may hold a misprint
LONG = 9  # letters of a word that may hold two
LIKE = 72.0  # of 100, the least that is worth showing
SURE = 86.0
AHEAD = 5.0  # of the next organization
MOST = 5
RARE_WORDS = 3
MOST_OF_A_WORD = 250
MOST_OF_A_CITY = 400
MOST_RANKED = 200
MOST_PARTS = 3
UNITS = frozenset({"department", "faculty", "division", "section", "chair"})
RARELY = 8  # organizations: a word that more of them have is no misprint


class Near:
    """Corrects the words of a text by those of the registry's names, and finds names that are similar."""

    def __init__(self, names: Names, places: Places) -> None:
        self._names = names
        self._places = places
        self._by_city: dict[int, list[int]] | None = None
        self._names_in_city: dict[int, dict[str, tuple[list[str], list[int]]]] = {}
        self._corrections: dict[str, str] = {}
        self._by_beginning: dict[tuple[str, int], list[str]] = {}
        self._choices: dict[tuple[str, int, int], list[str]] = {}

    def corrected(self, reading: Reading) -> Reading | None:
        """The reading with unknown words in place of which the registry has one nearly the same; None without any."""
        words = list(reading.words)
        changed = set()
        for place in reading.kept:
            word = words[place]
            if word.number in self._names.of_word or word.is_number or len(word.plain) < SHORTEST:
                continue
            better = self._correction(word.plain)
            if better:
                words[place] = word._replace(number=self._names.vocabulary[better], plain=better)
                changed.add(place)
        if not changed:
            return None
        again = replace(reading, words=words, names=[], cities=[], countries=[], changed=frozenset(changed))
        look_up(again, self._names, self._places)
        return again

    def similar(self, reading: Reading, country: str) -> list[Found]:
        """Organizations whose names are like a part of the text, the likest first; sure where only misprints differ."""
        named = {country} if country else {code for _, code in reading.countries}
        cities = {span.total for span in reading.cities}
        found: dict[int, Found] = {}
        for words in self._parts(reading)[:MOST_PARTS]:
            for one in self._like(reading, words, named, cities):
                if one.place not in found or found[one.place].likeness < one.likeness:
                    found[one.place] = one
        return sorted(found.values(), key=lambda one: -one.likeness)[:MOST]

    def holding(self, reading: Reading) -> list[int]:
        """Organizations in whose names most words of a text stand, those of which it says most first."""
        names = self._names
        words = {reading.words[place].number for place in reading.kept}
        hits: dict[int, float] = defaultdict(float)
        for number in words & names.of_word.keys():
            for place in names.of_word[number]:
                hits[place] += names.weight(number)
        text = " ".join([reading.words[place].plain for place in reading.kept])
        best = heapq.nlargest(MOST_RANKED, hits, key=lambda place: hits[place])
        return sorted(
            best, key=lambda place: -max(fuzz.WRatio(text, one) for one in names.spelled[place].splitlines() or [""])
        )

    def _parts(self, reading: Reading) -> list[list[int]]:
        """The parts of a text that may be a name, without departments, countries, cities and streets."""
        places_named = [*reading.cities, *(span for span, _ in reading.countries)]
        explained = {place for span in places_named for place in reading.kept[span.first : span.last]}
        parts: dict[int, list[int]] = defaultdict(list)
        for place in reading.kept:
            parts[reading.parts[place]].append(place)
        streets = {part for part, words in parts.items() if any(reading.words[place].is_number for place in words)}
        if len(streets) < len(parts):
            for part in streets:
                del parts[part]
        return [
            words
            for words in parts.values()
            if not explained.issuperset(words)
            and reading.words[words[0]].plain not in UNITS
            and (len(words) > 1 or len(parts) == 1)
        ]

    def _like(self, reading: Reading, places: list[int], named: set[str], cities: set[int]) -> list[Found]:
        names = self._names
        text = " ".join([reading.words[place].plain for place in places])
        choices, owners = self._candidates([reading.words[place] for place in places], named, cities)
        likest = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=LIKE, limit=MOST)
        best: dict[int, tuple[str, float]] = {}
        for spelled, likeness, which in likest:  # the likest first
            best.setdefault(owners[which], (spelled, likeness))
        ranked = [(place, spelled, likeness) for place, (spelled, likeness) in best.items()]
        found = []
        for rank, (place, spelled, likeness) in enumerate(ranked):
            in_city = any(names.is_near(place, city) for city in cities)
            in_country = names.country[place] in named
            ahead = rank == 0 and (len(ranked) == 1 or likeness - ranked[1][2] >= AHEAD)
            sure = (
                ahead
                and likeness >= (SURE if spelled.split()[: len(text.split())] != text.split() else LIKE)
                and in_city
                and (in_country or not named)
            )
            found.append(
                Found(
                    place=place,
                    name=Name(place, ALIAS, names.rows[place].name),
                    written=" ".join(reading.written[one] for one in places),
                    order=places[0],
                    in_country=in_country,
                    in_city=in_city,
                    is_corrected=True,
                    doubts=() if sure and self._differs_by_misprints(text, spelled) else ("similar",),
                    likeness=likeness / 100,
                )
            )
        return found

    def _candidates(self, words: list[Word], named: set[str], cities: set[int]) -> tuple[list[str], list[int]]:
        """The names of organizations that share a rare word with a text, or are in its city, and whose each is."""
        names = self._names
        found: set[int] = set()
        lists = sorted((names.of_word[word.number] for word in words if word.number in names.of_word), key=len)
        for listed in lists[:RARE_WORDS]:
            if len(listed) <= MOST_OF_A_WORD:
                found.update(listed)
        country = names.country
        places = [place for place in found if country[place] in named] if named else list(found)
        listed_names = [names.spelled[place].splitlines() for place in places]
        choices = list(chain.from_iterable(listed_names))
        owners = list(chain.from_iterable(map(repeat, places, map(len, listed_names))))
        for city in cities:
            for there, (spelled, whose) in self._in_city(city).items():
                if not named or there in named:
                    choices += spelled
                    owners += whose
        return choices, owners

    def prepare(self) -> None:
        """Builds what is otherwise built when it is first asked for, so that processes forked off share it."""
        self._in_city(0)
        self._words_like("", 0, 0)

    def _in_city(self, city: int) -> dict[str, tuple[list[str], list[int]]]:
        """The names of the organizations in a city, and whose each is, by country."""
        if self._by_city is None:
            by_city: dict[int, list[int]] = defaultdict(list)
            for place, there in enumerate(self._names.city):
                by_city[there].append(place)
            self._by_city = by_city  # whole, for other threads read it
        known = self._names_in_city.get(city)
        if known is None:
            known = {}
            for place in self._by_city.get(city, [])[:MOST_OF_A_CITY]:
                choices, owners = known.setdefault(self._names.country[place], ([], []))
                spelled = self._names.spelled[place].splitlines()
                choices += spelled
                owners += [place] * len(spelled)
            self._names_in_city[city] = known
        return known

    def _differs_by_misprints(self, text: str, spelled: str) -> bool:
        """Whether the words that differ are misprints of each other, and none of them is a word of other names."""
        ours, theirs = ([word for word in one.split() if len(word) > 2] for one in (text, spelled))  # no initials
        names = self._names
        if theirs[: len(ours)] == ours and len(theirs) > len(ours):  # The Weizmann Institute, of Science left out
            worth = [names.weight(names.vocabulary[word]) for word in theirs]
            return max(worth[: len(ours)]) >= RARE_WORD > max(worth[len(ours) :])
        if len(ours) != len(theirs):
            return text.replace(" ", "") == spelled.replace(" ", "")
        for one, other in zip(ours, theirs, strict=True):
            if one != other:
                number = self._names.vocabulary.get(one)
                if OSA.distance(one, other) > 2 or min(len(one), len(other)) < 4:
                    return False
                if number is not None and len(self._names.of_word[number]) > RARELY:
                    return False
        return True

    def _correction(self, word: str) -> str:
        known = self._corrections.get(word)
        if known is None:
            known = self._corrections[word] = self._nearest(word)
        return known

    def _nearest(self, word: str) -> str:
        most = 2 if len(word) >= LONG else 1
        choices = self._words_like(word[:1], len(word), most)
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=2)
        if not found or (len(found) > 1 and found[1][1] == found[0][1]):
            return ""
        return str(found[0][0])

    def _words_like(self, letter: str, length: int, most: int) -> list[str]:
        """The words of names that begin with a letter and are about as long."""
        key = (letter, length, most)
        known = self._choices.get(key)
        if known is None:
            if not self._by_beginning:
                by_beginning = defaultdict(list)
                for text in self._names.vocabulary:
                    by_beginning[text[:1], len(text)].append(text)
                self._by_beginning = by_beginning  # whole, for other threads read it
            near = range(length - most, length + most + 1)
            known = [text for one in near for text in self._by_beginning.get((letter, one), ())]
            self._choices[key] = known
        return known
