"""Measures of a network: hand-worked small graphs, an independent count on random ones, and graphs in pieces."""

import math
from collections import deque
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from metrics.network import (
    betweenness,
    closeness,
    components,
    degree,
    eigenvector,
    graph_of_matrix,
    measures,
    pagerank,
    partner_graph,
    strength,
)

STAR = [("hub", leaf, 1.0) for leaf in "abcd"]
PATH = [(a, b, 2.0) for a, b in pairwise("abcde")]
PIECES = [("a", "b", 3.0), ("b", "c", 1.0), ("x", "y", 10.0)]  # a path of three, a pair, and one alone
FLORENCE = (  # Padgett & Ansell 1993: marriages of sixteen families, one of which (Pucci) married into none of them
    "Acciaiuoli-Medici Castellani-Peruzzi Castellani-Strozzi Castellani-Barbadori Medici-Barbadori Medici-Ridolfi "
    "Medici-Tornabuoni Medici-Albizzi Medici-Salviati Salviati-Pazzi Peruzzi-Strozzi Peruzzi-Bischeri Strozzi-Ridolfi "
    "Strozzi-Bischeri Ridolfi-Tornabuoni Tornabuoni-Guadagni Albizzi-Ginori Albizzi-Guadagni Bischeri-Guadagni "
    "Guadagni-Lamberteschi"
)


def test_a_star_hangs_on_its_hub() -> None:
    graph = partner_graph(STAR)
    assert degree(graph).to_dict() == {"hub": 4, "a": 1, "b": 1, "c": 1, "d": 1}
    assert betweenness(graph).to_dict() == {"hub": 6, "a": 0, "b": 0, "c": 0, "d": 0}  # each of the 6 pairs of leaves
    assert closeness(graph).to_dict() == pytest.approx({"hub": 1, **dict.fromkeys("abcd", 4 / 7)})
    assert eigenvector(graph).to_dict() == pytest.approx({"hub": 1, **dict.fromkeys("abcd", 0.5)})  # 1 / sqrt(4)
    hub = (0.15 / 5 + 0.85 * 4 * 0.15 / 5) / (1 - 0.85**2)  # h = .03 + .85 * 4 l, l = .03 + .85 h / 4
    assert pagerank(graph).to_dict() == pytest.approx({"hub": hub, **dict.fromkeys("abcd", (1 - hub) / 4)}, abs=1e-10)


def test_a_path_of_five_is_tied_together_by_its_middle() -> None:
    graph = partner_graph(PATH)
    assert strength(graph).to_list() == [2, 4, 4, 4, 2]
    assert betweenness(graph).to_list() == [0, 3, 4, 3, 0]
    assert closeness(graph).to_list() == pytest.approx([4 / 10, 4 / 7, 4 / 6, 4 / 7, 4 / 10])
    sines = [math.sin(math.pi * place / 6) for place in range(1, 6)]  # the leading eigenvector of a path
    assert eigenvector(graph).to_list() == pytest.approx(sines)


def test_measures_of_the_families_of_florence_are_those_printed() -> None:
    """Wasserman & Faust 1994 and Jackson 2008 (table 2.1): Medici degree 6, closeness 25 links, betweenness .522."""
    married = [pair.split("-") for pair in FLORENCE.split()]
    graph = partner_graph([(one, other, 1.0) for one, other in married], nodes=["Pucci"])
    assert degree(graph)[["Medici", "Guadagni", "Strozzi", "Pucci"]].to_list() == [6, 4, 4, 0]
    assert betweenness(graph)["Medici"] / (14 * 13 / 2) == pytest.approx(0.522, abs=5e-4)
    assert betweenness(graph)["Strozzi"] / (14 * 13 / 2) == pytest.approx(0.103, abs=5e-4)
    assert betweenness(graph)["Guadagni"] / (14 * 13 / 2) == pytest.approx(0.255, abs=5e-4)
    assert closeness(graph)["Medici"] == pytest.approx(14 / 25)
    assert eigenvector(graph).idxmax() == "Medici"
    assert (eigenvector(graph)["Medici"], eigenvector(graph)["Pucci"]) == (1, 0)
    assert eigenvector(graph)["Strozzi"] == pytest.approx(0.356 / 0.430, abs=2e-3)


