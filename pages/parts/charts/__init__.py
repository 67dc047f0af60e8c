"""Charts: the only place that knows Plotly. Each function gives a `Chart` with its alt text; `draw` shows it."""

from pages.parts.charts.bars import bars
from pages.parts.charts.chart import (
    BEHIND,
    EDUCATION,
    GOAL,
    INDUSTRY,
    OF_TARGET,
    OWN,
    PEERS,
    QUIET,
    RESEARCH,
    SOCIETY,
    UNIVERSITY_LINE,
    Chart,
    draw,
)
from pages.parts.charts.departments import dots, strip
from pages.parts.charts.funnel import funnel
from pages.parts.charts.network import Node, network_chart
from pages.parts.charts.ratios import Ratio, ratios
from pages.parts.charts.trend import Line, spark, trend
from pages.parts.charts.waterfall import waterfall
from pages.parts.charts.world import world_map

__all__ = [
    "BEHIND",
    "EDUCATION",
    "GOAL",
    "INDUSTRY",
    "OF_TARGET",
    "OWN",
    "PEERS",
    "QUIET",
    "RESEARCH",
    "SOCIETY",
    "UNIVERSITY_LINE",
    "Chart",
    "Line",
    "Node",
    "Ratio",
    "bars",
    "dots",
    "draw",
    "funnel",
    "network_chart",
    "ratios",
    "spark",
    "strip",
    "trend",
    "waterfall",
    "world_map",
]
