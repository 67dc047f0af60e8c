"""Templates: what they offer is what the importer takes, and their examples never become data."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from data_access.engine import as_whole, connect, prepare, reading
from data_access.imports import KINDS, store_file
from data_access.imports.template_codes import Codes, codes_of
from data_access.imports.template_examples import examples
from data_access.imports.templates import TEMPLATES, template
from metrics.catalogue import INDICATORS
from metrics.conditions import CONDITIONS
from metrics.declared import IMPLIED
from tests.data_access.imports.conftest import contents
from vocabulary.text import LANGUAGES, Language

ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SHARES = {key: indicator.unit == "share" for key, indicator in INDICATORS.items()}
every_template = pytest.mark.parametrize("kind", TEMPLATES)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def codes(engine: Engine) -> Codes:
    with reading(engine) as connection:
        as_whole(connection)
        return codes_of(
            connection,
            indicators={key: one.name for key, one in INDICATORS.items()},
            conditions={key: one.text for key, one in CONDITIONS.items()},
        )


def made(engine: Engine, kind: str, language: Language) -> Workbook:
    return load_workbook(io.BytesIO(template(kind, codes(engine), language)))


def filled(book: Workbook) -> Workbook:
    """The template with its examples copied to the first sheet, as a clerk would."""
    data, shown = book.worksheets[:2]
    for row in (2, 3):
        for column in range(1, data.max_column + 1):
            data.cell(row, column).value = shown.cell(row, column).value
    return book


@ON_ONE_DATABASE
@every_template
@both_languages
def test_a_template_filled_with_its_examples_is_imported(
    university: Engine, kind: str, language: Language, tmp_path: Path
) -> None:
    path = tmp_path / "template.xlsx"
    filled(made(university, kind, language)).save(path)
    report = store_file(university, kind, path, indicators=SHARES, conditions=IMPLIED)
    assert report.status == "stored", report.remarks
    assert report.rows_new == 2
    assert [remark for remark in report.remarks if remark.severity == "error"] == []


@ON_ONE_DATABASE
@every_template
@both_languages
def test_an_empty_template_stores_nothing_and_says_so(
    university: Engine, kind: str, language: Language, tmp_path: Path
) -> None:
    before, path = contents(university), tmp_path / "template.xlsx"
    made(university, kind, language).save(path)
    report = store_file(university, kind, path, indicators=SHARES, conditions=IMPLIED)
    assert report.status == "unchanged"
    (remark,) = report.remarks
    assert "no row below it" in remark.message.en
    assert contents(university) == before


@ON_ONE_DATABASE
@both_languages
def test_headers_say_what_their_columns_take_and_lists_what_the_database_knows(
    university: Engine, language: Language
) -> None:
    book = made(university, "activities", language)
    data, _, explained, lists = book.worksheets
    kind = KINDS["activities"]
    headers = [column.name_ja if language == "ja" else column.name for column in kind.columns]
    assert [cell.value for cell in data[1]] == headers
    assert [row[0].value for row in explained.iter_rows(min_row=2)] == headers
    for column, cell in zip(kind.columns, data[1], strict=True):
        assert cell.comment is not None
        assert column.accepted.said_in(language) in cell.comment.text
    rules = {str(rule.sqref): rule for rule in data.data_validations.dataValidation}
    place = headers.index("部局" if language == "ja" else "departments")
    (rule,) = [rule for where, rule in rules.items() if where.startswith(f"{'ABCDEFGHIJ'[place]}2:")]
    sheet, _, cells = str(rule.formula1).partition("!")
    assert sheet.strip("'") == lists.title
    first, last = cells.replace("$", "").split(":")
    assert [row[0].value for row in lists[first:last]] == ["*", "ENG", "ENG-M", "SCI"]
    assert not rule.showErrorMessage  # several may be written


def test_a_database_without_departments_has_templates_whose_examples_hold(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'empty.db'}")
    prepare(engine)
    for kind in TEMPLATES:
        path = tmp_path / f"{kind}.xlsx"
        filled(made(engine, kind, "en")).save(path)
        assert store_file(engine, kind, path, indicators=SHARES, conditions=IMPLIED).status == "stored", kind
    engine.dispose()


@ON_ONE_DATABASE
def test_exports_of_databases_have_no_template_and_every_other_kind_has_two_examples(university: Engine) -> None:
    assert set(KINDS) - set(TEMPLATES) == {"works", "researchmap", "kaken"}
    with pytest.raises(LookupError, match="no template for 'works'"):
        template("works", codes(university), "en")
    for kind in TEMPLATES:
        names = {column.name for column in KINDS[kind].columns}
        assert all(set(row) <= names for row in examples(kind, codes(university), "ja"))
