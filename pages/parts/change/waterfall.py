"""The waterfall of a change: the groups of the largest effects, all others together, their weights, and the sum."""

import streamlit as st

from metrics.change_split import APART, MIX, WITHIN, ChangeSplit
from pages.parts.change.asked import Asked
from pages.parts.charts import draw, waterfall
from pages.parts.charts.bars import Bar
from pages.parts.language import literal, say
from vocabulary.calendar import fiscal_year_name
from vocabulary.strata import NAMES
from vocabulary.text import Text

MOST_DRAWN = 12  # groups
SMALL = 0.02  # of the largest: below, a bar is a line
TITLE = Text("{name}, change from {first} to {last}", "{name}の変化（{first}〜{last}）")
OTHERS = Text("{n} others", "その他{n}件")
WEIGHTS = Text("Weights of {groups}", "{groups}の比重")
NO_BASE = Text("Without a denominator of their own", "分母をもたない区分")
TOTAL = Text("Change in all", "変化の合計")
HOW = Text(
    "Bars begin where the one before ended. Of each of the {groups}: the change of its own rate, times its weight. "
    "Signs are those of the change.",
    "棒は直前の棒の終わりから始まる。各{groups}の棒は、その率の変化に比重を掛けたもの。符号は変化の向きを示す。",
)
HOW_COUNTS = Text("Bars begin where the one before ended.", "棒は直前の棒の終わりから始まる。")


def draw_waterfall(asked: Asked, split: ChangeSplit) -> None:
    """The chart, and how it is read."""
    first, last = (fiscal_year_name(year) for year in split.years)
    indicator = split.indicator
    total: Bar = ("", TOTAL, split.change)
    title = TITLE.filled(name=indicator.name, first=first, last=last)
    chart = waterfall(title, indicator.unit, _parts(asked, split), total, better=indicator.better)
    draw(chart, key=f"change:{indicator.key}:{split.stratification}")
    words = HOW if split.is_ratio else HOW_COUNTS
    st.caption(literal(say(words.filled(groups=NAMES[split.stratification]))))


def _parts(asked: Asked, split: ChangeSplit) -> list[Bar]:
    """In the order of the table: what moved as the whole did first, the largest on top; what went against it last."""
    rows = split.rows[split.rows[WITHIN] != 0]
    sizes = rows[WITHIN].abs().nlargest(MOST_DRAWN)
    large = rows[rows.index.isin(sizes[sizes >= SMALL * sizes.max()].index)]
    rest = rows.drop(large.index)
    parts: list[Bar] = [
        (str(code), asked.name_of(split, str(code)), float(effect))
        for code, effect in zip(large["group"], large[WITHIN], strict=True)
    ]
    if len(rest):
        parts.append(("", OTHERS.filled(n=len(rest)), float(rest[WITHIN].sum())))
    if split.is_ratio:
        parts.append(("", WEIGHTS.filled(groups=NAMES[split.stratification]), split.effects[MIX]))
    if split.effects[APART]:
        parts.append(("", NO_BASE, split.effects[APART]))
    return parts
