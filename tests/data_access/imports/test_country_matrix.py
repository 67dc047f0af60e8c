"""A country matrix is symmetric, holds no more papers than its totals, and says in two languages what is wrong."""

import pytest
from sqlalchemy import Engine

from data_access.records import Records
from data_access.scope import NOBODY, Scope
from data_access.tables import JointPapers
from tests.data_access.imports.conftest import Give, Row, stored


def row(a: str = "", b: str = "", papers: int = 5, period: str = "2021-2025", source: str = "NSF") -> Row:
    return {"country_a": a, "country_b": b, "period": period, "papers": str(papers), "source": source}


SOUND = [row(papers=90), row("DE", papers=40), row("JP", papers=30), row("JP", "DE", 5)]


def test_a_pair_is_kept_once_in_the_order_of_its_codes_whatever_its_order_in_the_file(
    university: Engine, give: Give
) -> None:
    assert give("country_matrix", *SOUND).status == "stored"
    kept = [(r["country_a"], r["country_b"], r["papers"]) for r in stored(university, JointPapers)]
    assert kept == [("", "", 90), ("DE", "", 40), ("DE", "JP", 5), ("JP", "", 30)]
    again = give("country_matrix", row("DE", "JP", 6))
    assert (again.rows_new, again.rows_changed) == (0, 1)
    assert [r["papers"] for r in stored(university, JointPapers)] == [90, 40, 6, 30]


def test_a_pair_in_both_orders_is_refused(university: Engine, give: Give) -> None:
    report = give("country_matrix", *SOUND, row("DE", "JP", 7))
    (error,) = report.remarks
    assert (report.status, error.row, error.column) == ("refused", 6, "country_b")
    assert "Rows 5 and 6 both say source NSF, period 2021-2025, country_a DE, country_b JP" in error.message.en
    assert "5 行目と 6 行目がどちらも" in error.message.ja
    assert stored(university, JointPapers) == []


@pytest.mark.parametrize(
    ("rows", "at", "value", "en", "ja"),
    [
        (
            [*SOUND[:3], row("JP", "DE", 31)],
            5,
            "31",
            "DE and JP share 31 papers, more than the 30 that JP has (row 4). Accepted: at most 30.",
            "DE と JP の共著 31 本が、JP の論文数 30 本（4 行目）を超えています。30 以下にしてください。",
        ),
        (
            [*SOUND, row("FR", papers=91)],
            6,
            "91",
            "FR has 91 papers, more than the 90 that the world has (row 2). Accepted: at most 90.",
            "FR の論文 91 本が、世界全体の論文数 90 本（2 行目）を超えています。90 以下にしてください。",
        ),
    ],
)
def test_parts_exceed_no_whole(rows: list[Row], at: int, value: str, en: str, ja: str, give: Give) -> None:
    report = give("country_matrix", *rows)
    (error,) = report.remarks
    assert (report.status, error.row, error.column, error.value) == ("refused", at, "papers", value)
    assert tuple(error.message) == (en, ja)


def test_pairs_and_totals_are_held_against_what_is_stored(give: Give) -> None:
    assert give("country_matrix", *SOUND).status == "stored"
    (over,) = give("country_matrix", row("DE", "JP", 35)).remarks
    assert "more than the 30 that JP has (the store)" in over.message.en
    (under,) = give("country_matrix", row("JP", papers=4)).remarks
    assert (under.row, under.value) == (2, "5")
    assert "DE and JP share 5 papers, more than the 4 that JP has (row 2)" in under.message.en
    assert give("country_matrix", row("JP", papers=4), row("JP", "DE", 4)).rows_changed == 2


def test_a_country_alone_stands_first(give: Give) -> None:
    (error,) = give("country_matrix", row(papers=90), row("", "JP", 30)).remarks
    assert (error.severity, error.row, error.column) == ("error", 3, "country_a")
    assert "JP stands in country_b alone. Accepted: a country's own papers in country_a" in error.message.en


def test_another_period_and_another_source_are_matrices_of_their_own(university: Engine, give: Give) -> None:
    others = [row("DE", "JP", 50, "2020"), row("DE", "JP", 60, "2020", "OpenAlex")]
    report = give("country_matrix", *SOUND, *others)
    assert (report.status, report.rows_new) == ("stored", 6)
    assert {(r["source"], r["period"]) for r in stored(university, JointPapers)} == {
        ("NSF", "2021-2025"),
        ("NSF", "2020"),
        ("OpenAlex", "2020"),
    }


def test_countries_without_a_total_are_told_and_the_rest_is_kept(give: Give) -> None:
    report = give("country_matrix", *SOUND, row("DE", "US", 8), row("FR", "JP", 2))
    (notice,) = report.remarks
    assert (report.status, notice.severity) == ("stored", "notice")
    assert "2 countries have pairs but no row of their own (country_b empty): FR, US." in notice.message.en


def test_a_period_of_one_year_is_that_year(university: Engine, give: Give) -> None:
    assert give("country_matrix", row(papers=90, period="2025-2025")).status == "stored"
    assert stored(university, JointPapers)[0]["period"] == "2025"


def test_everyone_who_reads_may_see_the_matrix_and_nobody_may_not(university: Engine, give: Give) -> None:
    give("country_matrix", *SOUND)
    assert len(Records(university, Scope(departments=frozenset({"ENG"}))).country_matrix()) == 4
    assert Records(university, NOBODY).country_matrix().empty
