"""What pages share: filters in the address, words in both languages, charts that follow the theme, safe downloads."""

import io
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from data_access.files.formula_text import unescaped
from pages.parts import code_names, data, tables
from pages.parts.charts.chart import from_zero
from pages.parts.charts.notes import note_labels, notes_in
from pages.parts.charts.sides import point_sides, sides, start_side
from pages.parts.charts.trend import Line, spark, trend
from pages.parts.charts.world import WITHOUT_OUTLINE
from pages.parts.frame import PAGES
from pages.parts.language import literal
from tests.pages.reading import as_demonstration
from tests.prepared import prepare_file
from vocabulary.text import LANGUAGES, Text

HOME = Path(__file__).parents[2]
Script = Callable[[], None]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty store, in demonstration mode."""
    url = as_demonstration(prepare_file(tmp_path / "monitor.db"))
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    return url


def opened(script: Script, **address: str | list[str]) -> AppTest:
    at = AppTest.from_function(script, default_timeout=30)
    for key, value in address.items():
        at.query_params[key] = value
    return run(at)


def run(moved: AppTest | Widget) -> AppTest:
    at = moved.run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    return str(at.text[-1].value)


# Filters


def filtered_page() -> None:
    import streamlit as st

    from pages.parts import filters
    from vocabulary.text import Text

    page = st.session_state.get("on", "goals")
    filters.begin(page)
    units = {"ENG": Text("Engineering", "工学部"), "SCI": Text("Science", "理学部"), "TWIN": Text("Science", "理学部")}
    levels = {"master": Text("Master", "修士"), "doctoral": Text("Doctoral", "博士")}
    department = filters.choose("department", Text("Department", "部局"), units, st.session_state.get("first"))
    rule = {"whole": Text("Whole", "全数"), "lead": Text("Lead", "主担当")}
    counting = filters.choose("counting", Text("Counting", "数え方"), rule, style="buttons")
    chosen = filters.choose_many("level", Text("Level", "段階"), levels)
    years = filters.choose_years("years", Text("Years", "期間"), range(2014, 2026))
    filters.write_address()
    st.text(f"{department} {counting} {','.join(chosen)} {years[0]}-{years[1]}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_opens_the_same_view_in_either_language(language: str) -> None:
    at = opened(
        filtered_page,
        department="SCI",
        counting="lead",
        level=["master", "doctoral"],
        years="2016-2018",
        language=language,
    )
    assert said(at) == "SCI lead master,doctoral 2016-2018"


def test_a_bare_address_shows_the_defaults_and_stays_bare() -> None:
    at = opened(filtered_page)
    assert said(at) == "ENG whole  2014-2025"
    assert not at.query_params


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("department", "LAW"),
        ("department", "Science"),
        ("department", ""),
        ("counting", "Lead"),
        ("level", "bachelor"),
        ("years", "1800-2020"),
        ("years", "2018-2016"),
        ("years", "2016"),
        ("years", "٢٠١٦-٢٠١٨"),
    ],
)
def test_a_code_that_does_not_exist_is_ignored_and_leaves_the_address(key: str, code: str) -> None:
    at = opened(filtered_page, **{key: code}, other="1")
    assert said(at) == "ENG whole  2014-2025"
    assert at.query_params == {"other": "1"}


def test_what_the_reader_moves_is_written_into_the_address_as_a_code() -> None:
    at = opened(filtered_page, language="ja")
    run(at.selectbox[0].set_value("SCI"))
    run(at.multiselect[0].set_value(["doctoral"]))
    run(at.select_slider[0].set_value((2020, 2022)))
    assert said(at) == "SCI whole doctoral 2020-2022"
    assert at.query_params == {"department": "SCI", "level": "doctoral", "years": "2020-2022", "language": "ja"}


def test_what_the_reader_moves_wins_over_the_address_that_opened_the_page() -> None:
    at = opened(filtered_page, department="SCI")
    run(at.selectbox[0].set_value("ENG"))
    assert said(at).startswith("ENG")
    run(at)
    assert said(at).startswith("ENG")


def test_moving_one_filter_leaves_those_that_came_by_the_address() -> None:
    at = opened(filtered_page, years="2016-2018", department="SCI")
    run(at.multiselect[0].set_value(["master"]))
    assert said(at) == "SCI whole master 2016-2018"


def test_a_link_to_the_page_one_is_on_wins_over_the_session() -> None:
    at = opened(filtered_page)
    run(at.selectbox[0].set_value("SCI"))
    at.query_params["department"] = "TWIN"
    assert said(run(at)).startswith("TWIN")
    assert at.selectbox[0].value == "TWIN"


def test_a_filter_holds_on_the_next_page_and_its_address_says_so() -> None:
    at = opened(filtered_page)
    run(at.selectbox[0].set_value("SCI"))
    at.session_state["on"] = "targets"
    at.query_params.clear()
    assert said(run(at)).startswith("SCI")
    assert at.query_params == {"department": "SCI"}


def test_the_default_of_one_page_is_no_choice_on_the_next() -> None:
    at = opened(filtered_page)
    assert said(at).startswith("ENG")
    at.session_state["on"] = "targets"
    at.session_state["first"] = "SCI"
    assert said(run(at)).startswith("SCI")
    assert not at.query_params


def test_going_back_to_the_bare_address_of_a_page_shows_its_defaults() -> None:
    at = opened(filtered_page)
    run(at.selectbox[0].set_value("SCI"))
    at.query_params.clear()
    assert said(run(at)).startswith("ENG")


def test_two_options_of_one_name_are_told_apart_by_their_codes() -> None:
    at = opened(filtered_page)
    assert at.selectbox[0].options == ["Engineering", "Science (SCI)", "Science (TWIN)"]


def test_nothing_to_choose_from_is_an_error_that_names_the_filter() -> None:
    from pages.parts import filters

    with pytest.raises(ValueError, match="'department' has no options"):
        filters.choose("department", Text("Department", "部局"), {})


# Language


def test_the_language_of_the_address_holds_for_the_session() -> None:
    at = opened(language_page, language="ja")
    at.query_params.clear()
    assert said(run(at)) == "ja"


@pytest.mark.parametrize(("locale", "language"), [("ja-JP", "ja"), ("ja", "ja"), ("en-GB", "en"), ("fr", "en")])
def test_without_a_choice_the_browser_decides(locale: str, language: str) -> None:
    at = AppTest.from_function(language_page, default_timeout=30)
    at.context["locale"] = locale
    assert said(run(at)) == language


def test_a_language_that_does_not_exist_is_ignored() -> None:
    assert said(opened(language_page, language="xx")) == "en"


def language_page() -> None:
    import streamlit as st

    from pages.parts.language import current_language

    st.text(current_language())


def test_words_from_data_carry_no_markdown() -> None:
    assert literal("![x](http://evil/x.png) :red[a] *b*\n# c") == (
        r"\!\[x\]\(http\:\/\/evil\/x\.png\) \:red\[a\] \*b\* \# c".replace(r"\/", "/")
    )


# Charts


def charts_page() -> None:
    import pandas as pd
    import streamlit as st

    from pages.parts import charts
    from vocabulary.text import Text

    name = Text("International students", "外国人留学生")
    trend = pd.DataFrame({"fiscal_year": [2014, 2015, 2023], "value": [0.087, float("nan"), 0.118]})
    trend = trend.assign(low=trend["value"] - 0.01, high=trend["value"] + 0.01)
    path = pd.DataFrame({"fiscal_year": [2014, 2030], "value": [0.087, 0.2], "kind": ["baseline", "target"]})
    note = {"date": [pd.Timestamp("2021-03-31")], "text_en": ["<b>Borders</b>"], "text_ja": ["国境"], "target": [""]}
    units = pd.DataFrame({"code": ["ENG", "SCI", "LAW"], "name": ["E", "S", "L"], "value": [0.1, 0.2, float("nan")]})
    places = [("DE", "DEU", Text("Germany", "ドイツ"), 3.0), ("VA", "VAT", Text("Holy See", "バチカン"), 1.0)]
    parts = [("w", Text("Within", "部局内"), 0.006), ("m", Text("Mix", "構成"), -0.002)]
    drawn = {
        "trend": charts.trend(name, "share", [charts.Line(rows=trend, band=True)], path=path, notes=pd.DataFrame(note)),
        "spark": charts.spark(name, "share", trend, path=path),
        "dots": charts.dots(name, "share", units, university=0.15, own="ENG"),
        "strip": charts.strip(name, "share", [0.1, 0.2], own=0.1, own_name=Text("E", "工"), university=0.15),
        "bars": charts.bars(name, "persons", [("CN", Text("China", "中国"), 1012.0)]),
        "waterfall": charts.waterfall(name, "share", parts, ("t", Text("Total", "合計"), 0.004), better="higher"),
        "bubbles": charts.world_map(name, "count", places),
        "areas": charts.world_map(name, "count", places, style="areas"),
        "empty": charts.world_map(name, "count", []),
    }
    for key, chart in drawn.items():
        charts.draw(chart, key=key)
    st.text("; ".join(f"{key} {','.join(chart.left_out)}" for key, chart in drawn.items() if chart.left_out))


def specs(at: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def alts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("plotly_chart")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_name_slots_of_the_theme_and_never_a_colour(language: str) -> None:
    found = set()
    for chart in opened(charts_page, language=language).get("plotly_chart"):
        found |= set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)", chart.proto.spec))
    assert found - {"rgba(0,0,0,0)"} <= {f"#0000{slot:02}" for slot in range(1, 41)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_fills_every_slot_in_light_and_in_dark(theme: str) -> None:
    colours = tomllib.loads((HOME / ".streamlit/config.toml").read_text())["theme"][theme]
    for slots in ("chartCategoricalColors", "chartSequentialColors", "chartDivergingColors"):
        assert len(set(colours[slots])) == 10
        assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours[slots])


def test_a_trend_is_told_in_a_sentence() -> None:
    assert alts(opened(charts_page, language="en"))[0] == (
        "International students: 8.7 % in FY2014, 11.8 % (95 % interval 10.8 % to 12.8 %) in FY2023; goal 20.0 % "
        "by FY2030. Shaded: 95 % interval."
    )
    assert alts(opened(charts_page, language="ja"))[0] == (
        "外国人留学生は2014年度に8.7%、2023年度に11.8%（95%信頼区間10.8%〜12.8%）、最終目標は2030年度に20.0%。"
        " 網掛けは95%信頼区間。"
    )


def test_a_trend_shows_its_interval_behind_the_line_and_where_a_reader_points() -> None:
    spec = specs(opened(charts_page, language="en"))[0]["data"]
    bands = [trace for trace in spec if trace.get("fill") == "toself"]
    assert [band["x"] for band in bands] == [[2014, 2014], [2023, 2023]], "no area over a year without a value"
    assert [round(y, 3) for band in bands for y in band["y"]] == [7.7, 9.7, 10.8, 12.8]
    assert all(band["fillcolor"] in {f"#0000{slot:02}" for slot in range(1, 41)} for band in bands)
    line = next(trace for trace in spec if "text" in trace)
    assert line["hovertext"][2] == "FY2023<br>11.8 %<br>95 % interval 10.8 % to 12.8 %"
    assert spec.index(bands[-1]) < spec.index(line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_an_alt_text_of_its_own(language: str) -> None:
    words = alts(opened(charts_page, language=language))
    assert all(words)
    assert words[2] != words[3]


def test_a_year_without_a_value_is_a_gap_and_not_nothing() -> None:
    line = next(
        trace for trace in specs(opened(charts_page))[0]["data"] if trace.get("name") is None and "text" in trace
    )
    assert line["y"] == [pytest.approx(8.7), None, pytest.approx(11.8)]


def test_markup_in_data_is_shown_and_not_carried_out() -> None:
    at = opened(charts_page, language="en")
    label = next(one for one in specs(at)[0]["layout"]["annotations"] if one["text"] == "①")
    assert label["hovertext"] == "① 2021-03 &lt;b&gt;Borders&lt;/b&gt;"
    assert "\\<b\\>Borders" in next(one.value for one in at.caption if one.value.startswith("①"))


def test_remarks_are_numbered_by_day_and_listed_below_the_chart() -> None:
    days = ["2024-11-08", "2020-04-01", "2022-10-11", "2020-07-01", "2030-01-01"]
    notes = pd.DataFrame({"date": pd.to_datetime(days), "text_en": [*"dacbe"], "text_ja": [*"えあういお"]})
    found = notes_in(notes, range(2014, 2026))
    assert [note.line for note in found] == ["① 2020-04 a", "② 2020-07 b", "③ 2022-10 c", "④ 2024-11 d"]
    assert [(one["text"], one["x"]) for one in note_labels(found)] == [("①②", 2020), ("③", 2022), ("④", 2024)]


@pytest.mark.parametrize(
    ("values", "zero"),
    [([0.09, 0.13], True), ([8.1, 10.0], False), ([8.0, 10.0], True), ([0.0, 3.0], True), ([], True)],
)
def test_an_axis_starts_at_zero_unless_the_values_lie_within_a_fifth_of_their_level(
    values: list[float], zero: bool
) -> None:
    assert from_zero(values) is zero
    rows = pd.DataFrame({"fiscal_year": range(2014, 2014 + len(values)), "value": values}, dtype=float)
    chart = trend(Text("Papers", "論文"), "count", [Line(rows=rows)])
    assert chart.figure["layout"]["yaxis"]["rangemode"] == ("tozero" if zero else "normal")
    assert ("does not start at zero" in chart.alt) is not zero
    assert chart.below == (() if zero else ("The axis does not start at zero.",))


@pytest.mark.parametrize(("last", "side"), [(0.131, "top left"), (0.120, "bottom right")])
def test_the_last_value_is_written_off_the_goals_path(last: float, side: str) -> None:
    rows = pd.DataFrame({"fiscal_year": [2021, 2025], "value": [0.116, last]})
    goal = pd.DataFrame({"fiscal_year": [2021, 2025, 2030], "value": [0.116, 0.129, 0.194]})
    assert sides([rows], goal) == [(None, side)]
    away = "bottom right" if side == "top left" else "top left"
    assert point_sides(goal, [rows]) == ["bottom right", away, "top left"]


@pytest.mark.parametrize(
    ("kind", "label", "told"),
    [
        ("milestone", "Milestone<br>\u00a0FY2027 4.5 %", "milestone 4.5 % by FY2027"),
        ("target", "Goal FY2027<br>\u00a04.5 %", "goal 4.5 % by FY2027"),
    ],
)
def test_only_the_last_point_of_a_goal_is_called_the_goal(kind: str, label: str, told: str) -> None:
    rows = pd.DataFrame({"fiscal_year": [2021, 2025], "value": [0.018, 0.025]})
    path = pd.DataFrame({"fiscal_year": [2021, 2027], "value": [0.02, 0.045], "kind": ["baseline", kind]})
    chart = trend(Text("Participation", "参加"), "share", [Line(rows=rows)], path=path)
    goal = chart.figure["data"][-1]
    assert goal["text"][-1] == f"\u00a0{label}"
    assert goal["hovertext"][0] == "Baseline FY2021<br>2.0 %"
    assert chart.alt.endswith(f"; {told}.")


def test_the_first_of_two_lines_values_is_written_off_its_line() -> None:
    """A line from 20 up to 30, one at 8: the 20 is written below; from 10, beside the other, above all the same."""
    flat = pd.DataFrame({"fiscal_year": [2014, 2015], "value": [8.0, 8.0]})
    rising = flat.assign(value=[20.0, 30.0])
    assert sides([rising, flat], None) == [("bottom right", "top right"), ("bottom right", "bottom right")]
    assert sides([flat.assign(value=[10.0, 30.0]), flat], None)[0] == ("top right", "top right")


@pytest.mark.parametrize(
    ("values", "side"),
    [
        ([20.0, 22.0, 25.0, 30.0], "bottom right"),  # rises
        ([0.1, 0.3, 0.4, 0.5, 4.0], "top right"),  # at the bottom, and stays there: the axis' words are below
        ([0.1, 3.0, 3.5, 4.0], "bottom right"),  # at the bottom, and rises at once
        ([30.0, 22.0, 25.0, 20.0], "top right"),  # falls
        ([5.0], "top right"),
        ([], "top right"),
    ],
)
def test_the_first_value_of_a_line_alone_is_written_off_it_and_off_the_axis(values: list[float], side: str) -> None:
    assert start_side(values) == side


def test_a_small_trend_writes_its_first_value_left_of_its_line_and_no_other() -> None:
    rows = pd.DataFrame({"fiscal_year": [2021, 2022, 2023], "value": [float("nan"), 2.0, 9.0]})
    (line,) = spark(Text("Papers", "論文"), "count", rows).figure["data"]
    assert line["text"] == ["", "\u00a02", ""]
    assert line["textposition"][1] == "middle left"


def test_a_remark_of_31_march_stands_in_the_fiscal_year_that_ends() -> None:
    assert specs(opened(charts_page))[0]["layout"]["shapes"][0]["x0"] == 2020


def test_what_a_chart_could_not_draw_is_given_back() -> None:
    assert said(opened(charts_page)) == "dots LAW; bubbles VA; areas VA"


def test_maps_take_their_outlines_from_the_monitor() -> None:
    settings = [json.loads(chart.proto.config) for chart in opened(charts_page).get("plotly_chart")]
    assert {setting["topojsonURL"] for setting in settings if "topojsonURL" in setting} == {"/app/static/topojson/"}


def test_the_countries_said_to_have_no_outline_are_those_without_one() -> None:
    outlines = json.loads((HOME / "static/topojson/world_50m.json").read_text())
    drawn = {shape["id"] for shape in outlines["objects"]["countries"]["geometries"]}
    assert not drawn & WITHOUT_OUTLINE
    assert {"SGP", "HKG", "MAC", "BHR", "MLT", "MDV", "DEU"} <= drawn


# Tables

TRIGGERS = ["=1+1", "+1+1", "-x", "@x", "\tx", "\rx", "＝1+1", "a;=1"]


@pytest.mark.parametrize("text", TRIGGERS)
def test_text_that_looks_like_a_formula_is_escaped(text: str) -> None:
    frame = pd.DataFrame({text: [text, "x"], "number": [-1.5, 2.0]})
    sheet = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(frame))).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert all("'" in str(value) for value in (cells[0][0], cells[1][0]))
    assert cells[1][1] == -1.5
    lines = tables.as_csv(frame).decode("utf-8-sig").split("\r\n")
    assert "-1.5" in lines[-3] or "-1.5" in lines[1]
    back = pd.read_csv(io.BytesIO(tables.as_csv(frame)))
    assert unescaped(str(back.iloc[0, 0])) == text


def test_a_file_has_whole_numbers_without_a_point_and_days_without_a_time() -> None:
    days = [pd.Timestamp("2025-04-01"), pd.NaT]
    frame = pd.DataFrame({"n": [3.0, float("nan")], "part": [1.0, 0.5], "rate": [1.0, 0.5], "day": days})
    kinds: dict[str, tables.Kind] = {"n": "count", "part": "count", "rate": "share", "day": "date"}
    written = pd.DataFrame({name: tables._as_written(frame[name], kind) for name, kind in kinds.items()})
    lines = tables.as_csv(written).decode("utf-8-sig").split("\r\n")
    assert lines[1:3] == ["3,1,1.0,2025-04-01", ",0.5,0.5,"]
    sheet = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(written))).active
    assert sheet is not None
    assert sheet["D2"].number_format.upper() == "YYYY-MM-DD"


@pytest.mark.parametrize("value", [2225 / 17000, 0.1 + 0.2, 0.3, 1e-7, 1234567.25, 5e-324])
def test_a_number_in_a_file_is_written_in_the_fewest_digits_that_give_it_back(value: float) -> None:
    frame = pd.DataFrame({"share": [value]})
    assert tables.as_csv(frame).decode("utf-8-sig").split("\r\n")[1] == repr(value)
    sheet = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(frame))).active
    assert sheet is not None
    assert sheet["A2"].value == value
    assert sheet["A2"].data_type == "n"


@pytest.mark.usefixtures("demonstration")
def test_a_file_has_names_beside_its_codes_in_the_language_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "department_names", lambda: {"ENG": Text("School of Engineering", "工学部")})
    rows = pd.DataFrame({"indicator": ["international_student_share"], "department": ["ENG"], "status": ["suppressed"]})
    columns = {name: tables.Column(name=Text(name, name)) for name in rows.columns}
    assert list(code_names.with_names(columns)) == [
        *("indicator", "indicator_name", "department", "department_name", "status", "status_name"),
    ]
    beside = code_names.names_beside(columns)
    told = {name: words[rows[code][0]] for name, (code, words) in beside.items()}
    assert (told["indicator_name"], told["department_name"]) == ("International students", "School of Engineering")
    assert told["status_name"]


def test_a_file_of_columns_is_that_of_their_frame() -> None:
    columns: tables.Rows = {
        "code": ["a", "b"],
        "year": [2024, 2025],
        "n": [3.0, float("nan")],
        "none": [float("nan")] * 2,
    }
    kinds: dict[str, tables.Kind] = {"code": "text", "year": "year", "n": "count", "none": "share"}

    def file(rows: tables.Rows) -> pd.DataFrame:
        names = {"name": ("code", {"a": "A"})}
        return tables.Taking(
            rows=rows, kinds=kinds, headings=list(kinds), names=names, remarks={"filters": "x"}
        ).table()

    pd.testing.assert_frame_equal(file(columns), file(pd.DataFrame(columns)))
    assert tables.as_csv(file(columns)).decode("utf-8-sig").splitlines()[1:] == ["a,2024,3,,x", "b,2025,,,x"]


def test_what_is_seen_of_columns_is_what_is_seen_of_their_frame() -> None:
    rows: tables.Rows = {
        "share": [0.25, float("nan")],
        "status": ["behind", ""],
        "day": pd.to_datetime(["2025-04-01", "2025-05-01"]).to_numpy(),
    }
    kinds: dict[str, tables.Kind] = {"share": "share", "status": "status", "day": "date"}
    shown = {name: tables.Column(name=Text(name, name), kind=kind) for name, kind in kinds.items()}
    assert tables._seen(rows, shown) == tables._seen(pd.DataFrame(rows), shown)
    assert tables._seen(rows, shown)["share"].to_pylist() == [25.0, None]


def test_a_control_character_does_not_break_the_workbook() -> None:
    assert tables.as_xlsx(pd.DataFrame({"a": ["x\x0by"]}))


def test_csv_opens_in_excel_in_japanese() -> None:
    assert tables.as_csv(pd.DataFrame({"部局": ["工学部"]})).startswith(b"\xef\xbb\xbf")


# Pages


@pytest.mark.parametrize("code", PAGES)
def test_every_page_lies_one_folder_deep(code: str) -> None:
    assert re.fullmatch(r"pages/\w+/\w+\.py", PAGES[code].path)
    assert (HOME / PAGES[code].path).is_file()
