"""Sums of departments of one kind: none is told from which, beside the university's figures, few persons would follow.

Four faculties and four graduate schools. The graduate schools without the reader's have 3 international doctoral
students: told are neither they nor, as the university and the faculties (which have none) would tell them, both of the
others.
"""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.disclosure import groups
from metrics.disclosure.groups import Kinds, sums_told
from metrics.disclosure.peers import peers_seen
from metrics.disclosure.published import published
from metrics.disclosure.unknowns import terms
from metrics.kinds import together
from metrics.ledger import Ledger
from metrics.tabulate import OK, tabulate
from metrics.view import Selection
from tests.metrics.attacker import Notebook
from tests.metrics.building import Department, Headcount, frames

YEAR = 2024
FACULTIES, SCHOOLS = ("FA", "FB", "FC", "FD"), ("GA", "GB", "GC", "GD")
KINDS = dict.fromkeys(FACULTIES, "faculty") | dict.fromkeys(SCHOOLS, "graduate_school")
GROUPS = ("undergraduate", "master", "doctoral")
INTERNATIONAL = {
    **dict(zip(FACULTIES, ((20, 0, 0), (9, 0, 0), (1, 0, 0), (1, 0, 0)), strict=True)),
    **dict(zip(SCHOOLS, ((0, 30, 12), (0, 15, 2), (0, 8, 1), (0, 20, 0)), strict=True)),
}
KEYS = [
    *("international_student_share", "undergraduate_international_share"),
    *("master_international_share", "doctoral_international_share"),
]
ASKED = [INDICATORS[key] for key in KEYS]
CLASSES = tuple(dict.fromkeys(term for one in ASKED for part in one.measured for term in terms(part)))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    heads = []
    for code, counts in INTERNATIONAL.items():
        for population, count in zip(GROUPS, counts, strict=True):
            of = 100 * ((population == "undergraduate") == (code in FACULTIES))
            heads += [Headcount(code, "2024-05-01", population, "all", of)] if of else []
            heads += [Headcount(code, "2024-05-01", population, "international", count)] if of else []
    return Ledger.of(frames([Department(code) for code in INTERNATIONAL], populations=heads))


def found_out(ledger: Ledger, head: str) -> dict[str, tuple[int, int]]:
    """What a head can tell of the international students of each level, in each kind, without the own."""
    table = tabulate(ledger, ASKED, selection=Selection(fiscal_years=(YEAR,)))
    told = sums_told(ledger, INDICATORS.values(), Kinds(kinds=KINDS, own=(head,)), YEAR)
    statuses = published(ledger, INDICATORS.values(), (head,)).statuses
    others = [code for code in INTERNATIONAL if code != head]
    book, of_unit = Notebook(), {code: place for place, code in enumerate(others)}
    mine = table[table["department"] == head].set_index("indicator")
    rows: dict[tuple[str, str], Any] = {
        (kind, key): found._asdict()
        for kind in ("faculty", "graduate_school")
        for key, found in together(table, KINDS, kind, {k for t, k in told if t == kind}, without=head).items()
    }
    every = table[table["department"] == "*"].set_index("indicator")
    rows |= {
        ("", key): every.loc[key, ["numerator", "denominator"]] - mine.loc[key, ["numerator", "denominator"]].fillna(0)
        for key in KEYS
        if statuses[key, YEAR] == OK
    }
    for (kind, key), row in rows.items():
        for line in ("numerator", "denominator"):
            form = np.zeros((len(others), len(CLASSES)))
            for code in others:
                if kind in ("", KINDS[code]):
                    for term, times in terms(getattr(INDICATORS[key], line)).items():
                        form[of_unit[code], CLASSES.index(term)] = times
            count = float(np.asarray(row[line], dtype=np.float64))
            if not np.isnan(count):
                book.write(form.ravel(), count, count)
    found = {}
    for kind in ("faculty", "graduate_school"):
        for key in KEYS[1:]:
            (term,) = terms(INDICATORS[key].numerator)
            form = np.zeros((len(others), len(CLASSES)))
            form[[of_unit[code] for code in others if KINDS[code] == kind], CLASSES.index(term)] = 1
            found[f"{kind} {key}"] = book.interval(form.ravel())
    return found


def test_few_of_a_kind_do_not_follow_from_sums_and_the_university(ledger: Ledger) -> None:
    """GB, GC and GD have 3 international doctoral students; FB, FC and FD 11 undergraduates, which may be told."""
    found = found_out(ledger, "GA")
    low, high = found["graduate_school doctoral_international_share"]
    assert low == 0
    assert high >= 5
    assert found_out(ledger, "FA")["faculty undergraduate_international_share"] == (11, 11)


def test_without_further_sums_withheld_they_would(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "withhold", lambda _rows, hidden, _secrets, _known: (hidden, []))
    assert found_out(ledger, "GA")["graduate_school doctoral_international_share"] == (3, 3)


def test_a_kind_of_few_others_is_not_told_and_one_all_own_is() -> None:
    three_own = Kinds(kinds=KINDS, own=("FA", "FB"))
    assert three_own.told == ("graduate_school",)  # two faculties are left, hardly more than one neighbour
    assert Kinds(kinds=KINDS, own=FACULTIES).all_own == {"faculty"}


def peers(*counts: tuple[str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(counts, columns=["department", "numerator", "denominator"])
    return frame.assign(value=frame["numerator"] / frame["denominator"])


def test_of_persons_three_rounded_values_are_told_of_departments_with_enough_people() -> None:
    """Of ten, one has 3 of 100 and one 5 of 20: the quartiles are those of the other eight, to the whole per cent."""
    large = [(f"D{place}", 6.0 + place, 97.0) for place in range(8)]
    told = peers_seen(peers(*large, ("F", 3, 100), ("S", 5, 20)), ASKED[0], lambda code: code == "D0")
    assert (told.ordered, told.unlisted) == ((), 8)
    assert told.quartiles == pytest.approx((0.08, 0.10, 0.11))
    few = peers_seen(peers(*large[:7]), ASKED[0], lambda code: code == "D0")
    assert (few.quartiles, few.unlisted) == ((), 0)  # six others: a quartile would hardly be nobody's


def test_of_papers_every_value_is_told_and_of_indices_of_persons_none() -> None:
    papers, key = peers(("A", 1, 2), ("B", 3, 4), ("C", 4, 4)), "international_copublication_share"
    assert peers_seen(papers, INDICATORS[key], lambda _: False).ordered == (0.5, 0.75, 1.0)
    assert peers_seen(papers, INDICATORS[key], lambda code: code == "A").ordered == ()  # two: each known to the other
    assert peers_seen(papers, INDICATORS[key], lambda _: True).ordered == (0.5, 0.75, 1.0)
    index = peers_seen(papers, INDICATORS["origin_countries_effective"], lambda _: False)
    assert (index.ordered, index.quartiles, index.unlisted) == ((), (), 0)
