"""Frames have the promised columns and dtypes, the same on both databases."""

import gc

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, insert, make_url

from data_access.engine import as_whole, connect, prepare
from data_access.many_rows import no_search_for_cycles
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Department

COLUMNS = {
    "departments": "code parent_code name_en name_ja kind discipline opened closed position",
    "activities": "activity_id source record_id activity_type title start_date end_date lead people_count level amount "
    "currency citation_percentile language url import_id file_row",
    "activity_departments": "activity_id department share",
    "activity_partners": "activity_id partner_id",
    "activity_countries": "activity_id country",
    "activity_people": "activity_id person_id",
    "activity_sdgs": "activity_id sdg",
    "partners": "partner_id ror_id name_en name_ja country city types latitude longitude",
    "countries": "code code_3 name_en name_ja region subregion least_developed",
    "populations": "department as_of population group country count import_id file_row",
    "goals": "indicator department fiscal_year kind value path phase note_en note_ja",
    "annotations": "date text_en text_ja target",
    "rates": "currency fiscal_year jpy",
    "country_matrix": "source period country_a country_b papers",
    "references": "source indicator dimension stratum fiscal_year numerator denominator",
}
DAYS = {"opened", "closed", "start_date", "end_date", "as_of", "date"}
WHOLE_NUMBERS = {
    "activity_id",
    "partner_id",
    "person_id",
    "sdg",
    "count",
    "fiscal_year",
    "import_id",
    "file_row",
    "position",
    "papers",
}
NUMBERS = {"people_count", "amount", "citation_percentile", "share", "latitude", "longitude", "value", "jpy"}
NUMBERS |= {"numerator", "denominator"}
MAY_BE_NONE = {"parent_code", "ror_id"}


def _dtype(column: str) -> str:
    kinds = [(DAYS, "datetime64[s]"), (WHOLE_NUMBERS, "int64"), (NUMBERS, "float64"), (MAY_BE_NONE, "object")]
    return next((dtype for names, dtype in kinds if column in names), "bool" if column == "least_developed" else "str")


def _frame(reader: Records, method: str) -> pd.DataFrame:
    frame = getattr(reader, method)()
    assert isinstance(frame, pd.DataFrame)
    return frame


@pytest.mark.parametrize("method", COLUMNS)
def test_a_frame_has_the_promised_columns_and_dtypes(university: Engine, method: str) -> None:
    frame = _frame(Records(university, WHOLE_UNIVERSITY), method)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        name: _dtype(name) for name in COLUMNS[method].split()
    }


@pytest.mark.parametrize("method", COLUMNS)
def test_an_empty_frame_has_the_same_columns_and_dtypes(university: Engine, method: str) -> None:
    full = _frame(Records(university, WHOLE_UNIVERSITY), method)
    pd.testing.assert_frame_equal(_frame(Records(university), method), full.iloc[:0])


@pytest.mark.parametrize("method", [*COLUMNS, "import_remarks", "imports", "affiliation_patterns"])
def test_both_databases_give_the_same_frame_in_the_same_order(
    both_universities: tuple[Engine, Engine], method: str
) -> None:
    first, second = (_frame(Records(engine, WHOLE_UNIVERSITY), method) for engine in both_universities)
    assert len(first) > 0
    pd.testing.assert_frame_equal(first, second)


def test_the_order_is_the_same_in_a_database_that_sorts_like_a_dictionary(postgres_url: str) -> None:
    address = make_url(postgres_url).set(database="dictionary").render_as_string(hide_password=False)
    server = connect(postgres_url).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(
            "CREATE DATABASE dictionary TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'"
        )
    engine = connect(address)
    prepare(engine)
    names = {"name_en": "", "name_ja": ""}
    with engine.begin() as connection:
        as_whole(connection)
        connection.execute(insert(Department), [{"code": code, **names} for code in ("a", "B")])
        assert connection.exec_driver_sql("SELECT 'a' < 'B'").scalar_one()
    assert list(Records(engine, WHOLE_UNIVERSITY).departments()["code"]) == ["*", "B", "a"]
    engine.dispose()
    server.dispose()


def test_python_searches_for_cycles_again_after_rows_were_made() -> None:
    with no_search_for_cycles():
        was_on = gc.isenabled()
    with pytest.raises(ValueError, match="broken off"), no_search_for_cycles():
        raise ValueError("broken off")
    assert [was_on, gc.isenabled()] == [False, True]


