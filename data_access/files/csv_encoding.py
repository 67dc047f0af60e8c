"""In which encoding a CSV file is written: UTF-8 or UTF-16 by its mark, else CP932 where that can be meant."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO

from data_access.files.text_rows import UnreadableError

UTF_8, UTF_16, CP932 = "utf-8-sig", "utf-16", "cp932"
_CHUNK = 1 << 20
_NOT_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")  # Python's codec lets these single bytes pass
_KANJI = "[\u4e00-\u9fff\uf900-\ufaff\ue000-\ue757]"  # with the letters that users define themselves
_HALF_WIDTH = "[\uff61-\uff9f]"
# `ät` of Latin-1 and `’s` of Windows-1252 read as one kanji, the É of `École` as one half-width letter; `ür` of EUC-JP,
# where the first of its bytes is lost, as a half-width letter and a kanji.
_IN_LATIN = re.compile(
    rf"(?<=[A-Za-z]){_HALF_WIDTH}?{_KANJI}+|{_KANJI}+(?=[a-z])|(?<!{_HALF_WIDTH}){_HALF_WIDTH}(?=[a-z])"
)
_JAPANESE = re.compile(f"[\u3041-\u30ff]|{_KANJI}|{_HALF_WIDTH}{{2,}}")
_WIDE_LETTER = re.compile(_KANJI)
_HALF_WIDTH_RUN = re.compile(f"{_HALF_WIDTH}+")
# Letters that users define themselves beside half-width ones: nobody writes that, and EUC-JP reads so.
_OF_NOBODY = re.compile(f"[\ue000-\ue757](?={_HALF_WIDTH})|(?<={_HALF_WIDTH})[\ue000-\ue757]")
_FIRST_BYTES_OF_KANA = re.compile("[\uff64\uff65]")  # as EUC-JP writes hiragana and katakana
_LATIN = bytes(range(ord("A"), ord("Z") + 1)) + bytes(range(ord("a"), ord("z") + 1))
_PAIRS = [bytes([first, second]) for first in (*range(0x81, 0xA0), *range(0xE0, 0xFD)) for second in _LATIN]
_MADE_OF_LATIN = frozenset("".join(pair.decode(CP932, "ignore") for pair in _PAIRS)) | frozenset(
    map(chr, range(0xFF61, 0xFFA0))
)
_SURELY_UTF_8 = re.compile(
    "[\u0800-\ufffc\U00010000-\U0010ffff]|(?<=[A-Za-z])[\u00c0-\u024f]|[\u00c0-\u024f](?=[A-Za-z])"
)
_FEW = 3  # letters, which no text in CP932 forms by chance without a hundred that are none
_LOOKED_AT = 4_096
_HALF_A_MARK = (BOM_UTF8[1:], BOM_UTF8[:2])  # the mark of UTF-8 without one of its bytes: it was there once
_NUL_IN_TEXT = 5  # one byte in five: a text in UTF-16 has more, one that holds a stray zero far less
_AROUND = 20  # letters shown on either side of what cannot be meant


def encoding_of(file: BinaryIO) -> str:
    """The first encoding in which the whole file can be read, and could have been written. Raises UnreadableError."""
    file.seek(0)
    start = file.read(_LOOKED_AT)
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _as_utf_16(file)
    if start.count(0) * _NUL_IN_TEXT > len(start):
        raise UnreadableError(
            "The file holds zero bytes between its letters: it is UTF-16 without its mark, or no text at all. "
            "Accepted: CSV saved as UTF-8 (in Excel: CSV UTF-8).",
            "文字の間にゼロのバイトがあります。目印（BOM）のない UTF-16 か、テキストではないファイルです。"
            "「CSV UTF-8（コンマ区切り）」で保存してください。",
            row=1,
        )
    if _fits(file, UTF_8):
        return UTF_8
    if line := _damaged_utf_8(file):
        raise UnreadableError(
            f"Line {line} holds bytes that are not UTF-8, though the rest of the file is: it was damaged or cut. "
            "Accepted: the file as it was saved; save or copy it again.",
            f"ファイルは UTF-8 ですが、{line} 行目に UTF-8 でないバイトがあります。壊れているか途中で切れています。"
            "もう一度保存するか、コピーし直してください。",
            row=line,
        )
    if not _fits(file, CP932):
        raise UnreadableError(
            "The file is neither UTF-8 nor CP932 text. Accepted: CSV saved as UTF-8 or CP932 (Excel in Japan).",
            "UTF-8 でも CP932 でもありません。使えるのは UTF-8 または CP932（日本語版 Excel）で保存した CSV です。",
        )
    if found := _latin(file) or _euc(file):
        line, shown = found
        raise UnreadableError(
            f'Line {line} would read "{shown}" in CP932, which cannot be meant: the file is in another encoding. '
            "Accepted: CSV saved as UTF-8 or CP932 (Excel in Japan).",
            f"CP932 として読むと {line} 行目が「{shown}」となり、別の文字コードのファイルと思われます。"
            "使えるのは UTF-8 または CP932（日本語版 Excel）で保存した CSV です。",
            row=line,
            value=shown,
        )
    return CP932


def _as_utf_16(file: BinaryIO) -> str:
    if _fits(file, UTF_16):
        return UTF_16
    raise UnreadableError(
        "The file begins as UTF-16 and cannot be read as such: it was damaged or cut. "
        "Accepted: CSV saved as UTF-8 (in Excel: CSV UTF-8).",
        "UTF-16 として始まりますが、UTF-16 として読めません。壊れているか途中で切れています。"
        "「CSV UTF-8（コンマ区切り）」で保存してください。",
    )


def _damaged_utf_8(file: BinaryIO) -> int | None:
    """The first line that cannot be UTF-8 in a file whose other letters show that it is.

    What counts for it are letters of three bytes and Latin ones within a word: CP932 almost never forms them.
    """
    first, lines, good, bad = None, 1, 0, 0
    for piece in _pieces(file, UTF_8, "replace"):
        good += len(_SURELY_UTF_8.findall(piece))
        if "\N{REPLACEMENT CHARACTER}" in piece:
            bad += piece.count("\N{REPLACEMENT CHARACTER}")
            first = first or lines + piece.count("\n", 0, piece.index("\N{REPLACEMENT CHARACTER}"))
        lines += piece.count("\n")
    shows = good > bad or (good >= _FEW and 2 * good > bad)
    return first if shows or _begins_with(file, _HALF_A_MARK) else None


def _begins_with(file: BinaryIO, marks: tuple[bytes, ...]) -> bool:
    file.seek(0)
    return file.read(_LOOKED_AT).startswith(marks)


def _fits(file: BinaryIO, encoding: str) -> bool:
    try:
        return not any(encoding == CP932 and _NOT_CP932.search(piece) for piece in _pieces(file, encoding))
    except UnicodeDecodeError:
        return False


def _latin(file: BinaryIO) -> tuple[int, str] | None:
    """Line and text of the first Latin word that reads with kanji in it, where most of the file's kanji are such."""
    first, lines, odd = None, 1, 0
    for piece in _pieces(file, CP932):
        for found in _IN_LATIN.finditer(piece):
            if _MADE_OF_LATIN.issuperset(found[0]):
                odd += len(found[0])
                first = first or _shown(piece, found, lines)
        lines += piece.count("\n")
    if not odd:
        return None
    return first if odd * 2 > sum(len(_JAPANESE.findall(piece)) for piece in _pieces(file, CP932)) else None


