"""Files that lie about their size or are made to exhaust whoever reads them; none is larger than 3 MB as it comes."""

import gzip
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile
from zlib import DEFLATED, MAX_WBITS, Z_FULL_FLUSH, compressobj

from tests.data_access.files.workbooks import MAIN, SHEET, book, row, sheet
from tests.data_access.imports.corpus.nasty import GOOD, HEADER, Nasty, csv, good_but

_GOOD = sheet(row(1, HEADER) + row(2, GOOD))
_MEGABYTE = 1 << 20
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _with(part: str, piece: bytes, times: int) -> bytes:
    """A good workbook with one part more, which is a piece so many times; it is packed once, for all of them."""
    packer = compressobj(9, DEFLATED, -MAX_WBITS)
    packed = (packer.compress(piece) + packer.flush(Z_FULL_FLUSH)) * times + packer.flush()
    file = BytesIO(book(_GOOD))
    with ZipFile(file, "a", ZIP_STORED) as archive:
        archive.writestr(part, packed)
    return _said(file.getvalue(), part, len(piece) * times, method=ZIP_DEFLATED)


def _said(content: bytes, part: str, unpacked: int, method: int) -> bytes:
    """The same workbook, whose directory says of a part how it is packed and what it unpacks to."""
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(part.encode()))
    entry = bytearray(content[at : at + 46])
    entry[10:12], entry[24:28] = method.to_bytes(2, "little"), unpacked.to_bytes(4, "little")
    return content[:at] + entry + content[at + 46 :]


def _entities(declared: str, used: str) -> Nasty:
    return Nasty("file.xlsx", book(f"<?xml version='1.0'?><!DOCTYPE x [{declared}]>" + _GOOD.replace("A paper", used)))


def bombs() -> dict[str, Nasty]:
    """Made when asked for: together they are some MB."""
    spaces = b" " * _MEGABYTE
    work = b'{"id": "W1", "title": "' + b"A" * 1_000 + b'"}\n'
    return {
        "3 MB that unpack to 3 GB": Nasty("file.xlsx", _with("xl/media/image1.png", bytes(_MEGABYTE), 3_000)),
        "a sheet of nothing but spaces": Nasty("file.xlsx", _with("xl/worksheets/sheet2.xml", spaces, 300)),
        "a part that unpacks to more than it says": Nasty("file.xlsx", _said(book(_GOOD), SHEET, 10, ZIP_DEFLATED)),
        "ten thousand parts": Nasty("file.xlsx", book(_GOOD, parts={f"xl/media/{n}.png": b"" for n in range(10_000)})),
        "a part twice": Nasty("file.xlsx", _twice()),
        "a billion laughs": _entities('<!ENTITY l0 "ha">' + _LAUGHS, "&l9;"),
        "an entity from the disk": _entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        "rows beyond the limit": csv(HEADER, *[()] * 500_000, GOOD),
        "columns beyond the limit": csv(tuple(f"c{n}" for n in range(16_384))),
        "a cell of 40,000 letters": csv(HEADER, good_but(title="A" * 40_000)),
        "one line of 30 MB": Nasty("file.csv", ",".join(HEADER).encode() + b"\n" + b"A" * (30 << 20)),
        "one line of 30 MB in JSON": Nasty("file.jsonl", b'{"id": "' + b"A" * (30 << 20) + b'"}', "works"),
        "JSON nested a hundred thousand times": Nasty("file.json", b"[" * 100_000, "works"),
        "a number of a million digits": Nasty("file.json", b'[{"id": ' + b"1" * 1_000_000 + b"}]", "works"),
        "a number beyond all numbers": Nasty("file.json", b'[{"id": 1e999}]', "works"),
        "JSON that unpacks to 300 times its size": Nasty(
            "file.jsonl.gz", gzip.compress(work * 1_000, 9, mtime=0) * 200, "works"
        ),
        "a gzip of one line without end": Nasty("file.jsonl.gz", gzip.compress(bytes(64 << 20), 9, mtime=0), "works"),
        "a gzip cut short": Nasty("file.jsonl.gz", gzip.compress(work * 1_000, mtime=0)[:-9], "works"),
        "a gzip that is none": Nasty("file.jsonl.gz", work, "works"),
    }


def _twice() -> bytes:
    """Two readers would take one or the other: the first of a name, or the last."""
    file = BytesIO(book(_GOOD))
    content = file.getvalue().replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml")
    file = BytesIO(content)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, _GOOD)
        archive.writestr(SHEET.upper(), f'<worksheet xmlns="{MAIN}"/>')
    return file.getvalue()
