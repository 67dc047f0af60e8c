"""A network as a picture: who is linked with whom, the larger the stronger, the names of the strongest only."""

from collections.abc import Sequence
from typing import NamedTuple

from pages.parts.charts.chart import BACKGROUND, OWN, PEERS, SOLID, TEXT, Chart, Dict, figure, label, wrapped
from pages.parts.language import say
from vocabulary.text import Text

LABELLED = 10
SMALLEST, LARGEST = 8, 30  # pixels of a node
WIDTHS = (0.8, 1.6, 3.0)  # of links: the weaker third, the middle, the stronger
HEIGHT = 520
ROOM = (0.36, 0.09)  # the part of the width and the height that a name takes, on a phone as well
ALT = Text(
    "{name}: {nodes} nodes and {links} links; the strongest are {named}.",
    "{name}：点{nodes}、線{links}。最も結び付きの強いものは{named}。",
)


class Node(NamedTuple):
    """One node: where it lies, how large it is drawn (strength), and what is said where a reader points at it."""

    code: int
    name: str
    x: float
    y: float
    strength: float
    hover: str


Link = tuple[int, int, float]


def network_chart(name: Text, nodes: Sequence[Node], links: Sequence[Link]) -> Chart:
    """Nodes in the order of their strength, the strongest first; links between their codes with a weight."""
    at = {node.code: (node.x, node.y) for node in nodes}
    most = max((node.strength for node in nodes), default=1.0)
    marks: Dict = {
        "type": "scatter",
        "mode": "markers",
        "x": [node.x for node in nodes],
        "y": [node.y for node in nodes],
        "marker": {
            "size": [SMALLEST + (LARGEST - SMALLEST) * (node.strength / most) ** 0.5 for node in nodes],
            "color": OWN,
            **SOLID,
        },
        "hovertext": [f"{wrapped(node.name, 60)}<br>{node.hover}" for node in nodes],
        "cliponaxis": False,
    }
    return Chart(
        figure=figure(
            [*_lines(at, links), marks],
            height=HEIGHT,
            margin=(8, 8, 8, 8),
            x={"visible": False, "range": _range([node.x for node in nodes])},
            y={"visible": False, "range": _range([node.y for node in nodes])},
            labels=_labels(nodes),
        ),
        alt=_said(name, nodes, links),
    )


def _lines(at: dict[int, tuple[float, float]], links: Sequence[Link]) -> list[Dict]:
    """Three traces of lines, the stronger the thicker."""
    weights = sorted(weight for _, _, weight in links)
    edges = [weights[len(weights) * third // 3] for third in (1, 2)] if weights else []
    traces = []
    for third, width in enumerate(WIDTHS):
        x: list[float | None] = []
        y: list[float | None] = []
        for a, b, weight in links:
            if sum(weight >= edge for edge in edges) == third:
                x += [at[a][0], at[b][0], None]
                y += [at[a][1], at[b][1], None]
        style = {"color": PEERS, "width": width}
        traces.append(
            {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": style, "opacity": 0.5, "hoverinfo": "skip"}
        )
    return traces


def _labels(nodes: Sequence[Node]) -> list[Dict]:
    """The names of the strongest above their nodes; one that would lie over another name is left to pointing."""
    (left, right), (low, high) = _range([node.x for node in nodes]), _range([node.y for node in nodes])
    taken: list[Node] = []
    for node in nodes[:LABELLED]:
        across, up = ROOM[0] * (right - left), ROOM[1] * (high - low)
        if all(abs(node.x - other.x) > across or abs(node.y - other.y) > up for other in taken):
            taken.append(node)
    return [
        label(wrapped(node.name, 22), x=node.x, y=node.y, yanchor="bottom", yshift=14, colour=TEXT, bgcolor=BACKGROUND)
        for node in taken
    ]


def _range(places: Sequence[float]) -> list[float]:
    low, high = min(places, default=-1.0), max(places, default=1.0)
    room = (high - low or 1.0) * 0.12
    return [low - room, high + room]


def _said(name: Text, nodes: Sequence[Node], links: Sequence[Link]) -> str:
    named = say(Text(", ", "、")).join(node.name for node in nodes[:3])
    return say(ALT.filled(name=name, nodes=len(nodes), links=len(links), named=named))
