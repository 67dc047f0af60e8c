"""Nasty CSV files: encodings, line ends, quotation marks, separators, and what is no CSV at all."""

from tests.data_access.imports.corpus.nasty import GOOD, HEADER, SECOND, Nasty, csv, good_but, lines

_TEXT = lines(HEADER, GOOD, SECOND)
_JAPANESE = lines(
    HEADER, good_but(title="髙橋①の研究～国際共同"), good_but(record_id="R2", title="東北大学と海外の大学の共同研究")
)
_HTML = "<html><head><meta charset='utf-8'></head><body><table><tr><td>record_id</td></tr></table></body></html>"
_XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)

NASTIES = {
    "byte order mark": csv(HEADER, GOOD, encoding="utf-8-sig"),
    "byte order mark in the middle, two exports pasted together": Nasty(
        "file.csv", (_TEXT + "\N{ZERO WIDTH NO-BREAK SPACE}" + lines(good_but(record_id="R3"))).encode("utf-8-sig")
    ),
    "CP932 with letters of its own": Nasty("file.csv", _JAPANESE.encode("cp932")),
    "UTF-16 with tabs, as Excel's Unicode text": csv(HEADER, GOOD, encoding="utf-16", separator="\t"),
    "UTF-16 with commas": csv(HEADER, GOOD, encoding="utf-16"),
    "UTF-16 without its mark": csv(HEADER, GOOD, encoding="utf-16-le"),
    "UTF-16 cut in the middle of a letter": Nasty("file.csv", _TEXT.encode("utf-16")[:-1]),
    "UTF-8 cut in the middle of a letter": Nasty(
        "file.csv", _JAPANESE.encode()[: _JAPANESE.encode().rindex("研究".encode()) + 1]
    ),
    "UTF-8 with one byte damaged": Nasty("file.csv", _JAPANESE.encode().replace("国".encode(), b"\xe5\x9b", 1)),
    "Latin-1 from Europe": csv(HEADER, good_but(title="Universität Wien"), encoding="latin-1"),
    "EUC-JP from an old server": csv(HEADER, good_but(title="国際共同研究"), encoding="euc_jp"),
    "tabs": csv(HEADER, GOOD, separator="\t"),
    "semicolons, as Excel in Germany": csv(HEADER, GOOD, separator=";"),
    "a line on its separator before the header": Nasty(
        "file.csv", ("sep=;\r\n" + lines(HEADER, GOOD, separator=";")).encode()
    ),
    "mixed line ends": Nasty(
        "file.csv", (lines(HEADER, end="\r\n") + lines(GOOD, end="\n") + lines(SECOND, end="\r")).encode()
    ),
    "no line end at the end": Nasty("file.csv", _TEXT.rstrip().encode()),
    "cut in the middle of a row": Nasty("file.csv", _TEXT[:-14].encode()),
    "ragged: a cell too few": csv(HEADER, GOOD, SECOND[:-1]),
    "ragged: a comma in a title that is not quoted": csv(HEADER, good_but(title="A paper, and more")),
    "commas at the end of every row, as Excel leaves them": csv((*HEADER, "", ""), (*GOOD, "", "")),
    "a quotation mark that is never closed": csv(HEADER, good_but(title='"A paper'), SECOND),
    "a quotation mark closed too early": csv(HEADER, good_but(title='"A "great" paper"')),
    "a line break within a cell": csv(HEADER, good_but(title='"A paper\r\nin two lines"')),
    "NUL in a cell": csv(HEADER, good_but(title="A\0paper")),
    "the mark of an old text editor at the end": Nasty("file.csv", _TEXT.encode() + b"\x1a"),
    "a header alone": csv(HEADER),
    "nothing": Nasty("file.csv", b""),
    "only blank rows": Nasty("file.csv", b",,,,,\r\n,,,,,\r\n"),
    "a web page named .csv": Nasty("file.csv", _HTML.encode()),
    "a web page named .xls": Nasty("file.xls", _HTML.encode()),
    "a web page named .xlsx": Nasty("file.xlsx", _HTML.encode()),
    "XML of Excel 2003 named .csv": Nasty("file.csv", _XML_2003.encode()),
    "a PDF named .csv": Nasty("file.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    "a picture named .csv": Nasty("file.csv", b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "a workbook named .csv": Nasty("file.csv", b"PK\x03\x04" + bytes(64)),
    "plain text named .txt": Nasty("file.txt", _TEXT.encode()),
    "plain text named .xlsx": Nasty("file.xlsx", _TEXT.encode()),
}
