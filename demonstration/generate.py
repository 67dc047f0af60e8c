"""All the demonstration's rows, by kind of import file, from one seed."""

from demonstration.affiliations import affiliation_rows
from demonstration.agreements import agreement_rows, agreements
from demonstration.chance import Chance
from demonstration.contracts import contract_rows
from demonstration.country_matrix import country_matrix_rows
from demonstration.departments import TABLES, department_rows, profiles, read
from demonstration.events import Events
from demonstration.exchange import exchange_rows
from demonstration.headcounts import headcounts
from demonstration.partners import Partners
from demonstration.people import People
from demonstration.populations import population_rows
from demonstration.publications import publication_rows
from demonstration.rows import Row
from demonstration.standing import standing_rows

SEED = 20_241_108
"""The day of the designation. The same seed gives the same rows on every machine."""
KINDS = (
    *(
        "departments",
        "rates",
        "populations",
        "activities",
        "indicators",
        "goals",
        "annotations",
        "affiliations",
        "country_matrix",
    ),
    "references",
)
"""The kinds of rows, in the order in which they can be stored."""


def generate(seed: int = SEED) -> dict[str, list[Row]]:
    """The rows of every kind, as the import files would hold them: text under the names of the formats."""
    departments = profiles()
    heads = headcounts(Chance(seed, "headcounts"), departments)
    people = People(Chance(seed, "people"), heads)
    partners = Partners(Chance(seed, "partners"))
    agreed = agreements(Chance(seed, "agreements"), departments, partners)
    activities = [
        *agreement_rows(departments, partners, agreed),
        *exchange_rows(Chance(seed, "exchange"), departments, partners, people, agreed),
        *standing_rows(Chance(seed, "standing"), departments, partners, people),
        *contract_rows(Chance(seed, "contracts"), departments, partners, people),
        *Events(Chance(seed, "events"), departments, heads, partners, people).rows(),
        *publication_rows(Chance(seed, "publications"), departments, partners, people),
    ]
    return {
        "departments": department_rows(),
        "rates": read(TABLES / "rates.csv"),
        "populations": population_rows(Chance(seed, "populations"), departments, heads),
        "activities": activities,
        "indicators": read(TABLES / "indicators.csv"),
        "goals": read(TABLES / "goals.csv"),
        "annotations": read(TABLES / "annotations.csv"),
        "affiliations": affiliation_rows(),
        "country_matrix": country_matrix_rows(Chance(seed, "country_matrix"), partners),
        "references": read(TABLES / "references.csv"),
    }
