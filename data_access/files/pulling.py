"""What in a workbook fetches data from elsewhere or runs: parts that hold it, and formulas that do it."""

import re
from collections.abc import Iterable

from data_access.files.text_rows import UnreadableError
from vocabulary.text import Text

_PARTS = (  # (what the name of a part begins with, what it is); the name as the archive writes it, in small letters
    (re.compile(r"(?:.*/)?vbaproject\.bin|xl/(?:intl)?macrosheets/.*"), Text("macros", "マクロ")),
    (re.compile(r"xl/externallinks/.*\.xml"), Text("links to other workbooks", "ほかのブックへのリンク")),
    (re.compile(r"xl/connections\.(?:xml|bin)"), Text("connections to data elsewhere", "外部データへの接続")),
    (re.compile(r"xl/querytables/.*"), Text("queries of data elsewhere", "外部データのクエリ")),
    (re.compile(r"xl/model/.*"), Text("a data model", "データモデル")),
    (re.compile(r"xl/embeddings/.*"), Text("embedded objects (OLE)", "埋め込みオブジェクト（OLE）")),
    (re.compile(r"xl/activex/.*"), Text("ActiveX controls", "ActiveX コントロール")),
)
_FUNCTIONS = re.compile(
    r"(?:\A|[^A-Z0-9_.])(?:_XLFN\.|_XLWS\.|_XLUDF\.|_XLL\.)*"
    r"(WEBSERVICE|FILTERXML|IMPORT(?:XML|DATA|HTML|FEED|RANGE)|RTD|DDE|DDEINIT|STOCKHISTORY|GOOGLEFINANCE|IMAGE|PY"
    r"|CUBE[A-Z]+|CALL|REGISTER(?:\.ID)?|EXEC|SQL\.REQUEST)\s*\("
)
_STRINGS = re.compile(r'"(?:[^"]|"")*"')
_OTHER_BOOK = re.compile(r"\[\d+\][^\[\]]*!|\[[^\[\]]*\.(?:XL[A-Z]+|CSV|ODS)\]", re.IGNORECASE)
_DDE = re.compile(r"[\w']\|[^!|]*!")  # no operator of a formula, but what stands between a program and its topic

_ADVICE = Text(
    "Accepted: workbooks of plain values; copy the sheet, paste it as values into a new workbook and save that.",
    "使えるのは値だけのブックです。シートをコピーし、新しいブックに「値の貼り付け」をして .xlsx で保存してください。",
)


def pulled_by(formula: str) -> str:
    """What makes a formula, given without its `=`, fetch data from elsewhere; nothing where it calculates alone."""
    if not formula:
        return ""
    plain = _STRINGS.sub('""', formula).upper()
    if found := _FUNCTIONS.search(plain):
        return found[1]
    if found := _OTHER_BOOK.search(plain):
        return found[0]
    return "DDE" if _DDE.search(plain) else ""


def pulling_parts(names: Iterable[str]) -> list[tuple[str, Text]]:
    """The parts of an archive that fetch or run something: their names, and what each is."""
    return [(name, what) for name in names for pattern, what in _PARTS if pattern.fullmatch(name.lower().lstrip("/"))]


def refusal_of_formula(cell: str, row: int, formula: str, pulled: str) -> UnreadableError:
    """The refusal of the workbook for the formula in a cell, as `B7`."""
    return UnreadableError(
        f"The formula in cell {cell} fetches data from elsewhere ({pulled}). {_ADVICE.en}",
        f"セル {cell} の数式は外部からデータを取得します（{pulled}）。{_ADVICE.ja}",
        row=row,
        column=cell.rstrip("0123456789"),
        value=f"={formula}",
    )


def refusal_of_part(name: str, what: Text) -> UnreadableError:
    """The refusal of the workbook for a part of it, where no cell can be named."""
    return UnreadableError(
        f"The workbook holds {what.en} ({name}). {_ADVICE.en}",
        f"ブックに{what.ja}が含まれています（{name}）。{_ADVICE.ja}",
    )
