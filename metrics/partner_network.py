"""Who ties our partners together: partners (or countries) that take part in the same activities of ours."""

from itertools import combinations
from typing import Literal, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from metrics.links import Ints, distinct
from metrics.network import Link, measures, partner_graph
from metrics.portfolio import Portfolio

Of = Literal["institutions", "countries"]
MOST_NODES, MOST_LINKS = 40, 80  # that can be read in one picture
GAP = 0.8  # between two pieces, where a piece of four nodes is two wide


class PartnerNetwork(NamedTuple):
    """The network of one question. `node` is a position in the ledger's partners or countries."""

    nodes: pd.DataFrame  # one row a node with a link: `node` and the columns of `network.measures`; most strength first
    links: pd.DataFrame  # one row a link: `a`, `b`, `weight` (activities shared); the strongest first
    left_out: int  # nodes that have no link of the threshold


class Picture(NamedTuple):
    """The strongest part of a network, laid out: the same network gives the same picture."""

    nodes: pd.DataFrame  # `node`, `x`, `y` and the measures
    links: pd.DataFrame  # `a`, `b`, `weight`


def partner_network(portfolio: Portfolio, of: Of, threshold: int) -> PartnerNetwork:
    """Nodes are partners abroad (or countries), linked where they share at least `threshold` activities with us."""
    activity, code = portfolio.partner_pairs if of == "institutions" else portfolio.country_pairs
    graph = partner_graph(_shared(activity, code), threshold=threshold, nodes=distinct(code).tolist())
    alone = [node for node, number in graph.degree() if number == 0]
    graph.remove_nodes_from(alone)
    links = pd.DataFrame([(a, b, w) for a, b, w in graph.edges(data="weight")], columns=["a", "b", "weight"])
    return PartnerNetwork(
        nodes=measures(graph).rename_axis("node").reset_index(),
        links=links.sort_values("weight", ascending=False, kind="stable", ignore_index=True),
        left_out=len(alone),
    )


def picture(network: PartnerNetwork) -> Picture:
    """The nodes with most strength, each near those it is most linked with; of their links the strongest.

    Drawn are the links that hold the nodes together (a maximum spanning forest), then the strongest of the others.
    """
    nodes = network.nodes[:MOST_NODES]
    inside = network.links["a"].isin(nodes["node"]) & network.links["b"].isin(nodes["node"])
    graph = nx.Graph()
    graph.add_nodes_from(nodes["node"])
    graph.add_weighted_edges_from(network.links[inside].itertuples(index=False, name=None))
    holding = {frozenset(pair) for pair in nx.maximum_spanning_edges(graph, data=False)}
    first = [frozenset(pair) in holding for pair in zip(network.links["a"], network.links["b"], strict=True)]
    links = network.links[inside].assign(holds=np.array(first, dtype=bool)[inside.to_numpy()])
    links = links.sort_values(["holds", "weight"], ascending=False, kind="stable", ignore_index=True)[:MOST_LINKS]
    graph.remove_edges_from([*graph.edges])
    graph.add_edges_from(zip(links["a"], links["b"], strict=True))
    place = _placed(graph)
    x, y = ([float(place[node][axis]) for node in nodes["node"]] for axis in (0, 1))
    return Picture(nodes=nodes.assign(x=x, y=y), links=links.drop(columns="holds"))


def _shared(activity: Ints, code: Ints) -> list[Link]:
    """Each two codes of one activity, once for each activity that they share."""
    order = np.lexsort((code, activity))
    starts = np.flatnonzero(np.diff(activity[order], prepend=-1))
    groups = np.split(code[order], starts[1:]) if len(starts) else []
    return [(a, b, 1.0) for group in groups for a, b in combinations(group.tolist(), 2)]


def _placed(graph: nx.Graph) -> "dict[int, tuple[float, float]]":
    """Where each node lies: as far from the others as there are links between them; pieces in rows, the largest first.

    A piece takes a square that grows with its nodes; a row is as long as makes the whole about twice as wide as high.
    """
    pieces = sorted(nx.connected_components(graph), key=lambda nodes: (-len(nodes), min(nodes)))
    sides = [len(piece) ** 0.5 + GAP for piece in pieces]
    widest = max([*sides, (2 * sum(side**2 for side in sides)) ** 0.5], default=0.0)
    found: dict[int, tuple[float, float]] = {}
    left = top = 0.0
    row = max(sides, default=0.0)
    for piece, side in zip(pieces, sides, strict=True):
        if left + side > widest + GAP:
            left, top, row = 0.0, top - row, side
        around = nx.kamada_kawai_layout(graph.subgraph(sorted(piece)), scale=(side - GAP) / 2)
        for node in sorted(piece):
            x, y = around[node]
            found[node] = (left + side / 2 + float(x), top - side / 2 + float(y))
        left += side
    return found
