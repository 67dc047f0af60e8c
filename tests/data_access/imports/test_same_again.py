"""A list that is imported twice, under another name or as another source, is told before it is stored."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.imports import ImportReport, store_file
from data_access.imports.storing import preview_files
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS, Give, csv_text

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NO_SOURCE = {name: value for name, value in ACTIVITY.items() if name != "source"}
SECOND = {**NO_SOURCE, "record_id": "R2", "title": "Another"}


def of_the_file(report: ImportReport) -> list[str]:
    return [remark.message.en for remark in report.remarks if remark.row is None]


def test_the_same_list_under_another_name_is_told_with_the_import_and_the_source_that_have_it(give: Give) -> None:
    first = give("activities", NO_SOURCE, SECOND, name="list.csv")
    assert first.remarks[0].message.ja.startswith("情報源の記入がない 2 行")
    (told,) = of_the_file(first)
    assert 'Rows that say no source: 2. The file\'s name is used for them: "list".' in told
    twice, content, source = of_the_file(give("activities", NO_SOURCE, SECOND, name="list (final).csv"))
    assert "2 records are stored already under another source" in twice
    assert "list (2)" in twice
    assert "--set source=list" in twice
    assert f"the same content as import {first.import_id} (list.csv, 20" in content
    assert '"list (final)"' in source


def test_records_that_differ_in_title_or_departments_are_others(give: Give) -> None:
    give("activities", {**NO_SOURCE, "departments": "SCI"}, SECOND, name="a.csv")
    assert len(of_the_file(give("activities", NO_SOURCE, {**SECOND, "title": "A third"}, name="b.csv"))) == 1


def test_a_written_source_is_told_nothing_of(give: Give) -> None:
    assert give("activities", ACTIVITY).remarks == ()


def test_a_preview_tells_it_and_one_value_for_all_rows_mends_it(give: Give, university: Engine, tmp_path: Path) -> None:
    give("activities", NO_SOURCE, name="list.csv")
    path = tmp_path / "copy.csv"
    path.write_text(csv_text([{**NO_SOURCE, "level": ""}]), "utf-8")
    preview = preview_files(university, "activities", [path], look=lambda _: None, indicators=INDICATORS)
    assert any("would count twice" in told for told in of_the_file(preview.reports[0]))
    mended = store_file(university, "activities", path, indicators=INDICATORS, constants={"source": "list"})
    assert (mended.status, mended.remarks) == ("unchanged", ())
