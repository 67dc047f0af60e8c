"""The page of goals: what is kept and what is in danger, recomputed from the goals and figures themselves."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from streamlit.testing.v1 import AppTest

from data_access.records import Records
from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.pages.reading import go, opened, ran
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

YEAR = 2025
READERS = ("president", "office", "head:IMR", "head:FAC")
EVERYTHING = {"department": "*", "year": str(YEAR), "target": "", "status": ""}


def seen(reader: str = "president", language: Language = "en", **address: str) -> AppTest:
    return go(opened(reader, language), "goals", **{**EVERYTHING, **address})


def said(at: AppTest) -> str:
    return " ".join(str(one.value).replace("\\", "") for one in at.markdown)


def in_tables(at: AppTest) -> list[str]:
    """The first words of every row: indicators, or departments in the table of one goal."""
    tables = [table.value for table in at.table]
    goals = [table for table in tables if any(name.strip("\u00a0") == "Status" for name in table.columns)]
    return [str(name).replace("\\", "") for table in goals for name in table.iloc[:, 0]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", READERS)
def test_it_opens_for_every_reader(reader: str, language: Language) -> None:
    for department in ("*", reader.partition(":")[2] or "GENG", "LAW"):
        assert said(seen(reader, language, department=department))


def test_the_answer_counts_what_is_kept_and_what_is_in_danger(every_record: Records, whole_ledger: Ledger) -> None:
    asked = Selection(fiscal_years=(YEAR,), departments=("*",))
    value = tabulate(whole_ledger, INDICATORS.values(), selection=asked).set_index("indicator")["value"]
    goals = every_record.goals()
    goals = goals[goals["department"] == "*"].sort_values("fiscal_year")
    kept, count = 0, 0
    for key, points in goals.groupby("indicator"):
        kept += int(value[key] >= np.interp(YEAR, points["fiscal_year"], points["value"]) - 1e-9)
        count += 1
    at = seen()
    assert f"In FY{YEAR}, of {count} goals, {kept} are on track or met and {count - kept} are behind." in said(at)
    assert f"Of {len(INDICATORS)} indicators, {len(INDICATORS) - count} have no goal." in said(at)
    names = {indicator.name.en for indicator in INDICATORS.values()}
    assert sum(name in names for name in in_tables(at)) == count


def test_one_goal_is_drawn_with_what_it_takes() -> None:
    """Undergraduates: 2.0 % in FY2024, 4 % by FY2030; 224 of 10,530 on 1 May 2025: (4 - 2.127) / 5 = 0.37 a year."""
    at = seen(indicator="undergraduate_international_share")
    assert "Meeting 4.0 % in FY2030 takes +0.4 points a year from FY2025 on." in said(at)
    (chart,) = at.get("plotly_chart")
    assert "goal 20.0 % by FY2050" in chart.proto.alt


def test_indicators_without_a_goal_are_a_finding() -> None:
    told = said(seen())
    finding = told[told.index("Comprehensive internationalization in industry") :]
    assert finding.split("indicators without a goal", 1)[0].endswith("7 of 8 ")  # start-ups alone have one
    assert INDICATORS["internship_outbound_share"].name.en in finding
    assert f", {INDICATORS['startups'].name.en}," not in finding


def test_filters_by_status_and_target_leave_what_they_say() -> None:
    behind = seen(status="behind", target="education")
    shown = {status for table in behind.table if "Status" in table.value for status in table.value["Status"]}
    assert shown == {":orange-badge[▼\u00a0behind]"}
    nothing = seen(status="not started")
    assert not nothing.get("plotly_chart")
    assert "No goal is left with these filters." in [info.value for info in nothing.info]


def test_goals_of_departments_stand_beside_the_university_s_for_those_who_may_see_them() -> None:
    def units(reader: str) -> list[str]:
        every = in_tables(seen(reader, indicator="publications", target="research"))
        return every[: every.index(INDICATORS["publications"].name.en)]

    assert units("president")[0] == "Tohoku University"
    assert {"Graduate School of Engineering", "Institute for Materials Research"} <= set(units("president"))
    assert units("head:IMR") == ["Tohoku University", "Institute for Materials Research"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_department_without_goals_says_so_and_leads_to_those_of_the_university(language: Language) -> None:
    at = seen("head:LAW", language, department="LAW")
    (told,) = (str(one.value).replace("\\", "") for one in at.info)
    assert told in ("Faculty of Law has no goals of its own.", "法学部には独自の目標がない。")
    assert not any((at.get("plotly_chart"), at.table, at.main.get("button_group")))
    (way,) = at.main.get("page_link")
    assert "department=%2A" in way.proto.query_string


def test_a_goal_says_where_its_pace_leads() -> None:
    at = seen(target="research")
    names = {indicator.name.en for indicator in INDICATORS.values()}
    read = [table.value.rename(columns=lambda name: name.strip("\u00a0")) for table in at.table]
    rows = pd.concat([table for table in read if "Indicator" in table])
    rows = rows.map(lambda cell: cell.replace("\\", "").replace("\u00a0", " ")).rename(
        columns={"Indicator": "name", "At this pace": "landing", "Goal": "target", "Status": "status"}
    )
    rows = rows[rows["name"].isin(names)]
    assert set(rows["landing"]) - {"never", "met", "–"} <= {str(year) for year in range(YEAR, 2101)}
    on_track = rows[["✓ on track" in status for status in rows["status"]]]
    late = sum(_lands_late(*both) for both in zip(on_track["landing"], on_track["target"], strict=True))
    assert f"Of the {len(on_track)} on track, {late} would miss their final goal at the pace so far." in said(at)


def _lands_late(landing: str, target: str) -> bool:
    """`2043` against `19.4 % (2030)`."""
    return landing == "never" or int(landing) > int(target[-5:-1])


def test_the_chart_ends_with_the_year_that_is_read() -> None:
    at = seen(year="2023", indicator="publications", target="research")
    drawn = json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
    line = next(trace for trace in drawn if "text" in trace)
    assert line["x"][-1] == 2023


def test_a_goal_says_how_sure_its_landing_is(every_record: Records, whole_ledger: Ledger) -> None:
    """The chance of the next milestone, recomputed with the drift method from the figures themselves."""
    key = "international_student_share"
    at = seen(indicator=key)
    figures = tabulate(whole_ledger, [INDICATORS[key]], selection=Selection(departments=("*",)))
    series = figures.set_index("fiscal_year")["value"].loc[:YEAR]
    goals = every_record.goals().query("indicator == @key and department == '*'").set_index("fiscal_year")["value"]
    first, by = int(goals.index.min()), int(goals.index[goals.index > YEAR].min())
    pace, changes, ahead = (series[YEAR] - goals[first]) / (YEAR - first), series.diff().dropna(), by - YEAR
    error = changes.std(ddof=1) * np.sqrt(ahead * (1 + ahead / (YEAR - first)))
    expected = stats.t.sf((goals[by] - series[YEAR] - pace * ahead) / error, len(changes) - 1)
    assert f"The chance that 15.5 % is met in FY{by} is {expected:.0%}.".replace("%.", " %.") in said(at)
    assert (
        "There is one chance in ten that the goal of 19.4 % is met by FY2033; that it is never met cannot be ruled out."
        in said(at)
    )
    assert "at the pace so far" in at.get("plotly_chart")[0].proto.alt


def test_another_pace_and_another_mix_show_where_the_university_lands(whole_ledger: Ledger) -> None:
    """Half as many doctoral students again at unchanged rates, from the headcounts of the day themselves."""
    key = "international_student_share"
    at = seen(indicator=key)
    doctoral = next(one for one in at.number_input if "Doctoral" in one.label)
    doctoral.set_value(50)
    at = ran(at)
    levels = tabulate(whole_ledger, [INDICATORS[key]], by=("level",), selection=Selection(fiscal_years=(YEAR,)))
    counts = levels.set_index("level")[["numerator", "denominator"]].sum(axis=0) + (
        0.5 * levels.set_index("level").loc["doctoral", ["numerator", "denominator"]].astype(float)
    )
    assert f"The whole would stand at {counts['numerator'] / counts['denominator']:.1%}".replace("%", " %") in said(at)
    pace = next(one for one in at.number_input if "change a year" in one.label)
    pace.set_value(0.0)
    assert "The goal of 19.4 % is never met." in said(ran(at))


def test_the_departments_goals_are_added_up_for_those_who_may_see_them() -> None:
    told = said(seen(indicator="publications"))
    assert "departments with a goal meet it in FY2030" in told
    assert "are covered by no department's goal" in told
    assert "with a goal meet" not in said(seen("head:IMR", indicator="publications"))


def test_a_stepped_goal_is_drawn_and_said_as_steps() -> None:
    at = seen(indicator="joint_laboratories")
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
    path = next(trace for trace in spec if (trace.get("line") or {}).get("dash") == "dot")
    assert dict(zip(path["x"], path["y"], strict=True))[2026] == dict(zip(path["x"], path["y"], strict=True))[2025]
    assert any("step in that year" in str(cell) for table in at.table for cell in table.value.to_numpy().ravel())