def test_a_network_in_pieces_has_every_measure() -> None:
    graph = partner_graph(PIECES, nodes=["alone"])
    assert components(graph).to_dict() == {"a": 1, "b": 1, "c": 1, "x": 2, "y": 2, "alone": 3}
    assert betweenness(graph).to_dict() == {"alone": 0, "a": 0, "b": 1, "c": 0, "x": 0, "y": 0}
    near = closeness(graph)
    assert near[["a", "b", "c", "x", "y"]].to_list() == pytest.approx([2 / 3, 1, 2 / 3, 1, 1])
    assert math.isnan(near["alone"])
    among_all = closeness(graph, wasserman_faust=True)
    expected = {"a": 2 / 3 * 2 / 5, "b": 2 / 5, "c": 2 / 3 * 2 / 5, "x": 1 / 5, "y": 1 / 5, "alone": 0}
    assert among_all.to_dict() == pytest.approx(expected)
    ranks = pagerank(graph)
    assert ranks.sum() == pytest.approx(1)
    assert ranks["alone"] == pytest.approx(0.15 / 6 + 0.85 * ranks["alone"] / 6)


def test_the_leading_eigenvector_is_the_heaviest_components_and_can_be_each_components_own() -> None:
    """Eigenvalues: the pair 10, the path sqrt(10) with the vector (3, sqrt(10), 1): the pair leads, others are 0."""
    graph = partner_graph(PIECES, nodes=["alone"])
    assert eigenvector(graph)[["a", "b", "c", "x", "y", "alone"]].to_list() == pytest.approx([0, 0, 0, 1, 1, 0])
    own = eigenvector(graph, within="component")
    root = math.sqrt(10)
    assert own[["a", "b", "c", "x", "y"]].to_list() == pytest.approx([3 / root, 1, 1 / root, 1, 1])
    assert math.isnan(own["alone"])


def test_two_components_alike_are_alike_whichever_is_named_first() -> None:
    two = [*(("a", "b", 1.0), ("b", "c", 1.0), ("c", "a", 1.0)), *(("x", "y", 1.0), ("y", "z", 1.0), ("z", "x", 1.0))]
    for links in (two, two[::-1]):
        assert eigenvector(partner_graph(links)).to_list() == pytest.approx([1] * 6)
    stars = [("h", "a", 1.0), ("h", "b", 1.0), ("k", "x", 1.0), ("k", "y", 1.0)]
    found = eigenvector(partner_graph(stars))
    assert found[["h", "k"]].to_list() == pytest.approx([1, 1])
    assert found[["a", "x"]].to_list() == pytest.approx([1 / math.sqrt(2)] * 2)


def test_components_that_share_the_largest_eigenvalue_are_both_kept_as_a_start_from_equal_values_gives_them() -> None:
    """A star of four and a triangle both have 2: of (1, 1, ...) the star keeps 3/2 and 3/4, the triangle 1."""
    triangle = [("x", "y", 1.0), ("y", "z", 1.0), ("z", "x", 1.0)]
    found = eigenvector(partner_graph([*STAR, *triangle]))
    assert found[["hub", "a", "x", "z"]].to_list() == pytest.approx([1, 1 / 2, 2 / 3, 2 / 3])


def test_a_network_without_links_or_without_nodes() -> None:
    alone = measures(partner_graph([], nodes="ab"))
    assert alone["degree"].to_list() == [0, 0]
    assert alone["pagerank"].to_list() == pytest.approx([0.5, 0.5])
    assert alone["eigenvector"].isna().all()
    assert alone["closeness"].isna().all()
    assert alone["closeness_wasserman_faust"].to_list() == [0, 0]
    assert alone["component"].to_list() == [1, 2]
    assert measures(partner_graph([])).empty


def test_a_pair_written_twice_is_one_link() -> None:
    twice = [("a", "b", 2.0), ("b", "a", 3.0), ("b", "c", 1.0)]
    assert strength(partner_graph(twice)).to_dict() == {"a": 5, "b": 6, "c": 1}
    assert degree(partner_graph(twice)).to_dict() == {"a": 1, "b": 2, "c": 1}
    assert strength(partner_graph(twice, repeated="once")).to_dict() == {"a": 3, "b": 4, "c": 1}
    with pytest.raises(ValueError, match="'b' and 'a' is there twice"):
        partner_graph(twice, repeated="refuse")


def test_the_threshold_is_held_against_the_sum_of_a_pair() -> None:
    twice = [("a", "b", 2.0), ("b", "a", 3.0), ("b", "c", 4.0)]
    graph = partner_graph(twice, threshold=5)
    assert degree(graph).to_dict() == {"a": 1, "b": 1, "c": 0}
    assert degree(partner_graph(twice, threshold=5, repeated="once")).sum() == 0


