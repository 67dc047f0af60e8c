"""What a file says, by another reader than ours: `csv`, and `zipfile` with `ElementTree`. It believes every byte."""

import csv
import posixpath
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from unicodedata import normalize
from xml.etree import ElementTree
from zipfile import ZipFile

Said = list[Mapping[str, str]]  # one row of a table: header in small letters -> text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001  Excel knows no zones
_DAYS = {"14": "yyyy-mm-dd", "22": "yyyy-mm-dd"}  # formats that are known by a number
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_PERCENT = {"9", "10"}


def csv_says(content: bytes, encoding: str) -> Said:
    """A file in the encoding in which it was written (or UTF-8); UTF-16 has tabs where its first line has one."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("utf-8-sig")
    separator = "\t" if encoding == "utf-16" and "\t" in text.splitlines()[0] else ","
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    return _named([[cell[1:] if _ESCAPED.match(cell) else cell for cell in row] for row in rows])


def xlsx_says(content: bytes, _encoding: str) -> Said:
    """The first sheet, its cells where they say they are."""
    with ZipFile(BytesIO(content)) as archive:
        return _said(archive)


def _said(archive: ZipFile) -> Said:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  our own file, mutated
    related = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.attrib["Id"]: one.attrib["Target"] for one in related}
    sheet = next(one for one in book.iter(f"{_MAIN}sheet") if one.get("state", "visible") == "visible")
    target = targets[sheet.attrib[_ID]]
    root = ElementTree.fromstring(_read(archive, target) or b"")  # noqa: S314
    parts = {one.attrib["Type"].rpartition("/")[2]: one.attrib["Target"] for one in related}
    texts = _shared(_read(archive, parts.get("sharedStrings")))
    shown = _formats(_read(archive, parts.get("styles")))
    table: dict[int, dict[int, str]] = {}
    for row in root.iter(f"{_MAIN}row"):
        place = -1
        for cell in row.iter(f"{_MAIN}c"):
            place = _place(cell.get("r", ""), place + 1)
            table.setdefault(int(row.attrib["r"]), {})[place] = _cell(cell, texts, shown)
    width = max((max(cells, default=0) for cells in table.values()), default=0) + 1
    return _named([[table.get(n, {}).get(p, "") for p in range(width)] for n in range(1, max(table, default=0) + 1)])


def _place(reference: str, following: int) -> int:
    """Where a cell says it is; one that does not say it follows the one before."""
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - 64
    return place - 1 if place else following


def _read(archive: ZipFile, target: str | None) -> bytes | None:
    return None if target is None else archive.read(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))


def _cell(cell: ElementTree.Element, texts: list[str], shown: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(f"{_MAIN}t"))
    if kind == "s":
        return texts[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        return value
    number, code = float(value), shown[int(cell.get("s", "0"))] if shown else ""
    if "y" in code:
        day = _FIRST_DAY + timedelta(milliseconds=round(number * 86_400_000))
        return day.date().isoformat() if day.time() == datetime.min.time() else day.isoformat()
    if "%" in code:
        return f"{number * 100:.10g}%"
    text = str(int(number)) if number.is_integer() else repr(number)
    return text.zfill(len(code)) if code and not code.strip("0") and len(code) > 1 else text


def _shared(part: bytes | None) -> list[str]:
    if part is None:
        return []
    root = ElementTree.fromstring(part)  # noqa: S314
    return ["".join(t.text or "" for t in one.iter(f"{_MAIN}t")) for one in root.iter(f"{_MAIN}si")]


def _formats(part: bytes | None) -> list[str]:
    if part is None:
        return []
    root = ElementTree.fromstring(part)  # noqa: S314
    own = {one.attrib["numFmtId"]: one.attrib["formatCode"].lower() for one in root.iter(f"{_MAIN}numFmt")}
    cells = root.find(f"{_MAIN}cellXfs")
    numbers = [one.get("numFmtId", "0") for one in (() if cells is None else cells)]
    return [own.get(n) or _DAYS.get(n) or ("%" if n in _PERCENT else "") for n in numbers]


def _named(rows: list[list[str]]) -> Said:
    header = [normalize("NFKC", cell.strip()).casefold() for cell in rows[0]]
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    return [dict(zip(header, row, strict=False)) for row in filled]
