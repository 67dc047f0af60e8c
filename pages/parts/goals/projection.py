"""Where one goal leads at its pace so far: in words, and the points of its plan with the chance of meeting each."""

from math import isnan

import pandas as pd
import streamlit as st

from metrics.goal_projection import Projection, basis_words, chance_said, projection_words
from metrics.goals import Goal
from metrics.indicator import Unit
from metrics.numbers import NONE, said
from pages.parts.language import literal, say
from pages.parts.reading import figures_table, helps
from pages.parts.tables import Column
from vocabulary.calendar import fiscal_year_name
from vocabulary.goals import KINDS_OF_VALUES, PATHS
from vocabulary.text import Text

POINTS = Text("The points of the plan", "計画の各時点")
TOO_SHORT = Text(
    "The past is too short for a projection with limits: it takes a value in the baseline's year, a later one, and "
    "four yearly changes.",
    "見通しの幅は示せない。基準年度とその後の値、および4回以上の年間変化が必要。",
)
CHANCE_HELP = Text(
    "The probability that the value meets the plan in that year, going on at the pace so far.",
    "これまでのペースが続くとした場合に、その年度の計画値に届く確率。",
)
COLUMNS = {
    "year": Column(name=Text("Fiscal year", "年度"), width=88),
    "kind": Column(name=Text("Point", "種別"), width=96),
    "value": Column(name=Text("Planned", "計画値"), align="right", width=88),
    "chance": Column(name=Text("Chance", "届く見込み"), help=CHANCE_HELP, align="right", width=88),
    "way": Column(name=Text("Path", "経路"), width=120),
    "phase": Column(name=Text("Phase of the plan", "計画の段階"), width=150),
}


def say_projection(seen: Projection | None) -> None:
    """The chance of the next point and the range of the landing, or why there is none."""
    told = [TOO_SHORT] if seen is None else projection_words(seen)
    st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in told))


def plan_points(goal: Goal, unit: Unit, seen: Projection | None, history: pd.DataFrame) -> None:
    """The dated points of the goal, one row each, and what their chances rest on."""
    st.markdown(f"**{say(POINTS)}**")
    rows = [
        {
            "year": say(fiscal_year_name(int(goal.years[place]))),
            "kind": say(KINDS_OF_VALUES[goal.kinds[place]]),
            "value": say(said(goal.points[place][1], unit)),
            "way": say(PATHS["stepped" if goal.is_stepped(place) else "straight"]) if place else "",
            "phase": goal.phases[place],
            "chance": _chance(seen, place),
        }
        for place in range(len(goal.years))
    ]
    figures_table(pd.DataFrame(rows), COLUMNS, alt=POINTS)
    if seen is not None:
        known = history.dropna(subset=["value"])
        basis = literal(say(basis_words(seen, int(known["fiscal_year"].min()))))
        st.caption("  \n".join([*helps(COLUMNS, "chance"), basis]))


def _chance(seen: Projection | None, place: int) -> str:
    found = float("nan") if seen is None else seen.chance_of(place)
    return NONE if isnan(found) else say(chance_said(found))
