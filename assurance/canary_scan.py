"""Which canaries are in bytes that a server sent: in texts, numbers, typed arrays, Arrow tables, workbooks."""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from assurance.canary_marks import MARK, Canaries, Owners, owners_of

UNSEEN = (  # what Markdown is made safe with, and what keeps words together or lets them break
    *(b"\\", b"\xe2\x81\xa0", b"\xe2\x80\x8b", b"\xc2\xad"),
    *(rb"\u2060", rb"\u200b", rb"\u00ad"),
)
NUMBERS = (re.compile(rb"\d{1,3}(?:,\d{3})+"), re.compile(rb"\d{7,}(?:\.\d+)?|\d{1,6}\.\d{2,}"))
IDENTIFIER = re.compile(  # of a session, an element, a link: random, and long enough to hold a number by chance
    rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}"
)
PERSON = re.compile(rb"p:[0-9a-f]{32}")
ARROW = b"\xff\xff\xff\xff"
TYPED = re.compile(rb'"dtype":\s*"(\w+)",\s*"bdata":\s*"([^"]+)"|"bdata":\s*"([^"]+)",\s*"dtype":\s*"(\w+)"')
BASE64 = re.compile(rb";base64,([A-Za-z0-9+/=]{16,})")
TYPES = {"f8": "<f8", "f4": "<f4", "i4": "<i4", "i2": "<i2", "u4": "<u4", "u2": "<u2", "i1": "i1", "u1": "u1"}
SCALES = (1, 10**3, 10**4, 10**6, 10**8)  # as they are, in thousands, 万, millions, 億


class Found(NamedTuple):
    """One canary: whose it is, and the text, number or pseudonym."""

    owners: Owners
    what: str


class Scanner:
    """Finds the canaries of one university; what was searched once is remembered by its hash."""

    def __init__(self, canaries: Canaries) -> None:
        self._canaries = canaries
        self._sorted = np.array(sorted(canaries.numbers), dtype=np.float64)
        self._known: dict[bytes, frozenset[Found]] = {}
        self.bytes_seen = 0

    def also(self, number: int, owners: Owners) -> None:
        """One more number to look for."""
        self._canaries.numbers[number] = owners
        self._sorted = np.array(sorted(self._canaries.numbers), dtype=np.float64)
        self._known.clear()

    def found(self, data: bytes) -> frozenset[Found]:
        """Every canary in these bytes."""
        self.bytes_seen += len(data)
        digest = blake2b(data, digest_size=16).digest()
        if digest not in self._known:
            self._known[digest] = frozenset(self._search(data))
        return self._known[digest]

    def _search(self, data: bytes) -> Iterator[Found]:
        if data[:4] == b"PK\x03\x04":
            yield from self._in_a_workbook(data)
        for part in (data, *_decoded(data)):
            yield from self._in_text(part)
        yield from self._in_numbers(_typed(data))
        for column in _arrow_columns(data):
            yield from self._in_numbers(column) if isinstance(column, np.ndarray) else self._in_text(column)

    def _in_text(self, data: bytes) -> Iterator[Found]:
        plain = data.lower()
        for unseen in UNSEEN:
            plain = plain.replace(unseen, b"")
        for mark in MARK.findall(plain):
            yield Found(owners_of(mark), f"text {mark.decode()}")
        for pseudonym in PERSON.findall(plain):
            owners = self._canaries.persons.get(pseudonym.decode())
            if owners is not None:
                yield Found(owners, f"person {pseudonym.decode()}")
        told = IDENTIFIER.sub(b" ", plain)
        numbers = {float(one.replace(b",", b"")) for written in NUMBERS for one in written.findall(told)}
        yield from self._in_numbers(np.array(sorted(numbers), dtype=np.float64))

    def _in_numbers(self, values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Iterator[Found]:
        if not (len(values) and len(self._sorted)):
            return
        for scale in SCALES:
            scaled = values * scale
            whole = np.rint(scaled)
            at = np.minimum(np.searchsorted(self._sorted, whole), len(self._sorted) - 1)
            there = (self._sorted[at] == whole) & (np.abs(scaled - whole) < 1e-3)
            for number in np.unique(whole[there]).astype(np.int64).tolist():
                yield Found(self._canaries.numbers[number], f"number {number:,}")

    def _in_a_workbook(self, data: bytes) -> Iterator[Found]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                for name in book.namelist():
                    yield from self._in_text(book.read(name))
        except zipfile.BadZipFile:
            return


def _decoded(data: bytes) -> Iterator[bytes]:
    for part in BASE64.findall(data):
        try:
            yield base64.b64decode(part)
        except binascii.Error:
            continue


def _typed(data: bytes) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Every number of the arrays that charts carry in binary."""
    arrays = [np.empty(0)]
    for kind, content, other_content, other_kind in TYPED.findall(data):
        name = (kind or other_kind).decode()
        raw = base64.b64decode((content or other_content).replace(rb"\u002b", b"+").replace(rb"\/", b"/"))
        arrays.append(np.frombuffer(raw, dtype=TYPES[name]).astype(np.float64))
    return np.concatenate(arrays)


def _arrow_columns(data: bytes) -> Iterator["np.ndarray[tuple[int], np.dtype[np.float64]] | bytes"]:
    """The columns of every Arrow table within: numbers as such, all else as text."""
    start = data.find(ARROW)
    while start >= 0:
        after = start + 1
        try:
            with pa.ipc.open_stream(pa.BufferReader(data[start:])) as stream:
                table = stream.read_all()
        except (pa.ArrowInvalid, OSError):
            table = None
        if table is not None:
            after = start + max(table.nbytes // 2, 1)
            for column in table.columns:
                yield _column(column)
        start = data.find(ARROW, after)


def _column(column: "pa.ChunkedArray") -> "np.ndarray[tuple[int], np.dtype[np.float64]] | bytes":
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        numbers: np.ndarray[tuple[int], np.dtype[np.float64]] = column.drop_null().to_numpy().astype(np.float64)
        return numbers
    return str(column.to_pylist()).encode()
