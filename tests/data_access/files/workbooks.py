"""Workbooks written part by part, for what no library writes: parts that should not be there, and XML gone wrong."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def cell(reference: str, value: str = "", *, formula: str = "", kind: str = "str", style: int = 0) -> str:
    """One cell of a sheet as XML; a text unless its kind says otherwise."""
    of_formula = f"<f>{escape(formula)}</f>" if formula else ""
    return f'<c r="{reference}" t="{kind}" s="{style}">{of_formula}<v>{escape(value)}</v></c>'


def row(number: int, texts: Sequence[str], attributes: str = "") -> str:
    """One row of texts as XML; empty ones are left out."""
    cells = "".join(cell(f"{chr(ord('A') + place)}{number}", text) for place, text in enumerate(texts) if text)
    return f'<row r="{number}"{attributes}>{cells}</row>'


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles(*codes: str) -> str:
    """Style 0 shows plain numbers, style 1 the first format of those given, and so on."""
    own = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{escape(c, {chr(34): "&quot;"})}"/>' for n, c in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'
    )


def book(
    sheets: Mapping[str, str] | str,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    properties: str = "",
    hidden: str = "",
) -> bytes:
    """A workbook: the XML of each sheet by its name, and further parts (one of the same name takes the place)."""
    named = {"Sheet1": sheets} if isinstance(sheets, str) else dict(sheets)
    numbers = range(1, len(named) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" state="{"hidden" if name == hidden else "visible"}"/>'
        for n, name in zip(numbers, named, strict=True)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    related += "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "sharedStrings")
        if parts and f"xl/{kind}.xml" in parts
    )
    inner = f"{properties}<sheets>{listed}</sheets>"
    everything: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{inner}</workbook>',
        "xl/_rels/workbook.xml.rels": _relations(related),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in zip(numbers, named.values(), strict=True)},
        **(parts or {}),
    }
    return zipped(everything)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'
