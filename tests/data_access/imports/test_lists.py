"""Cells that hold lists: what is separated by anything but ; is refused, never stored as one."""

import pytest
from sqlalchemy import Engine

from data_access.tables import ActivityPartner, Partner, Person
from tests.data_access.imports.conftest import ACTIVITY, Give, stored

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # reading a cell asks no database

MILAN, HOME = "https://ror.org/00wjc7c48", "https://ror.org/01dq60k83"
SEVERAL = [
    "Harvard University @ US；Technical University of Munich @ DE",
    "Harvard University @ US, Technical University of Munich @ DE",
    "Harvard University @ US、Technical University of Munich @ DE",
    "Harvard University @ US\nTechnical University of Munich @ DE",
    "Harvard University @US,Technical University of Munich @ DE",
    "Harvard University ＠ US, Technical University of Munich @ DE",
    "Harvard University @ United States, Technical University of Munich @ DE",
    "Harvard University、Technical University of Munich @ DE",
    "Harvard University @ US；",
    f"{MILAN}, {HOME}",
    f"{MILAN},{HOME}",
    f"{MILAN} {HOME}",
    "00wjc7c48, 01dq60k83",
    f"{MILAN}, Harvard University @ US",
    f"{MILAN} @ IT",
    f"{MILAN} (University of Milan)",
]


@pytest.mark.parametrize("cell", SEVERAL)
def test_partners_that_no_semicolon_divides_are_refused(cell: str, give: Give) -> None:
    (error,) = give("activities", {**ACTIVITY, "partners": cell}).remarks
    assert (error.severity, error.row, error.column) == ("error", 2, "partners")
    assert "Partners are separated by ;, and a ROR id stands alone." in error.message.en
    assert "半角の ; で区切り" in error.message.ja


@pytest.mark.parametrize(
    "name", ["University of California, Berkeley", "Lab@MIT", "@cosme", "Smith, Kline & Co., Ltd.", "3M (Data@Home)"]
)
def test_a_comma_and_an_at_sign_may_be_part_of_a_name(name: str, university: Engine, give: Give) -> None:
    report = give("activities", {**ACTIVITY, "partners": f"{name} @ US;{MILAN}"})
    assert {remark.severity for remark in report.remarks} <= {"notice"}  # it is not a name of the registry
    assert len(stored(university, ActivityPartner)) == 2


def test_a_partner_without_a_name_is_told_so(give: Give) -> None:
    (error,) = give("activities", {**ACTIVITY, "partners": "@ US"}).remarks
    assert "has no name before the @" in error.message.en
    assert "@ DE" not in error.message.en


def test_a_full_width_at_sign_is_told_the_right_one(university: Engine, give: Give) -> None:
    (error,) = give("activities", {**ACTIVITY, "partners": "Atelier Inconnu ＠ FR"}).remarks
    assert "Atelier Inconnu @ FR." in error.message.en
    assert stored(university, Partner) == []


@pytest.mark.parametrize(
    ("column", "cell", "write"),
    [
        ("departments", "ENG；SCI", "ENG;SCI"),
        ("departments", "ENG:0.6, SCI:0.4", "ENG:0.6;SCI:0.4"),
        ("departments", "ENG\nSCI", "ENG;SCI"),
        ("countries", "DE、FR", "DE;FR"),
        ("sdgs", "3，13", "3;13"),
    ],
)
def test_codes_that_no_semicolon_divides_are_told_how_to_be_written(
    column: str, cell: str, write: str, give: Give
) -> None:
    (error,) = give("activities", {**ACTIVITY, column: cell}).remarks
    assert f"is not separated by ;. Write {write}." in error.message.en


@pytest.mark.parametrize(
    "person", ["#N/A", "N/A", "n/a", "NA", "none", "NULL", "0", "000", "-", "--", "_", "なし", "不明", "該当なし"]
)
def test_what_stands_for_nobody_is_no_person(person: str, university: Engine, give: Give) -> None:
    (error,) = give("activities", {**ACTIVITY, "people": f"p1;{person}"}).remarks
    assert (error.row, error.column, error.value) == (2, "people", "p…")
    assert "Entry 2 of the list stands for nobody" in error.message.en
    assert stored(university, Person) == []


@pytest.mark.parametrize("cell", ["p1,p2", "p1、p2", "p1\np2", "Yamada, Taro"])
def test_ids_that_no_semicolon_divides_are_refused_and_not_repeated(cell: str, give: Give) -> None:
    (error,) = give("activities", {**ACTIVITY, "people": cell}).remarks
    assert (error.column, error.value) == ("people", f"{cell[0]}…")
    assert "ids that are not separated by ;" in error.message.en
    assert cell not in error.message.en


def test_ids_that_hold_a_digit_are_persons(university: Engine, give: Give) -> None:
    assert give("activities", {**ACTIVITY, "people": "007;a;0x1f;NA1;p-1"}).remarks == ()
    assert len(stored(university, Person)) == 5
