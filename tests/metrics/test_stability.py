"""The stability interval of a publication share: of its papers, by their weights, the same each time."""

from dataclasses import replace

import numpy as np
import pytest

from metrics.catalogue import INDICATORS
from metrics.intervals import stability_interval, stability_interval_of_share
from metrics.ledger import Ledger
from metrics.stability import is_publication_share, stability_of
from metrics.tabulate import tabulate
from metrics.view import Selection

SHARE = INDICATORS["international_copublication_share"]


def test_shares_of_publications_have_one_and_nothing_else() -> None:
    found = {key for key, indicator in INDICATORS.items() if is_publication_share(indicator)}
    assert {"international_copublication_share", "top_10_percent_share", "industry_copublication_share"} <= found
    assert not found & {"publications", "international_student_share", "patent_coowned_share", "sustained_partners"}
    assert {INDICATORS[key].types for key in found} == {("publication",)}


def test_whole_counting_draws_papers_that_weigh_the_same(small: Ledger) -> None:
    table = tabulate(small, [SHARE], selection=Selection(departments=("*",), fiscal_years=(2022,)))
    row = table.iloc[0]
    found = stability_of(small, SHARE, department="*", fiscal_year=2022)
    exact = stability_interval_of_share(row["numerator"], row["denominator"], replicates=100_000, seed=1)
    assert found == pytest.approx(exact, abs=1 / row["denominator"] + 1e-9)  # one paper more or less
    assert found == stability_of(small, SHARE, department="*", fiscal_year=2022)
    assert found.low <= row["value"] <= found.high


def test_fractional_counting_draws_papers_by_their_shares(small: Ledger) -> None:
    # ENG in FY2022: 0.6 of a paper with Germany and France, half of one with a company at home
    found = stability_of(small, SHARE, department="ENG", fiscal_year=2022, counting="fractional")
    papers, weights = np.array([1.0, 0.0]), np.array([0.6, 0.5])
    assert found == stability_interval(papers, weights, replicates=100_000, seed=1) == (0.0, 1.0)
    table = tabulate(small, [SHARE], selection=Selection(departments=("ENG",)), counting="fractional")
    assert table.set_index("fiscal_year").loc[2022, "value"] == pytest.approx(0.6 / 1.1)


def test_what_is_no_share_of_publications_is_refused(small: Ledger) -> None:
    for key in ("publications", "international_student_share"):
        with pytest.raises(ValueError, match=f"{key} is no share of publications"):
            stability_of(small, INDICATORS[key], department="*", fiscal_year=2022)
    money = replace(SHARE, is_rate=True)
    assert not is_publication_share(money)
