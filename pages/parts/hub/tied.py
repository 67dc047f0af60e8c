"""Who ties our partners together: a picture of the strongest part of the network, and every measure of every node."""

import pandas as pd
import streamlit as st

from metrics.hub_findings import OF
from metrics.partner_network import MOST_NODES, PartnerNetwork, Picture
from pages.parts.charts import Node, draw, network_chart
from pages.parts.hub.asked import Asked, told
from pages.parts.hub.partner_names import country_names, partner_names
from pages.parts.language import literal, say
from pages.parts.partners.asked import file_of
from pages.parts.tables import Column, downloads, table
from vocabulary.text import Text

TITLE = Text("Who ties our partners together?", "誰が連携先どうしを結んでいるか")
ALT = Text("Network of {of}", "{of}のネットワーク")
HOW = Text(
    "{of} that take part in at least {threshold} of the same {what}: of {all}, {n} are linked with another one. "
    "The picture has the {most} strongest, the larger the more they share, and their strongest links; where a mark "
    "lies says only who is linked with whom. Point at a mark to read its name. The lower limit is under More filters.",
    "同じ{what}{threshold}件以上に共に関わる{of}。{all}のうち{n}が他と結び付く。図は上位{most}を示し、"
    "円が大きいほど共有が多い。線は強い結び付き。位置は結び付きの近さのみを表す。円に触れると名称を表示する。"
    "下限は「その他の絞り込み」で変更できる。",
)
NONE = Text(
    "No two {of} share as much with us. A lower limit is under More filters.",
    "これほど多くを共有する{of}の組はない。下限は「その他の絞り込み」で下げられる。",
)
SHARED = Text("{strength} shared with {degree} others", "{degree}者と{strength}件を共有")
DEGREE = Text("With how many others it is linked (degree).", "結び付きのある相手の数（次数）。")
STRENGTH = Text(
    "How many activities it shares with others, added up over its links (strength).",
    "結び付きごとの共有件数の合計（強度）。",
)
BETWEENNESS = Text(
    "On how many shortest ways between two others it lies: who would part the network by leaving it (betweenness "
    "centrality).",
    "他の2者を結ぶ最短経路のうち、通過点となる数。抜けるとネットワークが分かれやすい要（媒介中心性）。",
)
CLOSENESS = Text(
    "How near it is to all others of its group: 1 is one step to each (closeness centrality).",
    "同じ群の他のすべてへの近さ。1はすべてに直接（近接中心性）。",
)
REACHING = Text(
    "The same, times the share of all that it can reach, so that different groups compare (Wasserman & Faust).",
    "同じ近さに、到達できる割合を掛けたもの。群どうしを比べられる（Wasserman & Faust）。",
)
PAGERANK = Text(
    "Where somebody who follows links at random would be found most often; all add up to 100 % (PageRank).",
    "結び付きをたどって巡るとき、そこにいる割合（PageRank）。合計100%。",
)
EIGENVECTOR = Text(
    "Linked with those who are well linked themselves; the first is 1, and 0 is outside the strongest group "
    "(eigenvector centrality).",
    "有力な相手と結び付く度合い。最大を1とし、0は最も強い群の外（固有ベクトル中心性）。",
)
COMPONENT = Text("Groups that share nothing with each other; 1 is the largest.", "互いに共有のない群。1が最大。")


def node_names(asked: Asked, network: PartnerNetwork) -> dict[int, Text]:
    """What each node is called."""
    nodes = [int(node) for node in network.nodes["node"]]
    names = partner_names(nodes) if asked.of == "institutions" else country_names(nodes)
    return dict(zip(nodes, names, strict=True))


def show_tied(asked: Asked, network: PartnerNetwork, drawn: Picture, names: dict[int, Text]) -> None:
    """The picture, then the table."""
    st.subheader(say(TITLE), anchor=False)
    of = OF[asked.of]
    if network.nodes.empty:
        st.info(say(NONE.filled(of=of)), icon=":material/info:")
        return
    links = [(int(a), int(b), float(weight)) for a, b, weight in drawn.links.itertuples(index=False, name=None)]
    draw(network_chart(ALT.filled(of=of), _nodes(drawn.nodes, names), links), key="hub-network")
    numbers = {"n": f"{len(names):,}", "all": f"{len(names) + network.left_out:,}", "most": min(MOST_NODES, len(names))}
    words = HOW.filled(of=of, threshold=asked.threshold, what=asked.called, **numbers)
    st.caption(literal(say(Text(words.en[:1].upper() + words.en[1:], words.ja))))
    frame = network.nodes.assign(
        name=[say(names[int(node)]) for node in network.nodes["node"]],
        betweenness=network.nodes["betweenness"].round(1),
    )
    table(frame, _columns(), alt=ALT.filled(of=of), key="hub-measures", height=320)
    downloads(frame, _columns(), file_of("hub-network", asked.wide), told(asked))
    with st.expander(say(Text("What the measures mean", "各尺度の意味")), icon=":material/help:"):
        colon = say(Text(": ", "："))
        lines = [f"- **{say(one.name)}**{colon}{say(one.help)}" for one in _columns().values() if one.help]
        st.markdown("\n".join(lines))


def _nodes(rows: pd.DataFrame, names: dict[int, Text]) -> list[Node]:
    columns = zip(*(rows[name].tolist() for name in ("node", "x", "y", "strength", "degree")), strict=True)
    return [
        Node(
            code=node,
            name=say(names[node]),
            x=x,
            y=y,
            strength=strength,
            hover=say(SHARED.filled(strength=f"{strength:,.0f}", degree=f"{degree:,.0f}")),
        )
        for node, x, y, strength, degree in columns
    ]


def _columns() -> dict[str, Column]:
    return {
        "name": Column(name=Text("Name", "名称"), width=260),
        "degree": Column(name=Text("Linked with", "相手の数"), kind="count", help=DEGREE, width=84),
        "strength": Column(name=Text("Shared", "共有件数"), kind="count", help=STRENGTH, width=80),
        "betweenness": Column(name=Text("In between", "仲介"), kind="count", help=BETWEENNESS, width=100),
        "closeness": Column(name=Text("Nearness", "近さ"), kind="index", help=CLOSENESS, width=86),
        "closeness_wasserman_faust": Column(
            name=Text("Nearness to all", "全体への近さ"), kind="index", help=REACHING, width=100
        ),
        "pagerank": Column(name=Text("Often met", "到達頻度"), kind="share", help=PAGERANK, width=96),
        "eigenvector": Column(name=Text("Well linked", "有力度"), kind="index", help=EIGENVECTOR, width=90),
        "component": Column(name=Text("Group", "群"), kind="year", help=COMPONENT, width=60),
    }
