"""All goals by target and process, and the indicators that have none."""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd
import streamlit as st

from metrics.assessment import Standing
from metrics.findings import cell_name
from metrics.goal_outlook import LATEST, Point, landing_words, on_track_but_late, outlook, value_and_path
from metrics.indicator import Unit
from metrics.numbers import needed, said
from metrics.tabulate import OK
from metrics.tree import UNIVERSITY
from pages.parts import data
from pages.parts.filters import Codes, choose, choose_many, link
from pages.parts.goal_file import LATE, NARROWED_TO, goals_file
from pages.parts.language import literal, say
from pages.parts.quality.marks import footnote, signed
from pages.parts.reading import figures_table, helps
from pages.parts.standing import DOUBTFUL_MARKS, status_in_a_cell
from pages.parts.tables import IN_A_CELL, NAME, Column, Columns
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

Place = tuple[str, str]
STRAIGHT = Text(
    "What is planned lies on the path of the goal, a straight line between its baseline, milestones and end. Years are "
    "fiscal years; headcounts and what is in force (stocks) are of 1 May in them.",
    "計画値は、基準値・中間目標・最終目標を結ぶ直線上の値。年は年度で、在籍者数や協定数など（ストック）は当該年度の5月1日現在。",
)
NONE_LEFT = Text("No goal is left with these filters.", "この絞り込みに当てはまる目標はない。")
NONE_HAS = Text("None of {all} indicators has a goal: {names}", "{all}指標のいずれにも目標なし：{names}")
NOBODY = Text("Indicators without a goal", "目標のない指標")
FINDING = Text("{without} of {all} indicators without a goal: {names}", "{all}指標中{without}指標に目標なし：{names}")
INDICATOR = Text("Indicator", "指標")
VALUE = Text("Value {year}", "値（{year}）")
BEGINNING = Text("Baseline", "基準値")
MET = Text("met already", "到達済み")
PACE_HELP = Text(
    "The change a year that meets the next milestone in time, from this year on.",
    "次の中間目標に届くために、今年度以降の各年に必要な変化。",
)
LANDING_HELP = Text(
    "The fiscal year in which the goal is met if the value goes on changing as it did on average since the baseline. "
    "Never: not by FY{latest}.",
    "基準年度以降の平均的な年間変化が続いた場合に、最終目標に届く年度。「届かない」は{latest}年度までに届かないこと。",
).filled(latest=LATEST)
NONE_OF_ITS_OWN = Text("{name} has no goals of its own.", "{name}には独自の目標がない。")
OF_UNIVERSITY = Text("The university's goals", "全学の目標")


def choose_target() -> str:
    """One target, or all of them ("")."""
    options = {"": Text("All targets", "すべての目標"), **TARGETS}
    return choose("target", Text("Target", "目標"), options, style="buttons", label_visibility="collapsed")


def choose_statuses() -> Codes:
    """The statuses that are shown, or `LATE`; none chosen means all."""
    return choose_many("status", Text("Status", "状況"), NARROWED_TO, style="buttons")


def of_target(found: Sequence[Standing], target: str) -> list[Standing]:
    """The standings of a target; of all where it is ""."""
    return [standing for standing in found if target in ("", standing.indicator.target)]


def parts_said(department: str, target: str) -> list[Text]:
    """What the page is of, where it is not the whole university and all targets."""
    unit = [] if department == UNIVERSITY else [data.department_names()[department]]
    return unit + ([TARGETS[target]] if target else [])


def say_no_goal(department: str, year: int) -> None:
    """That a department has no goals of its own, and the way to those of the university."""
    st.info(literal(say(NONE_OF_ITS_OWN.filled(name=data.department_names()[department]))), icon=":material/flag:")
    link("goals", OF_UNIVERSITY, icon=":material/arrow_forward:", department=UNIVERSITY, year=year)


def narrowed(found: Sequence[Standing], target: str, statuses: Codes) -> list[Standing]:
    """The standings with a goal, of a target ("" is all) and of these statuses or too late (none is all)."""
    late = {one.standing.indicator.key for one in on_track_but_late(found)} if LATE in statuses else set()
    return [
        standing
        for standing in of_target(found, target)
        if standing.goal is not None
        and (not statuses or standing.goal_status in statuses or standing.indicator.key in late)
    ]


