"""Files as they come: encodings, workbooks, headers in Japanese, and files that are not what they claim to be."""

import gzip
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from data_access.imports import ImportReport, store_file
from data_access.tables import Activity, ActivityDepartment, Import
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, csv_text, give_text, stored

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # reading a file asks no database
JAPANESE = {
    "記録ID": "007",
    "活動種別": "publication",
    "名称": "東北大学の論文",
    "開始日": "2025-04-01",
    "部局": "ENG",
} | {"情報源": "papers"}


def give_sheets(engine: Engine, kind: str, path: Path, **sheets: list[list[object]]) -> ImportReport:
    workbook = Workbook()
    workbook.remove(workbook["Sheet"])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return store_file(engine, kind, path, indicators=INDICATORS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_japanese_headers_and_utf_8(encoding: str, university: Engine, tmp_path: Path) -> None:
    report = give_text(university, "activities", tmp_path / "a.csv", csv_text([JAPANESE]), encoding)
    assert (report.status, report.remarks) == ("stored", ())
    (row,) = stored(university, Activity)
    assert (row["record_id"], row["title"]) == ("007", "東北大学の論文")


def test_cp932_is_read_and_told(university: Engine, tmp_path: Path) -> None:
    text = csv_text([JAPANESE | {"名称": "髙橋①研究～国際"}])
    report = give_text(university, "activities", tmp_path / "a.csv", text, "cp932")
    assert stored(university, Activity)[0]["title"] == "髙橋①研究～国際"
    assert [(r.severity, "CP932" in r.message.en) for r in report.remarks] == [("notice", True)]


def test_remarks_name_the_column_as_the_file_does(university: Engine, tmp_path: Path) -> None:
    text = csv_text([JAPANESE | {"部局": "XYZ"}])
    (error,) = give_text(university, "activities", tmp_path / "a.csv", text).remarks
    assert (error.row, error.column, error.value) == (2, "部局", "XYZ")
    assert "「XYZ」は登録された部局コードではありません" in error.message.ja


def test_text_stays_as_it_is_written(university: Engine, tmp_path: Path) -> None:
    row = {**ACTIVITY, "record_id": "007", "title": "NA", "source": "1e5"}
    give_text(university, "activities", tmp_path / "a.csv", csv_text([row]))
    (kept,) = stored(university, Activity)
    assert (kept["record_id"], kept["title"], kept["source"]) == ("007", "NA", "1e5")


def test_an_unknown_column_is_a_notice(university: Engine, tmp_path: Path) -> None:
    report = give_text(university, "activities", tmp_path / "a.csv", csv_text([{**ACTIVITY, "departmnt": "x"}]))
    (notice,) = report.remarks
    assert (report.status, notice.severity, notice.row, notice.column) == ("stored", "notice", 1, "departmnt")
    assert "Did you mean departments?" in notice.message.en


HEADER = "record_id,activity_type,title,start_date,departments"
REFUSED_TEXTS = [
    ("", 1, "", "file is empty"),
    ("\r\n", 1, "", "file is empty"),
    (HEADER.replace("title,", ""), 1, "title", "required column title is missing"),
    (HEADER + ",title", 1, "title", "title is there twice"),
    (HEADER + ",名称", 1, "名称", "title is there twice"),
    (HEADER.replace("title,", "title,,"), 1, "", "Column 4 has no header"),
    (HEADER + ",\nR1,publication,A paper,2025-04-01,ENG,x", 2, "", "Column 6 has no header, but this row holds"),
    (HEADER + ",,\nR1,publication,A paper,2025-04-01,ENG,", 2, "", "has 6 cells, the header 7"),
    (HEADER.replace(",", "\t"), 1, "", "separated by tabs"),
    (HEADER.replace(",", ";"), 1, "", "separated by semicolons"),
    (HEADER + "\n#N/A,publication,A paper,2025-04-01,ENG", 2, "record_id", "holds the error #N/A"),
    (HEADER + "\nR1,publication,#NAME?,2025-04-01,ENG", 2, "title", "holds the error #NAME?"),
    (HEADER + "\nR1,publication,A paper,2025-04-01", 2, "", "has 4 cells, the header 5"),
    (HEADER + "\nR1,publication,A, paper,2025-04-01,ENG", 2, "", "has 6 cells, the header 5"),
    (HEADER + '\nR1,publication,"A "paper"",2025-04-01,ENG', 2, "", "is not CSV"),
    (HEADER + '\nR1,publication,"A paper,2025-04-01,ENG', 2, "", "is not CSV"),
    (HEADER + "\nR1,publication,A\0paper,2025-04-01,ENG", 2, "title", "control character"),
    (HEADER + f"\nR1,publication,{'A' * 40_000},2025-04-01,ENG", 2, "title", "longer than 32,767"),
]


@pytest.mark.parametrize(("text", "row", "column", "wrong"), REFUSED_TEXTS)
def test_a_damaged_csv_is_refused(
    text: str, row: int, column: str, wrong: str, university: Engine, tmp_path: Path
) -> None:
    report = give_text(university, "activities", tmp_path / "a.csv", text)
    (error,) = [remark for remark in report.remarks if remark.severity == "error"]
    assert (report.status, error.row, error.column) == ("refused", row, column)
    assert wrong in error.message.en
    assert "Accepted: " in error.message.en


def test_empty_columns_behind_the_last_header_are_left_out(university: Engine, tmp_path: Path) -> None:
    text = f"{HEADER},source,,\nR1,publication,A paper,2025-04-01,ENG,papers,, \n"
    report = give_text(university, "activities", tmp_path / "a.csv", text)
    assert (report.status, report.remarks) == ("stored", ())


def test_headers_in_full_width_are_the_same(university: Engine, tmp_path: Path) -> None:
    text = csv_text([JAPANESE]).replace("記録ID", "記録ＩＤ")
    assert give_text(university, "activities", tmp_path / "a.csv", text).remarks == ()


@pytest.mark.parametrize(
    "above", ["2025年度 国際活動一覧,,,,\r\n", ",,,,\r\n", "Activities\n\nas of 1 May\n", "title,x,,,\n"]
)
def test_a_header_below_a_title_is_told_once(above: str, university: Engine, tmp_path: Path) -> None:
    text = f"{above}{HEADER}\nR1,publication,A paper,2025-04-01,ENG\n"
    report = give_text(university, "activities", tmp_path / "a.csv", text)
    (error,) = report.remarks
    row = text.splitlines().index(HEADER) + 1
    assert (report.status, error.row) == ("refused", 1)
    assert f"The header is not in the first row; row {row} looks like it." in error.message.en
    assert f"{row} 行目が見出しのよう" in error.message.ja


def test_a_workbook_with_a_title_above_its_header(university: Engine, tmp_path: Path) -> None:
    rows: list[list[object]] = [["国際活動一覧"], list(JAPANESE), list(JAPANESE.values())]
    (error,) = give_sheets(university, "activities", tmp_path / "a.xlsx", Sheet1=rows).remarks
    assert (error.row, error.value, "row 2 looks like it" in error.message.en) == (1, "国際活動一覧", True)


@pytest.mark.parametrize("damage", [b"\x81\x20", b"\xff\xfe", "a\N{NO-BREAK SPACE}b".encode("latin-1")])
def test_neither_utf_8_nor_cp932_is_refused(damage: bytes, university: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"record_id\n" + damage)
    (error,) = store_file(university, "activities", path, indicators=INDICATORS).remarks
    assert "neither UTF-8 nor CP932" in error.message.en


@pytest.mark.parametrize(
    ("title", "encoding", "shown"),
    [
        ("Universität Wien", "latin-1", "Universit舩 Wien"),
        ("Martínez", "latin-1", "Mart"),
        ("São Paulo", "latin-1", "S縊 Paulo"),
        ("École Normale", "latin-1", "ﾉcole Normale"),
        ("télémétrie", "latin-1", "t駘駑騁rie"),
        ("Women’s studies", "cp1252", "Women痴 studies"),
        ("テスト", "euc_jp", "･ﾆ･ｹ･ﾈ"),
        ("大学", "euc_jp", "ﾂ邉ﾘ"),
    ],
)
def test_another_encoding_that_happens_to_be_cp932_is_refused(
    title: str, encoding: str, shown: str, university: Engine, tmp_path: Path
) -> None:
    text = csv_text([ACTIVITY, {**ACTIVITY, "record_id": "R2", "title": title}])
    (error,) = give_text(university, "activities", tmp_path / "a.csv", text, encoding).remarks
    assert (error.severity, error.row, shown in error.value) == ("error", 3, True)
    assert f'Line 3 would read "{error.value}"' in error.message.en
    assert "UTF-8 or CP932 (Excel in Japan)" in error.message.en
    assert "日本語版 Excel" in error.message.ja


@pytest.mark.parametrize(
    "title", ["ﾄｳﾎｸ ﾀﾞｲｶﾞｸ", "ﾏｻﾁｭｰｾｯﾂ･ｺｳｶﾀﾞｲｶﾞｸ", "ﾃｽﾄ", "X線CT装置", "生成AI用Webアプリ", "①髙ｶﾅ", "PCﾙｰﾑ", "漢字"]
)
def test_what_excel_in_japan_writes_is_read(title: str, university: Engine, tmp_path: Path) -> None:
    text = csv_text([{**ACTIVITY, "title": title}])
    assert give_text(university, "activities", tmp_path / "a.csv", text, "cp932").status == "stored"
    assert stored(university, Activity)[0]["title"] == title


def test_blank_rows_are_counted_and_left_out(university: Engine, tmp_path: Path) -> None:
    text = f'{HEADER}\n\n,,,,\nR1,publication,"A\npaper",2025-04-01,ENG\nR2,publication,A,2025-04-01,XYZ\n'
    report = give_text(university, "activities", tmp_path / "a.csv", text)
    assert [(remark.row, remark.value) for remark in report.remarks] == [(5, "XYZ")]
    assert report.rows_read == 2


def test_a_workbook_with_excel_dates_and_numbers(university: Engine, tmp_path: Path) -> None:
    header: list[object] = [
        "record_id",
        "activity_type",
        "title",
        "start_date",
        "end_date",
        "departments",
        "people_count",
        "amount",
        "source",
    ]
    rows: list[list[object]] = [
        header,
        [7, "publication", True, datetime(2025, 4, 1), date(2026, 3, 31), "ENG", 3.0, 0.1, "s"],  # noqa: DTZ001  Excel knows no zones
        [None] * 9,
        ["0008", "publication", " B ", "2025-04-02", None, "ENG:0.5;SCI:0.5", None, None, "s"],
    ]
    report = give_sheets(university, "activities", tmp_path / "a.xlsx", Sheet1=rows)
    assert (report.status, report.remarks) == ("stored", ())
    first, second = stored(university, Activity)
    assert (first["record_id"], first["title"], first["people_count"], first["amount"]) == ("7", "TRUE", 3, 0.1)
    assert (first["start_date"], first["end_date"]) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (second["record_id"], second["title"], second["file_row"]) == ("0008", "B", 4)
    assert len(stored(university, ActivityDepartment)) == 3


@pytest.mark.parametrize("title", ["populations", "Populations", "人数"])
def test_the_sheet_named_after_the_kind_is_read_else_the_first(title: str, university: Engine, tmp_path: Path) -> None:
    rows: list[list[object]] = [list(HEADCOUNT), list(HEADCOUNT.values())]
    notes: list[list[object]] = [["Notes"], ["see the next sheet"]]
    assert give_sheets(university, "populations", tmp_path / "a.xlsx", Notes=notes, **{title: rows}).rows_new == 1
    assert give_sheets(university, "populations", tmp_path / "b.xlsx", First=rows, Notes=notes).rows_unchanged == 1


def test_a_cell_in_the_far_corner_is_refused(university: Engine, tmp_path: Path) -> None:
    for place, wrong in (("A1048576", "reaches row 1,048,576"), ("XFD2", "has 16,384 cells")):
        workbook = Workbook()
        sheet = workbook["Sheet"]
        sheet.append(list(ACTIVITY))
        sheet[place] = "x"
        workbook.save(tmp_path / "a.xlsx")
        (error,) = store_file(university, "activities", tmp_path / "a.xlsx", indicators=INDICATORS).remarks
        assert wrong in error.message.en


@pytest.mark.parametrize(
    ("kind", "name", "content", "wrong"),
    [
        ("activities", "a.xlsx", b"no workbook", "cannot be read as a workbook"),
        ("activities", "a.xls", b"", 'ends in ".xls"'),
        ("works", "a.csv", b"", "not a file of works"),
        ("works", "a.json", b"{", "cannot be read as works"),
        ("works", "a.json", b'{"results": 7}', "no list of works"),
        ("works", "a.json", b"[" * 100_000, "nested too deeply"),
        ("works", "a.json", b'[{"id": NaN}]', "NaN is not JSON"),
        ("works", "a.jsonl", b'{"id": "W1"}\n[]', "a work is an object"),
        ("works", "a.jsonl.gz", gzip.compress(b'{"id": "W1"}' * 1_000, mtime=0)[:-9], "cannot be unpacked"),
    ],
)
def test_what_is_not_what_it_claims_to_be_is_refused(
    kind: str, name: str, content: bytes, wrong: str, university: Engine, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    report = store_file(university, kind, path, indicators=INDICATORS)
    assert report.status == "refused"
    assert any(wrong in remark.message.en for remark in report.remarks), report.remarks


def test_a_file_that_is_not_there_is_refused(university: Engine, tmp_path: Path) -> None:
    (error,) = store_file(university, "activities", tmp_path / "none.csv", indicators=INDICATORS).remarks
    assert "cannot be opened: No such file" in error.message.en
    assert error.message.ja == "ファイルを開けません（ファイルが見つかりません）。"


def test_the_name_may_differ_from_the_path(university: Engine, tmp_path: Path) -> None:
    path = tmp_path / "upload.csv"
    path.write_text(csv_text([{k: v for k, v in ACTIVITY.items() if k != "source"}]))
    store_file(university, "activities", path, indicators=INDICATORS, file_name="contracts.csv")
    assert stored(university, Import)[0]["file_name"] == "contracts.csv"
    assert stored(university, Activity)[0]["source"] == "contracts"
