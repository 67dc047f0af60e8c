"""The page of targets: its answer is the goals' and figures' own, for every reader, under every filter."""

import json

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.records import Records
from metrics.catalogue import INDICATORS, of_target
from metrics.catalogue.lookalikes import lookalikes_of
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from metrics.view import Selection
from pages.parts.reading import JOINER
from tests.pages.reading import go, opened
from vocabulary.activity_types import TARGETS
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

YEAR = 2025
READERS = ("president", "office", "head:IMR", "head:FAC")
UNFILTERED = {
    "department": "*",
    "year": str(YEAR),
    "counting": "whole",
    "region": "",
    "country": "",
    "level": "",
    "years": "2014-2025",
}


def seen(reader: str = "president", /, *, language: Language = "en", **address: str) -> AppTest:
    return go(opened(reader, language), "targets", **{**UNFILTERED, "indicator": "", **address})


def answer(at: AppTest) -> str:
    marks = (str(one.value) for one in at.markdown)
    return next(words for words in marks if "-badge[" not in words).replace("\\", "")


def tables(at: AppTest) -> list[pd.DataFrame]:
    """The table of each process, one indicator a row, its headings as they are read."""
    read = [frame.rename(columns=lambda name: name.strip("\u00a0")) for frame in of_processes(at)]
    return [
        frame.map(lambda cell: cell.replace("\\", "").replace("\u00a0", " ")).set_index("Indicator") for frame in read
    ]


def of_processes(at: AppTest) -> list[pd.DataFrame]:
    """The tables of the two processes, which alone have trends: others stand in the blocks of indicators."""
    return [one.value for one in at.table if {"Trend", "推移"} & {str(name).replace(JOINER, "") for name in one.value}]


