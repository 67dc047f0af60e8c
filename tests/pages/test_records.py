"""The page of records: it says the figure, its list adds up to it, and nobody reads the records of others."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.records import Records
from metrics.catalogue import INDICATORS
from metrics.coverage import coverage
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from metrics.view import Counting, Selection
from tests.pages.reading import go, opened
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

YEAR = 2025
READERS = ("president", "office", "head:IMR", "head:FAC")
UNFILTERED = {
    "indicator": "",
    "department": "*",
    "year": str(YEAR),
    "part": "numerator",
    "missing": "",
    "counting": "whole",
    "region": "",
    "country": "",
    "level": "",
}
EACH_KIND = (  # one indicator of every way to count
    "publications",
    "exchange_balance",
    "industry_funding",
    "sustained_partners",
    "exchange_countries_effective",
    "society_departments_share",
    "international_student_share",
    "mixed_housing_share",
    "origin_countries_effective",
    "research_participation",
    "research_concentration",
    "newcomer_share",
)


def seen(reader: str = "president", /, *, language: Language = "en", **address: str) -> AppTest:
    return go(opened(reader, language), "records", **{**UNFILTERED, **address})


def said(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in [*at.markdown, *at.info]).replace("\\", "")


def listed(at: AppTest) -> pd.DataFrame:
    (frame,) = (one.value for one in at.dataframe)
    assert isinstance(frame, pd.DataFrame)
    return frame


def page_links(at: AppTest) -> list[Any]:
    return [link.proto for link in at.get("page_link")]


def numerator(ledger: Ledger, key: str, department: str, counting: Counting = "whole") -> float:
    asked = Selection(departments=(department,), fiscal_years=(YEAR,))
    return float(tabulate(ledger, [INDICATORS[key]], ("department",), asked, counting).iloc[0]["numerator"])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("key", EACH_KIND)
def test_every_way_to_count_opens_for_every_reader(reader: str, key: str) -> None:
    for language, part in zip(LANGUAGES, ("numerator", "denominator"), strict=True):
        at = seen(reader, language=language, indicator=key, part=part)
        assert INDICATORS[key].name.said_in(language) in said(at)
        assert at.dataframe or "閲覧" in said(at) or "may not read" in said(at) or at.info


@pytest.mark.parametrize("counting", ["whole", "fractional", "lead"])
def test_the_column_of_contributions_adds_up_to_the_figure(whole_ledger: Ledger, counting: Counting) -> None:
    at = seen(indicator="international_copublication_share", department="GENG", counting=counting)
    counted = numerator(whole_ledger, "international_copublication_share", "GENG", counting)
    assert listed(at)["counts_as"].sum() == pytest.approx(counted)
    shown = f"{counted:,.0f}" if abs(counted - round(counted)) < 0.05 else f"{counted:,.1f}"
    assert f"({shown} of " in said(at)
    assert "adds up to the numerator" in said(at)


def test_headcounts_add_up_to_the_figure_and_say_their_roll_up(whole_ledger: Ledger) -> None:
    at = seen(indicator="international_student_share")
    students = numerator(whole_ledger, "international_student_share", "*")
    assert listed(at)["count"].sum() == students
    assert "25 departments below reported" in said(at)
    assert f", {students:,.0f} together; the university itself reports none." in said(at)


def test_records_that_lack_something_are_counted_marked_and_shown_alone(every_record: Records) -> None:
    at = seen(indicator="publications", department="IMR", part="unknown")
    papers = every_record.activities(activity_type="publication")
    papers = papers[papers["start_date"].between("2025-04-01", "2026-03-31")]
    mine = every_record.activity_departments(ids=papers["activity_id"])
    ids = set(mine.loc[mine["department"] == "IMR", "activity_id"])
    known = {
        *every_record.activity_partners(ids=ids)["activity_id"],
        *every_record.activity_countries(ids=ids)["activity_id"],
    }
    assert 0 < len(listed(at)) == len(ids - known) < len(ids)
    assert f"{len(ids - known)} without a known country" in said(at)
    assert listed(at)["missing"].str.contains("country not known").all()


@pytest.mark.parametrize("counting", ["whole", "fractional"])
def test_a_rate_over_known_countries_says_what_it_leaves_out_and_lists_it(
    whole_ledger: Ledger, counting: Counting
) -> None:
    one = INDICATORS["international_copublication_share"]
    address = {"indicator": one.key, "department": "IMR", "counting": str(counting)}
    asked = Selection(departments=("IMR",), fiscal_years=(YEAR,))
    row = tabulate(whole_ledger, [one], ("department",), asked, counting).iloc[0]
    found = coverage(one, *(float(row[name]) for name in ("numerator", "denominator", "known", "unknown")))
    assert found is not None
    at = seen("president", language="en", **address)
    assert found.text.en in said(at)
    parts = next(one for one in at.segmented_control if str(one.key).startswith("part"))
    assert "Of unknown country" in parts.options
    assert not [one for one in at.segmented_control if "Country not known" in one.options]  # one way to list them
    listing = seen("president", language="en", **address, part="unknown")
    assert listed(listing)["counts_as"].sum() == pytest.approx(float(row["unknown"]))
    assert listed(listing)["missing"].str.contains("country not known").all()
    assert found.text.ja in said(seen(language="ja", **address))


def test_a_record_of_unknown_country_is_left_out_because_its_country_is_not_known(every_record: Records) -> None:
    at = seen(indicator="international_copublication_share", department="IMR", part="unknown")
    row = listed(at).iloc[0]
    whole = seen(record=f"{row['source']}:{row['record_id']}")
    (reasons,) = (one.value.replace("\\", "") for one in whole.markdown if "| Why not |" in one.value)
    assert f"| {INDICATORS['international_copublication_share'].name.en} | country not known |" in reasons
    assert "with at least one partner" not in reasons


def test_a_record_leads_a_head_to_no_profile_of_another_department(every_record: Records) -> None:
    links = every_record.activity_departments()
    shared = links[links["activity_id"].isin(links.loc[links["department"] == "IMR", "activity_id"])]
    others = shared[shared["department"] != "IMR"].iloc[0]
    record = every_record.activities(ids=[int(others["activity_id"])]).iloc[0]
    name = f"{record['source']}:{record['record_id']}"
    to_other = f"department={others['department']}"
    assert any(to_other in link.query_string for link in page_links(seen(record=name)))
    mine = [link.query_string for link in page_links(seen("head:IMR", record=name))]
    assert any("department=IMR" in one for one in mine)
    assert not any(to_other in one for one in mine)


@pytest.mark.parametrize("page", ["department", "records", "comparison", "goals", "targets", "partners", "definitions"])
def test_a_department_that_may_not_be_read_is_refused_in_words(page: str) -> None:
    address = {"department": "GENG", "indicator": "publications"}
    words = "You may not read the department Graduate School of Engineering; shown is Institute for Materials Research."
    told = [one.value.replace("\\", "") for one in go(opened("head:IMR", "en"), page, **address).info]
    assert words in told
    own = [one.value for one in go(opened("head:IMR", "en"), page, **{**address, "department": "IMR"}).info]
    everybody = [one.value for one in go(opened("president", "en"), page, **address).info]
    assert not any("may not read" in one for one in [*own, *everybody])
    japanese = [one.value for one in go(opened("head:IMR", "ja"), page, **address).info]
    assert any("の閲覧権限がないため、" in one for one in japanese)


def test_a_search_finds_titles_and_record_ids_whatever_their_width(every_record: Records) -> None:
    at = seen(indicator="publications", department="GENG")
    wanted = str(listed(at)["record_id"].iloc[0])
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in wanted.upper())
    at.main.text_input[0].set_value(wide).run()
    assert list(listed(at)["record_id"]) == [wanted]
    at.main.text_input[0].set_value("zebra").run()
    assert not at.dataframe
    assert "zebra" in said(at)
    at.main.text_input[0].set_value("").run()


def test_a_head_reads_the_own_records_of_the_university_and_how_many_there_are_of_others(
    every_record: Records, whole_ledger: Ledger
) -> None:
    at = seen("head:IMR", indicator="publications")
    papers = every_record.activities(columns=("activity_id", "record_id"), activity_type="publication")
    links = every_record.activity_departments(ids=papers["activity_id"])
    mine = set(links.loc[links["department"] == "IMR", "activity_id"])
    own = set(papers.loc[papers["activity_id"].isin(mine), "record_id"])
    assert set(listed(at)["record_id"]) <= own
    everything, shown = numerator(whole_ledger, "publications", "*"), len(listed(at))
    assert f"{everything - shown:,.0f} of the {everything:,.0f} records are of departments" in said(at)
    assert "below adds up" not in said(at)
    files = "".join(str(link.proto) for link in at.get("link_button"))
    assert "records-IMR-" in files  # and not of the university, whose list it is not
    assert "records-university-" not in files


def test_another_departments_figure_is_not_opened_by_its_address() -> None:
    seen("head:IMR", indicator="publications", department="*")
    at = seen("head:IMR", indicator="publications", department="GENG")
    assert "Graduate School of Engineering, FY2025" not in said(at)
    assert "Publications, the university, FY2025" in said(at)
    assert "Graduate School of Engineering, FY2025" in said(seen(indicator="publications", department="GENG"))


def test_a_figure_that_is_withheld_says_nothing_of_its_records(whole_ledger: Ledger) -> None:
    key = "exchange_outbound"
    asked = Selection(departments=("*",), fiscal_years=(YEAR,))
    by_country = tabulate(whole_ledger, [INDICATORS[key]], ("department", "country"), asked)
    few = by_country[by_country["numerator"].between(1, 4) & (by_country["country"] != "")]
    country = str(few["country"].iloc[0])
    hidden = seen("head:LAW", indicator=key, country=country)
    assert "withheld to protect individuals" in said(hidden)
    assert "records are of departments" not in said(hidden)
    assert "withheld" not in said(seen("president", indicator=key, country=country))


def test_how_many_records_on_persons_others_have_is_not_told(whole_ledger: Ledger) -> None:
    """Not even of a figure that is shown: 250 records of 248 persons would tell what the 248 do not."""
    records = numerator(whole_ledger, "exchange_outbound", "*")
    at = seen("head:LAW", indicator="exchange_outbound")
    assert f"FY2025: {records:,.0f}" in said(at)
    assert "How many others there are, which you may not read, is not told, to protect individuals." in said(at)
    assert "records name" not in said(at)
    everything = seen("head:LAW")  # of every kind, persons among them
    assert "records of the departments that you answer for count" in said(everything)
    assert "are of departments whose records" not in said(everything)


def test_one_record_is_shown_in_full_to_whoever_may_read_it(every_record: Records) -> None:
    links = every_record.activity_departments()
    of_law_alone = links[(links["department"] == "GLAW") & (links["share"] == 1)]["activity_id"]
    record = every_record.activities(ids=of_law_alone.head(1)).iloc[0]
    name = f"{record['source']}:{record['record_id']}"
    whole, own, foreign = (seen(who, record=name) for who in ("president", "head:GLAW", "head:IMR"))
    assert record["title"] in [one.value.replace("\\", "") for one in whole.subheader]
    assert [one.value for one in own.subheader] == [one.value for one in whole.subheader]
    assert not foreign.subheader
    assert f"There is no record {name} that you may read" in said(foreign)


@pytest.mark.parametrize("written", ["", ":", "nothing", "a:b:c:d:e:f:g", "mobility:", "*:*", "<b>:x"])
def test_an_address_that_names_no_record_says_so(written: str) -> None:
    assert "There is no record" in said(seen(record=written))


def test_a_partners_records_are_listed_alone(every_record: Records) -> None:
    partners = every_record.partners()
    links = every_record.activity_partners()
    named = partners[partners["ror_id"].notna()]["partner_id"]
    most = int(links[links["partner_id"].isin(named)]["partner_id"].value_counts().index[0])
    ids = links.loc[links["partner_id"] == most, "activity_id"]
    papers = every_record.activities(columns=("start_date", "activity_type"), ids=ids)
    papers = papers[
        (papers["activity_type"] == "publication") & papers["start_date"].between("2023-04-01", "2026-03-31")
    ]
    ror_id = str(partners.loc[partners["partner_id"] == most, "ror_id"].iloc[0])
    at = seen(indicator="publications", partner=ror_id, years="2023-2025")
    assert len(listed(at)) == len(papers)
    assert "Only those with" in said(at)


@pytest.mark.parametrize(("key", "code"), [("partner", "https://ror.org/none"), ("import", "x"), ("import", "9" * 40)])
def test_a_partner_or_import_that_is_not_there_is_left_out(key: str, code: str) -> None:
    at = go(opened("president", "en"), "records", **{**UNFILTERED, "department": "IMR", key: code})
    assert len(listed(at)) > 0


def test_the_records_of_an_import_that_brought_none_of_these_are_none() -> None:
    at = go(opened("president", "en"), "records", **{**UNFILTERED, "department": "IMR", "import": "1"})
    assert not at.dataframe
    assert "Only those that came with import 1 are listed: 0." in said(at)
