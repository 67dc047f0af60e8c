"""Labelled affiliation strings: organizations of the registry as people write them, and strings that mean none of it.

The noise is what printed affiliations and office lists show (departments, addresses, abbreviations in the style of
INSPEC, misprints, lost accents, capitals, word order, cut ends, Japanese faculties, two institutions). It knows nothing
of the matcher: it has its own abbreviations, its own departments, and draws with a seed of its own.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from data_access.partners import Organization


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """One string; `right` are the ids it may become (empty: it means nothing of the registry)."""

    text: str
    country: str  # said beside the text, as in a partner cell; mostly empty
    noise: str
    right: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Named:
    """One organization as the noise takes it: its names, and its country as English writes it."""

    organization: Organization
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    country_name: str


Noise = Callable[[random.Random, Named], str | None]

DEPARTMENTS = (
    *("Department of Physics", "Dept. of Chemistry", "Department of Mathematics", "Faculty of Engineering"),
    *("School of Medicine", "Graduate School of Science", "Institute of Biology", "Division of Cardiology"),
    *("Department of Computer Science and Engineering", "Laboratory of Organic Chemistry", "Faculty of Law"),
    *("Dept. of Electr. & Comput. Eng.", "Department of Internal Medicine", "Center for Data Science"),
    *("School of Economics", "Faculty of Agriculture", "Department of Materials Science", "Research Unit 4"),
    *("Department of Public Health", "College of Arts and Sciences", "Dipartimento di Fisica", "Institut für Physik"),
    *("Department of Civil Engineering", "Département de Biologie", "Facultad de Ciencias", "Section of Geology"),
)
STREETS = (
    *("12 Main Street", "P.O. Box 1234", "Rua da Escola 45", "Wilhelmstr. 7", "2-1-1 Katahira", "77 Avenue Pasteur"),
    *(
        "1 University Road",
        "Via Roma 3",
        "No. 220, Handan Rd.",
        "Calle Mayor 10",
        "Private Bag 3",
        "Building 5, Room 301",
    ),
)
FACULTIES_JA = (
    *(
        "大学院理学研究科",
        "大学院工学研究科機械工学専攻",
        "医学部",
        "医学系研究科内科学分野",
        "経済学部",
        "情報科学研究科",
    ),
    *(" 理学部 物理学科", "　国際交流課", "研究推進部", "農学部附属農場", "法学研究科", "教養教育センター"),
)
FACULTIES_JA_OFFICES = ("　研究開発部", "研究部門", " 企画課", "第一研究室", "　総務部")
ABBREVIATIONS = {
    "University": ("Univ.", "Univ", "U."),
    "Universität": ("Univ.",),
    "Universidad": ("Univ.",),
    "Universidade": ("Univ.",),
    "Université": ("Univ.",),
    "Università": ("Univ.",),
    "Institute": ("Inst.", "Inst"),
    "Technology": ("Technol.", "Tech."),
    "Technological": ("Technol.",),
    "Science": ("Sci.",),
    "Sciences": ("Sci.",),
    "National": ("Natl.", "Nat."),
    "Research": ("Res.",),
    "Center": ("Ctr.", "Cent."),
    "Centre": ("Ctr.",),
    "International": ("Int.", "Intl."),
    "Medical": ("Med.",),
    "Medicine": ("Med.",),
    "Hospital": ("Hosp.",),
    "College": ("Coll.",),
    "School": ("Sch.",),
    "Engineering": ("Eng.", "Engn."),
    "Agricultural": ("Agric.",),
    "Agriculture": ("Agric.",),
    "Academy": ("Acad.",),
    "Polytechnic": ("Polytech.",),
    "Laboratory": ("Lab.",),
    "Foundation": ("Found.",),
    "Association": ("Assoc.",),
    "Society": ("Soc.",),
    "Ministry": ("Min.",),
    "Education": ("Educ.",),
    "and": ("&",),
    "Saint": ("St.",),
}
LEGAL_FORMS = ("Co., Ltd.", "Inc.", "GmbH", "Ltd.", "Corp.", "S.A.")
COMPANY_STEMS = (
    *("Nordwind", "Kaizenix", "Alborea", "Tanimura Seiki", "Veltron", "Ostermark", "Quantella", "Hikarigaoka Denshi"),
    *("Brightmoor", "Sagami Optronics", "Lumivar", "Aoyagi Kogyo", "Fennimore", "Pacific Crestline", "Mirai Robotica"),
)
COMPANY_FIELDS = ("Systems", "Pharma", "Semiconductor", "Materials", "Analytics", "Energy", "Instruments", "Foods")


def positives(chosen: Sequence[Named], seed: int) -> Iterator[Labelled]:
    """Each organization once or not at all (where the kind of noise drawn for it cannot be), in a way drawn for it."""
    draw = random.Random(seed)  # noqa: S311  the same strings on every run
    kinds = list(NOISES.items())
    for place, named in enumerate(chosen):
        noise, write = kinds[place % len(kinds)]
        text = write(draw, named)
        if text is None or not text.strip():
            continue
        given = named.organization.country if noise in SAID_BESIDE else ""
        yield Labelled(text=text, country=given, noise=noise, right=frozenset({named.organization.ror_id}))


def doubles(chosen: Sequence[Named], seed: int) -> Iterator[Labelled]:
    """Two institutions in one string; either is right as the answer."""
    draw = random.Random(seed)  # noqa: S311  the same strings on every run
    for one, other in zip(chosen[::2], chosen[1::2], strict=False):
        between = draw.choice((" and ", "; ", " / ", ", and "))
        text = f"{_printed(draw, one)}{between}{_printed(draw, other)}"
        right = frozenset({one.organization.ror_id, other.organization.ror_id})
        yield Labelled(text=text, country="", noise="two institutions", right=right)


def invented(count: int, places: Sequence[tuple[str, str]], seed: int) -> Iterator[Labelled]:
    """Companies and departments that exist nowhere, at real places."""
    draw = random.Random(seed)  # noqa: S311  the same strings on every run
    for number in range(count):
        city, country = draw.choice(places)
        if number % 3 == 2:
            text = f"{draw.choice(DEPARTMENTS)}, {draw.choice(STREETS)}, {city}, {country}"
        else:
            company = f"{draw.choice(COMPANY_STEMS)} {draw.choice(COMPANY_FIELDS)} {draw.choice(LEGAL_FORMS)}"
            text = draw.choice((company, f"{company}, {city}, {country}", f"R&D Dept., {company}, {city}"))
        yield Labelled(text=text, country="", noise="invented", right=frozenset())


def _name(named: Named) -> str:
    """The name without the country that ROR adds to companies."""
    return named.organization.name_en.removesuffix(")").partition(" (")[0]


def _place(named: Named) -> str:
    return f"{named.organization.city}, {named.country_name}"


def _printed(draw: random.Random, named: Named) -> str:
    return f"{draw.choice(DEPARTMENTS)}, {_name(named)}, {_place(named)}"


def _address(draw: random.Random, named: Named) -> str:
    code = draw.randrange(10_000, 99_999)
    parts = (draw.choice(DEPARTMENTS), _name(named), draw.choice(STREETS), f"{code} {_place(named)}")
    return draw.choice((", ", ", ", "; ")).join(parts)


def _name_only(_draw: random.Random, named: Named) -> str:
    return _name(named)


def _abbreviated(draw: random.Random, named: Named) -> str | None:
    words = _name(named).split()
    short = [draw.choice(ABBREVIATIONS[word]) if word in ABBREVIATIONS else word for word in words]
    if short == words:
        return None
    return f"{draw.choice(DEPARTMENTS)}, {' '.join(short)}, {_place(named)}"


def _misspelled(draw: random.Random, named: Named) -> str | None:
    name = _name(named)
    letters = [place for place, letter in enumerate(name) if letter.isalpha() and place]
    if len(name) < 12:
        return None
    for place in sorted(draw.sample(letters, 1 if len(name) < 24 else 2), reverse=True):
        kind = draw.randrange(4)
        if kind == 0:
            name = name[:place] + name[place + 1 :]
        elif kind == 1:
            name = name[:place] + draw.choice("aeioulnrst") + name[place + 1 :]
        elif kind == 2:
            name = name[:place] + name[place] + name[place:]
        else:
            name = name[: place - 1] + name[place : place + 1] + name[place - 1 : place] + name[place + 1 :]
    return f"{draw.choice(DEPARTMENTS)}, {name}, {_place(named)}"


def _without_accents(_draw: random.Random, named: Named) -> str | None:
    name = _name(named)
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return None if plain == name else f"{plain}, {_place(named)}"


def _alias(draw: random.Random, named: Named) -> str | None:
    longer = [alias for alias in named.aliases if len(alias.split()) > 1]
    return f"{draw.choice(DEPARTMENTS)}, {draw.choice(longer)}, {_place(named)}" if longer else None


def _capitals(draw: random.Random, named: Named) -> str:
    return f"{draw.choice(DEPARTMENTS)}, {_name(named)}, {_place(named)}".upper()


def _word_order(draw: random.Random, named: Named) -> str | None:
    name = _name(named)
    if name.startswith("University of ") and "," not in name:
        name = f"{name.removeprefix('University of ')} University"
    elif name.endswith(" University") and len(name.split()) == 2:
        name = f"University of {name.removesuffix(' University')}"
    else:
        return None
    return f"{draw.choice(DEPARTMENTS)}, {name}, {_place(named)}"


def _cut(draw: random.Random, named: Named) -> str:
    whole = f"{draw.choice(DEPARTMENTS)}, {_name(named)}, {draw.choice(STREETS)}, {_place(named)}"
    least = whole.index(_name(named)) + len(_name(named)) + 2
    return whole[: draw.randrange(least, max(least + 1, len(whole) - 1))]


def _japanese(draw: random.Random, named: Named) -> str | None:
    name = named.organization.name_ja
    if not name or name.isascii():
        return None
    if "大学" in name and "病院" not in name:
        return name + draw.choice(FACULTIES_JA)
    return name + draw.choice(("", *FACULTIES_JA_OFFICES))


def _acronym(draw: random.Random, named: Named) -> str | None:
    longer = [acronym for acronym in named.acronyms if len(acronym) > 2]
    return f"{draw.choice(DEPARTMENTS)}, {longer[0]}, {_place(named)}" if longer else None


def _remnants(draw: random.Random, named: Named) -> str:
    """What is left over from typesetting: markers, a bracket, an address without its local part, tabs."""
    return draw.choice(("1 {}", "a) {}", "† {} ", "[{}]", "{}. Tel.: +81-22-000-0000", "#TAB#{}#TAB#")).format(
        _printed(draw, named)
    )


def _unseparated(draw: random.Random, named: Named) -> str:
    return f"{draw.choice(DEPARTMENTS)} {_name(named)} {named.organization.city} {named.country_name}"


NOISES: dict[str, Noise] = {
    "department, name, place": _printed,
    "full address": _address,
    "name and country code": _name_only,
    "abbreviated": _abbreviated,
    "misspelled": _misspelled,
    "without accents": _without_accents,
    "alias": _alias,
    "capitals": _capitals,
    "word order": _word_order,
    "cut end": _cut,
    "Japanese with faculty": _japanese,
    "acronym and place": _acronym,
    "remnants": _remnants,
    "no separators": _unseparated,
}
SAID_BESIDE = frozenset({"name and country code"})
