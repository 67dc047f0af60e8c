"""Indices of collaboration give hand-worked answers, keep what they promise, and say what they cannot."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from metrics.collaboration import (
    affinity,
    expected_papers,
    index_of_international_collaboration,
    jaccard,
    observed_expected,
    pairwise,
    probabilistic_affinity_index,
    probabilistic_affinity_matrix,
    quasi_independence,
    relative_intensity,
    salton,
)
from metrics.fractional import authorships, fractional_by_author, fractional_by_unit, full_counts, joint_counts

SIX_WORKS = [  # the countries of the authors of six works; the whole counts are printed in Batagelj, Countries/meaning
    ["ES", "ES", "ES", "SI"],
    ["ES", "ES", "ES", "ES", "SI"],
    ["US", "SI", "SI"],
    ["SI", "US", "SI"],
    ["AU", "AU", "SI"],
    ["DE", "IT", "IT", "IT", "IT", "SI"],
]
#: 3 works of A and B, 1 of A, B and C: papers A 4, B 4, C 1, world 4; links AB 4, AC 1, BC 1.
TRIPLE = [["A", "B"], ["A", "B"], ["B", "A"], ["A", "B", "C"]]
PAPERS = st.integers(0, 10_000)


def test_whole_counts_of_six_works_are_those_published() -> None:
    assert full_counts(SIX_WORKS).to_dict() == {"AU": 1, "DE": 1, "ES": 2, "IT": 1, "SI": 6, "US": 2}
    together = joint_counts(SIX_WORKS)
    assert (together.loc["ES", "SI"], together.loc["SI", "US"], together.loc["DE", "IT"]) == (2, 2, 1)
    assert together.loc["ES", "US"] == 0
    assert together.loc["SI"].to_dict() == {"AU": 1, "DE": 1, "ES": 2, "IT": 1, "SI": 6, "US": 2}
    assert np.array_equal(together, together.T)


def test_fractional_by_author_gives_each_country_its_share_of_the_authors() -> None:
    found = fractional_by_author(SIX_WORKS)
    expected = {"SI": 2.2833, "ES": 1.55, "US": 0.6667, "AU": 0.6667, "IT": 0.6667, "DE": 0.1667}
    assert found.to_dict() == pytest.approx(expected, abs=5e-5)
    assert found.sum() == pytest.approx(6, abs=1e-12)


def test_fractional_by_country_splits_each_work_equally_among_its_countries() -> None:
    found = fractional_by_unit(SIX_WORKS)
    expected = {"SI": 2.8333, "ES": 1, "US": 1, "AU": 0.5, "DE": 0.3333, "IT": 0.3333}
    assert found.to_dict() == pytest.approx(expected, abs=5e-5)
    assert found.sum() == pytest.approx(6, abs=1e-12)


def test_weights_of_the_leiden_ranking() -> None:
    """CWTS Leiden Ranking 2020, methodology: 2 of 5 authors weigh 0.4; of two main fields each has a half."""
    assert fractional_by_author([["Leiden", "Leiden", "X", "X", "Y"]])["Leiden"] == pytest.approx(0.4, abs=1e-15)
    assert fractional_by_unit([["physics", "chemistry"]]).to_dict() == {"chemistry": 0.5, "physics": 0.5}
    assert authorships([["X", "X", "X", "Y", "Y"]]).to_dict() == {"X": 3, "Y": 2}


def test_an_author_of_two_countries_is_split_and_one_of_none_keeps_the_own_part() -> None:
    assert fractional_by_author([[("JP", "DE"), "JP"]]).to_dict() == {"DE": 0.25, "JP": 0.75}
    assert fractional_by_author([[(), "JP"]]).to_dict() == {"JP": 0.5}
    assert fractional_by_author([[], []]).empty
    assert joint_counts([]).empty


def test_margins_of_papers_and_of_links_give_two_different_indices() -> None:
    joint = joint_counts(TRIPLE)
    papers, world = full_counts(TRIPLE), len(TRIPLE)
    of_papers = pairwise(index_of_international_collaboration, joint, papers, world)
    of_links = probabilistic_affinity_matrix(joint)
    assert of_papers.loc["A", "B"] == pytest.approx(4 * 4 / (4 * 4))
    assert of_links.loc["A", "B"] == pytest.approx(4 * 12 / (5 * 5))  # links: A 5, B 5, C 2, 12 in all
    assert of_links.loc["A", "C"] == pytest.approx(1 * 12 / (5 * 2))
    assert np.isnan(np.diag(of_papers)).all()
    assert np.isnan(np.diag(of_links)).all()


def test_hand_worked_indices_of_two_countries() -> None:
    """30 joint of 100 and 200, 1,000 in the world: expected 20; without x the share of y is 170 / 900."""
    assert expected_papers(100, 200, 1000) == 20
    assert observed_expected(30, 100, 200, 1000) == pytest.approx(1.5)
    assert index_of_international_collaboration(30, 100, 200, 1000) == pytest.approx((30 / 100) / (200 / 1000))
    assert relative_intensity(30, 100, 200, 1000) == pytest.approx(0.3 / (170 / 900))
    assert relative_intensity(30, 200, 100, 1000) == pytest.approx(0.15 / (70 / 800))
    assert salton(30, 100, 400) == pytest.approx(0.15)
    assert jaccard(30, 100, 200) == pytest.approx(30 / 270)
    assert affinity(30, 100) == pytest.approx(30)
    assert affinity(30, 200) == pytest.approx(15)
    assert probabilistic_affinity_index(30, 100, 200, 1000) == pytest.approx(1.5)


def test_numbers_give_a_number_and_arrays_an_array() -> None:
    assert isinstance(salton(1, 2, 3), float)
    several = relative_intensity(np.array([30, 0]), 100, np.array([200, 50]), 1000)
    assert several == pytest.approx([0.3 / (170 / 900), 0])
    assert salton([[1, 2]], [[4], [4]], [[9, 16]]).shape == (2, 2)


@pytest.mark.parametrize(
    "undefined",
    [
        observed_expected(0, 0, 5, 10),
        observed_expected(0, 5, 0, 10),
        observed_expected(0, 0, 0, 0),
        relative_intensity(5, 5, 5, 10),  # y writes with nobody but x
        relative_intensity(5, 10, 8, 10),  # there is nobody but x
        relative_intensity(0, 0, 5, 10),
        salton(0, 0, 5),
        jaccard(0, 0, 0),
        affinity(0, 0),
        probabilistic_affinity_index(0, 0, 3, 6),
    ],
)
def test_what_is_divided_by_nothing_is_undefined(undefined: float) -> None:
    assert np.isnan(undefined)


def test_impossible_counts_are_refused_with_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="12 papers are joint, more than the 10 of one of the two"):
        salton(12, 10, 20)
    with pytest.raises(ValueError, match="12 papers are joint, more than the 11"):
        relative_intensity(np.array([1, 12]), 20, np.array([10, 11]), 100)
    with pytest.raises(ValueError, match="-1 is below 0"):
        jaccard(-1, 10, 20)
    with pytest.raises(ValueError, match="2 totals for a matrix of 3 rows"):
        pairwise(salton, np.zeros((3, 3)), [1, 2])
    with pytest.raises(ValueError, match="2 x 3 is not square"):
        probabilistic_affinity_matrix(np.zeros((2, 3)))


@given(joint=st.integers(1, 500), rest_x=PAPERS, rest_y=st.integers(1, 10_000), rest=st.integers(1, 10_000))
def test_symmetric_and_asymmetric(joint: int, rest_x: int, rest_y: int, rest: int) -> None:
    x, y = joint + rest_x, joint + rest_y
    world = x + y - joint + rest
    for symmetric in (salton, jaccard):
        assert symmetric(joint, x, y) == pytest.approx(symmetric(joint, y, x))
        assert 0 < symmetric(joint, x, y) <= 1
    assert observed_expected(joint, x, y, world) == pytest.approx(observed_expected(joint, y, x, world))
    assert jaccard(joint, x, y) <= salton(joint, x, y) + 1e-12
    intensity, index = relative_intensity(joint, x, y, world), observed_expected(joint, x, y, world)
    assert (intensity > 1) == (index > 1) or index == pytest.approx(1)
    if joint < min(x, y):
        assert relative_intensity(joint - 1, x, y, world) < intensity


def test_a_pair_is_as_expected_by_both_indices_at_once() -> None:
    """At C_xy = C_x C_y / C_w the share of y is the same within x, without x and in the world."""
    assert observed_expected(20, 100, 200, 1000) == pytest.approx(1)
    assert relative_intensity(20, 100, 200, 1000) == pytest.approx(1)


def test_four_in_a_ring_with_two_strong_pairs_expect_the_same_of_every_pair() -> None:
    """Pairs 1-2 and 3-4 share 2, all others 1: each has 4 links, so every pair expects 4 / 3."""
    joint = np.ones((4, 4))
    joint[0, 1] = joint[1, 0] = joint[2, 3] = joint[3, 2] = 2
    expected = quasi_independence(joint)
    assert expected[~np.eye(4, dtype=bool)] == pytest.approx(4 / 3)
    assert (joint / expected)[0, 1] == pytest.approx(1.5)
    assert np.isnan(np.diag(expected)).all()


def test_three_countries_are_always_as_expected() -> None:
    joint = pd.DataFrame([[9, 5, 2], [5, 9, 4], [2, 4, 9]], index=list("abc"), columns=list("abc"))
    expected = quasi_independence(joint)
    assert expected.loc["a", "b"] == pytest.approx(5)
    assert expected.loc["c", "b"] == pytest.approx(4)


def test_quasi_independence_is_the_log_linear_model_without_the_diagonal() -> None:
    chance = np.random.default_rng(5)
    joint = chance.integers(1, 60, (6, 6)).astype(float)
    expected = quasi_independence(joint)
    row, column = np.nonzero(~np.eye(6, dtype=bool))
    design = np.column_stack([np.eye(6)[row], np.eye(6)[column][:, 1:]])
    model = sm.GLM(joint[row, column], design, family=sm.families.Poisson()).fit(tol=1e-14)
    assert expected[row, column] == pytest.approx(model.fittedvalues, rel=1e-8)
    off = np.where(np.eye(6, dtype=bool), 0, joint)
    assert np.nansum(expected, axis=1) == pytest.approx(off.sum(axis=1))
    assert np.nansum(expected, axis=0) == pytest.approx(off.sum(axis=0))


def test_where_all_links_are_those_of_one_they_are_what_is_expected() -> None:
    star = np.zeros((4, 4))
    star[0, 1:] = star[1:, 0] = 50
    assert np.array_equal(np.nan_to_num(quasi_independence(star)), star)
    assert np.array_equal(np.nan_to_num(quasi_independence(np.zeros((3, 3)))), np.zeros((3, 3)))
    star[1, 2] = star[2, 1] = 1
    nearly = quasi_independence(star)
    assert np.nansum(nearly, axis=1) == pytest.approx(star.sum(axis=1))


def test_a_row_without_links_expects_none() -> None:
    joint = np.array([[0, 2, 2, 2, 0], [2, 0, 2, 2, 0], [2, 2, 0, 2, 0], [2, 2, 2, 0, 0], [0, 0, 0, 0, 0]])
    assert np.nan_to_num(quasi_independence(joint.astype(float))) == pytest.approx(joint)


def test_pairwise_gives_the_matrix_of_the_pairs_with_its_names() -> None:
    joint = joint_counts(SIX_WORKS)
    cosines = pairwise(salton, joint, full_counts(SIX_WORKS))
    assert cosines.loc["ES", "SI"] == pytest.approx(2 / np.sqrt(12))
    intensity = pairwise(relative_intensity, joint, full_counts(SIX_WORKS), len(SIX_WORKS))
    assert intensity.loc["SI"].isna().all()  # every work is also Slovenia's
    assert intensity.loc["ES", "SI"] == pytest.approx((2 / 2) / (4 / 4))