def test_an_activity_is_read_as_it_was_stored(university: Engine) -> None:
    first, second = Records(university, WHOLE_UNIVERSITY).activities(ids=[2, 1]).itertuples(index=False)
    assert (first.activity_id, first.title, first.lead) == (1, "Activity 1", "ENG")
    assert (first.start_date, first.end_date) == (pd.Timestamp(2025, 4, 1), pd.Timestamp(2026, 3, 31))
    assert (first.people_count, first.amount, first.citation_percentile) == (4, 1_200_000.5, 90.0)
    assert (second.level, second.url, second.currency) == ("", "", "JPY")
    assert second.end_date is pd.NaT
    assert pd.isna([second.people_count, second.amount, second.citation_percentile]).all()


def test_what_has_no_value_is_none_where_text_may_be_missing(university: Engine) -> None:
    reader = Records(university, WHOLE_UNIVERSITY)
    assert reader.departments().set_index("code")["parent_code"].to_dict() == {
        "*": None,
        "ENG": "*",
        "ENG-M": "ENG",
        "SCI": "*",
    }
    assert list(reader.partners()["ror_id"]) == ["https://ror.org/03vek6s52", None]


def test_fewer_columns_come_in_the_order_that_was_asked_for(university: Engine) -> None:
    frame = Records(university, WHOLE_UNIVERSITY).activities(columns=("title", "activity_id"))
    assert list(frame.columns) == ["title", "activity_id"]


def test_more_ids_than_a_statement_takes_are_read_in_parts(university: Engine) -> None:
    reader = Records(university, WHOLE_UNIVERSITY)
    assert list(reader.activities(ids=range(-100_000, 3))["activity_id"]) == [1, 2]
    assert len(reader.activities(ids=[])) == 0
    assert list(reader.activity_departments(ids=np.array([3, 3]))["department"]) == ["ENG", "SCI"]


def test_a_table_without_numbers_cannot_be_asked_for_ids(university: Engine) -> None:
    with pytest.raises(LookupError, match="Department is not numbered"):
        Records(university, WHOLE_UNIVERSITY).read(Department, ids=[1])


@pytest.mark.parametrize(
    ("department", "below"),
    [("*", {"*", "ENG", "ENG-M", "SCI"}), ("ENG", {"ENG", "ENG-M"}), ("ENG-M", {"ENG-M"}), ("SCI", {"SCI"})],
)
def test_a_subtree_is_the_department_and_everything_below_it(
    university: Engine, department: str, below: set[str]
) -> None:
    assert Records(university, WHOLE_UNIVERSITY).subtree(department) == below


def test_a_subtree_of_an_unknown_department_names_those_that_there_are(university: Engine) -> None:
    with pytest.raises(LookupError, match=r"no department 'LAW' here; there are \*, ENG, ENG-M, SCI"):
        Records(university, WHOLE_UNIVERSITY).subtree("LAW")


def test_a_subtree_of_departments_in_a_circle_ends(engine: Engine) -> None:
    row = {"name_en": "", "name_ja": ""}
    with engine.begin() as connection:
        as_whole(connection)
        connection.execute(insert(Department), [{"code": "A", "parent_code": None, **row}])
        connection.execute(insert(Department), [{"code": "B", "parent_code": "A", **row}])
        connection.exec_driver_sql("UPDATE departments SET parent_code = 'B' WHERE code = 'A'")
    assert Records(engine, WHOLE_UNIVERSITY).subtree("A") == {"A", "B"}


def test_the_state_of_a_new_database(engine: Engine) -> None:
    reader = Records(engine, WHOLE_UNIVERSITY)
    assert reader.data_version() == 0
    assert not reader.is_demonstration()
    with engine.begin() as connection:
        as_whole(connection)
        connection.exec_driver_sql("UPDATE state SET value = 'yes' WHERE name = 'demonstration'")
        connection.exec_driver_sql("UPDATE state SET value = '12' WHERE name = 'data_version'")
    assert reader.data_version() == 12
    assert reader.is_demonstration()


def test_frames_of_one_moment_agree_whatever_is_stored_meanwhile(postgres_url: str) -> None:
    """SQLite without WAL makes the writer wait; PostgreSQL lets it store, and the reader still sees the old state."""
    engine = connect(postgres_url)
    prepare(engine)
    with Records(engine, WHOLE_UNIVERSITY).at_one_moment() as then:
        assert then.data_version() == 0
        with engine.begin() as connection:
            as_whole(connection)
            connection.exec_driver_sql("UPDATE state SET value = '1' WHERE name = 'data_version'")
        assert then.data_version() == 0
    assert Records(engine, WHOLE_UNIVERSITY).data_version() == 1
    engine.dispose()
