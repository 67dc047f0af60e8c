"""Export, then import into an empty database: the same records, in CSV and in a workbook."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import Engine

import manage
from data_access.engine import connect, prepare
from data_access.exports import EXPORTED, FORMATS, table_of
from data_access.files.formula_text import escaped, unescaped
from data_access.files.spreadsheets import as_csv, as_xlsx
from data_access.imports import ImportReport, store_file
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY, Scope
from tests.data_access.imports.conftest import INDICATORS, NAMES, contents, csv_text, give_text

in_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what is compared are files
FORMULAS = (
    *(
        "=1+1",
        "=A1&B1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "'=1+1",
        "''=1",
        "'quoted'",
        "-",
        "--x",
        "＝１",
        "＋x",
        "-5",
    ),
    *("'-5", "+81-22-217", "'", "=", '="007"', "a=b", "- a list", "=1+1 and\nanother line", "_x000D_", "a\r\nb"),
    *("a;=1+1", 'a;"=1+1', "a\t@b", "a\n-1+1", "a;'=1", "3;-5", "Institut =1 @ DE", "a,=b"),
)


GIVEN = {
    "departments": """code,parent_code,name_en,name_ja,opened
ENG,*,=Faculty of Engineering,"工学部、“新”",1919-05-22
SCI,*,Faculty of Science,理学部,
ENG-M,ENG,Mechanical,機械,
007,*,"Institute, new",研究所,2024-04-01
""",
    "activities": """record_id,source,activity_type,title,start_date,departments,lead,partners,countries,people,level
0001,mobility,publication,A,2025-04-01,ENG:0.6;SCI:0.4,,https://ror.org/00hx57361;Institut =1 @ DE,,p1;p02,
0002,mobility,publication,B,2025-04-01,ENG:0.3333;SCI:0.3333;007:0.3334,,,US;DE,,
0003,mobility,publication,論文,2025-04-01,ENG;SCI;007,SCI,,,p1,doctoral
=99,-own,publication,C,2025-04-01,*,external,,,,
""",
    "populations": """department,as_of,population,group,count
007,2025-05-01,master,all,0
ENG,2025-05-01,master,international,7
""",
    "goals": """indicator,department,fiscal_year,value,kind,note_ja
international_student_share,ENG,2030,12.5%,target,+10 ポイント
partner_countries,,2030,-5.25,target,
""",
    "annotations": "date,text_en,text_ja,target\n2025-04-01,-10% of the budget,予算減,education\n",
    "rates": "currency,fiscal_year,jpy\nUSD,2025,149.87654321\n",
    "affiliations": "pattern,department\n=dept. of mechanical engineering,ENG-M\n",
    "country_matrix": "country_a,country_b,period,papers,source\nJP,US,2021-2025,12345,OpenAlex\n",
    "references": """indicator,dimension,stratum,fiscal_year,numerator,denominator,source
international_student_share,level,master,2025,1.5,3e2,-MEXT
""",
}
MORE = {  # the columns that hold numbers, and titles that look like formulas
    "record_id": "R",
    "source": "contracts",
    "activity_type": "publication",
    "start_date": "2025-04-01",
    "end_date": "2026-03-31",
    "departments": "ENG",
    "people_count": "0",
    "amount": "1200.5",
    "currency": "USD",
    "sdgs": "3;17",
    "citation_percentile": "99.95",
    "language": "ja",
    "url": "https://example.org/?a=1,2",
}


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> Engine:
    for kind, text in GIVEN.items():
        report = give_text(engine, kind, tmp_path / "given.csv", text)
        assert report.status == "stored", report.remarks
    titled = [MORE | {"record_id": f"{number:04}", "title": escaped(text)} for number, text in enumerate(FORMULAS)]
    assert give_text(engine, "activities", tmp_path / "given.csv", csv_text(titled)).rows_new == len(FORMULAS)
    return engine


def exported(engine: Engine, kind: str, ending: str, scope: Scope = WHOLE_UNIVERSITY) -> bytes:
    rows = table_of(Records(engine, scope), kind)
    return as_csv(rows) if ending == "csv" else as_xlsx(rows, kind)


def taken_in(engine: Engine, kind: str, path: Path) -> ImportReport:
    return store_file(engine, kind, path, indicators=INDICATORS, indicator_names=NAMES)


def said(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, without the place in a file that it came from, and without what tells of imports."""
    tables = {name: rows for name, rows in contents(engine).items() if "version" not in name and name != "state"}
    origin = ("import_id", "file_row")
    return {name: [{k: v for k, v in row.items() if k not in origin} for row in rows] for name, rows in tables.items()}


