"""The figures that peers are asked for: which of the catalogue, in their words, and the records as they hold them."""

import numpy as np

from benchmarks.peers.protocol import Array, Asked, Questions
from metrics.catalogue import INDICATORS
from metrics.codes import TYPE_CODES
from metrics.conditions import met
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator, parts
from metrics.ledger import Ledger
from metrics.links import Links
from metrics.measures import ALL_TYPES, Activities, Distinct, Measure, Money, OfActivities, Persons, Sum

WRITTEN: tuple[type[object], ...] = (Activities, Money, Persons, Distinct)
ADDS_UP = ("activities", "yen")
BY_PLACE = {"long_distance", "short_distance"}


def compared() -> tuple[Indicator, ...]:
    """The indicators that are written for peers: counts, amounts, persons and different things of one year's records.

    What an indicator divides by may be a headcount, which is looked up.
    """
    return tuple(
        one
        for one in INDICATORS.values()
        if _written(one.numerator) and (one.denominator is None or _written(one.denominator, headcounts=True))
    )


def _written(measure: Measure, *, headcounts: bool = False) -> bool:
    return all(_is_written(part) or (headcounts and isinstance(part, Headcount)) for part in parts(measure))


def _is_written(part: Measure) -> bool:
    if type(part) not in WRITTEN or not isinstance(part, OfActivities):
        return False
    return part.window == 1 and getattr(part, "at_least", 1) == 1 and not BY_PLACE & set(part.only)


def measures() -> dict[OfActivities, Asked]:
    """Each different measure in these indicators, as it is asked of peers."""
    every = dict.fromkeys(part for one in compared() for part in one.measured if isinstance(part, OfActivities))
    return {part: _asked(f"m{number}", part) for number, part in enumerate(every)}


def _asked(name: str, part: OfActivities) -> Asked:
    of = {Activities: "activities", Money: "yen", Persons: "persons"}.get(type(part)) or str(getattr(part, "of", ""))
    types = [] if part.types == ALL_TYPES else [TYPE_CODES.index(kind) for kind in part.types]
    return {"name": name, "of": of, "types": types, "only": list(part.only)}


def adds_up(indicator: Indicator) -> bool:
    """Whether all that is counted for it adds up: activities and amounts, nothing that is counted once."""
    return all(isinstance(part, Activities | Money | Headcount) for part in indicator.measured)


def questions(ledger: Ledger) -> Questions:
    """What is asked, and how the numerators and denominators of the indicators are made of it."""
    every = measures()
    return {
        "shape": (len(ledger.units), len(ledger.years)),
        "added": [one for one in every.values() if one["of"] in ADDS_UP],
        "distinct": [one for one in every.values() if one["of"] not in ADDS_UP],
        "terms": {
            f"{indicator.key} {name}": [(sign, every[part]["name"]) for sign, part in _terms(measure)]  # type: ignore[index]
            for indicator in compared()
            for name, measure in (("numerator", indicator.numerator), ("denominator", indicator.denominator))
            if measure is not None and _written(measure)
        },
        "shown": [ledger.years.index(year) for year in ledger.fiscal_years],
    }


def _terms(measure: Measure) -> tuple[tuple[int, Measure], ...]:
    return measure.terms if isinstance(measure, Sum) else ((1, measure),)


def tables(ledger: Ledger) -> dict[str, dict[str, Array]]:
    """The records as any peer would hold them: codes are small integers, conditions are columns."""
    conditions = sorted({condition for part in measures() for condition in part.only})
    activities: dict[str, Array] = {
        "activity": np.arange(len(ledger.activity_ids), dtype=np.int32),
        "type": ledger.kind.whole.astype(np.int8),
        "first_year": ledger.first_year.whole.astype(np.int16),
        "span": ledger.span.whole.astype(np.int16),
        "yen": np.nan_to_num(ledger.yen.whole),
        "anonymous": ledger.anonymous.whole,
        "language": ledger.language.whole.astype(np.int16),
        **{name: met(ledger, (name,)) for name in conditions},
    }
    department, unit = np.nonzero(ledger.tree.within.T)
    partners, countries = _linked(ledger.partners, "partner"), _linked(ledger.countries, "country")
    partners["abroad"] = ledger.foreign[ledger.partner_country][ledger.partners.codes.whole]
    partners["of_company"] = ledger.partners_of_type(("company",))[ledger.partners.codes.whole]
    countries["abroad"] = ledger.foreign[ledger.countries.codes.whole]
    return {
        "activities": activities,
        "within": {"department": department.astype(np.int16), "unit": unit.astype(np.int16)},
        "activity_departments": _linked(ledger.departments, "department"),
        "people": _linked(ledger.people, "person"),
        "partners": partners,
        "countries": countries,
        "sdgs": _linked(ledger.sdgs, "goal"),
    }


def _linked(links: Links, code: str) -> dict[str, Array]:
    activity = np.repeat(np.arange(len(links.starts) - 1, dtype=np.int32), links.counts)
    return {"activity": activity, code: links.codes.whole.astype(np.int32)}
