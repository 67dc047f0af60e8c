"""What if: the reader changes the pace, or how many people of each level there are, and sees where the goal lands."""

from math import ceil, floor, isnan

import numpy as np
import pandas as pd
import streamlit as st

from metrics.assessment import Standing
from metrics.goal_outlook import Outlook
from metrics.numbers import said, scaled, unit_name
from metrics.view import Selection
from metrics.what_if import factor_needed, rate_with_mix
from metrics.what_if_words import mix_words, needed_words, pace_words
from pages.parts import data
from pages.parts.language import current_language, literal, say
from pages.parts.reading import figures_table
from pages.parts.tables import Column
from vocabulary.people import LEVELS
from vocabulary.text import Text

TITLE = Text("What if …", "もし〜なら")
PACE = Text("If the change a year were ({unit})", "年間変化を変えると（{unit}）")
POINTS = Text("percentage points", "ポイント")
MILLIONS = Text("million yen", "百万円")
GROWTH = Text("{level}, change of their number (%)", "{level}の人数の増減（%）")
MIX = Text(
    "If there were more or fewer of some level, and each level kept its rate of today",
    "各課程の割合は今のまま、人数だけが増減すると",
)
UNCHANGED = Text(
    "Change a number above to see what becomes of the whole.", "上の数値を変えると、全体の値の変化を示す。"
)
COLUMNS = {
    "level": Column(name=Text("Level", "課程"), width=120),
    "people": Column(name=Text("Of how many", "人数（分母）"), align="right", width=100),
    "rate": Column(name=Text("Rate today", "現在の割合"), align="right", width=100),
    "then": Column(name=Text("Of how many then", "変更後の人数"), align="right", width=120),
}


def what_if(seen: Outlook) -> None:
    """The controls and what they lead to, folded away until they are asked for."""
    standing = seen.standing
    if isnan(standing.value) or isnan(seen.required):
        return
    with st.expander(say(TITLE), icon=":material/tune:"):
        _pace(seen)
        levels = by_level(standing)
        if levels is not None:
            _mix(seen, levels)


def _pace(seen: Outlook) -> None:
    unit = seen.standing.indicator.unit
    step = {"share": 0.1, "index": 0.01}.get(unit, 1.0)
    name = {"share": POINTS, "yen": MILLIONS}.get(unit, unit_name(unit))
    pace = st.number_input(
        say(PACE.filled(unit=name)),
        value=_enough(scaled(seen.required, unit), upward=seen.goal.upward),
        step=step,
        format="%.2f" if unit in ("share", "index") else "%.1f",
        key=f"pace:{_named(seen.standing)}",
        width=320,
    )
    told = pace_words(seen, float(pace) / scaled(1.0, unit))
    st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in told))


def _enough(pace: float, *, upward: bool) -> float:
    """A pace with two decimals, rounded to the side that still meets the point."""
    hundredths = round(pace * 100, 6)
    return (ceil(hundredths) if upward else floor(hundredths)) / 100


def _mix(seen: Outlook, levels: pd.DataFrame) -> None:
    st.markdown(f"**{say(MIX)}**")
    growths = []
    with st.container(horizontal=True, gap="medium"):
        for level in levels["level"]:
            growth = st.number_input(
                say(GROWTH.filled(level=LEVELS[level])),
                value=0,
                min_value=-100,
                max_value=1000,
                step=10,
                key=f"mix:{level}:{_named(seen.standing)}",
                width=240,
            )
            growths.append(1 + growth / 100)
    top, bottom, factors = levels["numerator"].to_numpy(), levels["denominator"].to_numpy(), np.array(growths)
    told = [UNCHANGED] if (factors == 1).all() else list(mix_words(seen, rate_with_mix(top, bottom, factors)))
    highest = int(np.argmax(top / bottom))
    factor = factor_needed(top, bottom, highest, seen.target[1])
    told.append(needed_words(seen, LEVELS[levels["level"].iloc[highest]], factor))
    st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in told))
    unit = seen.standing.indicator.unit
    rows = pd.DataFrame(
        {
            "level": [say(LEVELS[level]) for level in levels["level"]],
            "people": [say(said(value, "persons")) for value in bottom],
            "rate": [say(said(value, unit)) for value in top / bottom],
            "then": [say(said(float(np.round(value)), "persons")) for value in bottom * factors],
        }
    )
    figures_table(rows, COLUMNS, alt=MIX)


def by_level(standing: Standing) -> pd.DataFrame | None:
    """`level`, `numerator`, `denominator` of a share of people, where its levels are known and make it up exactly."""
    indicator = standing.indicator
    if indicator.unit != "share" or indicator.denominator is None:
        return None
    asked = Selection(fiscal_years=(standing.fiscal_year,), departments=(standing.department,))
    rows = data.figures((indicator.key,), by=("level",), selection=asked)
    rows = rows[(rows["denominator"] > 0) & rows["numerator"].notna() & rows["level"].isin(list(LEVELS))]
    whole = np.array([standing.numerator, standing.denominator])
    sums = rows[["numerator", "denominator"]].sum().to_numpy()
    if len(rows) < 2 or not np.allclose(sums, whole, rtol=0, atol=1e-6):
        return None
    return rows[["level", "numerator", "denominator"]].reset_index(drop=True)


def _named(standing: Standing) -> str:
    return f"{standing.indicator.key}:{standing.department}:{standing.fiscal_year}:{current_language()}"
