"""The facts of single records, read off the rows of `building` without arrays: where each lies, when it counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from math import acos, cos, radians, sin

from tests.metrics.building import HOME_ROR, SENDAI, Activity, Country, Department, Headcount, Partner, Rate
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY
from vocabulary.people import STUDENTS

HOME = "JP"


def fiscal_year(day: date) -> int:
    return day.year if day >= date(day.year, 4, 1) else day.year - 1


def is_of(partner: Partner, *types: str) -> bool:
    return bool(set(partner.types.split("|")) & set(types))


def between(one: tuple[float, float], other: tuple[float, float]) -> float:
    phi1, phi2, across = radians(one[0]), radians(other[0]), radians(other[1] - one[1])
    return 6371.01 * acos(max(-1.0, min(1.0, sin(phi1) * sin(phi2) + cos(phi1) * cos(phi2) * cos(across))))


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A university of readable rows."""

    departments: Sequence[Department]
    activities: Sequence[Activity]
    populations: Sequence[Headcount]
    rates: Sequence[Rate]
    countries: Sequence[Country]
    census: tuple[int, int] = (5, 1)

    # The tree

    @property
    def units(self) -> list[str]:
        return [UNIVERSITY, *(d.code for d in self.departments)]

    def children(self, unit: str) -> list[str]:
        return [d.code for d in self.departments if d.parent == unit]

    def within(self, unit: str) -> list[str]:
        """The unit and everything below it."""
        return self._within[unit]

    @cached_property
    def _within(self) -> dict[str, list[str]]:
        return {unit: self._walked(unit) for unit in self.units}

    def _walked(self, unit: str) -> list[str]:
        return [unit, *(below for child in self.children(unit) for below in self._walked(child))]

    def leaves(self, unit: str) -> list[str]:
        return [code for code in self.within(unit) if not self.children(code)]

    def exists(self, code: str, year: int) -> bool:
        department = {d.code: d for d in self.departments}.get(code, Department(code))
        opened = fiscal_year(date.fromisoformat(department.opened)) if department.opened else year
        closed = fiscal_year(date.fromisoformat(department.closed)) if department.closed else year
        return opened <= year <= closed

    # One activity

    def counts_in(self, activity: Activity, year: int) -> bool:
        start = date.fromisoformat(activity.start)
        if ACTIVITY_TYPES[activity.kind].counted == "event":
            return fiscal_year(start) == year
        census = self.census_of(year)
        return start <= census and (not activity.end or census <= date.fromisoformat(activity.end))

    def first_census(self, activity: Activity) -> int:
        """The fiscal year of the first census day on or after the start."""
        year = fiscal_year(date.fromisoformat(activity.start))
        return year if date.fromisoformat(activity.start) <= self.census_of(year) else year + 1

    def census_of(self, year: int) -> date:
        month, day = self.census
        return next(d for d in (date(year, month, day), date(year + 1, month, day)) if fiscal_year(d) == year)

    def countries_of(self, activity: Activity) -> set[str]:
        return {*activity.countries, *(partner.country for partner in activity.partners)}

    def share(self, activity: Activity, unit: str) -> float:
        return sum(share for code, share in activity.shares.items() if code in self.within(unit))

    def leader(self, activity: Activity) -> str | None:
        if activity.lead:
            return None if activity.lead == "external" else activity.lead
        return next(iter(activity.shares)) if len(activity.shares) == 1 else None

    def leads(self, activity: Activity, unit: str) -> bool:
        return self.leader(activity) in self.within(unit)

    def yen(self, activity: Activity) -> float | None:
        if activity.amount is None or activity.currency in ("JPY", ""):
            return activity.amount
        year = fiscal_year(date.fromisoformat(activity.start))
        rate = [r.jpy for r in self.rates if (r.currency, r.fiscal_year) == (activity.currency, year)]
        return activity.amount * rate[0] if rate else None

    def days(self, activity: Activity) -> int | None:
        """Length in days, the first and the last included; None where the end is open."""
        return (
            (date.fromisoformat(activity.end) - date.fromisoformat(activity.start)).days + 1 if activity.end else None
        )

    def distance(self, activity: Activity) -> float:
        """The greatest distance in km between two places, ours among them, by the spherical law of cosines."""
        places = [SENDAI, *(partner.place for partner in activity.partners if partner.place)]
        return max((between(one, other) for one, other in combinations(places, 2)), default=0.0)

    def is_home(self, partner: Partner) -> bool:
        return partner.ror_id == HOME_ROR

    def meets(self, activity: Activity, condition: str) -> bool:
        return ANSWERS[condition](self, activity)

    def least_developed(self) -> set[str]:
        return {country.code for country in self.countries if country.least_developed}


def _has_partner(activity: Activity, *types: str, abroad: bool = False) -> bool:
    return any(is_of(p, *types) and (p.country != HOME or not abroad) for p in activity.partners)


Answer = Callable[[Facts, Activity], bool]
ANSWERS: dict[str, Answer] = {  # one for every condition that `metrics.conditions` knows
    "international": lambda at, a: bool(at.countries_of(a) - {HOME}),
    "known_country": lambda at, a: bool(at.countries_of(a)),
    "unknown_country": lambda at, a: not at.countries_of(a),
    "partner_abroad": lambda at, a: any(p.country != HOME for p in a.partners),
    "company": lambda at, a: _has_partner(a, "company"),
    "company_abroad": lambda at, a: _has_partner(a, "company", abroad=True),
    "public_partner": lambda at, a: _has_partner(a, "government", "nonprofit", "other"),
    "led_here": lambda at, a: at.leader(a) is not None,
    "three_countries": lambda at, a: len(at.countries_of(a) | {HOME}) >= 3,
    "long_distance": lambda at, a: at.distance(a) >= 5000,
    "short_distance": lambda at, a: any(p.place and not at.is_home(p) for p in a.partners) and at.distance(a) <= 100,
    "least_developed": lambda at, a: bool(at.countries_of(a) & at.least_developed()),
    "top_10_percent": lambda at, a: (a.citation_percentile or 0) >= 90,
    "with_percentile": lambda at, a: a.citation_percentile is not None,
    "sdg": lambda at, a: bool(a.sdgs),
    "stay": lambda at, a: at.days(a) is not None,
    "long_stay": lambda at, a: (at.days(a) or 0) >= 30,
    "student": lambda at, a: a.level in STUDENTS,
    "not_students": lambda at, a: a.level not in STUDENTS,
    "own_people": lambda at, a: not a.kind.endswith("_inbound") and a.kind != "capacity_building",
    "of_persons": lambda at, a: (
        bool(a.people)
        or (
            a.kind not in {"joint_laboratory", "joint_degree_programme", "foreign_language_programme"}
            and not a.kind.endswith("_agreement")
        )
    ),
    "named": lambda at, a: bool(a.people),
}
