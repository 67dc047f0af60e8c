"""Departments of a kind together, over the whole demonstration: no sum that is told gives one other department away."""

import pandas as pd
import pytest

from data_access.records import Records
from metrics.catalogue import INDICATORS
from metrics.disclosure import remainders
from metrics.disclosure.groups import Kinds
from metrics.disclosure.policy import is_protected
from metrics.disclosure.remainders import safe_sums
from metrics.kinds import large_kinds
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from tests.pages.reading import fresh, words

pytestmark = pytest.mark.usefixtures("demonstration")

HEADS = (("ENG",), ("LAW", "SCI"), ("GENG", "IMR"))
KEY = "entrepreneurship_international_share"


@pytest.fixture(scope="module")
def figures(whole_ledger: Ledger) -> pd.DataFrame:
    return tabulate(whole_ledger, INDICATORS.values())


@pytest.fixture(scope="module")
def kinds(whole_ledger: Ledger, every_record: Records) -> dict[str, str]:
    table = every_record.departments().set_index("code")["kind"]
    leaves = zip(whole_ledger.units, whole_ledger.tree.leaves, strict=True)
    return {code: str(table[code]) for code, leaf in leaves if leaf and code != "*"}


def giving_away(figures: pd.DataFrame, kinds: dict[str, str]) -> tuple[int, list[tuple[object, ...]]]:
    """How many sums are told to the heads, and those that one other department's value would follow from.

    What the sums and the own figures leave of the university is a sum of the kind `""`.
    """
    told = 0
    found: list[tuple[object, ...]] = []
    every = {(kind, key) for kind in large_kinds(kinds.values()) for key in INDICATORS}
    for own in HEADS:
        for year, table in figures.groupby("fiscal_year"):
            sums = safe_sums(table, INDICATORS, Kinds(kinds=kinds, own=own), every)
            told += len(sums)
            others = table[table["department"].isin(kinds.keys() - set(own)) & table["value"].notna()]
            for key, rows in others.assign(kind=others["department"].map(kinds)).groupby("indicator"):
                in_sums = [kind for kind, of in sums if of == key]
                if not in_sums:
                    continue
                left = rows.assign(kind=rows["kind"].where(rows["kind"].isin(in_sums), ""))
                for kind, of_it in left.groupby("kind"):
                    if len(of_it) < 3 or (is_protected(INDICATORS[str(key)]) and tells_of_one(of_it, kind == "")):
                        found.append((own, year, kind, key))
    return told, found


def tells_of_one(rows: pd.DataFrame, is_left: bool) -> bool:
    """Whether a sum comes to nobody or to all, or to hardly more than the largest of its values."""
    lines = rows[["numerator", "denominator"]].abs()
    above, below = lines.sum()
    nearly = bool((lines.sum() < 1.1 * lines.max() - 1e-9).any())
    return nearly or (not is_left and above in (0, below))


def test_no_sum_that_is_told_gives_one_other_department_away(figures: pd.DataFrame, kinds: dict[str, str]) -> None:
    told, found = giving_away(figures[figures["fiscal_year"] % 3 == 2], kinds)  # 2015, 2018, 2021, 2024
    assert told > 1000
    assert found == []


def test_without_the_rule_some_would(
    figures: pd.DataFrame, kinds: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    some_years = figures[figures["fiscal_year"].isin([2014, 2024])]
    with monkeypatch.context() as broken:
        broken.setattr(remainders, "FEWEST_OTHERS", 1)
        assert (("ENG",), 2014, "faculty", "patent_coowned_share") in giving_away(some_years, kinds)[1]
    with monkeypatch.context() as broken:
        broken.setattr(remainders, "is_protected", lambda _: False)
        assert (("ENG",), 2024, "faculty") in {found[:3] for found in giving_away(some_years, kinds)[1]}


def test_a_head_reads_why_the_faculties_together_are_not_told() -> None:
    asked = {"indicator": KEY, "kind": "faculty", "year": "2023"}
    at = fresh("head:ENG", "en", "comparison", **asked)
    line = next(word for word in words(at) if "for the faculties together" in word)
    assert "it is withheld, as it rests on fewer than 3 others with a value" in line
    assert "together it is 24.7" not in line
