"""Why it moved: the split on the page is that of the published figures, to a head that of the own departments only."""

import re
from math import fsum

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.records import Records
from metrics.catalogue import INDICATORS
from metrics.change_groups import splits_offered
from metrics.change_split import ChangeSplit
from metrics.ledger import Ledger
from metrics.strata_words import NOT_ADDITIVE, why_not
from metrics.tabulate import OK, tabulate
from metrics.view import Counting, Selection
from pages.parts.charts.chart import BEHIND, OWN, UNIVERSITY_LINE
from pages.parts.charts.waterfall import waterfall
from tests.pages.reading import go, opened, words
from vocabulary.text import Language, Text

pytestmark = pytest.mark.usefixtures("demonstration")

SHARE, YEARS = "international_student_share", (2014, 2025)
STUDENTS = ("undergraduate", "master", "doctoral")
SEVERAL_RULES = ("publications", "international_copublication_share", "research_participation", "industry_funding")
NEVER = {"exchange_countries_effective", "origin_countries_effective", "newcomer_share"}


def change(reader: str = "president", language: Language = "en", **address: str) -> AppTest:
    codes = {"indicator": SHARE, "since": "2014", "year": "2025", "by": "department", "counting": "whole"}
    return go(opened(reader, language), "change", **{**codes, "department": "*", **address})


def told(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in at.main.markdown).replace("\\", "")


def the_table(at: AppTest) -> pd.DataFrame:
    (table,) = (one.value for one in at.main.dataframe)
    return table


@pytest.mark.parametrize("counting", ["whole", "fractional"])
def test_every_split_of_every_indicator_adds_up_to_the_published_change(
    whole_ledger: Ledger, counting: Counting
) -> None:
    keys = INDICATORS if counting == "whole" else SEVERAL_RULES
    asked = [INDICATORS[key] for key in keys]
    selection = Selection(departments=("*",), fiscal_years=YEARS)
    table = tabulate(whole_ledger, asked, selection=selection, counting=counting)
    figures = {(str(row["indicator"]), int(row["fiscal_year"])): row for row in table.to_dict("records")}
    unsplit = set()
    for indicator in asked:
        before, after = (figures[indicator.key, year] for year in YEARS)
        offered = splits_offered(whole_ledger, indicator, department="*", years=YEARS, counting=counting)
        unsplit |= set() if offered else {indicator.key}
        for by, groups in offered.items():
            split = ChangeSplit(indicator=indicator, stratification=by, years=YEARS, groups=groups)
            if not (before["status"] == after["status"] == OK):
                continue
            where = (indicator.key, by)
            assert (split.value_before, split.value_after) == pytest.approx(
                (before["value"], after["value"]), rel=1e-12
            ), where
            change_of = float(after["value"] - before["value"])
            near = 1e-12 * max(abs(before["value"]), abs(after["value"]), 1e-9)
            assert fsum(split.rows["effect"]) == pytest.approx(change_of, abs=near), where
            assert fsum(split.effects.values()) == pytest.approx(change_of, abs=near), where
            if split.factors is not None:
                number = float(after["numerator"] - before["numerator"])
                assert sum(split.factors) == pytest.approx(number, abs=1e-8 * max(1, abs(number))), where
    if counting == "whole":
        assert unsplit >= NEVER
        assert {why_not(whole_ledger, INDICATORS[key], "department") for key in unsplit} == {NOT_ADDITIVE}


def counted_by_hand(records: Records) -> dict[str, list[float]]:
    """For each department: international and all students of 1 May 2014 and 2025, from the rows as delivered."""
    rows = records.populations()
    kept = rows[rows["population"].isin(STUDENTS) & (rows["country"] == "") & (rows["department"] != "*")]
    found: dict[str, list[float]] = {}
    for place, (year, group) in enumerate((y, g) for y in YEARS for g in ("international", "all")):
        mine = kept[(kept["as_of"] == f"{year}-05-01") & (kept["group"] == group)]
        for code, count in zip(mine["department"], mine["count"], strict=True):
            found.setdefault(str(code), [0.0] * 4)[place] += float(count)
    return found


def test_the_answer_is_that_of_a_plain_loop_over_the_headcounts(every_record: Records) -> None:
    counts = counted_by_hand(every_record)
    whole = [sum(row[place] for row in counts.values()) for place in range(4)]
    within, mix = {}, 0.0
    for code, (i0, a0, i1, a1) in counts.items():
        w0, w1, r0, r1 = a0 / whole[1], a1 / whole[3], i0 / a0, i1 / a1
        within[code] = (r1 - r0) * (w0 + w1) / 2
        mix += (w1 - w0) * (r0 + r1) / 2
    said = told(change())
    rise = whole[2] / whole[3] - whole[0] / whole[1]
    assert f"rose by {100 * rise:.1f} points" in said
    assert f"+{100 * sum(within.values()):.1f} points (" in said
    assert "because the rates of departments themselves rose" in said
    assert f"+{100 * mix:.1f} points because departments with a high rate grew as a part of the whole" in said
    table = every_record.departments()
    names = dict(zip(table["code"], table["name_en"], strict=True))
    most = max(within, key=lambda code: within[code])
    assert f"By their own rates, {names[most]} (+{100 * within[most]:.1f} points)" in said
    assert sum(within.values()) + mix == pytest.approx(rise, abs=1e-15)


