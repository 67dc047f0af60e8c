"""Departments against the whole above them: what several of them count, and what none of them does."""

import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.reconciliation import reconcile
from vocabulary.text import Text

PAPERS = INDICATORS["publications"]


def figures(**numerators: float) -> pd.DataFrame:
    """Papers of one year by department; `all` is the university."""
    rows = [("*" if code == "all" else code, 2025, number) for code, number in numerators.items()]
    return pd.DataFrame(rows, columns=["department", "fiscal_year", "numerator"]).assign(indicator=PAPERS.key)


def test_a_paper_of_two_departments_is_taken_out_of_their_sum_once() -> None:
    line = reconcile(figures(ENG=3, SCI=2, all=4), PAPERS, 2025, ("ENG", "SCI"))
    assert line is not None
    assert line.shared == 1
    assert line.text == Text(
        "2 departments add up to 5; less 1 counted in more than one of them, the university has 4.",
        "2部局の合計は5件。複数部局で重複する1件を除くと、全学は4件。",
    )


def test_a_paper_of_no_department_is_added() -> None:
    line = reconcile(figures(ENG=3, SCI=2, all=6), PAPERS, 2025, ("ENG", "SCI"))
    assert line is not None
    assert "with 1 that none of them counts, the university has 6" in line.text.en


def test_thirds_of_a_paper_add_up_in_spite_of_their_rounding() -> None:
    line = reconcile(figures(ENG=0.1, SCI=0.2, all=0.3), PAPERS, 2025, ("ENG", "SCI"))
    assert line is not None
    assert "as many as the university has" in line.text.en


def test_a_parent_is_reconciled_with_what_lies_below_it() -> None:
    line = reconcile(
        figures(FAC=4, ENG=3, SCI=2, all=9), PAPERS, 2025, ("ENG", "SCI"), "FAC", Text("Faculties", "学部")
    )
    assert line is not None
    assert "Faculties has 4" in line.text.en
    assert line.text.ja.endswith("学部は4件。")


def test_shares_are_reconciled_in_the_unit_of_what_they_count() -> None:
    share = INDICATORS["overseas_funding_share"]
    funding = figures(ENG=3e6, SCI=2e6, all=4e6).assign(indicator=share.key)
    line = reconcile(funding, share, 2025, ("ENG", "SCI"))
    assert line is not None
    assert "add up to ¥5.00 m" in line.text.en


@pytest.mark.parametrize("key", ["exchange_countries_effective", "origin_countries_effective"])
def test_effective_numbers_do_not_add_up(key: str) -> None:
    assert reconcile(figures(ENG=3, all=4).assign(indicator=key), INDICATORS[key], 2025, ("ENG",)) is None


def test_where_the_whole_has_no_figure_there_is_nothing_to_reconcile() -> None:
    assert reconcile(figures(ENG=3), PAPERS, 2025, ("ENG",)) is None