def goal_tables(shown: Sequence[Standing], year: int, target: str = "", statuses: Codes = ()) -> None:
    """A table for each cell of the strategy's matrix that has a goal to show; `target` and `statuses` narrowed them."""
    if not shown:
        st.info(say(NONE_LEFT), icon=":material/filter_alt_off:")
    cells: dict[Place, list[Standing]] = {}
    for standing in shown:
        cells.setdefault(standing.indicator.place, []).append(standing)
    for (part, process), found in cells.items():
        name = Text(
            *(f"{t}{dot}{p}" for t, dot, p in zip(TARGETS[part], (": ", "・"), PROCESSES[process], strict=True))
        )
        st.subheader(say(name), anchor=False)
        rows = goal_rows(found)
        figures_table(rows, columns(year), alt=name)
    if shown:
        st.caption("  \n".join([say(STRAIGHT), *helps(columns(year), "pace", "landing")]))
        footnote(shown)
        goals_file(shown, target, statuses)


def columns(year: int, first: Text = INDICATOR) -> Columns:
    """The columns of a goal: where it is, where it should be, what it takes, and where it began."""
    marks = {say(words): colour for words, colour in DOUBTFUL_MARKS.items()}
    return {
        "name": Column(name=first, width=NAME),
        "value": Column(name=VALUE.filled(year=fiscal_year_name(year)), align="right", width=(88, 100)),
        "status": Column(name=Text("Status", "状況"), kind="status", marks=marks, width=(96, 104)),
        "path": Column(name=Text("Planned", "計画値"), help=STRAIGHT, align="right", width=(70, 80)),
        "next": Column(name=Text("Next milestone", "次の中間目標"), width=112),
        "pace": Column(name=Text("Needed a year", "必要な年間変化"), help=PACE_HELP, align="right", width=(100, 112)),
        "target": Column(name=Text("Goal", "最終目標"), width=112),
        "landing": Column(name=Text("At this pace", "着地見込み"), help=LANDING_HELP, width=90),
        "baseline": Column(name=BEGINNING, width=108),
    }


def goal_rows(found: Sequence[Standing], names: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a goal, in words; `names` take the place of the indicators' names."""
    rows = [_row(standing) for standing in found]
    if names is not None:
        rows = [{**row, "name": name} for row, name in zip(rows, names, strict=True)]
    return pd.DataFrame(rows)


def _row(standing: Standing) -> dict[str, str]:
    seen, unit = outlook(standing), standing.indicator.unit
    value, path = value_and_path(standing)
    row = {
        "key": standing.indicator.key,
        "place": say(cell_name(*standing.indicator.place)),
        "name": say(standing.indicator.name),
        "value": signed(say(value), standing) if standing.status == OK else say(IN_A_CELL[standing.status]),
        "path": say(path),
        "status": status_in_a_cell(standing),
    }
    if seen is None:
        return {**row, "baseline": "", "next": "", "pace": "", "target": "", "landing": ""}
    return {
        **row,
        "baseline": _point(seen.baseline, unit),
        "next": _point(seen.next_point, unit) if seen.next_point else "–",
        "pace": "–" if isnan(seen.required) else say(MET if seen.ahead else needed(seen.required, unit)),
        "target": _point(seen.target, unit),
        "landing": say(landing_words(seen)),
    }


def _point(point: Point, unit: Unit) -> str:
    year, value = point
    return say(Text("{value} ({year})", "{value}（{year}）").filled(value=said(value, unit), year=year))


def without_goal(cells: Mapping[Place, Sequence[Standing]], target: str) -> None:
    """The indicators of each cell that nobody has set a goal for: a finding, not an omission of the page."""
    st.subheader(say(NOBODY), anchor=False)
    for place, found in cells.items():
        missing = [standing.indicator for standing in found if standing.goal is None]
        if missing and target in ("", place[0]):
            names = Text(", ".join(i.name.en for i in missing), "、".join(i.name.ja for i in missing))
            words = (FINDING if len(missing) < len(found) else NONE_HAS).filled(
                without=len(missing), all=len(found), names=names
            )
            name = cell_name(*place)
            title = say(Text(name.en[0].upper() + name.en[1:], name.ja))
            st.markdown(f"**{literal(title)}**  \n{literal(say(words))}")
