"""Every file that the monitor gives out holds texts as texts: whatever they begin with, and wherever it is split."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import insert

from commands import figures, quality
from data_access.engine import connect, reading
from data_access.files.spreadsheets import as_csv, as_xlsx, rows_of
from data_access.imports.remarked import remarked
from data_access.imports.report import Remark
from data_access.imports.template_codes import codes_of
from data_access.imports.templates import template
from data_access.tables import Department
from pages.parts import tables
from tests.data_access.imports.conftest import add_departments, csv_text
from tests.data_access.payloads import PAYLOADS, calculated, cells, formulas
from tests.prepared import prepare_file
from vocabulary.text import Text

CONTROLS = ("\0=1+1", "a\0b", "\x0b=1", "=1\x1f")
TEXTS = (*PAYLOADS, *CONTROLS)
FIGURES = {name: [-1.5] * len(TEXTS) if name in figures.COUNTS else list(TEXTS) for name in figures.COLUMNS}
Written = Callable[[pd.DataFrame], bytes]
WRITERS: dict[str, Written] = {
    "csv of a page": tables.as_csv,
    "xlsx of a page": tables.as_xlsx,
    "csv of quality": lambda frame: quality.written(frame, "csv"),
    "xlsx of quality": lambda frame: quality.written(frame, "xlsx"),
    "csv of figures": lambda _: figures.written(pd.DataFrame(FIGURES), "csv"),
    "xlsx of figures": lambda _: figures.written(pd.DataFrame(FIGURES), "xlsx"),
}


def test_there_are_more_than_forty() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 40


@pytest.mark.parametrize("writer", WRITERS)
def test_no_text_in_a_file_is_calculated(writer: str) -> None:
    frame = pd.DataFrame({text: list(TEXTS) for text in TEXTS} | {"number": [-1.5] * len(TEXTS)})
    content, ending = WRITERS[writer](frame), writer.partition(" ")[0]
    assert calculated(content, ending) == []
    assert ending == "csv" or formulas(content) == 0
    assert {"-1.5", -1.5} & set(cells(content, ending))


def test_what_calculates_is_found() -> None:
    """Proves the check: the same table as pandas writes it."""
    frame = pd.DataFrame({"a": ["=1+1", "b;=1", "-5"]})
    assert calculated(frame.to_csv(index=False).encode(), "csv") == ["=1+1", "=1+1", "=1", "=1+1"]


def test_a_workbook_to_fill_in_calculates_no_name_of_the_database(tmp_path: Path) -> None:
    engine = connect(prepare_file(tmp_path / "monitor.db"))
    add_departments(engine)
    names = [
        {"code": text if place < 9 else f"P{place}", "parent_code": "*", "name_en": text, "name_ja": text}
        for place, text in enumerate(PAYLOADS)
    ]
    with engine.begin() as connection:
        connection.execute(insert(Department), names)
    with reading(engine) as connection:
        codes = codes_of(connection, indicators={"=1+1": Text("=1", "=1")}, conditions={})
    for kind in ("activities", "goals", "indicators"):
        content = template(kind, codes, "en")
        assert (calculated(content, "xlsx"), formulas(content)) == ([], 0), kind
        assert "'=1+1" in cells(content, "xlsx")
    engine.dispose()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_with_remarks_calculates_none_of_its_cells_or_remarks(ending: str, tmp_path: Path) -> None:
    rows = [{"record_id": str(place), "title": text.replace("\0", "")} for place, text in enumerate(PAYLOADS)]
    path = tmp_path / f"file.{ending}"
    given = pd.DataFrame(rows)
    path.write_bytes(csv_text(rows).encode() if ending == "csv" else as_xlsx(rows_of(given), "data"))
    remark = Remark(severity="error", row=3, column="=cmd", value="=1", message=Text("=1+1", "=1+1"))
    _, content = remarked(path, "activities", [remark], "en")
    assert calculated(content, ending) == []
    assert ending == "csv" or formulas(content) == 0
    assert any("'=cmd: =1+1" in str(cell) for cell in cells(content, ending))


def test_numbers_and_days_stay_what_they_are() -> None:
    frame = pd.DataFrame({"n": [-1, 2], "x": [-0.5, None], "day": [pd.Timestamp("2025-04-01").date(), None]})
    assert as_csv(rows_of(frame), mark=False) == b"n,x,day\r\n-1,-0.5,2025-04-01\r\n2,,\r\n"
