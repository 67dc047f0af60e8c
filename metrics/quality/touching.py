"""Which indicators a finding can move: those that ask for what it breaks."""

from collections.abc import Callable

from metrics.indicator import Indicator, headcounts_in, parts
from metrics.measures import Activities, Distinct, Money, OfActivities, Persons
from metrics.one_record import NEEDED, OF_COUNTRIES
from metrics.participation_measures import Newcomers

Touches = Callable[[Indicator], bool]
OF_PARTNERS = ("partner_abroad", "company", "company_abroad", "public_partner", "long_distance", "short_distance")


def by_conditions(*names: str) -> Touches:
    """Indicators that ask of their activities one of the conditions, or count what these are about."""
    return lambda indicator: any(
        isinstance(part, OfActivities) and bool({*part.only, *_counted(part)} & {*names}) for part in indicator.measured
    )


def by_persons(indicator: Indicator) -> bool:
    """Indicators that count persons in activities."""
    return any(isinstance(part, Persons | Newcomers) or "named" in _only(part) for part in indicator.measured)


def by_money(indicator: Indicator) -> bool:
    """Indicators that add up money."""
    return any(isinstance(part, Money) for part in indicator.measured)


def by_lead(indicator: Indicator) -> bool:
    """Indicators that lead counting changes, or that ask who leads."""
    return any(isinstance(part, Activities) or "led_here" in _only(part) for part in indicator.measured)


def by_departments(indicator: Indicator) -> bool:
    """Indicators of departments that count activities by shares."""
    return any(isinstance(part, OfActivities) and part.follows_counting for part in indicator.measured)


def by_activities(indicator: Indicator) -> bool:
    """Whatever is made of activities."""
    return any(isinstance(part, OfActivities) for part in indicator.measured)


def by_headcounts(indicator: Indicator) -> bool:
    """Whatever is made of headcounts."""
    return any(headcounts_in(part) for part in indicator.measured)


def by_anything(indicator: Indicator) -> bool:
    """Whatever is counted."""
    return bool(parts(indicator.numerator))


by_countries: Touches = by_conditions(*OF_COUNTRIES)
by_partners: Touches = by_conditions(*OF_PARTNERS)


def _only(part: object) -> tuple[str, ...]:
    return part.only if isinstance(part, OfActivities) else ()


def _counted(part: OfActivities) -> tuple[str, ...]:
    return (NEEDED[part.of],) if isinstance(part, Distinct) and part.of in NEEDED else ()
