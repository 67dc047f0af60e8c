"""Names and mail addresses: what may hold one is refused, and neither told nor written down."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data_access.imports.report import MAIL_ADDRESS, holds_mail_address
from data_access.tables import ImportRemark
from tests.data_access.imports.conftest import ACTIVITY, Give, stored


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("people", "山…"),
        ("title", "山田太郎 ***@***"),
        ("partners", "山田太郎 ***@***"),
        ("url", "山田太郎 ***@***"),
        ("a_column_of_their_own", "山…"),
    ],
)
def test_a_mail_address_in_any_column_is_refused_and_never_written_down(
    column: str, shown: str, university: Engine, give: Give
) -> None:
    report = give("activities", {**ACTIVITY, column: "山田太郎 taro.yamada@example.ac.jp"})
    (error,) = [remark for remark in report.remarks if remark.severity == "error"]
    assert (error.row, error.column, error.value) == (2, column, shown)
    assert "mail address" in error.message.en
    assert "a space on either side of the @, and %40 for it in a web address" in error.message.en
    assert "taro" not in str(stored(university, ImportRemark))


def test_a_control_character_among_people_shows_no_name(give: Give) -> None:
    (error,) = give("activities", {**ACTIVITY, "people": "山田\x07太郎"}).remarks
    assert (error.column, error.value, "control character" in error.message.en) == ("people", "山…", True)


def test_a_name_among_people_is_refused_and_not_repeated(university: Engine, give: Give) -> None:
    (error,) = give("activities", {**ACTIVITY, "people": "p1;山田太郎"}).remarks
    assert (error.row, error.column, error.value) == (2, "people", "p…")
    assert "Entry 2 of the list looks like a name" in error.message.en
    assert "山田" not in str(stored(university, ImportRemark))


@given(st.text("ab1.@＠-_ é．!", max_size=12))
@example("a@b.co")
@example("Tohoku University @ JP")
def test_a_mail_address_is_seen_wherever_the_pattern_finds_one(text: str) -> None:
    assert holds_mail_address(text) == (MAIL_ADDRESS.search(text) is not None)
