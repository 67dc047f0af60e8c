"""The matcher: which organization of the registry a name or an affiliation means, surely, perhaps or not at all."""

from collections.abc import Iterable, Sequence
from functools import cache

from data_access.many_rows import no_search_for_cycles
from data_access.matching.answers import Candidate, Decided, Match, bare
from data_access.matching.deciding import DISTINCTIVE, RARE_WORD, Doubt, Found, Surroundings, weigh
from data_access.matching.names import ACRONYM, Names
from data_access.matching.near import Near
from data_access.matching.places import Places
from data_access.matching.reading import Reading, Span, look_up, outermost, read
from data_access.matching.words import Words, number_of
from data_access.partners import NotInRegistryError, Organization, Registry, RegistryRow, organization, registry

MOST_CANDIDATES = 5
_LABORATORY = number_of("laboratory")
MOST_FOUND = 20


class Matcher:
    """Matches texts against some organizations: those of the registry, or the rows that are given."""

    def __init__(self, registry: Registry, rows: Sequence[RegistryRow] | None = None) -> None:
        rows = registry.rows() if rows is None else rows
        self._registry = registry
        self._organizations: dict[int, Organization] = {}
        ends = {row.ror_id: registry.leads_to(row) for row in rows if row.status == "withdrawn"}
        leads_to = {ror_id: end.ror_id for ror_id, end in ends.items() if end is not None}
        self._names = Names(rows, leads_to, Words())
        self._places = Places(self._names.words)
        self._names.numbers.update(self._places.numbers)
        self._names.sums.update(self._places.countries)
        self._near = Near(self._names, self._places)

    def match(self, text: str, country: str = "") -> Match:
        """What a text means; `country` (alpha-2) is where it is said to be, and nothing elsewhere is sure."""
        return self.match_of(text, country, self.decide(text, country))

    def decide(self, text: str, country: str = "") -> Decided:
        """What `match` says, without its organizations: what a process forked off another one hands back to it."""
        text = text.strip()
        reading = read(text, self._names)
        look_up(reading, self._names, self._places)
        found = self._found(reading, text, country)
        if not any(not one.doubts for one in found):
            again = self._near.corrected(reading)
            if again is not None:
                found = _joined(self._found(again, text, country), found)
        sure = [one for one in found if not one.doubts]
        if sure:
            return bare("sure", self._without_ancestors(sure))
        similar = self._near.similar(reading, country) if text else []
        found = _joined(found, similar)
        sure = [one for one in found if not one.doubts]
        if sure:
            return bare("sure", sure[:1])
        found = [one for one in found if "country" not in one.doubts or len(one.doubts) == 1]
        found.sort(key=lambda one: (-one.score, one.order))
        return bare("doubtful" if found else "none", found[:MOST_CANDIDATES])

    def match_of(self, text: str, country: str, decided: Decided) -> Match:
        """The match that was decided on for a text."""
        status, found = decided
        candidates = [
            Candidate(
                organization=self._organization(place),
                status=self._names.rows[place].status,
                score=score,
                name=name,
                written=written,
                in_country=in_country,
                in_city=in_city,
                is_corrected=is_corrected,
                doubts=doubts,
            )
            for place, score, name, written, in_country, in_city, is_corrected, doubts in found
        ]
        return Match(text=text.strip(), country=country, status=status, found=tuple(candidates))

    def match_all(self, texts: Iterable[str | tuple[str, str]]) -> list[Match]:
        """A match for each text, or for each (text, country), in their order; each distinct one is looked at once.

        `match_many` does the same in several processes.
        """
        given = [(one, "") if isinstance(one, str) else one for one in texts]
        with no_search_for_cycles():
            known = {one: self.match(*one) for one in dict.fromkeys(given)}
        return [known[one] for one in given]

    def prepare(self) -> None:
        """Builds what the first texts would build, for processes that are forked off this one."""
        self._near.prepare()

    def search(self, text: str, country: str = "") -> list[Organization]:
        """Organizations for a person who looks for one by words of its names or its ROR id, the likeliest first."""
        try:
            return [self._registry.by_id(text)]
        except NotInRegistryError:
            pass
        found = [one.organization for one in self.match(text, country).found]
        names = self._names
        near = names.japanese.holding(text) + self._near.holding(read(text, names))
        found += [organization(names.rows[place]) for place in near]
        unique = {one.ror_id: one for one in found if not country or one.country == country}
        return list(unique.values())[:MOST_FOUND]

    def _found(self, reading: Reading, text: str, country: str) -> list[Found]:
        """What the names in a text may mean, in the order of the text."""
        spans = [span for span in outermost(reading.names) if not self._is_nothing(reading, span)]
        found = [] if text.isascii() else self._in_japanese(text, country)
        if spans or found or reading.words:
            found += self._in_words(reading, spans, country)
        return found

    def _is_nothing(self, reading: Reading, span: Span) -> bool:
        """Whether a name of one word is only a common word here, or a place."""
        if span.last - span.first > 1:
            return span.total in self._names.cities and span.total in self._places.countries
        place = reading.kept[span.first]
        word = reading.words[place]
        is_company = place + 1 < len(reading.words) and "legal form" in reading.words[place + 1].roles
        if len(reading.kept) == 1 or is_company:
            return False
        return bool(
            word.roles
            or self._names.weight(word.number) < RARE_WORD
            or span.total in self._names.cities
            or span.total in self._places.countries
            or reading.written[reading.kept[span.first]] in self._places.codes
        )

    def _in_words(self, reading: Reading, spans: list[Span], country: str) -> list[Found]:
        names = self._names
        found: list[Found] = []
        places_of = [frozenset(name.place for name in names.by_sum[span.total]) for span in spans]
        everything = frozenset().union(*places_of)
        several = len(spans) > 1 and sum(span.last - span.first > 1 for span in spans) > 1
        for span, own in zip(spans, places_of, strict=True):
            beside = self._beside(reading, span, country, everything - own, several)
            found += weigh(reading, span, names.by_sum[span.total], beside, names)
        if not any(not one.doubts for one in found):
            taken = {place for span in spans for place in range(span.first, span.last)}
            for place in range(len(reading.kept)):
                if place not in taken:
                    found += self._acronym(reading, place, country)
        return sorted(found, key=lambda one: one.order)

    def _acronym(self, reading: Reading, place: int, country: str) -> list[Found]:
        written = reading.written[reading.kept[place]]
        names = self._names.by_acronym.get(written)
        if written in self._places.codes or reading.words[reading.kept[place]].number in self._places.countries:
            return []
        if not names or not reading.words[reading.kept[place]].is_capitals or len(written) < 3:
            return []
        span = Span(place, place + 1, 0)
        return weigh(reading, span, names, self._beside(reading, span, country, frozenset()), self._names)

    def _beside(
        self, reading: Reading, span: Span, country: str, others: frozenset[int], several: bool = False
    ) -> Surroundings:
        first, last = span.first, span.last
        outside = [(s, code) for s, code in reading.countries if s.last <= first or s.first >= last]
        cities = [s for s in reading.cities if s.last <= first or s.first >= last]
        countries = {country} if country else {code for _, code in outermost_countries(outside)}
        explained = set(range(first, last))
        for s in cities:
            explained.update(range(s.first, s.last))
        for s, _ in outside:
            explained.update(range(s.first, s.last))
        rest = (k for p, k in enumerate(reading.kept) if p not in explained)
        return Surroundings(
            countries=frozenset(countries),
            cities=frozenset([s.total for s in cities]),
            others=others,
            names_several=several,
            explains_all=all(reading.words[k].is_number for k in rest),
        )

    def _in_japanese(self, text: str, country: str) -> list[Found]:
        found = []
        for order, hit in enumerate(self._names.japanese.in_text(text)):
            named = {country} if country else self._places.in_japanese(text)
            best = {name.place: name for name in sorted(hit.names, key=lambda name: -name.kind)}
            active = [place for place in best if self._names.rows[place].status == "active"] or list(best)
            doubts: list[Doubt] = []
            if named and not any(self._names.rows[place].country_code in named for place in active):
                doubts.append("country")
            if len(active) > 1:
                doubts.append("several")
            if not hit.stands_alone and not hit.is_whole:
                doubts.append("goes on")
            found += [
                Found(
                    place=place,
                    name=best[place],
                    written=hit.found,
                    order=order,
                    in_country=self._names.rows[place].country_code in named,
                    doubts=tuple(doubts),
                )
                for place in active
            ]
        return found

    def _without_ancestors(self, sure: list[Found]) -> list[Found]:
        """The organizations, each once, without those that another one belongs to; laboratories after their hosts.

        A name of common words that only its city makes sure gives way to one that is sure by itself.
        """
        if len(sure) == 1:
            return sure
        rank = {one.place: self._rank(one) for one in sure}
        if min(rank.values()) < 2:
            sure = [one for one in sure if rank[one.place] < 2]
        places = dict.fromkeys(one.place for one in sure)
        above = {ancestor for place in places if rank[place] != 1 for ancestor in self._names.ancestors(place)}
        kept = {one.place: one for one in reversed(sure) if one.place not in above}
        return sorted(kept.values(), key=lambda one: (rank[one.place], one.order)) or sure[:1]

    def _rank(self, one: Found) -> int:
        """0 for an institution, 1 for a laboratory, 2 for a name of common words that belongs to nothing here."""
        told = one.name.told
        worth = sum(map(self._names.weight, told))
        if told and worth < DISTINCTIVE and not one.belongs and one.name.kind != ACRONYM:
            return 2
        return 1 if _LABORATORY in told else 0

    def _organization(self, place: int) -> Organization:
        known = self._organizations.get(place)
        if known is None:
            known = self._organizations[place] = organization(self._names.rows[place])
        return known


def outermost_countries(named: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Without a country inside a longer one: New Mexico is not Mexico."""
    if len(named) < 2:
        return named
    spans = set(outermost([span for span, _ in named]))
    return [(span, code) for span, code in named if span in spans]


def _joined(first: list[Found], second: list[Found]) -> list[Found]:
    """Both lists, each organization once, with the fewer doubts."""
    best: dict[int, Found] = {}
    for one in (*first, *second):
        if one.place not in best or len(one.doubts) < len(best[one.place].doubts):
            best[one.place] = one
    return sorted(best.values(), key=lambda one: one.order)


def matcher() -> Matcher:
    """The matcher over the registry that comes with the project; every caller gets the same one."""
    return matcher_over(registry())


@cache
def matcher_over(registry: Registry) -> Matcher:
    """The matcher over a registry, built once, when it is first asked for (about two seconds)."""
    with no_search_for_cycles():
        return Matcher(registry)
