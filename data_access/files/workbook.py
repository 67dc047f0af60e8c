"""A workbook as the ZIP archive it is: its limits, its sheets, its shared texts and the formats of its numbers."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from posixpath import join, normpath
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from data_access.files.number_formats import Shown, built_in, shown_by
from data_access.files.pulling import pulling_parts, refusal_of_part
from data_access.files.text_rows import UnreadableError
from data_access.files.what_it_is import another
from data_access.files.xml_parts import Attributes, DamagedError, in_main, parse_whole, refuse_document_type, whole
from vocabulary.text import Text

MOST_BYTES = 512 << 20  # of the workbook when unpacked
MOST_PARTS = 2_000
MOST_TIMES = 200  # what a part may unpack to, once it is beyond a size that harms nobody; rows of a table are 5 to 40
MOST_TEXTS = 2_000_000
MOST_LETTERS = 128 << 20  # of the shared texts together
_HARMLESS = 4 << 20
_BEGINNING = 4_096  # of a part of XML, where a document type would stand
_ENCRYPTED = 0x1
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_ADVICE = Text(
    "Open it where it was made and save it as .xlsx (Excel Workbook).",
    "作成したソフトで開き、「Excel ブック（.xlsx）」として保存してください。",
)
_OTHER_DOCUMENTS = {
    "word/": Text("a Word document", "Word 文書"),
    "ppt/": Text("a PowerPoint presentation", "PowerPoint のスライド"),
    "xl/workbook.bin": Text("a binary workbook (.xlsb)", "バイナリ ブック（.xlsb）"),
    "Index/Document.iwa": Text("a document of Numbers or Pages", "Numbers または Pages の書類"),
    "content.xml": Text("an OpenDocument file (as .ods)", "OpenDocument ファイル（.ods など）"),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of cells: its name, the part that holds it, and whether it is shown."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """What a workbook says of itself; `pulling` are its parts that fetch data from elsewhere or run."""

    def __init__(self, file: BinaryIO) -> None:
        self.archive = ZipFile(file)
        self._within_limits()
        names = self.archive.namelist()
        for name in names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                with self.archive.open(name) as part:
                    refuse_document_type(part.read(_BEGINNING))
        self.pulling = pulling_parts(names)
        for name, what in self.pulling:
            if what.en == "macros":
                raise refusal_of_part(name, what)
        for beginning, what in _OTHER_DOCUMENTS.items():
            if any(name.startswith(beginning) for name in names):
                raise another(what, _ADVICE)
        (self._home,) = self._related("", "/officeDocument").values()
        self._parts = self._related(self._home, "")
        self.sheets: list[Sheet] = []
        self.from_1904 = False
        sheets = self._related(self._home, "/worksheet")
        self._read(self._home, lambda name, said: self._said(name, said, sheets))
        self.texts: list[str] = []
        self.formats: list[Shown] = []

    def _within_limits(self) -> None:
        entries = self.archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MOST_BYTES:
            raise UnreadableError(
                f"The workbook unpacks to {unpacked >> 20:,} MB. Accepted: at most {MOST_BYTES >> 20} MB.",
                f"展開すると {unpacked >> 20:,} MB になります。使えるのは {MOST_BYTES >> 20} MB までです。",
            )
        for entry in entries:
            times = entry.file_size // max(1, entry.compress_size)
            if entry.file_size > _HARMLESS and times > MOST_TIMES:
                raise UnreadableError(
                    f"{entry.filename[:60]} in the workbook unpacks to {times:,} times its size. "
                    f"Accepted: at most {MOST_TIMES} times; save the workbook again.",
                    f"ブック内の {entry.filename[:60]} が {times:,} 倍に展開されます。"
                    f"使えるのは {MOST_TIMES} 倍までです。ブックを保存し直してください。",
                )
            if entry.flag_bits & _ENCRYPTED:
                raise another(Text("a ZIP file with a password", "パスワード付きの ZIP ファイル"), _ADVICE)
            if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise DamagedError("a part is packed in another way than Office does", "圧縮方式が Office と異なります")
        if len(entries) > MOST_PARTS:
            raise UnreadableError(
                f"The workbook has {len(entries):,} parts. Accepted: at most {MOST_PARTS:,}.",
                f"ブックに {len(entries):,} 個のパートがあります。使えるのは {MOST_PARTS:,} 個までです。",
            )
        if len({entry.filename.lower() for entry in entries}) < len(entries):
            raise DamagedError("it holds a part twice", "同じ名前のパートが 2 つあります")

    def open(self, part: str) -> IO[bytes]:
        return self.archive.open(part)

    def _read(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        with self.open(part) as file:
            parse_whole(file, start, end, text)

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """The parts that a part names: id -> part, of the relations whose type ends in `kind`."""
        folder, _, name = part.rpartition("/")
        found: dict[str, str] = {}

        def start(element: str, said: Attributes) -> None:
            if element == _RELATION and said.get("TargetMode") != "External" and said["Type"].endswith(kind):
                found[said["Id"] if kind != "" else said["Type"].rpartition("/")[2]] = normpath(
                    join("/" + folder, said["Target"])
                ).lstrip("/")

        self._read(join(folder, "_rels", f"{name}.rels"), start)
        return found

    def _said(self, element: str, said: Attributes, sheets: dict[str, str]) -> None:
        match in_main(element):
            case "workbookPr":
                self.from_1904 = said.get("date1904", "0") in ("1", "true")
            case "sheet":
                part = sheets.get(next((said[name] for name in _ID if name in said), ""))
                if part is not None:  # a sheet of cells, and no chart
                    hidden = said.get("state", "visible") != "visible"
                    self.sheets.append(Sheet(name=said["name"], part=part, hidden=hidden))

    def chosen(self, names: Collection[str]) -> tuple[Sheet, bool]:
        """The sheet that is shown and has one of the names, else the first that is shown; and whether by its name."""
        shown = [sheet for sheet in self.sheets if not sheet.hidden]
        if not shown:
            raise UnreadableError("The workbook has no sheet with cells.", "セルのあるシートがありません。")
        named = [sheet for sheet in shown if sheet.name.strip().casefold() in names]
        return (named or shown)[0], bool(named)

    def shown_by_style(self, style: int) -> Shown:
        if style >= len(self.formats) and (style or self.formats):
            raise DamagedError(f"there is no style {style}", f"書式 {style} がありません")
        return self.formats[style] if self.formats else "number"

    def read_texts_and_formats(self) -> None:
        """Reads what the cells of every sheet refer to."""
        if "sharedStrings" in self._parts:
            reading = _SharedTexts(self.texts)
            self._read(self._parts["sharedStrings"], reading.start, reading.end, reading.text)
        if "styles" in self._parts:
            self._read(self._parts["styles"], _Formats(self.formats).start, None)


class _SharedTexts:
    """The texts that cells name by number; the reading aids above Japanese letters are no part of them."""

    def __init__(self, into: list[str]) -> None:
        self._into, self._letters = into, 0
        self._pieces: list[str] = []
        self._in_text, self._aside = False, 0

    def start(self, element: str, _said: Attributes) -> None:
        match in_main(element):
            case "si":
                self._pieces = []
            case "rPh":
                self._aside += 1
            case "t":
                self._in_text = not self._aside

    def text(self, letters: str) -> None:
        if self._in_text:
            self._pieces.append(letters)

    def end(self, element: str) -> None:
        match in_main(element):
            case "si":
                text = unescaped("".join(self._pieces))
                self._into.append(text)
                self._letters += len(text)
                if len(self._into) > MOST_TEXTS or self._letters > MOST_LETTERS:
                    raise UnreadableError(
                        f"The workbook holds more than {MOST_TEXTS:,} different texts, or {MOST_LETTERS >> 20} million "
                        "letters. Accepted: fewer; split the workbook.",
                        f"ブックの文字列が {MOST_TEXTS:,} 件か {MOST_LETTERS >> 20} 百万文字を超えています。"
                        "ブックを分けてください。",
                    )
            case "rPh":
                self._aside -= 1
            case "t":
                self._in_text = False


class _Formats:
    """For each style of cells what it shows."""

    def __init__(self, into: list[Shown]) -> None:
        self._into, self._own = into, dict[int, Shown]()
        self._of_cells = False

    def start(self, element: str, said: Attributes) -> None:
        match in_main(element):
            case "numFmt":
                self._own[whole(said["numFmtId"])] = shown_by(said["formatCode"])
            case "cellXfs":
                self._of_cells = True
            case "cellStyles" | "cellStyleXfs" | "dxfs":
                self._of_cells = False
            case "xf" if self._of_cells:
                number = whole(said.get("numFmtId", "0"))
                self._into.append(self._own.get(number) or built_in(number))


def unescaped(text: str) -> str:
    """The text of a cell without the escapes that XML needs: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
