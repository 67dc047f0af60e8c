"""The network of partners: who is linked with whom, and measures of each one's place in it.

A node is a partner or a country, a link two of them that share activities, its `weight` how many. Measures are Series
by node, in the order of the graph's nodes. On a graph that falls into several components each docstring says what
holds: nobody is infinitely far from anybody, and no component's measures depend on which one happens to be first.
"""

from collections.abc import Hashable, Iterable
from typing import Literal

import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse.linalg import eigsh

from metrics.links import Floats

DAMPING = 0.85
SAME = 1e-9  # eigenvalues that differ by no more than this fraction are one
DENSE = 200  # nodes up to which all eigenvalues are worked out
Link = tuple[Hashable, Hashable, float]
Repeated = Literal["add", "once", "refuse"]


def partner_graph(
    links: Iterable[Link],
    *,
    threshold: float = 1,
    nodes: Iterable[Hashable] = (),
    repeated: Repeated = "add",
) -> nx.Graph:
    """The undirected graph of links (a, b, weight) whose weight is at least the threshold; `nodes` without one stay.

    A link is a pair, in whichever order: one that is written several times has the sum of its weights (`add`), the
    largest of them (`once`: the same link told twice), or is a ValueError (`refuse`). The threshold is applied after
    that. A node's link with itself is left out. Nodes come in the order in which they are named first.
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    order: dict[Hashable, None] = dict.fromkeys(nodes)
    for a, b, weight in links:
        if not weight >= 0:
            raise ValueError(f"the link of {a!r} and {b!r} weighs {weight}: weights are 0 or more")
        order |= {a: None, b: None}
        pair = (b, a) if (b, a) in weights else (a, b)
        before = weights.get(pair)
        if before is not None and repeated == "refuse":
            raise ValueError(f"the link of {a!r} and {b!r} is there twice: each pair once, in either order")
        weights[pair] = weight if before is None else before + weight if repeated == "add" else max(before, weight)
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(order)
    for (a, b), weight in weights.items():
        if a != b and weight >= threshold and weight > 0:
            graph.add_edge(a, b, weight=weight)
    return graph


def graph_of_matrix(joint: pd.DataFrame, *, threshold: float = 1) -> nx.Graph:
    """The graph of a square, symmetric frame of joint papers (the upper half is read); the diagonal is left out."""
    values = joint.to_numpy(dtype=float)
    if values.shape[0] != values.shape[1] or not np.array_equal(values, values.T, equal_nan=True):
        raise ValueError("a matrix of links is square and symmetric: the link of a with b is that of b with a")
    upper = np.argwhere(np.triu(np.nan_to_num(values), 1) > 0)
    codes = list(joint.index)
    links = ((codes[row], codes[column], float(values[row, column])) for row, column in upper)
    return partner_graph(links, threshold=threshold, nodes=codes)


def degree(graph: nx.Graph) -> "pd.Series[float]":
    """With how many others each node is linked."""
    return _series(graph, dict(graph.degree()))


def strength(graph: nx.Graph) -> "pd.Series[float]":
    """The sum of the weights of each node's links (Barrat et al. 2004, PNAS 101:3747)."""
    return _series(graph, dict(graph.degree(weight="weight")))


def betweenness(graph: nx.Graph) -> "pd.Series[float]":
    """On how many shortest paths between two others each node lies, not normalised; of several as short, its share.

    Freeman 1977; paths count links, not weights. Pairs in different components have no path and add nothing.
    """
    return _series(graph, nx.betweenness_centrality(graph, normalized=False))


def closeness(graph: nx.Graph, *, wasserman_faust: bool = False) -> "pd.Series[float]":
    """(n - 1) / sum of the distances (in links) to the n - 1 others of the node's own component; NaN for one alone.

    NCSES, notes of the tables of collaboration networks; Freeman 1979. In a small component all are near: with
    `wasserman_faust` the value is multiplied by the share (n - 1) / (N - 1) of all N nodes that can be reached
    (Wasserman & Faust 1994, p. 201), which compares nodes of different components and is 0 for one alone.
    """
    found = _series(graph, nx.closeness_centrality(graph, wf_improved=wasserman_faust))
    if wasserman_faust:
        return found
    return found.where(degree(graph) > 0)


def pagerank(graph: nx.Graph) -> "pd.Series[float]":
    """The share of time that a walker along links spends at each node: by weight, damping 0.85; adds up to 1.

    Brin & Page 1998. The walker jumps to any node at random with probability 0.15, and always from a node without a
    link, so that it is defined on any graph.
    """
    return _series(graph, nx.pagerank(graph, alpha=DAMPING, weight="weight", tol=1e-13, max_iter=10_000))


def eigenvector(graph: nx.Graph, *, within: Literal["graph", "component"] = "graph") -> "pd.Series[float]":
    """Each node's part in the leading eigenvector of the matrix of weights, scaled so that the largest is 1.

    Bonacich 1972. On a graph of several components that eigenvector is the one of the component with the largest
    eigenvalue, and 0 elsewhere; components that share it are all kept, each in proportion to what a start from equal
    values gives, so that two alike are alike. `within="component"` scales each component by itself. NaN for a node
    that is alone in its component there, and for all where there is no link.
    """
    found = pd.Series(0.0 if within == "graph" else np.nan, index=list(graph.nodes), dtype=float)
    leading = [_leading(graph.subgraph(part)) for part in nx.connected_components(graph) if len(part) > 1]
    most = max((value for value, _ in leading), default=np.nan)
    if not leading:
        return found * np.nan
    for value, vector in leading:
        if within == "component":
            found.loc[vector.index] = vector / vector.max()
        elif value >= most * (1 - SAME):
            found.loc[vector.index] = vector * vector.sum()
    return found / found.max()


def components(graph: nx.Graph) -> pd.Series:
    """The number of each node's component: 1 is that with most nodes, of several as large the one named first."""
    order = {node: place for place, node in enumerate(graph.nodes)}
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(order[node] for node in part)))
    number = {node: rank for rank, part in enumerate(parts, start=1) for node in part}
    return pd.Series(np.array([number[node] for node in graph.nodes], dtype=np.int64), index=list(graph.nodes))


def measures(graph: nx.Graph) -> pd.DataFrame:
    """All measures, one row a node, the one with most strength first (then in the order of the nodes)."""
    frame = pd.DataFrame(
        {
            "degree": degree(graph),
            "strength": strength(graph),
            "betweenness": betweenness(graph),
            "closeness": closeness(graph),
            "closeness_wasserman_faust": closeness(graph, wasserman_faust=True),
            "pagerank": pagerank(graph),
            "eigenvector": eigenvector(graph),
            "component": components(graph),
        }
    )
    return frame.sort_values("strength", ascending=False, kind="stable")


def _leading(part: nx.Graph) -> "tuple[float, pd.Series[float]]":
    """The largest eigenvalue of a connected graph and its eigenvector of length 1, all above 0 (Perron-Frobenius)."""
    nodes = list(part.nodes)
    if len(nodes) <= DENSE:
        values, vectors = np.linalg.eigh(nx.to_numpy_array(part, nodelist=nodes, weight="weight"))
    else:
        matrix = nx.to_scipy_sparse_array(part, nodelist=nodes, weight="weight", dtype=float)
        values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(len(nodes)))
    vector: Floats = np.abs(vectors[:, -1])
    return float(values[-1]), pd.Series(vector, index=nodes)


def _series(graph: nx.Graph, values: "dict[Hashable, float]") -> "pd.Series[float]":
    return pd.Series(np.array([values[node] for node in graph.nodes], dtype=float), index=list(graph.nodes))
