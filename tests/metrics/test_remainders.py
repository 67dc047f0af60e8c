"""An attacker who takes sums over kinds of departments from the university's finds no other department's figure.

Four faculties, four graduate schools and one institute: what faculties and schools leave of the university is the
institute's. In the second indicator nearly all that the schools have is GB's.
"""

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.disclosure import remainders
from metrics.disclosure.groups import Kinds
from metrics.disclosure.remainders import listed_kinds, safe_sums
from metrics.tabulate import OK
from tests.metrics.attacker import Notebook

KINDS = dict.fromkeys(("FA", "FB", "FC", "FD", "FE"), "faculty") | dict.fromkeys(("GA", "GB", "GC", "GD"), "school")
KINDS |= {"I1": "institute"}
PUBLIC, PERSONS = "publications", "exchange_outbound"
COUNTS = {
    PUBLIC: (40, 30, 20, 10, 10, 8, 90, 7, 6, 25),
    PERSONS: (12, 9, 8, 11, 10, 14, 200, 9, 8, 30),
}
OWN = "FA"
EVERY = [(kind, key) for kind in ("faculty", "school") for key in COUNTS]


def figures() -> pd.DataFrame:
    rows = [
        (key, code, OK, float(count), np.nan)
        for key, counts in COUNTS.items()
        for code, count in zip(KINDS, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["indicator", "department", "status", "numerator", "denominator"])


def found_out(key: str) -> tuple[set[str], set[str]]:
    """The kinds that are told to the head of FA, and the departments whose figures then follow (of persons: nearly).

    From the university's figure, the sums and the own figure, as any reader would work them out.
    """
    told = {kind for kind, of in safe_sums(figures(), INDICATORS, Kinds(kinds=KINDS, own=(OWN,)), EVERY) if of == key}
    counts, book = np.array(COUNTS[key], dtype=float), Notebook()
    for kind in ("", *told):
        form = np.array([float(kind in ("", one)) for one in KINDS.values()])
        book.write(form, float(form @ counts), float(form @ counts))
    book.write(np.eye(len(KINDS))[0], counts[0], counts[0])
    found = set()
    for place, code in enumerate(KINDS):
        low, high = book.interval(np.eye(len(KINDS))[place])
        if code != OWN and (low == high or (key == PERSONS and high < 1.1 * counts[place])):
            found.add(code)
    return told, found


def test_what_sums_leave_of_the_university_is_no_single_departments_figure() -> None:
    assert found_out(PUBLIC) == ({"faculty"}, set())  # the schools, the smaller of both, are not told
    assert found_out(PERSONS) == ({"faculty"}, set())


def test_without_the_rule_the_institute_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remainders, "FEWEST_OTHERS", 0)
    assert found_out(PUBLIC) == ({"faculty", "school"}, {"I1"})


def test_without_the_rule_on_dominance_one_school_is_found_nearly(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = dict(zip(KINDS, COUNTS[PERSONS], strict=True)) | {"GA": 3, "GC": 4, "GD": 5}
    monkeypatch.setitem(COUNTS, PERSONS, tuple(counts.values()))
    assert found_out(PERSONS) == ({"faculty"}, set())
    for code in ("I2", "I3"):
        monkeypatch.setitem(KINDS, code, "institute")
    monkeypatch.setitem(COUNTS, PERSONS, (*counts.values(), 20, 25))
    monkeypatch.setitem(COUNTS, PUBLIC, (*COUNTS[PUBLIC], 20, 25))
    assert found_out(PERSONS) == ({"faculty"}, set())  # the schools' own sum is nearly all GB's
    monkeypatch.setattr(remainders, "P_PERCENT", 0.0)
    assert found_out(PERSONS) == ({"faculty", "school"}, {"GB"})


def test_a_list_without_names_leaves_of_the_list_of_all_three_values_or_none() -> None:
    reading = Kinds(kinds=KINDS, own=(OWN,))
    assert listed_kinds(KINDS, reading) == {"faculty"}  # of schools, too: the one value left would be the institute's
    assert listed_kinds(KINDS.keys() - {"I1"}, reading) == {"faculty", "school"}
    assert listed_kinds(["FA", "FB", "FC", "I1"], reading) == set()
