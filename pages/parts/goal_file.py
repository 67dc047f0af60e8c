"""The goals of a page as a file: numbers, years and codes in columns of their own."""

from collections.abc import Sequence

import pandas as pd

from metrics.assessment import Standing
from metrics.goal_outlook import outlook
from metrics.goals import NO_GOAL
from pages.parts import data
from pages.parts.filters import Codes
from pages.parts.language import say
from pages.parts.standing import STATUSES
from pages.parts.tables import STATUS, Column, downloads, file_name
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

FILE = {
    "indicator": Column(name=Text("Indicator key", "指標キー")),
    "name": Column(name=Text("Indicator", "指標")),
    "target": Column(name=Text("Target", "目標")),
    "process": Column(name=Text("Process", "取組")),
    "department": Column(name=Text("Department code", "部局コード")),
    "department_name": Column(name=Text("Department name", "部局名")),
    "unit": Column(name=Text("Unit", "単位")),
    "fiscal_year": Column(name=Text("Fiscal year", "年度"), kind="year"),
    "value": Column(name=Text("Value", "値")),
    "figure": Column(name=Text("Why no value", "値のない理由")),
    "planned": Column(name=Text("Planned", "計画値")),
    "status": Column(name=Text("Status", "状況")),
    "milestone": Column(name=Text("Next milestone", "次の中間目標")),
    "milestone_year": Column(name=Text("Year of the next milestone", "次の中間目標の年度"), kind="year"),
    "needed": Column(name=Text("Needed a year", "必要な年間変化")),
    "goal": Column(name=Text("Goal", "最終目標")),
    "goal_year": Column(name=Text("Year of the goal", "最終目標の年度"), kind="year"),
    "landing": Column(name=Text("Year reached at this pace", "着地見込みの年度"), kind="year"),
    "baseline": Column(name=Text("Baseline", "基準値")),
    "baseline_year": Column(name=Text("Year of the baseline", "基準値の年度"), kind="year"),
}  # shares are fractions, money is yen


LATE = "late"  # beside the statuses: on track, and yet too slow for the last point
NARROWED_TO: dict[str, Text] = {code: shown.words for code, shown in STATUSES.items() if code != NO_GOAL} | {
    LATE: Text("on track, but too slow", "計画どおりだが間に合わない見込み")
}


def goals_file(shown: Sequence[Standing], target: str, statuses: Codes = ()) -> None:
    """Buttons for the goals that are shown, all of one department and year; `target` and `statuses` narrowed them."""
    first = shown[0]
    filters = {
        Text("Department", "部局"): say(data.department_names()[first.department]),
        Text("Fiscal year", "年度"): say(fiscal_year_name(first.fiscal_year)),
        Text("Target", "目標"): say(TARGETS[target]) if target else "",
        Text("Status", "状況"): say(Text(", ", "、")).join(say(NARROWED_TO[code]) for code in statuses),
    }
    rows = pd.DataFrame([_row(standing) for standing in shown])
    named = file_name("goals", first.department, first.fiscal_year)
    downloads(rows, FILE, named, {label: words for label, words in filters.items() if words})


def _row(standing: Standing) -> dict[str, object]:
    one, seen = standing.indicator, outlook(standing)
    if seen is None:
        raise ValueError(f"{one.key} has no goal for {standing.department}")
    milestone = seen.next_point or (None, None)
    return {
        "indicator": one.key,
        "name": say(one.name),
        "target": say(TARGETS[one.target]),
        "process": say(PROCESSES[one.process]),
        "department": standing.department,
        "department_name": say(data.department_names()[standing.department]),
        "unit": str(one.unit),
        "fiscal_year": standing.fiscal_year,
        "value": standing.value,
        "figure": say(STATUS[standing.status]),
        "planned": standing.path,
        "status": say(STATUSES[standing.goal_status].words),
        "milestone": milestone[1],
        "milestone_year": milestone[0],
        "needed": seen.required,
        "goal": seen.target[1],
        "goal_year": seen.target[0],
        "landing": seen.landing,
        "baseline": seen.baseline[1],
        "baseline_year": seen.baseline[0],
    }