@in_sqlite
@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_exported_and_imported_is_the_same(ending: str, filled: Engine, tmp_path: Path) -> None:
    fresh = connect(f"sqlite:///{tmp_path / 'fresh.db'}")
    prepare(fresh)
    kinds = ["departments", *(kind for kind in EXPORTED if kind != "departments")]
    for kind in kinds:
        path = tmp_path / f"{kind}.{ending}"
        path.write_bytes(exported(filled, kind, ending))
        report = taken_in(fresh, kind, path)
        assert report.status == ("stored" if kind in GIVEN else "unchanged"), report.remarks
    assert said(fresh) == said(filled)
    fresh.dispose()


@in_sqlite
@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_exported_changes_nothing_where_it_came_from(ending: str, filled: Engine, tmp_path: Path) -> None:
    for kind in EXPORTED:
        path = tmp_path / f"{kind}.{ending}"
        path.write_bytes(exported(filled, kind, ending))
        report = taken_in(filled, kind, path)
        assert report.rows_new + report.rows_changed == 0, report


@in_sqlite
def test_no_text_is_calculated_by_a_spreadsheet(filled: Engine) -> None:
    rows = list(csv.reader(StringIO(exported(filled, "activities", "csv").decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝＋－＠") and cell != "-5"]
    book = exported(filled, "activities", "xlsx")
    with ZipFile(BytesIO(book)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
    sheet = load_workbook(BytesIO(book)).active
    assert sheet is not None
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert "'=1+1" in values
    assert not [text for text in values if str(text)[:1] in tuple("=+-@\t\r＝＋－＠") and text != "-5"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_escaped_is_read_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert escaped(escaped(text)) == escaped(text) or unescaped(escaped(escaped(text))) == escaped(text)


@given(st.text(alphabet="='+-@;\t\r\n\"a1＝\0,", max_size=8))
@example("=\r\n=").via("a line break that is a sign, too")
def test_whatever_is_escaped_is_read_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("text", ["'", "''", "'a'", "'90s", "it's", "’=1", "'a=1"])
def test_an_apostrophe_that_nothing_was_escaped_by_stays(text: str) -> None:
    assert unescaped(text) == text


@in_sqlite
def test_a_head_takes_along_the_own_records_only(filled: Engine) -> None:
    text = exported(filled, "activities", "csv", Scope(departments=frozenset({"007"}))).decode("utf-8-sig")
    assert [row["record_id"] for row in csv.DictReader(StringIO(text))] == ["0002", "0003"]
    assert "p1" not in text


@in_sqlite
def test_the_command_writes_a_file_and_never_over_one(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", filled.url.render_as_string(hide_password=False))
    path = tmp_path / "rates.csv"
    assert manage.main(["export", "rates", "--file", str(path)]) == 0
    assert path.read_bytes().decode("utf-8-sig") == "currency,fiscal_year,jpy\r\nUSD,2025,149.87654321\r\n"
    assert manage.main(["export", "rates", "--file", str(path)]) == 1
    assert manage.main(["export", "rates", "--department", "XYZ", "--file", str(tmp_path / "b.csv")]) == 1
    assert "is there already" in capsys.readouterr().err
