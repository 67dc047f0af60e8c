"""A published table is kept with its source, its strata are those of their dimension, a share is no more than all."""

from sqlalchemy import Engine

from data_access.records import Records
from data_access.scope import NOBODY, Scope
from data_access.tables import ReferenceRate
from tests.data_access.imports.conftest import Give, Row, stored


def row(stratum: str, numerator: float = 12, denominator: float = 100, dimension: str = "level", **more: str) -> Row:
    return {
        "indicator": "international_student_share",
        "dimension": dimension,
        "stratum": stratum,
        "fiscal_year": "2024",
        "numerator": str(numerator),
        "denominator": str(denominator),
        "source": "Ministry",
        **more,
    }


def test_a_table_is_stored_and_a_changed_row_takes_the_place_of_its_former_self(university: Engine, give: Give) -> None:
    assert give("references", row("master"), row("doctoral", 30.5)).rows_new == 2
    again = give("references", row("master", 13), row("doctoral", 30.5))
    assert (again.rows_new, again.rows_changed, again.rows_unchanged) == (0, 1, 1)
    kept = {one["stratum"]: (one["numerator"], one["denominator"]) for one in stored(university, ReferenceRate)}
    assert kept == {"master": (13.0, 100.0), "doctoral": (30.5, 100.0)}


def test_another_source_or_year_is_a_table_of_its_own(give: Give) -> None:
    others = [row("master", source="OECD"), row("master", fiscal_year="2023")]
    assert give("references", row("master"), *others).rows_new == 3
    assert give("references", row("master"), row("master")).status == "refused"


def test_fields_are_those_of_the_register_and_partners_those_of_the_vocabulary(give: Give) -> None:
    assert give("references", row("oceanography", dimension="field")).status == "stored"
    assert give("references", row("several", dimension="partner")).status == "stored"
    report = give("references", row("companies", dimension="partner"))
    (error,) = report.remarks
    assert (report.status, error.row, error.column, error.value) == ("refused", 2, "stratum", "companies")
    assert error.message.en.startswith('"companies" is not a stratum of partner. Did you mean company? Accepted: ')
    assert "は partner の区分ではありません。company でしょうか。使えるのは education" in error.message.ja


def test_more_than_all_is_refused_in_both_languages(give: Give) -> None:
    (error,) = give("references", row("master", 101)).remarks
    assert error.message.en == "101 are more than the 100 of which they are a share. Accepted: at most 100."
    assert error.message.ja == "101 が分母 100 を超えています。100 以下にしてください。"


def test_everyone_who_reads_may_see_a_published_table_and_nobody_may_not(university: Engine, give: Give) -> None:
    give("references", row("master"))
    assert len(Records(university, Scope(departments=frozenset({"ENG"}))).references()) == 1
    assert Records(university, NOBODY).references().empty
