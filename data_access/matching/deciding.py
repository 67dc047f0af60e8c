"""What speaks for and against a name that was found in a text: its doubts, and the score that follows from them."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from data_access.matching.names import ACRONYM, NAME, Name, Names
from data_access.matching.places import TOGETHER
from data_access.matching.reading import KINDS, Reading, Span, has_order_of, joins
from data_access.matching.words import plain

Doubt = Literal[
    "country", "several", "generic", "one word", "acronym", "goes on", "spelling", "similar", "institutions"
]

DISTINCTIVE = 5.0  # the worth of the words of a name that needs no place beside it
ELSEWHERE = 2.5
RARE_WORD = 4.5
LONG_ACRONYM = 4
OF_KINDS = (0.9, 0.88, 0.84, 0.7)  # name, alias, former name, acronym
FOR_A_PLACE = 0.05
PER_DOUBT = 0.15


class Found(NamedTuple):
    """One organization that a text may mean: by which name, where in the text, what speaks for it and against it."""

    place: int  # in `Names.rows`
    name: Name
    written: str
    order: int  # where in the text
    in_country: bool = False
    in_city: bool = False
    belongs: bool = False  # to another organization that the text names
    is_corrected: bool = False
    doubts: tuple[Doubt, ...] = ()
    likeness: float = 1.0

    @property
    def score(self) -> float:
        """0 to 1: one for the name itself with its place, less for other names and for each doubt."""
        raised = (
            FOR_A_PLACE * (self.in_country + self.in_city) - PER_DOUBT * len(self.doubts) - 0.05 * self.is_corrected
        )
        return round(max(0.05, min(1.0, OF_KINDS[self.name.kind] * self.likeness + raised)), 2)


class Surroundings(NamedTuple):
    """What a text says beside a name: its countries, its cities, and the organizations of its other names."""

    countries: frozenset[str]
    cities: frozenset[int]
    others: frozenset[int]
    names_several: bool  # the text names several organizations: each may have a country of its own
    explains_all: bool  # the name, its places and words that are left out are the whole text


def weigh(reading: Reading, span: Span, candidates: list[Name], beside: Surroundings, names: Names) -> list[Found]:
    """The organizations that a name in a text may mean; more than one where it cannot be told."""
    best: dict[int, Name] = {}
    for name in candidates:
        better = name.place not in best or name.kind < best[name.place].kind
        if better and (name.kind == ACRONYM or has_order_of(reading, span, name)):
            best[name.place] = name
    places = list(best)
    doubts: list[Doubt] = []
    if beside.countries:
        there = [place for place in places if _fits(names.country[place], beside.countries)]
        if not there and not (beside.names_several and _near(places, beside, names)):
            doubts.append("country")
        places = there or places
    others = beside.others
    belonging = [place for place in places if others and not others.isdisjoint(names.ancestors(place))]
    near = _near(belonging or places, beside, names)
    places = near or belonging or places
    if len(places) > 1:
        places = _preferred(places, best, names)
    if len(places) > 1:
        places = _written_so(places, best, reading, span)
    if len(places) > 1:
        doubts.append("several")
    doubts += _doubts(reading, span, best[places[0]], beside, names, bool(near), bool(belonging))
    changed = bool(reading.changed) and not reading.changed.isdisjoint(reading.kept[span.first : span.last])
    if changed and not (near or (beside.countries and "country" not in doubts)):
        doubts.append("spelling")
    return [
        Found(
            place=place,
            name=best[place],
            written=reading.stretch(span),
            order=span.first,
            in_country=names.country[place] in beside.countries,
            in_city=bool(near),
            belongs=bool(belonging),
            is_corrected=changed,
            doubts=tuple(doubts),
        )
        for place in places
    ]


def _written_so(places: list[int], best: dict[int, Name], reading: Reading, span: Span) -> list[int]:
    """The one whose name the text writes letter by letter, where there is one; else all of them."""
    written = plain(reading.stretch(span))
    so = [place for place in places if plain(best[place].text) == written]
    return so if len(so) == 1 else places


def _near(places: list[int], beside: Surroundings, names: Names) -> list[int]:
    """Those that are in a city which the text names."""
    if not beside.cities:
        return []
    return [place for place in places if any(names.is_near(place, city) for city in beside.cities)]


def _fits(country: str, named: frozenset[str]) -> bool:
    return country in named or TOGETHER.get(country) in named


def _preferred(places: list[int], best: dict[int, Name], names: Names) -> list[int]:
    """Of several organizations of a name those whose first name it is, and of these those that are active."""
    first = [place for place in places if best[place].kind == NAME]
    places = first or places
    active = [place for place in places if names.rows[place].status == "active"]
    return active or places


def _doubts(
    reading: Reading, span: Span, name: Name, beside: Surroundings, names: Names, in_city: bool, belongs: bool
) -> Iterator[Doubt]:
    words = [reading.words[place] for place in reading.kept[span.first : span.last]]
    in_country = bool(beside.countries)
    worth = [names.weight(word.number) for word in words]
    if name.kind == ACRONYM:
        long = len(name.text) >= LONG_ACRONYM
        if not in_city and not (in_country and long and beside.explains_all):
            yield "acronym"
        if goes_on(reading, span, names, supported=False):
            yield "goes on"
        return
    if len(words) == 1 and " " not in words[0].plain:
        if words[0].roles or worth[0] < RARE_WORD or not (in_city or (in_country and beside.explains_all)):
            yield "one word"
    else:
        # a city that is named and is not its own speaks against a name of common words
        needed = DISTINCTIVE + (ELSEWHERE if beside.cities and not in_city and not in_country else 0)
        alone = in_city and not _is_a_unit(reading, span) and "company" not in names.rows[name.place].types
        if sum(worth) < needed and not (alone or belongs or (in_country and beside.explains_all and not beside.cities)):
            yield "generic"
    if goes_on(reading, span, names, supported=in_city and in_country):
        yield "goes on"


def goes_on(reading: Reading, span: Span, names: Names, *, supported: bool) -> bool:
    """Whether the words around a name make it the name of something else: Western Michigan University, ... Hospital."""
    return _goes_on_behind(reading, span, names, supported) or _begins_before(reading, span, names)


def _is_a_unit(reading: Reading, span: Span) -> bool:
    """Whether a text calls it a department of something: Department of Computer Science, Computer Science Dept."""
    before = reading.before(span)
    while before is not None and before and not reading.words[before].number:
        before -= 1
    behind = reading.behind(span)
    return any(place is not None and reading.words[place].plain in _UNITS for place in (before, behind))


def _goes_on_behind(reading: Reading, span: Span, names: Names, supported: bool) -> bool:
    place = reading.behind(span)
    if place is None:
        following = reading.kept[span.last - 1] + 1
        return following < len(reading.words) and reading.words[following].plain == "of"  # a comma too many
    word = reading.words[place]
    if not word.number:
        following = place
        while following < len(reading.words) and not reading.words[following].number:
            following += 1
        if following == len(reading.words) or reading.parts[following] != reading.parts[place]:
            return False
        if _starts_something(reading, following, names):
            return False
        if word.plain in ("and", "y", "et", "und"):
            next_word = reading.words[following]
            return (
                not next_word.roles and next_word.number in names.of_word and names.weight(next_word.number) < RARE_WORD
            )
        return joins(word)
    if word.is_number or _starts_something(reading, place, names):
        return False
    if _names_a_body(reading, place):
        return True
    if "unit" in word.roles:
        return False
    if word.plain == "medic":
        return place + 1 < len(reading.words) and reading.words[place + 1].plain == "center"
    return not supported or (word.number in names.of_word and names.weight(word.number) < RARE_WORD)


def _names_a_body(reading: Reading, place: int) -> bool:
    """Whether the next words name a body of its own, as a hospital or a foundation."""
    for following in range(place, min(place + 4, len(reading.words))):
        word = reading.words[following]
        if reading.parts[following] != reading.parts[place] or not word.number or "unit" in word.roles:
            return False
        if "body" in word.roles:
            return True
    return False


def _begins_before(reading: Reading, span: Span, names: Names) -> bool:
    place = reading.before(span)
    if place is None:
        return False
    word = reading.words[place]
    if not word.number:
        while place and not reading.words[place].number and reading.parts[place - 1] == reading.parts[place]:
            place -= 1
        earlier = reading.words[place]
        of_it = joins(word) or word.plain in _ARTICLES
        return of_it and ("body" in earlier.roles or _modifies(reading, place) or earlier.plain in _WHOLES)
    if word.is_number or len(word.plain) < 3 or _ends_a_name(reading, span, place):
        return False
    if _modifies(reading, place):
        return True
    if reading.words[reading.kept[span.first]].number in KINDS and _is_in_a_unit(reading, place):
        return False
    is_subject = bool(word.roles) or (word.number in names.of_word and names.weight(word.number) < RARE_WORD)
    return not is_subject


def _is_in_a_unit(reading: Reading, place: int) -> bool:
    """Whether the words before belong to a department: Department of Bioengineering University of ..."""
    first = place
    while first and reading.parts[first - 1] == reading.parts[place]:
        first -= 1
    return any(reading.words[one].plain in _UNITS for one in range(first, place))


def _modifies(reading: Reading, place: int) -> bool:
    """Whether a word makes another name of the one behind it: Western, New, Technical; not Medicine, but Medical."""
    word = reading.words[place]
    if "modifier" not in word.roles or _ends_something(reading, place):
        return False
    return word.plain not in _SUBJECTS or not reading.written[place].casefold().startswith(_SUBJECTS[word.plain])


def _starts_something(reading: Reading, place: int, names: Names) -> bool:
    """Whether a place or another name begins at a word."""
    spans = [
        *reading.cities,
        *(span for span, _ in reading.countries),
        *(s for s in reading.names if s.last - s.first > 1),
    ]
    return any(reading.kept[span.first] == place for span in spans) or reading.written[place] in names.by_acronym


def _ends_a_name(reading: Reading, span: Span, place: int) -> bool:
    """Whether another name ends at a word; a place does, too, but not before `University`, which it belongs to."""
    if reading.words[reading.kept[span.first]].number not in KINDS:
        return _ends_something(reading, place)
    return any(reading.kept[s.last - 1] == place for s in reading.names if s.last - s.first > 1)


def _ends_something(reading: Reading, place: int) -> bool:
    spans = [*(s for s in reading.names if s.last - s.first > 1), *(span for span, _ in reading.countries)]
    return any(reading.kept[span.last - 1] == place for span in spans)


_SUBJECTS = {"medic": ("medicin", "medizin", "med.", "medecin"), "agricultur": ("agriculture", "agricultura")}
_ARTICLES = frozenset({"the", "la", "le", "les"})
_WHOLES = frozenset({"university", "academy", "society", "ministry", "association", "conservatoire", "council"})
_UNITS = frozenset({"department", "faculty", "school", "division", "section", "chair", "graduate", "program"})