def test_the_table_lists_every_department_and_its_last_row_is_the_sum() -> None:
    table = the_table(change())
    *groups, last = table.to_dict("records")
    assert last["name"] == "All"
    assert len(groups) == 25  # of 31: institutes have no students
    for column in ("effect", "within", "mix", "weight_before", "weight_after"):
        assert fsum(row[column] for row in groups) == pytest.approx(last[column], abs=1e-9), column
    assert last["effect"] == pytest.approx(last["rate_after"] - last["rate_before"])


def test_what_is_shared_is_named_and_can_be_shared_out() -> None:
    whole = change(indicator="research_participation")
    assert "from what has no denominator of its own (Several departments" in told(whole)
    shared = change(indicator="research_participation", counting="fractional")
    assert "Several departments" not in told(shared)
    assert the_table(shared)["effect"].iloc[-1] == pytest.approx(the_table(whole)["effect"].iloc[-1])


def test_a_number_is_split_by_contribution_and_through_its_rate() -> None:
    said = told(change(indicator="exchange_outbound"))
    assert "“Students sent on exchange” rose by 75" in said
    assert "New, with none in FY2014: " in said
    assert "Seen through “Share of domestic students sent under agreements”, +75 is +88 because" in said


def test_levels_and_departments_are_split_at_once_where_students_are_counted_by_level() -> None:
    assert "by level and department at once: +3.5 points from the rates, +0.9" in told(change(by="level"))
    assert "by level and department at once" not in told(change(indicator="international_copublication_share"))


def test_what_does_not_add_up_is_said_not_to() -> None:
    at = change(indicator="origin_countries_effective")
    (why,) = (str(one.value).replace("\\", "") for one in at.main.info)
    assert why.startswith("It cannot be split: it counts different things once")
    assert not at.main.dataframe
    assert "Whether it can be chance is not judged" in told(at)


def test_a_change_that_can_be_chance_is_no_rise() -> None:
    said = told(change(since="2024"))
    assert "shows no distinguishable change from 1 May 2024" in said
    assert "Its parts, no surer than the whole: " in said


def longest_first(names: set[str]) -> "re.Pattern[str]":
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


@pytest.mark.parametrize("reader", ["head:GENG", "head:FAC"])
def test_a_head_reads_why_the_university_is_not_split_and_no_other_department(
    reader: str, every_record: Records
) -> None:
    at = change(reader)
    assert [str(one.value)[:42] for one in at.main.info] == ["Why the university's figures moved is spli"]
    assert not [*at.main.dataframe, *at.main.get("plotly_chart")]
    own = reader.removeprefix("head:")
    rows = every_record.departments()
    mine = set(rows.loc[(rows["code"] == own) | (rows["parent_code"] == own), "name_en"])
    others = set(rows.loc[rows["code"] != "*", "name_en"]) - mine
    for by in ("department", "partner"):
        for indicator in ("international_copublication_share", "partner_institutions"):
            at = change(reader, department=own, by=by, indicator=indicator)
            offered = ("Head of", "Deputy head of")  # whose view can be taken in a demonstration
            shown = [longest_first(mine).sub("", word) for word in words(at) if not word.startswith(offered)]
            assert not [word for word in shown for name in others if name in word], by


def test_a_head_of_several_departments_sees_them_split() -> None:
    table = the_table(change("head:FAC", department="FAC"))
    assert len(table) == 11
    assert np.isclose(table["effect"].iloc[:-1].sum(), table["effect"].iloc[-1])
    assert the_table(change("head:GENG", department="GENG", by="level"))["name"].tolist() == [
        "Master's",
        "Doctoral",
        "All",
    ]


def links(at: AppTest) -> list[str]:
    return [str(one.proto.query_string) for one in at.main.get("page_link") if one.proto.page == "change"]


def test_the_page_is_reached_from_what_changed_from_a_goal_and_from_an_indicators_block() -> None:
    overview = links(go(opened("president", "en"), "overview", year="2025"))
    assert overview
    assert all("since=2024" in query and "year=2025" in query for query in overview)
    assert links(go(opened("president", "en"), "goals", year="2025", indicator=SHARE))
    assert links(go(opened("president", "en"), "targets", target="education", indicator=SHARE, department="*"))
    assert not links(go(opened("head:ENG", "en"), "overview", year="2025"))


def test_each_bar_of_a_waterfall_begins_where_the_one_before_it_ended() -> None:
    parts = [("A", "A", 0.03), ("B", "B", -0.01), ("", "Weights", 0.02)]
    chart = waterfall(Text("Share", "割合"), "share", parts, ("", "All", 0.04), better="higher")
    bars = chart.figure["data"][0]
    assert list(bars["base"]) == pytest.approx([0, 3, 2, 0])
    assert list(bars["x"]) == pytest.approx([3, -1, 2, 4])
    assert list(bars["marker"]["color"]) == [OWN, BEHIND, OWN, UNIVERSITY_LINE]
    assert chart.figure["layout"]["yaxis"]["ticktext"][1] == "B  <b>−1.0 points</b>"
    assert chart.alt == "Share: All +4.0 points, A +3.0 points, B −1.0 points, Weights +2.0 points."


def test_the_way_to_why_says_which_counting_stays() -> None:
    """Else the page adds it to its own address, and the browser's way back stops there."""
    for counting, said in (("fractional", True), ("whole", False)):
        ways = links(go(opened("president", "en"), "overview", year="2025", counting=counting))
        assert ways
        assert all((f"counting={counting}" in way) is said for way in ways), counting
