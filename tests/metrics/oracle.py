"""The oracle: figures worked out once more, slowly, record by record, without arrays, from the contract's words alone.

It reads the rows of `building` and shares no code with `metrics` but the declarations of measures. `None` is what
nobody said or what cannot be computed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from math import exp, log

from metrics.breadth import ActiveDepartments, Departments, EffectiveCountries
from metrics.exchange_measures import Flows
from metrics.headcount_measures import EffectiveOrigins
from metrics.headcount_measures import Headcount as HeadcountMeasure
from metrics.indicator import Indicator
from metrics.measures import Activities, Distinct, Measure, Money, OfActivities, Persons, Sum
from metrics.participation_measures import Concentration, Newcomers
from metrics.partner_measures import Alive, NetworkIndex, Repeating, WithLargest
from metrics.view import Selection
from tests.metrics.building import Activity, Partner
from tests.metrics.oracle_facts import HOME, Facts, fiscal_year, is_of
from tests.metrics.oracle_partners import of_partners
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.people import LEVELS

Number = float | None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one figure is of. A dimension that is None is not asked for; several years are pooled."""

    department: str
    years: tuple[int, ...]
    country: str | None = None
    level: str | None = None
    target: str | None = None
    process: str | None = None


def added(values: Iterable[Number]) -> Number:
    """The sum of what is said; None where nothing is."""
    said = [value for value in values if value is not None]
    return sum(said) if said else None


def effective_number(counts: Iterable[float]) -> Number:
    there = [count for count in counts if count > 0]
    return exp(-sum(c / sum(there) * log(c / sum(there)) for c in there)) if there else None