def test_a_link_with_oneself_is_none_and_a_weight_below_0_is_refused() -> None:
    graph = partner_graph([("a", "a", 9.0), ("a", "b", 1.0), ("b", "c", 0.0)], threshold=0)
    assert strength(graph).to_dict() == {"a": 1, "b": 1, "c": 0}
    with pytest.raises(ValueError, match="'a' and 'b' weighs -1"):
        partner_graph([("a", "b", -1.0)])


def test_a_matrix_gives_the_same_graph_as_its_pairs() -> None:
    matrix = pd.DataFrame([[7, 2, 0], [2, 7, 1], [0, 1, 7]], index=list("abc"), columns=list("abc"))
    assert measures(graph_of_matrix(matrix)).equals(measures(partner_graph([("a", "b", 2.0), ("b", "c", 1.0)])))
    with pytest.raises(ValueError, match="square and symmetric"):
        graph_of_matrix(pd.DataFrame([[0, 1], [2, 0]]))


def distances(weights: np.ndarray, start: int) -> dict[int, int]:
    found, queue = {start: 0}, deque([start])
    while queue:
        node = queue.popleft()
        for other in np.flatnonzero(weights[node]):
            if other not in found:
                found[int(other)] = found[node] + 1
                queue.append(int(other))
    return found


def paths(weights: np.ndarray, start: int, end: int) -> list[tuple[int, ...]]:
    """All shortest paths, spelled out."""
    length = distances(weights, start).get(end)
    found: list[tuple[int, ...]] = [(start,)]
    for _ in range(length or 0):
        found = [(*path, int(other)) for path in found for other in np.flatnonzero(weights[path[-1]])]
    return [path for path in found if path[-1] == end] if length else []


def counted(weights: np.ndarray) -> dict[str, list[float]]:
    """Degree, strength, betweenness, closeness and PageRank by their definitions, without any library of graphs."""
    n = len(weights)
    between = [0.0] * n
    for a in range(n):
        for b in range(a + 1, n):
            every = paths(weights, a, b)
            for path in every:
                for node in path[1:-1]:
                    between[node] += 1 / len(every)
    near = [sorted(distances(weights, node).values()) for node in range(n)]
    out = weights.sum(axis=1)
    walk = np.where(out[:, None] > 0, weights / np.maximum(out, 1)[:, None], 1 / n)
    jump = np.full(n, 1 / n)
    ranks = np.linalg.solve(np.eye(n) - 0.85 * walk.T, 0.15 * jump)
    return {
        "degree": (weights > 0).sum(axis=1).tolist(),
        "strength": out.tolist(),
        "betweenness": between,
        "closeness": [(len(d) - 1) / sum(d) if sum(d) else math.nan for d in near],
        "closeness_wasserman_faust": [(len(d) - 1) ** 2 / (sum(d) * (n - 1)) if sum(d) else 0 for d in near],
        "pagerank": ranks.tolist(),
    }


@pytest.mark.parametrize("seed", range(12))
def test_measures_agree_with_their_definitions_on_random_networks(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = int(chance.integers(4, 11))
    weights = np.triu(chance.integers(1, 9, (n, n)) * (chance.random((n, n)) < chance.choice([0.15, 0.3, 0.6])), 1)
    weights = (weights + weights.T).astype(float)
    found = measures(graph_of_matrix(pd.DataFrame(weights))).sort_index()
    for name, values in counted(weights).items():
        assert found[name].to_list() == pytest.approx(values, abs=1e-9, nan_ok=True), name
    if weights.any():
        eigenvalues, vectors = np.linalg.eigh(weights)
        leading = vectors[:, eigenvalues > eigenvalues[-1] - 1e-9]
        expected = leading @ leading.T @ np.ones(n)
        assert found["eigenvector"].to_list() == pytest.approx((expected / expected.max()).tolist(), abs=1e-8)


def test_a_large_component_gives_the_same_eigenvector_as_all_eigenvalues_do() -> None:
    graph = nx.gnm_random_graph(260, 900, seed=3)
    links = [(a, b, float(1 + (a * b) % 7)) for a, b in graph.edges]
    found = eigenvector(partner_graph(links, nodes=range(260)))
    _, vectors = np.linalg.eigh(nx.to_numpy_array(partner_graph(links, nodes=range(260))))
    expected = np.abs(vectors[:, -1])
    assert found.to_numpy() == pytest.approx(expected / expected.max(), abs=1e-8)
