"""What an outsider can work out: the least and the largest value that published sums leave to an unknown count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metrics.links import Bools, Floats, floats

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

UNBOUNDED = 3  # what `milp` answers


class Interval(NamedTuple):
    """The values that a count can have, as far as an outsider can tell. Both ends are possible."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Knowledge:
    """What is known of unknown counts x: `low` <= `forms` @ x <= `high` row by row, and `least` <= x.

    `forms` is relations x unknowns; a published sum has `low` = `high`. Margins of tables, a tree of departments,
    terms of indicators and several tables at once all are such sums.
    """

    forms: Floats
    low: Floats
    high: Floats
    least: Floats

    @classmethod
    def of(cls, forms: Floats, low: Floats, high: Floats | None = None, least: Floats | None = None) -> "Knowledge":
        """Published sums (`high` left out), else ranges; counts are not negative unless `least` says so."""
        forms = np.atleast_2d(floats(forms))
        known = floats(low)
        return cls(
            forms=forms,
            low=known,
            high=known if high is None else floats(high),
            least=np.zeros(forms.shape[1]) if least is None else floats(least),
        )

    def interval(self, form: Floats, *, integral: bool = True) -> Interval:
        """The least and the largest value of `form` @ x.

        Persons are whole: `integral` solves for whole numbers (HiGHS, branch and bound), which can be narrower than the
        linear program but never wider. ValueError where what is known contradicts itself.
        """
        objective, (told, values) = floats(form), self._told
        constant = float(objective @ values)
        rest = np.where(told, 0, objective)
        low, high = self._open._least(rest, integral), -self._open._least(-rest, integral)
        return Interval(constant + low, constant + high)

    def intervals(self, forms: Floats, *, integral: bool = True) -> Floats:
        """The same of several forms (rows): one row of least and largest value each."""
        found = [self.interval(form, integral=integral) for form in np.atleast_2d(forms)]
        return np.array(found, dtype=np.float64).reshape(-1, 2)

    def and_also(self, forms: Sequence[Floats], low: Sequence[Floats], high: Sequence[Floats]) -> "Knowledge":
        """What is known when these sums (blocks of rows) are known beside, each between its ends."""
        return replace(
            self,
            forms=np.concatenate([self.forms, *forms]),
            low=np.concatenate([self.low, *low]),
            high=np.concatenate([self.high, *high]),
        )

    @cached_property
    def _told(self) -> tuple[Bools, Floats]:
        """Which unknowns sums give away one by one, each with all others in its sum told, and their values (else 0)."""
        told, values = np.zeros(len(self.least), dtype=bool), np.zeros(len(self.least))
        exact = self.low == self.high
        forms, sums = self.forms[exact], self.low[exact]
        ties = forms != 0
        while True:
            left = ties & ~told
            alone = np.flatnonzero(left.sum(axis=1) == 1)
            if not len(alone):
                return told, values
            unknown = left[alone].argmax(axis=1)
            values[unknown] = (sums[alone] - forms[alone] @ values) / forms[alone, unknown]
            told[unknown] = True

    @cached_property
    def _open(self) -> "Knowledge":
        """The same of the unknowns that are not told one by one: what a program has to be solved for."""
        told, values = self._told
        shift = self.forms @ values
        forms = np.where(told, 0, self.forms)
        left = (forms != 0).any(axis=1)
        return replace(self, forms=forms[left], low=(self.low - shift)[left], high=(self.high - shift)[left])

    def _least(self, form: Floats, integral: bool) -> float:
        part = self._connected(form)
        if not part.forms.shape[1]:
            return 0.0
        solved = _solved(part, form[self.touched(form)], integral)
        if (
            solved.fun is None and integral
        ):  # an unbounded program of whole numbers is told from a hopeless one by its LP
            solved = _solved(part, form[self.touched(form)], False)
        if solved.fun is not None:
            return round(float(solved.fun), 6)
        if solved.status == UNBOUNDED:
            return -np.inf
        raise ValueError(f"what is known of the counts contradicts itself: {solved.message}")

    def _connected(self, form: Floats) -> "Knowledge":
        """What bears on a form: its unknowns, and those that relations tie to them."""
        unknowns = self.touched(form)
        relations = (self.forms[:, unknowns] != 0).any(axis=1)
        return Knowledge(
            forms=self.forms[np.ix_(relations, unknowns)],
            low=self.low[relations],
            high=self.high[relations],
            least=self.least[unknowns],
        )

    def beside(self, form: Floats) -> Bools:
        """The unknowns of a form, and those that one relation ties to them."""
        ties, mine = self.forms != 0, form != 0
        return np.asarray(mine | ties[(ties & mine).any(axis=1)].any(axis=0))

    def touched(self, form: Floats) -> Bools:
        """Which unknowns relations tie to those of a form, directly or through others."""
        ties = self.forms != 0
        touched = form != 0
        while True:
            wider = touched | ties[(ties & touched).any(axis=1)].any(axis=0)
            if (wider == touched).all():
                return np.asarray(touched)
            touched = wider


def _solved(known: Knowledge, form: Floats, integral: bool) -> "OptimizeResult":
    """The smallest value of a form. Of the small programs that one question leads to, three in four are the same."""
    relations = (np.ascontiguousarray(known.forms), known.low, known.high)
    forms, low, high, least, wanted = (floats(one).tobytes() for one in (*relations, known.least, form))
    return _solved_once(forms, low, high, least, wanted, integral)


@lru_cache(maxsize=1024)
def _solved_once(
    forms: bytes, low: bytes, high: bytes, least: bytes, wanted: bytes, integral: bool
) -> "OptimizeResult":
    from scipy.optimize import Bounds, LinearConstraint, milp  # a third of a second at each start, for checks alone

    form = np.frombuffer(wanted)
    relations = np.frombuffer(forms).reshape(-1, len(form))
    return milp(
        form,
        integrality=np.full(len(form), int(integral)),
        bounds=Bounds(np.frombuffer(least), np.inf),
        constraints=LinearConstraint(relations, np.frombuffer(low), np.frombuffer(high)),
    )
