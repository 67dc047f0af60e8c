"""What a file is by its first bytes, whatever its name says: what is no table or list is refused by name."""

import re
from typing import BinaryIO

from data_access.files.text_rows import UnreadableError
from vocabulary.text import Text

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT = 4_096
_SEARCHED = 64 << 20  # of a container, for the name of what it holds

_AS_TABLE = Text(
    "Open it where it was made and save the table as .xlsx or .csv.",
    "作成したソフトで開き、表を .xlsx または .csv で保存してください。",
)
_AS_WORKBOOK = Text(
    "Open it in Excel and save it as .xlsx (Excel Workbook).",
    "Excel で開き、「Excel ブック（.xlsx）」として保存してください。",
)
_UNPACKED = Text("Unpack it and give the files inside.", "解凍して、中のファイルを指定してください。")
_MAGIC = {
    b"%PDF-": (Text("a PDF document", "PDF 文書"), _AS_TABLE),
    b"{\\rtf": (Text("a text document (RTF)", "リッチテキスト（RTF）文書"), _AS_TABLE),
    b"\x89PNG\r\n\x1a\n": (Text("a picture (PNG)", "画像（PNG）"), _AS_TABLE),
    b"\xff\xd8\xff": (Text("a picture (JPEG)", "画像（JPEG）"), _AS_TABLE),
    b"SQLite format 3\0": (Text("a database (SQLite)", "データベース（SQLite）"), _AS_TABLE),
    b"PAR1": (Text("a Parquet file", "Parquet ファイル"), _AS_TABLE),
    b"\x1f\x8b": (Text("packed by gzip", "gzip 圧縮ファイル"), _UNPACKED),
    b"7z\xbc\xaf\x27\x1c": (Text("an archive (7z)", "圧縮ファイル（7z）"), _UNPACKED),
    b"Rar!": (Text("an archive (RAR)", "圧縮ファイル（RAR）"), _UNPACKED),
}
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|meta|table|script|style|div)\b", re.I)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.I)
_XML_OF_EXCEL = b"urn:schemas-microsoft-com:office:spreadsheet"


def refuse_what_is_no_list(file: BinaryIO, *, packed: bytes = b"") -> None:
    """Refuses a file whose beginning says that it is something else; `packed`: the first bytes that are expected."""
    file.seek(0)
    start = file.read(_LOOKED_AT)
    file.seek(0)
    if packed and start.startswith(packed):
        return
    if start.startswith(ZIP):
        raise another(
            Text("a workbook or another ZIP file", "Excel ブックなどの ZIP ファイル"),
            Text(
                "Where it is a workbook, let its name end in .xlsx.", "Excel ブックなら拡張子を .xlsx にしてください。"
            ),
        )
    if start.startswith(_OLE):
        raise _ole(file)
    for magic, (what, advice) in _MAGIC.items():
        if start.startswith(magic):
            raise another(what, advice)
    if _HTML.match(start):
        raise another(Text("a web page (HTML)", "ウェブページ（HTML）"), _AS_WORKBOOK)
    if _XML.match(start):
        of_excel = _XML_OF_EXCEL in start
        what = Text("an XML spreadsheet of 2003", "XML スプレッドシート 2003") if of_excel else Text("XML", "XML")
        raise another(what, _AS_WORKBOOK if of_excel else _AS_TABLE)


def another(what: Text, advice: Text) -> UnreadableError:
    """The refusal of a file that is `what`; `advice` says how to save it."""
    return UnreadableError(
        f"The file is {what.en}, whatever its name says. Accepted: a table as .csv or .xlsx. {advice.en}",
        f"ファイルの中身は{what.ja}です。使えるのは .csv または .xlsx の表です。{advice.ja}",
    )


def _ole(file: BinaryIO) -> UnreadableError:
    """The container of Office up to 2003, in which workbooks with a password are kept to this day."""
    end = b""
    while file.tell() < _SEARCHED and (chunk := file.read(1 << 20)):
        if _ENCRYPTED in end + chunk:
            return another(
                Text("a workbook that is protected by a password", "パスワードで保護されたブック"),
                Text(
                    "Open it in Excel, take the password out (File, Info, Protect Workbook) and save it.",
                    "Excel で開き、「ファイル」「情報」「ブックの保護」でパスワードを解除して保存してください。",
                ),
            )
        end = chunk[1 - len(_ENCRYPTED) :]
    return another(
        Text("a document of Office 97 to 2003 (as .xls or .doc)", "Office 97-2003 形式（.xls、.doc など）の文書"),
        _AS_WORKBOOK,
    )
