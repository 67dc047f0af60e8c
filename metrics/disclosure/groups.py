"""Departments of one kind added up: which of these sums can be told beside the university's figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.disclosure.audit import Audit, Figure, forms_of_persons, not_more_than_nobody
from metrics.disclosure.linear import Knowledge
from metrics.disclosure.policy import protection
from metrics.disclosure.suppression import Secret, Shown, primary_suppression, withhold
from metrics.disclosure.unknowns import counted, counted_by_unit, terms
from metrics.indicator import Indicator
from metrics.ledger import UNIVERSITY, Ledger
from metrics.links import Floats
from metrics.measures import Measure
from metrics.tabulate import OK, tabulate
from metrics.view import Selection

FEWEST_OTHERS = 3  # departments that are not the reader's: of fewer a sum is hardly more than one's figure


@dataclass(frozen=True, kw_only=True)
class Kinds:
    """Which departments can be spoken of together: the kind of each, and those whose records the reader has."""

    kinds: Mapping[str, str]
    own: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """The kinds of which enough departments are others'."""
        others = [kind for code, kind in self.kinds.items() if code not in self.own]
        return tuple(kind for kind in dict.fromkeys(others) if kind and others.count(kind) >= FEWEST_OTHERS)

    @property
    def all_own(self) -> set[str]:
        """The kinds of which every department is the reader's."""
        return {*self.kinds.values()} - {kind for code, kind in self.kinds.items() if code not in self.own}


