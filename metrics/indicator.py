"""An indicator: one declaration that turns records into one number per department and fiscal year."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast, get_args

from metrics.conditions import CONDITIONS
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.headcounts import WHOLE_YEAR
from metrics.measures import Activities, Measure, Money, OfActivities, Sum
from metrics.participation_measures import Concentration
from metrics.references import Reference, checked
from metrics.view import Counting
from vocabulary.activity_types import ACTIVITY_TYPES, PROCESSES, TARGETS
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

Unit = Literal["share", "count", "persons", "yen", "index"]
Better = Literal["higher", "lower", "neither"]


class CountOf(str):
    """The unit "count" of things that Japanese counts by a word of their own instead of 件."""

    counter: str


def counted_in(counter: str) -> Unit:
    """The unit "count" with its Japanese counter: `counted_in("社")` writes `12社`."""
    unit = CountOf("count")
    unit.counter = counter
    return cast(Unit, unit)


OVER_ALL = ("known_country", "international")  # conditions that presuppose a known country


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A definition. A share is a fraction (0.366, shown as 36.6 %); money is in yen.

    `protected` marks figures on persons, which the small-number policy covers.
    """

    key: str
    name: Text
    definition: Text
    target: str
    process: str
    unit: Unit
    better: Better
    numerator: Measure
    denominator: Measure | None = None
    source: str = "own"  # a document; `own` where the references, or nobody else, say what it is
    references: tuple[Reference, ...] = ()
    protected: bool = False
    is_rate: bool = False  # per hundred of the denominator, without being some of it
    since: int | None = None  # first fiscal year the definition holds for; None: every year
    declared_by: str = ""  # the department whose own it is, and of those below it; nothing: everybody's

    def __post_init__(self) -> None:
        if self.target not in TARGETS or self.process not in PROCESSES:
            raise ValueError(f"{self.key}: no cell {self.target} x {self.process} in the strategy's matrix")
        for said in (self.name, self.definition):
            if not (said.en and said.ja):
                raise ValueError(f"{self.key}: a text lacks a language: {said!r}")
        for what, code, there in (("unit", self.unit, get_args(Unit)), ("better", self.better, get_args(Better))):
            if code not in there:
                raise ValueError(f"{self.key}: no {what} {code!r}; there are {', '.join(there)}")
        checked(self.references)
        for part in self.measured:
            if isinstance(part, OfActivities):
                _known(f"{self.key}: types", part.types, ACTIVITY_TYPES)
                _known(f"{self.key}: only", part.only, CONDITIONS)
        if self.unit == "share" and self.denominator is None:
            raise ValueError(f"{self.key}: a share needs a denominator")

    @property
    def place(self) -> tuple[str, str]:
        """Its cell of the matrix."""
        return self.target, self.process

    @property
    def is_own(self) -> bool:
        """Whether a department declared it for itself, so that no other department has a figure to compare."""
        return self.declared_by not in ("", UNIVERSITY)

    @property
    def formula(self) -> Text:
        """Numerator / denominator, in words."""
        if self.denominator is None:
            return self.numerator.text
        top, bottom = self.numerator.text, self.denominator.text
        return Text(f"{top.en}  /  {bottom.en}", f"{top.ja}  ／  {bottom.ja}")

    @cached_property
    def in_a_sentence(self) -> Text:
        """Its name where sentences need it: `the share “Syllabi in English”`, `「英語シラバス」の割合`."""
        en, ja = f"“{self.name.en}”", f"「{self.name.ja}」"
        if self.unit != "share" or self.is_rate:
            return Text(en, ja)
        says_so = "率" in self.name.ja or "割合" in self.name.ja
        return Text(en if self.name.en.startswith("Share ") else f"the share {en}", ja if says_so else f"{ja}の割合")

    @cached_property
    def is_stock(self) -> bool:
        """Whether it is read on the census day: headcounts (none over the whole year) and what is in force, only."""
        counted = (headcount for part in self.measured for headcount in headcounts_in(part))
        events = any(ACTIVITY_TYPES[kind].counted == "event" for kind in self.types)
        return not events and not any(WHOLE_YEAR in headcount.groups for headcount in counted)

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The activity types it counts."""
        below = self.denominator.types if self.denominator else ()
        return tuple(dict.fromkeys((*self.numerator.types, *below)))

    @cached_property
    def measured(self) -> tuple[Measure, ...]:
        """Every measure in it, sums taken apart."""
        return parts(self.numerator) + (parts(self.denominator) if self.denominator else ())

    @cached_property
    def follows_counting(self) -> bool:
        """Whether whole, fractional and lead counting give it different values."""
        return any(isinstance(part, OfActivities) and part.follows_counting for part in self.measured)

    def follows(self, counting: Counting) -> bool:
        """Whether this rule changes what it counts: lead counting is a rule for activities and leaves money whole."""
        counted = [part for part in self.measured if isinstance(part, OfActivities) and part.follows_counting]
        return any(counting != "lead" or not isinstance(part, Money) for part in counted)

    @cached_property
    def is_proportion(self) -> bool:
        """Whether the numerator counts some of what the denominator counts: then it has a Wilson interval."""
        if self.is_rate:
            return False
        return self.unit == "share" and not any(isinstance(part, Money) for part in self.measured)

    @property
    def country_base(self) -> Activities | None:
        """The activities whose known and unknown countries are told: the denominator's kind, else the numerator's."""
        for measure in (self.denominator, self.numerator):
            found = [part for part in parts(measure) if isinstance(part, OfActivities)] if measure else []
            if found:
                types = tuple(dict.fromkeys(kind for part in found for kind in part.types))
                only = tuple(name for name in found[0].only if name not in OVER_ALL)
                return Activities(types=types, only=only, window=found[0].window)
        return None


def _known(where: str, codes: Collection[str], there: Collection[str]) -> None:
    """ValueError for a word where a tuple of words is meant, and for a code that does not exist."""
    if isinstance(codes, str):
        raise ValueError(f"{where} is the word {codes!r} where a tuple is meant; write ({codes!r},) with a comma")
    missing = [code for code in codes if code not in there]
    if missing:
        raise ValueError(f"{where}: no {', '.join(map(repr, missing))}; there are {', '.join(there)}")


def parts(measure: Measure) -> tuple[Measure, ...]:
    """The terms of a sum; else the measure alone."""
    return tuple(term for _, term in measure.terms) if isinstance(measure, Sum) else (measure,)


def headcounts_in(measure: Measure) -> tuple[Headcount, ...]:
    """The headcounts a measure is made of."""
    found = (part.counted if isinstance(part, EffectiveOrigins | Concentration) else part for part in parts(measure))
    return tuple(part for part in found if isinstance(part, Headcount))
