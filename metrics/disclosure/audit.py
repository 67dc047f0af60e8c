"""One fiscal year of figures on persons: which can be shown so that no small count follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import permutations

import numpy as np

from metrics.disclosure.linear import Knowledge
from metrics.disclosure.rounding import BASE, LEAST_DENOMINATOR, hesa_round
from metrics.disclosure.setting import Method
from metrics.disclosure.suppression import LEAST_POSSIBLE, THRESHOLD, Secret, Shown, primary_suppression, withhold
from metrics.disclosure.unknowns import by_type, same_records, terms, within
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.links import Floats
from metrics.measures import Measure
from metrics.tabulate import FEW, OK, SUPPRESSED


@dataclass(frozen=True, kw_only=True, eq=False)
class Audit:
    """Counts of persons that figures are sums of: `every` of the university, and `mine`, which the reader knows.

    What is left is to be protected: those who are in none of the reader's records. `indicators` are those of which the
    university has a value in the year.
    """

    indicators: Sequence[Indicator]
    unknowns: tuple[Measure, ...]
    every: Floats
    mine: Floats
    method: Method = "suppress"

    @property
    def rest(self) -> Floats:
        return self.every - self.mine

    @cached_property
    def figures(self) -> list["Figure"]:
        return [Figure.of(indicator, self.unknowns) for indicator in self.indicators]

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The status of each figure: shown, `fewer than 5`, or withheld to protect individuals."""
        figures, secrets = self.figures, self.secrets
        hidden = np.array([self._must_hide(one) for one in figures], dtype=bool)
        hidden, hopeless = withhold([self.shown(one) for one in figures], hidden, secrets, self.known)
        statuses = {one.key: SUPPRESSED if hides else OK for one, hides in zip(figures, hidden, strict=True)}
        if self.method == "round":
            return statuses
        shown = [self.shown(one) for one, hides in zip(figures, hidden, strict=True) if not hides]
        few = [one for one, hides in zip(figures, hidden, strict=True) if hides and self._says_few(one)]
        return statuses | dict.fromkeys(
            self._named_few(few, shown, [one for one in secrets if one not in hopeless]), FEW
        )

    @cached_property
    def secrets(self) -> list[Secret]:
        """What is of one to four persons who are not the reader's: counts alone, and sums of figures."""
        return [self._secret(form) for form in forms_of_persons(self.figures, self.unknowns) if self._is_few(form)]

    def _is_few(self, form: Floats) -> bool:
        return bool(primary_suppression(form @ self.rest))

    def _secret(self, form: Floats) -> Secret:
        """What must stay possible: anything from nobody to the threshold; of rounded counts more than one value.

        That a figure has anybody below its line is told where it is not called not applicable.
        """
        truth = float(form @ self.rest)
        if self.method == "round":
            return Secret(form=form, low=truth, high=truth, wide=1)
        below = [one.denominator for one in self.figures if one.denominator is not None]
        told = form @ self.mine < 1 and any((form == one).all() for one in below)
        return Secret(form=form, low=LEAST_POSSIBLE + int(told))

    def _must_hide(self, figure: "Figure") -> bool:
        """Whether a figure is of few persons itself, or a percentage of few."""
        if figure.denominator is not None and figure.denominator @ self.every < LEAST_DENOMINATOR:
            return True
        return self.method == "suppress" and any(self._is_few(form) for form in figure.of_persons)

    def _says_few(self, figure: "Figure") -> bool:
        """Whether "fewer than 5" would be true and told of others than the reader's own."""
        top = figure.numerator
        return figure.counts and bool(primary_suppression(top @ self.every)) and not top @ self.mine

    def shown(self, figure: "Figure") -> Shown:
        """What a figure tells of those who are not the reader's."""
        forms = figure.forms
        if self.method == "suppress":
            return Shown.sums(forms, self.rest, weight=float(np.abs(figure.numerator) @ self.every))
        low, high = _rounded_ends(forms @ self.every)
        return Shown(forms=forms, low=low - forms @ self.mine, high=high - forms @ self.mine, weight=0.0)

    def _named_few(self, few: Iterable["Figure"], shown: Sequence[Shown], secrets: Sequence[Secret]) -> list[str]:
        """The figures that can be called fewer than 5 without telling more than that of any count."""
        most = THRESHOLD - 1
        known = self.known.and_also([s.forms for s in shown], [s.low for s in shown], [s.high for s in shown])
        named: list[Figure] = []
        for figure in few:
            tried = [*named, figure]
            tops = np.array([one.numerator for one in tried])
            told = known.and_also([tops], [np.ones(len(tops))], [np.full(len(tops), float(most))])
            if all(_still_safe(secret, tops, told, most) for secret in secrets):
                named = tried
        return [figure.key for figure in named]

    @cached_property
    def known(self) -> Knowledge:
        """What holds of the counts without any figure: a part is not more than the whole that it is of.

        Only what is true is taken to be known; an outsider who took more for true would be wrong. Persons of two
        departments are one, so what holds of all counts need not hold of those that are not the reader's.
        """
        every = not_more_than_nobody(self.unknowns)
        found = [(form, float(-form @ self.mine)) for form in every if form @ self.every <= 0]
        found += [(form, 0.0) for form in not_more_than_nobody(self.unknowns, Headcount) if form @ self.rest <= 0]
        below = [one.denominator for one in self.figures if one.denominator is not None]
        found += [(-form, float(form @ self.mine) - 1) for form in below if form @ self.every >= 1]
        least = np.minimum(self.rest, 0)  # a reader's own newcomer need not be one of the university
        return Knowledge(
            forms=np.array([form for form, _ in found]).reshape(-1, len(self.unknowns)),
            low=np.full(len(found), -np.inf),
            high=np.array([most for _, most in found]),
            least=least,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """A figure as sums over the unknowns."""

    key: str
    numerator: Floats
    denominator: Floats | None
    counts: bool  # whether the numerator counts somebody, and is no difference
    is_part: bool  # whether the numerator counts some of the denominator

    @classmethod
    def of(cls, indicator: Indicator, unknowns: tuple[Measure, ...]) -> "Figure":
        top, bottom = (_form(part, unknowns) for part in (indicator.numerator, indicator.denominator))
        if top is None:
            raise ValueError(f"{indicator.key} has no numerator")
        return cls(
            key=indicator.key,
            numerator=top,
            denominator=bottom,
            counts=bool((top >= 0).all()),
            is_part=indicator.is_proportion,
        )

    @property
    def forms(self) -> Floats:
        """What it tells: the numerator, and the denominator where there is one."""
        return np.array([self.numerator] if self.denominator is None else [self.numerator, self.denominator])

    @property
    def of_persons(self) -> list[Floats]:
        """What it tells that counts somebody: both lines, and who is below the line and not above."""
        found = [self.numerator] if self.counts else []
        if self.denominator is not None:
            found += [self.denominator] + ([self.denominator - self.numerator] if self.is_part else [])
        return found


@cache
def not_more_than_nobody(unknowns: tuple[Measure, ...], of: type = object) -> list[Floats]:
    """Differences between counts (of one class of measures) that are not above 0 where records are in order."""
    place = {one: i for i, one in enumerate(unknowns) if isinstance(one, of)}
    found = []
    for one, other in permutations(place, 2):
        if within(one, other) or same_records(one, other):
            found.append({place[one]: 1, place[other]: -1})
        if same_records(one, other):
            found.append({place[one]: -1, place[other]: 1})
    for one in place:
        parts = by_type(one)
        if len(parts) > 1 and all(part in place for part in parts):
            found.append({place[one]: 1} | {place[part]: -1 for part in parts})
    return [_sum(signs, len(unknowns)) for signs in found]


def _form(measure: Measure | None, unknowns: tuple[Measure, ...]) -> Floats | None:
    if measure is None:
        return None
    taken = terms(measure)
    return np.array([float(taken.get(one, 0)) for one in unknowns])


def _sum(signs: Mapping[int, int], size: int) -> Floats:
    form = np.zeros(size)
    form[list(signs)] = list(signs.values())
    return form


def forms_of_persons(figures: Iterable[Figure], unknowns: tuple[Measure, ...]) -> list[Floats]:
    """Every count alone, what a whole has beside its part, and every sum of a figure that counts; each once."""
    beside = [-form for form in not_more_than_nobody(unknowns) if form.sum() == 0]
    forms = [*np.eye(len(unknowns)), *beside, *(form for figure in figures for form in figure.of_persons)]
    return list({form.tobytes(): form for form in forms}.values())


def _still_safe(secret: Secret, tops: Floats, told: Knowledge, most: int) -> bool:
    """Whether every count of few is still possible, and nobody at all too unless it is what is called few."""
    named = (tops == secret.form).all(axis=1).any()
    low, high = told.interval(secret.form)
    return low <= int(named) and high >= most


def _rounded_ends(counts: Floats) -> tuple[Floats, Floats]:
    """The least and the largest whole number that is rounded to what each count is rounded to."""
    size = np.abs(counts)
    low, high = np.ceil(hesa_round(size) - BASE / 2), np.ceil(hesa_round(size) + BASE / 2) - 1
    low = np.maximum(low, 0)
    return np.where(counts < 0, -high, low), np.where(counts < 0, -low, high)
