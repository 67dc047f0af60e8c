"""Works in the shape in which OpenAlex gives them, of invented papers between a university and real organizations."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

FIRST_DAY = date(2021, 4, 1)


class Institution(NamedTuple):
    """One organization of ROR, as it may stand in a work."""

    number: int
    ror: str
    country: str
    kind: str  # as ROR has it

    def written(self, lineage: Sequence[int] = ()) -> dict[str, object]:
        return {
            "id": f"https://openalex.org/I{self.number}",
            "ror": f"https://ror.org/{self.ror}",
            "country_code": self.country,
            "type": self.kind,
            "lineage": [f"https://openalex.org/I{one}" for one in (self.number, *lineage)],
        }


MUNICH = Institution(1, "02kkvpp62", "DE", "education")  # the university
HOSPITAL = Institution(2, "04jc43x05", "DE", "healthcare")  # one of its institutes: it names the university as parent
OTHERS = (
    Institution(3, "05a28rw58", "CH", "education"),
    Institution(4, "052gg0110", "GB", "education"),
    Institution(5, "03cve4549", "CN", "education"),
    Institution(6, "05wv2vq37", "BD", "education"),
    Institution(7, "036xnae80", "NP", "education"),
    Institution(8, "059mq0909", "DE", "company"),
    Institution(9, "02zqm6r10", "JP", "company"),
    Institution(10, "02kpeqv85", "JP", "education"),
)
TYPES = ("article",) * 12 + ("review", "book-chapter", "preprint", "dataset", "paratext", "erratum")


def works(number: int, *, seed: int) -> list[dict[str, object]]:
    """So many works of five fiscal years: international or not, with companies, goals, retractions, all at random."""
    chance = random.Random(seed)  # noqa: S311  # invented papers, no secrets
    return [_work(place, chance) for place in range(1, number + 1)]


def _work(place: int, chance: random.Random) -> dict[str, object]:
    own = HOSPITAL.written([MUNICH.number]) if chance.random() < 0.1 else MUNICH.written()
    authorships = [_authorship(chance, own, "DE") for _ in range(chance.randint(1, 3))]
    others = chance.sample(OTHERS, chance.choice((0, 0, 1, 1, 2, 3)))
    authorships += [_authorship(chance, other.written(), other.country) for other in others]
    authorships[chance.randrange(len(authorships))]["is_corresponding"] = True
    day = FIRST_DAY + timedelta(days=chance.randrange(5 * 365))
    goals = [{"id": f"https://metadata.un.org/sdg/{chance.randint(1, 17)}", "score": round(chance.uniform(0.3, 1), 2)}]
    return {
        "id": f"https://openalex.org/W{place}",
        "doi": f"https://doi.org/10.5555/{place}",
        "title": f"Invented paper {place}",
        "publication_date": day.isoformat(),
        "type": chance.choice(TYPES),
        "language": chance.choice(("en", "en", "en", "de")),
        "is_retracted": chance.random() < 0.03,
        "is_paratext": False,
        "authorships": authorships,
        "sustainable_development_goals": goals if chance.random() < 0.5 else [],
        "citation_normalized_percentile": {"value": round(chance.random(), 4)} if chance.random() < 0.9 else None,
    }


def _authorship(chance: random.Random, institution: dict[str, object], country: str) -> dict[str, object]:
    return {
        "author": {"id": f"https://openalex.org/A{chance.randint(1, 60)}", "display_name": "Nobody"},
        "institutions": [institution],
        "countries": [country],
        "is_corresponding": False,
        "raw_affiliation_strings": ["Department of Nothing"],
    }
