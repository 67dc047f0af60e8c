"""The XML in a workbook, piece by piece: no document type, so no entity can be declared, and no other encoding."""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from data_access.files.text_rows import UnreadableError
from vocabulary.text import Text

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # "Strict Open XML Spreadsheet"
)
_NAMES = (
    *("c", "cellStyleXfs", "cellStyles", "cellXfs", "col", "dxfs", "f", "mergeCell", "numFmt", "rPh", "row", "sheet"),
    *("sheetData", "si", "t", "v", "workbookPr", "xf"),
)
_LOCAL = {f"{namespace} {name}": name for namespace in _MAIN for name in _NAMES}
_PIECE = 1 << 16
_DIGITS = 10

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


class DamagedError(ValueError):
    """A part of a workbook that is not what it should be: why, in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.why = Text(en, ja)


def parse(
    part: IO[bytes], start: Start, end: End | None = None, text: Callable[[str], None] | None = None
) -> Callable[[], bool]:
    """A function that parses one piece of the part at each call, and says whether there is more.

    `start`, `end` and `text` are told the names without the namespace of spreadsheets; others keep theirs.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.XmlDeclHandler = _only_unicode

    def more() -> bool:
        piece = part.read(_PIECE)
        try:
            parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            raise DamagedError(f"its XML is damaged: {error}", "XML が壊れています") from None
        return bool(piece)

    return more


def parse_whole(
    part: IO[bytes], start: Start, end: End | None = None, text: Callable[[str], None] | None = None
) -> None:
    """The same in one go."""
    more = parse(part, start, end, text)
    while more():
        pass


def in_main(name: str) -> str:
    """The name of an element of a spreadsheet that is of interest, without its namespace; nothing for any other."""
    return _LOCAL.get(name, "")


def whole(text: str) -> int:
    """A number without a sign in an attribute. Raises `DamagedError`."""
    if not (text.isascii() and text.isdecimal() and len(text) < _DIGITS):
        raise DamagedError(f"{text[:20]} is no whole number", f"「{text[:20]}」は整数ではありません")
    return int(text)


def refuse_document_type(beginning: bytes) -> None:
    """Refuses a part that is not read here, by its first bytes: who reads the workbook further may be less careful."""
    if b"<!DOCTYPE" in beginning.replace(b"\0", b""):  # in UTF-16, too
        _no_document_type()


def _no_document_type(*_declared: object) -> None:
    raise UnreadableError(
        "The workbook declares entities of its own (a document type), as no spreadsheet program does. "
        "Accepted: .xlsx as Excel or LibreOffice save it.",
        "ブックの中で独自の実体（DOCTYPE）が宣言されています。使えるのは Excel や LibreOffice が保存した .xlsx です。",
    )


def _only_unicode(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "utf-16", "us-ascii"):
        raise DamagedError(f"its XML is in {encoding[:20]}", f"XML の文字コードが {encoding[:20]} です")
