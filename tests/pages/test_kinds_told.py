"""Departments of a kind together, over the whole demonstration: no sum that is told gives one other department away."""

import pandas as pd
import pytest

from data_access.records import Records
from metrics.catalogue import INDICATORS
from metrics.disclosure import groups
from metrics.disclosure.groups import Kinds, tells_of_no_single_one
from metrics.disclosure.policy import is_protected
from metrics.kinds import large_kinds
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from tests.pages.reading import fresh, go, words

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
    """How many sums are told to the heads, and those that one other department's value would follow from."""
    told = 0
    found: list[tuple[object, ...]] = []
    by_year = dict(iter(figures.groupby("fiscal_year")))
    for own in HEADS:
        for year, table in by_year.items():
            for kind in large_kinds(kinds.values()):
                keys = tells_of_no_single_one(table, INDICATORS, Kinds(kinds=kinds, own=own), kind)
                told += len(keys)
                others = [code for code, one in kinds.items() if one == kind and code not in own]
                rows = table[table["department"].isin(others) & table["value"].notna() & table["indicator"].isin(keys)]
                for key, of_it in rows.groupby("indicator"):
                    above, below = of_it["numerator"].sum(), of_it["denominator"].sum()
                    if len(of_it) < 3 or (is_protected(INDICATORS[str(key)]) and above in (0, below)):
                        found.append((own, year, kind, key))
    return told, found


def test_no_sum_that_is_told_gives_one_other_department_away(figures: pd.DataFrame, kinds: dict[str, str]) -> None:
    told, found = giving_away(figures, kinds)
    assert told > 1000
    assert found == []


def test_without_the_rule_some_would(
    figures: pd.DataFrame, kinds: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    some_years = figures[figures["fiscal_year"].isin([2014, 2024])]
    with monkeypatch.context() as broken:
        broken.setattr(groups, "FEWEST_OTHERS", 1)
        assert (("ENG",), 2014, "faculty", "international_recruitment_share") in giving_away(some_years, kinds)[1]
    with monkeypatch.context() as broken:
        broken.setattr(groups, "is_protected", lambda _: False)
        assert (("ENG",), 2024, "faculty") in {found[:3] for found in giving_away(some_years, kinds)[1]}


def test_a_head_reads_why_the_faculties_together_are_not_told() -> None:
    asked = {"indicator": KEY, "kind": "faculty", "year": "2023"}
    at = go(fresh("head:ENG", "en"), "comparison", **asked)
    line = next(word for word in words(at) if "for the faculties together" in word)
    assert "it is withheld, as it rests on fewer than 3 others with a value" in line
    assert "together it is 24.7" not in line