@dataclass(frozen=True, kw_only=True)
class Oracle(Facts):
    """A university, and what it answers under one selection and counting rule."""

    selection: Selection = field(default_factory=Selection)
    counting: str = "whole"

    # What is asked

    def weight(self, activity: Activity, unit: str) -> float:
        if self.counting == "fractional":
            return self.share(activity, unit)
        return float(self.counting == "whole" or self.leads(activity, unit))

    def selected(self, activity: Activity) -> bool:
        countries, chosen = self.countries_of(activity), self.selection.countries
        if self.selection.country_rule == "unknown" and countries:
            return False
        if self.selection.country_rule == "any" and chosen is not None and not countries & chosen:
            return False
        if self.selection.country_rule == "none" and chosen is not None and (not countries or countries & chosen):
            return False
        return self.selection.levels is None or activity.level in self.selection.levels

    # What lies in a cell

    def members(self, measure: OfActivities, cell: Cell) -> list[Activity]:
        found = self._lying_in(measure, cell)
        if isinstance(measure, Newcomers):
            return [a for a in found if any(self._is_new(p, a, measure, cell) for p in a.people)]
        return found

    def _is_new(self, person: int, activity: Activity, measure: OfActivities, cell: Cell) -> bool:
        """Whether a person of an activity is new in one of the cell's years in which the activity counts."""
        years = [year for year in cell.years if self.counts_in(activity, year)]
        return any(person in self.newcomers(measure, replace(cell, years=(year,))) for year in years)

    def newcomers(self, measure: OfActivities, cell: Cell) -> set[int]:
        """Who takes part in the cell's one year, and in none of the three before it."""
        (year,) = cell.years
        people = Persons(types=measure.types, only=measure.only)
        now, before = ({p for a in self.members(people, replace(cell, years=years)) for p in a.people}
                       for years in ((year,), (year - 3, year - 2, year - 1)))  # fmt: skip
        return now - before

    def first_year(self, types: tuple[str, ...]) -> int:
        """The year of the first event of these types; of what is in force where there is no event."""
        mine = [a for a in self.activities if a.kind in types]
        events = [a for a in mine if ACTIVITY_TYPES[a.kind].counted == "event"]
        if events:
            return min(fiscal_year(date.fromisoformat(a.start)) for a in events)
        return min((self.first_census(a) for a in mine), default=9999)

    def _lying_in(self, measure: OfActivities, cell: Cell) -> list[Activity]:
        """Looked for once: many measures of one cell ask for the same."""
        if (measure, cell) not in self._found:
            self._found[measure, cell] = [a for a in self._meeting(measure) if self._lies_in(a, measure, cell)]
        return self._found[measure, cell]

    @cached_property
    def _found(self) -> dict[tuple[OfActivities, Cell], list[Activity]]:
        return {}

    def _meeting(self, measure: OfActivities) -> list[Activity]:
        """What a measure counts wherever it lies: looked for once, as many cells ask."""
        asked = measure.types, measure.only
        if asked not in self._met:
            self._met[asked] = [
                activity
                for activity in self.activities
                if activity.kind in measure.types
                and self.selected(activity)
                and all(self.meets(activity, condition) for condition in measure.only)
            ]
        return self._met[asked]

    @cached_property
    def _met(self) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[Activity]]:
        return {}

    def _lies_in(self, activity: Activity, measure: OfActivities, cell: Cell) -> bool:
        kind, countries = ACTIVITY_TYPES[activity.kind], self.countries_of(activity) or {""}
        if cell.country is not None and self.selection.countries is not None and self.selection.country_rule == "any":
            countries = countries & self.selection.countries
        return (
            cell.target in (None, kind.target)
            and cell.process in (None, kind.process)
            and cell.level in (None, activity.level)
            and (cell.country is None or cell.country in countries)
            and any(code in self.within(cell.department) for code in activity.shares)
            and any(self.counts_in(activity, year - back) for year in cell.years for back in range(measure.window))
        )

    def measured(self, measure: Measure, cell: Cell, place: tuple[str, str]) -> Number:
        match measure:
            case Sum():
                terms = [(sign, self.measured(term, cell, place)) for sign, term in measure.terms]
                return None if any(t is None for _, t in terms) else sum(sign * (t or 0) for sign, t in terms)
            case HeadcountMeasure():
                return self._headcount(measure, cell, place)
            case EffectiveOrigins():
                counted = HeadcountMeasure(populations=measure.populations, groups=measure.groups)
                by_country = self._by_country(cell, lambda finer: self._headcount(counted, finer, place))
                return None if cell.country is not None else effective_number(by_country.values())
            case Departments():
                there = self.leaves(cell.department)
                return len([code for code in there if any(self.exists(code, year) for year in cell.years)])
            case ActiveDepartments():
                leaves = self.leaves(cell.department)
                lived = {code: tuple(year for year in cell.years if self.exists(code, year)) for code in leaves}
                return len([c for c in leaves if self.members(measure, replace(cell, department=c, years=lived[c]))])
            case EffectiveCountries():
                people = Persons(types=measure.types, only=measure.only, window=measure.window)
                whole = measure.of == "activities"  # each once, whatever the counting rule
                by_country = self._by_country(
                    cell, lambda at: len(self.members(people, at)) if whole else self._of_activities(people, at)
                )
                by_country.pop(HOME, None)
                return None if cell.country is not None else effective_number(by_country.values())
            case Newcomers():
                if min(cell.years) - 3 < self.first_year(measure.types):
                    return None
                return len({p for y in cell.years for p in self.newcomers(measure, replace(cell, years=(y,)))})
            case Concentration():
                return self._concentration(measure, cell, place)
            case Alive() | WithLargest() | Repeating() | NetworkIndex() | Flows():
                return of_partners(self, measure, cell)
            case OfActivities():
                return self._of_activities(measure, cell)
        raise TypeError(f"the oracle knows no {type(measure).__name__}")

    def _concentration(self, measure: Concentration, cell: Cell, place: tuple[str, str]) -> Number:
        """Half the mean difference between any two of the headcount, over the mean."""
        heads = self._headcount(HeadcountMeasure(populations=measure.among), cell, place)
        named = [person for activity in self.members(measure, cell) for person in activity.people]
        if not heads or not named:
            return None
        each = [named.count(person) for person in set(named)]
        each += [0] * (int(heads) - len(each))
        return sum(abs(a - b) for a in each for b in each) / (2 * len(each) * sum(each))

    def _of_activities(self, measure: OfActivities, cell: Cell) -> float:
        members = self.members(measure, cell)
        match measure:
            case Activities():
                return sum(self.weight(activity, cell.department) for activity in members)
            case Persons():
                ids = {person for activity in members for person in activity.people}
                counts = [1 if a.people_count is None else a.people_count for a in members if not a.people]
                return len(ids) + sum(counts)
            case Money():
                fractional = self.counting == "fractional"
                parts = [self.share(activity, cell.department) if fractional else 1.0 for activity in members]
                return sum((self.yen(a) or 0.0) * part for a, part in zip(members, parts, strict=True))
            case Distinct():
                return self._distinct(measure, members, cell)
        raise TypeError(f"the oracle knows no {type(measure).__name__}")

    def _distinct(self, measure: Distinct, members: list[Activity], cell: Cell) -> int:
        links: list[object] = []
        for activity in members:
            partners = {p for p in activity.partners if self.is_asked(p.country, cell)}
            found: dict[str, set[str] | set[int] | set[Partner]] = {
                "countries": {c for c in self.countries_of(activity) if self.is_asked(c, cell)},
                "partners": partners,
                "companies": {p for p in partners if is_of(p, "company")},
                "languages": {activity.language} - {""},
                "sdgs": set(activity.sdgs),
            }
            links += list(found[measure.of])
        return len({link for link in links if links.count(link) >= measure.at_least})

    def is_asked(self, country: str, cell: Cell) -> bool:
        """Whether a country lies abroad and in the countries asked for."""
        chosen = self.selection.countries if self.selection.country_rule == "any" else None
        return country != HOME and (chosen is None or country in chosen) and cell.country in (None, country)

    def _by_country(self, cell: Cell, count: Callable[[Cell], Number]) -> dict[str, float]:
        return {country.code: count(replace(cell, country=country.code)) or 0.0 for country in self.countries}

    # Headcounts

    def _headcount(self, measure: HeadcountMeasure, cell: Cell, place: tuple[str, str]) -> Number:
        if cell.target not in (None, place[0]) or cell.process not in (None, place[1]):
            return None
        levels = self.selection.levels
        chosen = [p for p in measure.populations if levels is None or p in levels]
        chosen = [p for p in chosen if cell.level in (None, p if p in LEVELS else "")]
        return added(
            self._counted(cell.department, year, population, group, cell.country)
            for population in chosen for group in measure.groups for year in cell.years
        )  # fmt: skip

    def _counted(self, unit: str, year: int, population: str, group: str, country: str | None) -> Number:
        total = self._rolled_up(unit, year, population, group, "")
        selection = self.selection
        if country is None and selection.countries is None and selection.country_rule != "unknown":
            return total
        known = {c.code: self._rolled_up(unit, year, population, group, c.code) for c in self.countries}
        if total is not None and (total == 0 or any(count is not None for count in known.values())):
            known = {code: count or 0 for code, count in known.items()}
        left = None if total is None else max(0.0, total - (added(known.values()) or 0))
        kept = {code: count for code, count in {**known, "": left}.items() if self._keeps(code)}
        return kept.get(country) if country is not None else added(kept.values())

    def _keeps(self, country: str) -> bool:
        chosen, rule = self.selection.countries, self.selection.country_rule
        if rule == "unknown":
            return country == ""
        if chosen is None:
            return True
        return country != "" and (country in chosen) == (rule == "any")

    def _rolled_up(self, unit: str, year: int, population: str, group: str, country: str) -> Number:
        own = self._own_rows(unit, year, population, group, country)
        if own:
            return max(own)[1]
        if self._own_rows(unit, year, population, group, ""):
            return None  # the unit's own row holds, so what those below it say of countries is not of this headcount
        return added(self._rolled_up(child, year, population, group, country) for child in self.children(unit))

    def _own_rows(self, unit: str, year: int, population: str, group: str, country: str) -> list[tuple[str, int]]:
        return [
            (row.as_of, row.counted)
            for row in self.populations
            if row.department == unit
            and (row.population, row.group, row.country) == (population, group, country)
            and fiscal_year(date.fromisoformat(row.as_of)) == year
            and (group == "whole_year" or row.as_of[5:] == f"{self.census[0]:02}-{self.census[1]:02}")
        ]

    # Figures

    def figure(self, indicator: Indicator, cell: Cell) -> dict[str, Number]:
        numerator = self.measured(indicator.numerator, cell, indicator.place)
        bottom = indicator.denominator
        denominator = self.measured(bottom, cell, indicator.place) if bottom else None
        ratio = numerator / denominator if bottom and numerator is not None and denominator else None
        known, unknown = self._countries_known(indicator, cell)
        return {
            "numerator": numerator,
            "denominator": denominator,
            "value": ratio if bottom else numerator,
            "known": known,
            "unknown": unknown,
            "left_out": self._left_out(indicator, cell),
        }

    def _countries_known(self, indicator: Indicator, cell: Cell) -> tuple[Number, Number]:
        """The activities of the denominator's kind, else the numerator's, with and without a known country."""
        for measure in (indicator.denominator, indicator.numerator):
            found = [part for part in parts_of(measure) if isinstance(part, OfActivities)]
            if found:
                lying = {id(activity) for part in found for activity in self._lying_in(_of_any_country(part), cell)}
                members = [activity for activity in self.activities if id(activity) in lying]
                unknown = [a for a in members if not self.countries_of(a)]
                kinds = {type(part) for m in (indicator.numerator, indicator.denominator) for part in parts_of(m)}
                shared = any(issubclass(kind, Activities) for kind in kinds) or (
                    Money in kinds and self.counting == "fractional"
                )
                weights = [
                    sum(self.weight(a, cell.department) if shared else 1.0 for a in some) for some in (members, unknown)
                ]
                return weights[0] - weights[1], weights[1]
        return None, None

    def _left_out(self, indicator: Indicator, cell: Cell) -> int:
        money = [p for m in (indicator.numerator, indicator.denominator) for p in parts_of(m) if isinstance(p, Money)]
        lying = {id(activity) for part in money for activity in self._lying_in(part, cell)}
        amounts = [a for a in self.activities if a.amount is not None and id(a) in lying]
        return len([a for a in amounts if self.yen(a) is None])


@cache
def _of_any_country(measure: OfActivities) -> OfActivities:
    return replace(measure, only=tuple({*measure.only} - {"international", "known_country"}))


def parts_of(measure: Measure | None) -> list[Measure]:
    if isinstance(measure, Sum):
        return [part for _, term in measure.terms for part in parts_of(term)]
    return [measure] if measure else []