def _euc(file: BinaryIO) -> tuple[int, str] | None:
    """Line and text of the first half-width letters of a file that consists of them and can be read as EUC-JP.

    Genuine half-width katakana fail there, as EUC-JP has two bytes for a letter, or read as kanji alone.
    """
    if written_by_nobody := _first(file, _OF_NOBODY):
        return written_by_nobody
    if not _fits(file, "euc_jp"):
        return None
    first, lines, half, wide, kana = None, 1, 0, 0, 0
    for piece in _pieces(file, CP932):
        for found in _HALF_WIDTH_RUN.finditer(piece):
            half += len(found[0])
            kana += len(_FIRST_BYTES_OF_KANA.findall(found[0]))
            first = first or _shown(piece, found, lines)
        wide += len(_WIDE_LETTER.findall(piece))
        lines += piece.count("\n")
    return first if half > wide and (wide or kana * 4 >= half) else None


def _first(file: BinaryIO, pattern: re.Pattern[str]) -> tuple[int, str] | None:
    lines = 1
    for piece in _pieces(file, CP932):
        if found := pattern.search(piece):
            return _shown(piece, found, lines)
        lines += piece.count("\n")
    return None


def _shown(piece: str, found: re.Match[str], lines: int) -> tuple[int, str]:
    """The line of what was found, and what stands around it there."""
    before = piece[max(0, found.start() - _AROUND) : found.start()].rpartition("\n")[2]
    after = piece[found.start() : found.start() + _AROUND].partition("\n")[0]
    return lines + piece.count("\n", 0, found.start()), (before + after).strip()


def _pieces(file: BinaryIO, encoding: str, errors: str = "strict") -> Iterator[str]:
    decoder = getincrementaldecoder(encoding)(errors)
    file.seek(0)
    for chunk in _chunks(file):
        yield decoder.decode(chunk, final=not chunk)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces, the last of them empty."""
    while chunk := file.read(_CHUNK):
        yield chunk
    yield b""
