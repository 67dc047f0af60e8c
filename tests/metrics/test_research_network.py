"""The network index by hand: 40 countries of 150 partners, one partner, none."""

import math

import numpy as np
import pytest

from metrics.research_network import research_network_index


def test_forty_countries_of_150_partners() -> None:
    assert research_network_index(40, 150) == pytest.approx(7.98302, abs=1e-5)
    assert research_network_index(40, 150, margalef=True) == pytest.approx(7.78344, abs=1e-5)


@pytest.mark.parametrize("partners", [0, 1])
def test_of_one_partner_or_none_it_is_not_computable(partners: int) -> None:
    assert math.isnan(research_network_index(partners, partners))
    assert math.isnan(research_network_index(partners, partners, margalef=True))


def test_an_array_comes_for_arrays_and_negative_counts_are_refused() -> None:
    found = research_network_index(np.array([1, 2, 0]), np.array([1, 2, 0]))
    assert found == pytest.approx([math.nan, 2 / math.log(2), math.nan], nan_ok=True)
    with pytest.raises(ValueError, match="-1"):
        research_network_index(-1, 3)
