"""Random small universities for Hypothesis: few units, years, partners and people, so that records meet each other."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from metrics.ledger import Ledger
from metrics.view import COUNTINGS, Selection
from tests.metrics.building import COUNTRIES, HOME_ROR, SENDAI, Activity, Department, Headcount, Partner, Rate, frames
from tests.metrics.oracle import Oracle
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY
from vocabulary.people import GROUPS, LEVELS, POPULATIONS

Thing = TypeVar("Thing")
TODAY = date(2024, 6, 1)
DAYS = [
    f"{year}-{day}" for year in (2021, 2022, 2023) for day in ("03-31", "04-01", "04-30", "05-01", "05-02", "10-15")
]
PARTNERS = (
    Partner(1, "DE", "education|nonprofit", (50.73, 7.1)),
    Partner(2, "DE", "company", (52.52, 13.4)),
    Partner(3, "FR", "government"),
    Partner(4, "JP", "company", (38.44, 141.3)),  # 43 km from home
    Partner(5, "JP", "education", (35.71, 139.76)),
    Partner(6, "NP", "other", (27.7, 85.3)),
    Partner(7, "JP", "education", SENDAI, HOME_ROR),
)
CODES = tuple(country.code for country in COUNTRIES)
EVENTS = tuple(kind.code for kind in ACTIVITY_TYPES.values() if kind.counted == "event")
STOCKS = tuple(kind.code for kind in ACTIVITY_TYPES.values() if kind.counted == "in force")


@dataclass(frozen=True, kw_only=True)
class University:
    """A random university, with the types that its activities are of."""

    departments: tuple[Department, ...]
    activities: tuple[Activity, ...]
    populations: tuple[Headcount, ...]
    rates: tuple[Rate, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(activity.kind for activity in self.activities)

    def ledger(self) -> Ledger:
        return Ledger.of(frames(self.departments, self.activities, self.populations, self.rates), today=TODAY)

    def at_leaves(self) -> "University":
        """The same with every activity moved from departments that have others below them to those without."""
        parents = {department.parent for department in self.departments}
        leaves = [d.code for d in self.departments if d.code not in parents]
        moved = []
        for activity in self.activities:
            kept = [code for code in activity.shares if code in leaves] or leaves[:1]
            lead = activity.lead if activity.lead in {"", "external", *kept} else kept[0]
            moved.append(replace(activity, departments=";".join(kept), lead=lead))
        return replace(self, activities=tuple(moved))

    def oracle(self, selection: Selection, counting: str) -> Oracle:
        rows = self.departments, self.activities, self.populations, self.rates
        departments, activities, populations, rates = rows
        return Oracle(
            departments=departments,
            activities=activities,
            populations=populations,
            rates=rates,
            countries=COUNTRIES,
            selection=selection,
            counting=counting,
        )


def some(values: tuple[Thing, ...], most: int = 3, least: int = 0) -> st.SearchStrategy[tuple[Thing, ...]]:
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Department, ...]:
    """Trees of depth up to 3: the university, faculties, their departments; some opened or closed."""
    departments: list[Department] = []
    for faculty in draw(some(("A", "B"), most=2, least=1)):
        departments.append(Department(faculty))
        departments += [Department(f"{faculty}{i}", faculty) for i in range(draw(st.integers(0, 2)))]
    day = st.sampled_from(("", "", "", "2022-03-31", "2022-04-01"))
    field = st.sampled_from(("", "science", "engineering"))
    return tuple(
        (d._replace(opened=draw(day)) if draw(st.booleans()) else d._replace(closed=draw(day)))._replace(
            discipline=draw(field)
        )
        for d in departments
    )


@st.composite
def activities(draw: st.DrawFn, units: tuple[str, ...], kinds: tuple[str, ...]) -> Activity:
    kind, start = draw(st.sampled_from(kinds)), draw(st.sampled_from(DAYS))
    taking_part = draw(some(units, least=1))
    written = ";".join(taking_part)
    if draw(st.booleans()):
        tenths = [1] * (len(taking_part) - 1)
        written = ";".join(f"{c}:{s / 10}" for c, s in zip(taking_part, [*tenths, 10 - len(tenths)], strict=True))
    return Activity(
        kind=kind,
        start=start,
        end=draw(st.sampled_from(["", *(day for day in DAYS if day >= start)])),
        departments=written,
        lead=draw(st.sampled_from(("", "external", *taking_part))),
        partners=draw(some(PARTNERS)),
        countries=draw(some(CODES, most=2)),
        people=draw(some((1, 2, 3, 4))),
        people_count=draw(st.none() | st.integers(0, 3)),
        level=draw(st.sampled_from(("", *LEVELS))),
        amount=draw(st.none() | st.sampled_from((100.0, 250.0))),
        currency=draw(st.sampled_from(("JPY", "USD", "EUR"))),
        citation_percentile=draw(st.none() | st.sampled_from((50.0, 89.9, 90.0))),
        language=draw(st.sampled_from(("", "en", "fr"))),
        sdgs=draw(some((1, 2, 17), most=2)),
    )


@st.composite
def populations(draw: st.DrawFn, units: tuple[str, ...]) -> tuple[Headcount, ...]:
    """Headcounts of a few populations and groups, on the census day and on others, with breakdowns by country."""
    rows: list[Headcount] = []
    for population in draw(some(tuple(POPULATIONS), most=2)):
        for group in ("all", *draw(some(tuple(GROUPS)[1:], most=2))):
            for unit in draw(some(units)):
                as_of = draw(st.sampled_from(("2022-05-01", "2022-05-01", "2023-05-01", "2022-11-01")))
                total = draw(st.none() | st.integers(0, 9))
                if total is not None:
                    rows.append(Headcount(unit, as_of, population, group, total))
                for country in draw(some(CODES, most=2)):
                    part = draw(st.integers(0, 3 if total is None else total // 2))
                    rows.append(Headcount(unit, as_of, population, group, part, country))
    return tuple(rows)


@st.composite
def universities(draw: st.DrawFn) -> University:
    departments = draw(trees())
    units = (UNIVERSITY, *(d.code for d in departments))
    kinds = (*draw(some(EVENTS, most=2, least=1)), draw(st.sampled_from(STOCKS)))
    return University(
        departments=departments,
        activities=tuple(draw(st.lists(activities(units, kinds), min_size=1, max_size=12))),
        populations=draw(populations(units)),
        rates=(Rate("USD", 2022, 130.0), Rate("EUR", 2021, 140.0)),
    )


selections = st.builds(
    Selection,
    countries=st.none() | some(CODES, most=2, least=1).map(frozenset),
    country_rule=st.sampled_from(("any", "any", "none", "unknown")),
    levels=st.none() | st.none() | st.none() | some(("", *LEVELS), least=1).map(frozenset),
).filter(lambda selection: selection.country_rule != "none" or selection.countries is not None)
countings = st.sampled_from(COUNTINGS)