def sums_told(
    ledger: Ledger, indicators: Iterable[Indicator], kinds: Kinds, fiscal_year: int
) -> frozenset[tuple[str, str]]:
    """The sums (kind, indicator) that are told to a reader: none from which a count of few persons would follow.

    The unknowns are the counts of the rest of the university, of each kind and of all that is left; the university's
    figures are known as far as they are published (`audit`). Sums of public facts are all told, of indices none; sums
    of the reader's own departments alone in any case.
    """
    every = list(indicators)
    public = {one.key for one in every if protection(one) in ("public", "mixed")}
    persons = [one for one in every if protection(one) == "persons"]
    told = {(kind, key) for kind in kinds.told for key in public}
    told |= {(kind, one.key) for kind in kinds.all_own for one in every}
    if persons and kinds.told:
        told |= _Sums.of(ledger, persons, kinds, fiscal_year).told()
    return frozenset(told)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Sums:
    """The counts of one year: of the rest of the university, of each kind of departments, and of what is left over."""

    university: Audit
    figures: list[Figure]
    kinds: tuple[str, ...]
    groups: Floats  # kinds, then what is left over, x unknowns: the reader's own departments are not among them
    own: Floats  # the reader's own departments added up, as far as they are among those of the kinds

    @classmethod
    def of(cls, ledger: Ledger, persons: list[Indicator], kinds: Kinds, fiscal_year: int) -> "_Sums":
        unknowns: tuple[Measure, ...] = tuple(
            dict.fromkeys(one for indicator in persons for part in indicator.measured for one in terms(part))
        )
        place = ledger.fiscal_years.index(fiscal_year)
        every, mine = (np.nan_to_num(counted(ledger, unknowns, *units)[place]) for units in ((), (kinds.own,)))
        by_unit = dict(zip(ledger.units, np.nan_to_num(counted_by_unit(ledger, unknowns, fiscal_year)), strict=True))
        others = {code: kind for code, kind in kinds.kinds.items() if code not in kinds.own}
        parts = [[by_unit[code] for code, kind in others.items() if kind == told] for told in kinds.told]
        left = [by_unit[code] for code, kind in others.items() if kind not in kinds.told]
        nobody = np.zeros(len(unknowns))
        return cls(
            university=Audit(
                indicators=_with_value(ledger, persons, fiscal_year), unknowns=unknowns, every=every, mine=mine
            ),
            figures=[Figure.of(one, unknowns) for one in persons],
            kinds=kinds.told,
            groups=np.array([np.sum([nobody, *rows], axis=0) for rows in (*parts, left)]),
            own=np.sum([nobody, *(by_unit[code] for code in kinds.kinds if code in kinds.own)], axis=0),
        )

    def told(self) -> set[tuple[str, str]]:
        candidates = [(place, kind, figure) for place, kind in enumerate(self.kinds) for figure in self.figures]
        rows = [self._row(place, figure) for place, _, figure in candidates]
        few = [self._is_few(figure.of_persons, place) for place, _, figure in candidates]
        hidden, _ = withhold(rows, np.array(few, dtype=bool), self._secrets(), self._known())
        return {(kind, figure.key) for (_, kind, figure), hides in zip(candidates, hidden, strict=True) if not hides}

    def _row(self, place: int, figure: Figure) -> Shown:
        forms = np.array([self._at(place + 1, form) for form in figure.forms])
        return Shown.sums(forms, self._truth, weight=float(np.abs(figure.numerator) @ self.groups[place]))

    def _is_few(self, forms: Sequence[Floats], place: int) -> bool:
        return any(bool(primary_suppression(form @ self.groups[place])) for form in forms)

    def _secrets(self) -> list[Secret]:
        """Those of the university, and the same counts of each kind and of what is left over."""
        found = [Secret(form=self._at(0, secret.form)) for secret in self.university.secrets]
        forms = forms_of_persons(self.figures, self.university.unknowns)
        for place, counts in enumerate(self.groups):
            found += [Secret(form=self._at(place + 1, form)) for form in forms if primary_suppression(form @ counts)]
        return found

    def _known(self) -> Knowledge:
        """What is known without the sums: the university's published figures, and how counts hang together."""
        audit = self.university
        shown = [audit.shown(figure) for figure in audit.figures if audit.statuses[figure.key] == OK]
        whole = audit.known.and_also(
            [one.forms for one in shown], [one.low for one in shown], [one.high for one in shown]
        )
        blocks = len(self.groups)
        unknowns = len(audit.unknowns)
        within = np.array(not_more_than_nobody(audit.unknowns)).reshape(-1, unknowns)
        inside = [
            (self._at(place + 1, form), -np.inf, 0.0)
            for place, counts in enumerate(self.groups)
            for form in within
            if form @ counts <= 0
        ]
        across = [self._across(unknown) for unknown in range(unknowns)]
        more = [*inside, *across]
        return Knowledge(
            forms=np.concatenate(
                [np.pad(whole.forms, ((0, 0), (0, blocks * unknowns))), [form for form, _, _ in more]]
            ),
            low=np.concatenate([whole.low, [low for _, low, _ in more]]),
            high=np.concatenate([whole.high, [high for _, _, high in more]]),
            least=np.concatenate([whole.least, np.zeros(blocks * unknowns)]),
        )

    def _across(self, unknown: int) -> tuple[Floats, float, float]:
        """The university is at most the sum of the departments where they share persons, and the sum where they do not.

        Where a university has a headcount of its own that is more than its departments', it is at least their sum.
        """
        form = np.zeros((len(self.groups) + 1, len(self.university.unknowns)))
        form[0, unknown], form[1:, unknown] = 1, -1
        between = float(self.own[unknown] - self.university.mine[unknown])
        beyond = self.university.rest[unknown] - self.groups[:, unknown].sum() - between
        return form.ravel(), between if beyond >= 0 else -np.inf, between if beyond <= 0 else np.inf

    @property
    def _truth(self) -> Floats:
        return np.concatenate([self.university.rest, self.groups.ravel()])

    def _at(self, block: int, form: Floats) -> Floats:
        whole = np.zeros((len(self.groups) + 1, len(form)))
        whole[block] = form
        return whole.ravel()


def _with_value(ledger: Ledger, indicators: Sequence[Indicator], fiscal_year: int) -> list[Indicator]:
    """The indicators of which the university has a value."""
    asked = Selection(departments=(UNIVERSITY,), fiscal_years=(fiscal_year,))
    status = tabulate(ledger, indicators, selection=asked).set_index("indicator")["status"]
    return [one for one in indicators if status[one.key] == OK]
