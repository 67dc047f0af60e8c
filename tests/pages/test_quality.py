"""The page of quality and the marks elsewhere: every reader gets what concerns them, and the way to mend it."""

import io
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Person
from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.quality.as_imported import activities_as_imported, headcounts_as_imported
from metrics.quality.completeness import Completeness
from metrics.quality.holdings import Holdings
from metrics.quality.registry import CHECKS, Touched, findings, within
from pages.parts import data
from pages.parts.one_run import one_run
from pages.parts.quality import kept, mending
from pages.parts.quality.asked import Asked
from pages.parts.quality.marks import INCOMPLETE
from pages.parts.reading import NO_BREAK
from pages.parts.standing import SIGN
from pages.parts.tables import as_csv
from tests.pages.reading import fresh, go, opened, words
from vocabulary.text import LANGUAGES, Language, Text

pytestmark = pytest.mark.usefixtures("demonstration")

HEAD = "head:GENG"
YEAR = 2025


@pytest.fixture(scope="module")
def held(whole_ledger: Ledger, every_record: Records) -> Holdings:
    return Holdings(whole_ledger, every_record.activities())


@pytest.fixture(scope="module")
def found(held: Holdings) -> pd.DataFrame:
    return findings(held)


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.info, at.subheader)
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def counts(at: AppTest) -> dict[str, int]:
    """What the table of checks says each finds."""
    table = next(one.value for one in at.dataframe if "touched" in one.value.columns)
    return dict(zip(table["name"], table["n"].astype(int), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_office_reads_how_complete_and_what_each_check_finds(language: Language, found: pd.DataFrame) -> None:
    at = fresh("office", language, "quality", year="2025")
    expected = found[found["fiscal_year"] == YEAR]["check"].value_counts()
    assert counts(at) == {CHECKS[str(key)].name.said_in(language): int(n) for key, n in expected.items()}
    papers = INDICATORS["international_copublication_share"].name.said_in(language)
    assert papers in said(at)


def test_the_answer_is_that_of_the_records(held: Holdings) -> None:
    ledger = held.ledger
    mine = held.started == YEAR
    known = mine & (ledger.countries.counts > 0)
    limits = Completeness.of(held, INDICATORS.values()).of_figure("international_copublication_share", "*", YEAR)
    assert limits is not None
    text = said(go(opened("office", "en"), "quality", department="*", year="2025"))
    assert f"Of the {mine.sum():,} records of the university that began in FY2025" in text
    assert f"{known.sum() / mine.sum():.1%}".replace("%", " %") in text
    assert f"between {limits.low:.1%} and {limits.high:.1%}".replace("%", " %") in text
    assert "28 of 31 departments have delivered what was expected of them; not all of it has come from" in text
    names = data.department_names()
    for code in ("ECO", "GLAW", "IMRAM"):
        assert names[code].en in text.split("not all of it has come from ")[1].split(".")[0]


def test_a_head_sees_findings_of_the_own_departments_alone(held: Holdings, found: pd.DataFrame) -> None:
    own = np.array([code == "GENG" for code in held.ledger.units])
    mine = found[within(found, held.ledger, own)]
    expected = {CHECKS[str(key)].name.en: int(n) for key, n in mine["check"].value_counts().items()}
    for department in ("GENG", "*", "GMED"):  # the university is shown as the own departments; others are refused
        assert counts(go(opened(HEAD, "en"), "quality", department=department, year="")) == expected, department


def test_a_head_reads_neither_records_nor_names_of_others(held: Holdings, found: pd.DataFrame) -> None:
    own = np.array([code == "GENG" for code in held.ledger.units])
    theirs = found[(found["activity"] >= 0) & ~within(found, held.ledger, own)]
    hidden = set(held.activities["record_id"].iloc[theirs["activity"]])
    for check in ("unknown_country", "without_lead", "silent_department"):
        at = go(opened(HEAD, "en"), "quality", check=check, year="")
        assert not {word for one in words(at) for word in re.findall(r"[\w-]+", one)} & hidden
        assert "Source silent for too long" not in counts(at)


def test_a_record_that_repeats_anothers_does_not_name_it(
    held: Holdings, found: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = data.readers()["head:GBME"]
    monkeypatch.setattr(data, "reader", lambda: head)
    readable = kept.readable()
    assert readable is not None
    gbme = held.ledger.departments.any_of(np.array([code == "GBME" for code in held.ledger.units]))
    assert (readable == gbme).all()
    assert not readable.all()


def test_a_check_that_is_chosen_says_its_rule_and_lists_its_rows(found: pd.DataFrame) -> None:
    at = go(opened("office", "en"), "quality", check="across_sources", year="")
    text = said(at)
    assert CHECKS["across_sources"].rule.en in text
    assert CHECKS["across_sources"].mend.en in text
    rows = next(one.value for one in at.dataframe if "wrong" in one.value.columns)
    assert len(rows) == (found["check"] == "across_sources").sum()
    assert "The same as " in rows["wrong"].iloc[0]


def test_a_row_that_is_chosen_opens_its_record(held: Holdings, found: pd.DataFrame) -> None:
    row = found[(found["check"] == "unknown_country") & (found["fiscal_year"] == YEAR)].iloc[0]
    record = held.activities.iloc[int(row["activity"])]
    at = fresh("office", "en", "quality", check="unknown_country", chosen=f"unknown_country:{row.name}")
    assert f"{record['source']}:{record['record_id']}" in said(at)


def test_the_filters_narrow_by_source_and_department(found: pd.DataFrame, held: Holdings) -> None:
    at = go(opened("office", "en"), "quality", year="", source="repository")
    rows = found[found["source"] == "repository"]
    assert sum(counts(at).values()) == len(rows)
    assert "Source silent for too long" in counts(at)
    at = go(opened("office", "en"), "quality", year="2025", source="populations")
    assert counts(at) == {"Headcount not delivered": 2}


def test_coverage_is_shown_by_source_and_by_department(held: Holdings) -> None:
    at = go(opened("office", "en"), "quality", year="", source="")
    by_source, by_department = (table.value for table in at.dataframe[-2:])
    courses = by_source[by_source["name"] == "courses"].iloc[0]
    expected = ((held.started == YEAR) & (held.activities["source"] == "courses").to_numpy()).sum()
    assert courses["2025"] == expected
    economics = by_department[by_department["name"] == "Faculty of Economics"].iloc[0]
    assert "courses" in str(economics["silent"])
    late = by_department[by_department["not_delivered"].astype(str) != ""]
    assert set(late["name"]) >= {data.department_names()[code].en for code in ("GLAW", "IMRAM")}
    assert late["not_delivered"].str.contains("FY2025").sum() == 2


def downloads_of(at: AppTest) -> dict[str, str]:
    return {str(one.proto.id).rsplit("-", 1)[-1]: one.proto.label for one in at.get("link_button")}


def test_the_file_to_correct_is_the_offices_alone() -> None:
    assert "mend:activities:csv" in downloads_of(go(opened("office", "en"), "quality", check="unknown_country"))
    at = go(opened(HEAD, "en"), "quality", check="unknown_country")
    assert not {key for key in downloads_of(at) if key.startswith("mend:activities")}
    assert "The list above says of each record what is missing and how to mend it" in said(at)
    assert any("kind=activities" in one.proto.query_string for one in at.main.get("page_link"))


def test_the_file_to_correct_has_the_readers_headings_and_says_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, held: Holdings, found: pd.DataFrame
) -> None:
    """One file for all checks of a department and year; the import reads its headings, but not the remarks."""
    made = dict[str, pd.DataFrame]()

    def links(_asked: Asked, kind: str, _name: Text, _rows: int, table: Callable[[], pd.DataFrame]) -> None:
        made[kind] = table()

    monkeypatch.setattr(mending, "_links", links)
    go(opened("office", "ja"), "quality", check="unknown_country", department="GENG", year="2025", source="")
    own = np.array([code == "GENG" for code in held.ledger.units])
    mine = found[within(found, held.ledger, own) & (found["fiscal_year"] == YEAR)]
    table = made["activities"]
    assert len(table) == mine.loc[mine["activity"] >= 0, "activity"].nunique()
    headings = {column.name_ja for column in data.FILE_KINDS["activities"].columns}
    assert set(table.columns) <= headings | {data.REMARKS.ja}
    assert (table[data.REMARKS.ja] != "").all()
    assert table[data.REMARKS.ja].str.contains(CHECKS["unknown_country"].name.ja).any()


@pytest.mark.parametrize("reader", ["office", HEAD])
def test_no_person_is_named_on_the_page(reader: str, every_record: Records) -> None:
    pseudonyms = set(every_record.read(Person)["pseudonym"])
    for check in ("without_people", "within_source"):
        shown = words(go(opened(reader, "en"), "quality", check=check, year=""))
        assert not {part for word in shown for part in re.findall(r"[\w-]+", word)} & pseudonyms


# Files to correct


def test_what_is_downloaded_to_be_corrected_imports_as_unchanged(demonstration_copy: str, held: Holdings) -> None:
    """Every 40th record and some headcounts, out as a file and in again: the store says that nothing is new."""
    engine = connect(demonstration_copy)
    prepare(engine)
    records = Records(engine, WHOLE_UNIVERSITY)
    positions = np.arange(0, len(held.activities), 40)
    links = records.activity_people(ids=held.ledger.activity_ids[positions].tolist())
    people = records.people()
    names = dict(zip(people["person_id"].tolist(), people["pseudonym"].astype(str), strict=True))
    activities = activities_as_imported(held, positions, links, names)
    headcounts = headcounts_as_imported(records.populations().iloc[::100])
    for kind, table in (("activities", activities), ("populations", headcounts)):
        read = pd.read_csv(io.BytesIO(as_csv(table)), dtype=str, keep_default_na=False, encoding="utf-8-sig")
        rows = [{str(name): str(value) for name, value in row.items()} for row in read.to_dict("records")]
        report = store_rows(engine, kind, rows, indicators={}, name=f"{kind}.csv")
        assert (report.status, report.rows_unchanged) == ("unchanged", len(table)), kind
    engine.dispose()


# Marks


def test_a_block_says_why_its_figure_is_incomplete_and_leads_to_the_findings() -> None:
    address = {"target": "research", "process": "deepening", "indicator": "international_copublication_share"}
    at = go(opened("office", "en"), "targets", department="*", year="2025", **address)
    assert "198 of 7,060 records have no known country: the value lies between 39.3 % and 42.1 %." in said(at)
    (way,) = [one.proto for one in at.main.get("page_link") if "check=unknown_country" in one.proto.query_string]
    assert way.page == "quality"


def test_tables_carry_the_sign_and_say_what_it_means() -> None:
    for page, address in (("targets", {"target": "research"}), ("department", {"department": "GENG"}), ("goals", {})):
        at = go(opened("office", "en"), page, year="2025", counting="whole", indicator="", **address)
        cells = [str(cell) for table in (*at.dataframe, *at.table) for cell in table.value.to_numpy().ravel()]
        assert any(cell.endswith(SIGN) for cell in cells), page
        assert f"{SIGN} Made of incomplete data" in said(at), page


def test_figures_of_a_part_are_not_marked() -> None:
    at = fresh("office", "en", "targets", target="research", year="2025", region="Europe")
    assert SIGN not in said(at)


def test_cards_lead_to_the_findings_with_the_reason() -> None:
    at = fresh("office", "en", "overview", year="2025")
    ways = [one.proto for one in at.main.get("page_link") if one.proto.label == INCOMPLETE.en]
    assert {way.page for way in ways} == {"quality"}
    assert any("the value lies between 39.3 % and 42.1 %" in way.help for way in ways)


def test_of_the_universitys_figures_a_head_is_told_numbers_and_no_names(
    held: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = data.readers()[HEAD]
    monkeypatch.setattr(data, "reader", lambda: head)
    every = Completeness.of(held, INDICATORS.values())
    with one_run():
        told = {cell: kept.incomplete(*cell) for cell in every.cells if cell[2] == YEAR}
    assert {department for (_, department, _), one in told.items() if one is not None} == {"*", "GENG"}
    of_persons = [one for (key, department, _), one in told.items() if department == "*" and INDICATORS[key].protected]
    assert all(one is None or one.unknown == 0 for one in of_persons)
    late = told["english_syllabus_share", "*", YEAR]
    assert late is not None
    assert late.text.en == "1 of 25 departments has delivered nothing, or far less than expected."


def test_a_head_gets_no_way_to_findings_that_are_not_the_own() -> None:
    at = fresh(HEAD, "en", "targets", department="*", target="research", year="2025")
    ways = [one.proto for one in at.main.get("page_link") if one.proto.page == "quality"]
    assert not ways
    assert SIGN in said(at)


def test_the_records_and_the_comparison_say_it_too() -> None:
    at = fresh("office", "en", "records", indicator="english_syllabus_share", department="*", year="2025")
    assert "1 of 25 departments has delivered nothing, or far less than expected." in said(at)
    at = fresh("office", "en", "comparison", indicator="international_copublication_share", year="2025")
    table = next(one.value for one in at.dataframe if "lacking" in one.value.columns)
    assert table["lacking"].str.contains("no known country").sum() > 20


def test_names_without_an_id_are_mended_on_their_own_page() -> None:
    at = fresh("office", "en", "quality", check="unmatched_partner")
    assert "partner_names" in {one.proto.page for one in at.main.get("page_link")}


def test_what_a_headcount_that_is_missing_touches_carries_the_mark(held: Holdings, found: pd.DataFrame) -> None:
    """The list of figures below a check and the signs on other pages follow one rule, also beside records of events."""
    rows = found[(found["check"] == "headcount_not_delivered") & (found["fiscal_year"] == YEAR)]
    touched = Touched(held, rows).by(CHECKS["headcount_not_delivered"], INDICATORS.values())
    every = Completeness.of(held, INDICATORS.values())
    assert "early_career_abroad_share" in touched
    for key in touched:
        told = every.of_figure(key, "*", YEAR)
        assert told is not None
        assert told.late == 1, key


def test_a_head_reads_how_many_findings_are_the_own_to_mend(held: Holdings, found: pd.DataFrame) -> None:
    own = np.array([code == "GENG" for code in held.ledger.units])
    mine = found[within(found, held.ledger, own) & (found["fiscal_year"] == YEAR)]
    departments = [set(held.ledger.departments.codes[a:b]) for a, b in zip(*_ends(held), strict=True)]
    geng = held.ledger.unit_position["GENG"]
    office = sum(
        CHECKS[check].owner == "office" or (at >= 0 and departments[at] != {geng})
        for check, at in zip(mine["check"], mine["activity"], strict=True)
    )
    at = go(opened(HEAD, "en"), "quality", department="GENG", year="2025", source="", check="unknown_country")
    assert 0 < office < len(mine)
    assert "The figures of FY2025 count " in said(at)  # beside the records that began in it
    assert f"{len(mine) - office:,} are yours to mend; {office:,} only the International Strategy Office" in said(at)
    assert "International Strategy Office" in set(at.dataframe[1].value["owner_name"])


def _ends(held: Holdings) -> tuple[list[int], list[int]]:
    starts = held.ledger.departments.starts.tolist()
    return starts[:-1], starts[1:]


def test_the_board_reads_between_which_limits_figures_lie_the_widest_first() -> None:
    at = go(opened("president", "en"), "quality", department="*", year="2025", source="")
    shown = [one.value for one in at.table if "Lowest" in one.value]
    assert [len(one) > 10 for one in shown] == [False, True]  # the widest, and all others
    rows = pd.concat(shown).rename(columns={"Lowest": "low", "Highest": "high", "Could the verdict change?": "verdict"})
    rows = rows.rename(columns={next(iter(rows)): "name"}).map(
        lambda cell: str(cell).replace(NO_BREAK, " ").replace("\\", "")
    )
    first = rows.iloc[0]
    assert first["name"] == INDICATORS["international_industry_copublication_share"].name.en
    least = rows[rows["name"] == INDICATORS["least_developed_share"].name.en].iloc[0]
    assert (least["low"], least["high"], least["verdict"]) == ("1.2 %", "4.0 %", "yes: behind, could be on track")
    assert (rows["low"] == "").to_numpy().argmax() == (rows["low"] != "").sum()  # without limits: last