def charts(at: AppTest) -> str:
    return json.dumps([json.loads(chart.proto.spec) for chart in at.get("plotly_chart")], ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", READERS)
def test_every_target_opens_for_every_reader(reader: str, language: Language) -> None:
    own = reader.partition(":")[2] or "*"
    for target, name in TARGETS.items():
        at = seen(reader, language=language, target=target, department=own)
        assert name.said_in(language) in answer(at)
        assert len(of_processes(at)) == 2


@pytest.mark.parametrize("target", TARGETS)
def test_the_answer_counts_the_goals_on_their_straight_path(
    target: str, every_record: Records, whole_ledger: Ledger
) -> None:
    """Each goal's points are joined by hand here, and compared with figures that no page has touched."""
    table = tabulate(whole_ledger, of_target(target), selection=Selection(fiscal_years=(YEAR,), departments=("*",)))
    value = table.set_index("indicator")["value"]
    goals = every_record.goals()
    goals = goals[(goals["department"] == "*") & goals["indicator"].isin(value.index)]
    on_path, count = 0, 0
    for key, points in goals.sort_values("fiscal_year").groupby("indicator"):
        path = np.interp(YEAR, points["fiscal_year"], points["value"])
        on_path, count = on_path + int(value[key] >= path - 1e-9), count + 1
    said = f"{TARGETS[target].en} in FY{YEAR}: of {count} goals, {on_path} on track and {count - on_path} behind."
    assert answer(seen(target=target)).startswith(said)


def test_the_table_shows_the_figure_with_unit_census_day_and_path(whole_ledger: Ledger) -> None:
    share = INDICATORS["international_student_share"]
    row = tabulate(whole_ledger, [share], selection=Selection(fiscal_years=(YEAR,), departments=("*",))).iloc[0]
    table = tables(seen(target="education"))[1].loc[share.name.en]
    assert (table["Value"], table["As of"]) == (f"{row['value'] * 100:.1f} %", "1 May 2025")
    assert table["Planned"] == "12.9 %"  # the milestone of FY2025 itself


def test_a_block_says_what_its_figure_rests_on(whole_ledger: Ledger) -> None:
    share = INDICATORS["international_copublication_share"]
    row = tabulate(whole_ledger, [share], selection=Selection(fiscal_years=(YEAR,), departments=("*",))).iloc[0]
    at = seen(target="research", process="deepening", indicator=share.key)
    assert len(at.get("plotly_chart")) == 2  # one block: trend and departments
    told = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert f"{row['numerator']:,.0f} of {row['denominator']:,.0f}" in told
    over_all = row["numerator"] / (row["known"] + row["unknown"])
    assert f"Over known countries {row['value']:.1%}".replace("%", " %") in told
    assert f"over all {over_all:.1%}".replace("%", " %") in told


def test_a_figure_of_some_countries_is_compared_with_no_goal() -> None:
    assert all("Status" in table for table in tables(seen(target="education")))
    part = seen(target="education", country="DE")
    assert all("Status" not in table for table in tables(part))
    assert "goals are set for all partner countries" in answer(part)
    assert " on their path" not in answer(part)


def test_what_no_filter_by_country_can_cut_is_named_and_has_no_figure() -> None:
    at = seen(target="education", region="Asia")
    told = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert "Filtered by Partners in: Asia." in told
    name = INDICATORS["international_student_share"].name.en
    assert name in told[told.index("headcounts") :]
    assert tables(at)[1].loc[name, "Value"] == "not applicable"
    both = seen(target="education", region="Asia", country="DE", level="master")
    told = " ".join(caption.value.replace("\\", "") for caption in both.caption)
    assert "Partners in: Asia or Germany" in told


def test_a_share_that_the_filter_implies_is_not_shown_as_all_of_it() -> None:
    at = seen(target="research", country="US")
    name = INDICATORS["international_copublication_share"].name.en
    assert tables(at)[0].loc[name, "Value"] == "cannot be split by partner country"
    told = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert f"Cannot be split by partner country, as every activity with such a partner would count (2): {name}" in told
    assert "100.0 %" not in set(tables(at)[0]["Value"]) | set(tables(at)[1]["Value"])


def test_papers_without_a_level_are_no_papers_of_a_level() -> None:
    at = seen(target="research", region="Europe", level="doctoral")
    assert tables(at)[0].loc[INDICATORS["publications"].name.en, "Value"] == "not applicable"
    told = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert "Not applicable by level, which the records of these" in told
    assert "furthest behind" not in told


def test_a_region_is_its_countries_but_the_home_country(every_record: Records, whole_ledger: Ledger) -> None:
    countries = every_record.countries()
    asia = frozenset(countries.loc[countries["region"] == "Asia", "code"]) - {"JP"}
    asked = Selection(fiscal_years=(YEAR,), departments=("*",), countries=asia)
    expected = tabulate(whole_ledger, [INDICATORS["publications"]], selection=asked).iloc[0]["value"]
    table = tables(seen(target="research", region="Asia"))[0]
    assert table.loc[INDICATORS["publications"].name.en, "Value"] == f"{expected:,.0f}"


def test_goals_are_not_compared_with_figures_counted_otherwise() -> None:
    at = seen(target="research", counting="lead")
    status = tables(at)[0]["Status"]
    assert status[INDICATORS["publications"].name.en] == ":gray-badge[= not compared]"
    assert "goals are set for whole counting" in answer(at)


def test_departments_have_names_for_the_president_and_none_for_a_head(every_record: Records) -> None:
    names = every_record.departments()
    others = set(names.loc[~names["code"].isin(("*", "IMR", "INST", "FAC", "GRAD")), "name_en"])

    def named(reader: str) -> set[str]:
        drawn = charts(seen(reader, target="research", process="deepening", indicator="publications"))
        return {name for name in others if name in drawn.replace("<br>", " ")}

    assert len(named("president")) > 20
    assert not named("head:IMR")


@pytest.mark.parametrize("department", ["IMR", "FAC", "LAW", "INST", "nobody"])
@pytest.mark.parametrize(
    ("level", "country", "year", "years"),
    [("", "", "2014", "2014-2025"), ("doctoral", "", "2014", "2014-2020"), ("", "DE", "2025", "2025-2025")],
)
def test_any_department_and_filter_opens(department: str, level: str, country: str, year: str, years: str) -> None:
    at = seen(target="industry", department=department, level=level, country=country, year=year, years=years)
    assert answer(at)
    assert all(isinstance(table.value, pd.DataFrame) for table in at.dataframe)


def test_what_a_head_is_not_entitled_to_is_not_opened_by_an_address() -> None:
    own = answer(seen("head:IMR", target="research", department="IMR"))
    assert answer(seen("head:IMR", target="research", department="LAW")) == own


TABLE = "table"


def order(at: AppTest) -> list[str]:
    """The kinds of what the page shows, from the top."""
    return [element.type for element in at.main if element.type in ("plotly_chart", TABLE)]


def test_an_indicator_that_the_address_names_comes_before_the_tables() -> None:
    every = order(seen(target="education"))
    assert every[:2] == [TABLE] * 2
    share = INDICATORS["international_student_share"]
    at = seen(target="education", process="deepening", indicator=share.key)  # its process is the other one
    assert order(at)[:2] == ["plotly_chart"] * 2
    assert order(at)[-2:] == [TABLE] * 2
    assert at.subheader[0].value == share.name.en
    back = next(link for link in at.get("page_link") if link.proto.label == "Back to all indicators")
    assert "indicator=&" in f"{back.proto.query_string}&"


def test_an_indicator_of_another_target_is_not_shown_alone() -> None:
    assert order(seen(target="research", indicator="international_student_share"))[0] == TABLE


def test_what_is_easily_confused_is_counted_and_shown_when_its_box_is_opened() -> None:
    key = "international_student_share"
    at = seen(target="education", indicator=key)
    (closed,) = (one for one in at.expander if one.label.startswith("Easily confused with"))
    assert not closed.table
    at.session_state[f"confused:{key}"] = True
    at.run()
    (box,) = (one for one in at.expander if one.label.startswith("Easily confused with"))
    told = {str(one.value).replace("\\", "") for one in box.markdown}
    assert told >= {family.difference.en for family in lookalikes_of(key)}
    cells = [str(name) for one in box.table for name in one.value.iloc[:, 0]]
    names = [name.replace("\u00a0", " ").replace(JOINER, "").replace("\\", "") for name in cells]
    assert names.count(f"{INDICATORS[key].name.en} (this one)") == len(lookalikes_of(key))
    assert sorted({name.removesuffix(" (this one)") for name in names}) == sorted(
        {INDICATORS[other].name.en for family in lookalikes_of(key) for other in family.keys}
    )
