"""A good file, and the ways in which it goes wrong: bytes, cells, rows, encodings, quotation marks, separators, XML."""

import csv
from datetime import date
from io import BytesIO, StringIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

_GOOD = """
record_id,activity_type,title,start_date,end_date,departments,partners,countries,people_count,amount,currency,sdgs
007,publication,東北大学の国際共同研究,2025-04-01,,ENG,https://ror.org/00hx57361,US,3,1200.5,USD,3;13
0012,publication,"A ""quoted"" title, and more",2025-04-02,2026-03-31,ENG:0.6;SCI:0.4,,DE;FR,5,900000,JPY,
1e3,academic_agreement,NA,2024-12-31,2029-12-30,SCI,,,,,,
R-4,publication,"二行の
名称",2023-01-05,,ENG;SCI,Institut für Physik @ DE,DE,0,0.1,EUR,17
R5,publication,-1 to +1,2025-10-01,,*,,KR;CN;TW,12,123456789,JPY,4
東-6,publication,ﾃｽﾄ １２３,2025-05-01,,SCI,,,1,,,
"""
_DAYS, _NUMBERS = ("start_date", "end_date"), ("people_count", "amount")
Cells = list[str | float | date | None]
_CELLS = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1e3",
        "007",
        "１２",
        "1,234",
        "12人",
        "NaN",
        "inf",
        "NA",
        "#REF!",
        "〃",
        "合計",
        "TRUE",
        "US;DE",
    ),
    *(
        "ENG",
        "ENG:0.5;SCI:0.5",
        "ENG:1;SCI:0",
        "2025-04-01",
        "2025/4/1",
        "04/01/2025",
        "45748",
        "令和7年4月1日",
        "R1\u200b",
    ),
    *(
        "\N{NO-BREAK SPACE}ENG",
        "a,b",
        'a"b',
        "a\nb",
        "a;b",
        "\t",
        "ＥＮＧ",
        "É",
        "1.5",
        "99.99",
        "20250401",
        "x" * 300,
        "\0",
    ),
)
_LETTERS = "".join(map(chr, range(32, 127))) + "\n\r\t\0、。；：“”０１２ＡＢ東北大学ｱｲｳé€\u200b\ufeff"
_BYTES = bytes(range(256))


def good_csv(rows: list[Cells] | None = None, **options: str) -> bytes:
    file = StringIO(newline="")
    csv.writer(file, lineterminator=options.get("end", "\r\n"), delimiter=options.get("separator", ",")).writerows(
        rows or texts()
    )
    return file.getvalue().encode(options.get("encoding", "utf-8"), "replace")


def texts() -> list[Cells]:
    return [[*row] for row in csv.reader(StringIO(_GOOD.lstrip(), newline=""))]


def good_xlsx(rows: list[Cells] | None = None) -> bytes:
    workbook, file = Workbook(), BytesIO()
    for row in rows or typed():
        workbook.active.append(row)  # type: ignore[union-attr]  # a new workbook has a sheet
    workbook.save(file)
    return file.getvalue()


def typed() -> list[Cells]:
    """The rows as a workbook holds them: days and numbers are such."""
    header, *rows = texts()
    return [header, *([_typed(str(name), str(cell)) for name, cell in zip(header, row, strict=True)] for row in rows)]


def _typed(name: str, cell: str) -> str | float | date | None:
    if name in _DAYS and cell:
        return date.fromisoformat(cell)
    return float(cell) if name in _NUMBERS and cell else cell or None


def mutated_csv(random: Random) -> tuple[bytes, str]:
    """A file of which some things are changed, and the encoding in which it was written."""
    rows = _some(random, texts())
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        random.choice(_OF_TABLES)(random, rows)
    encoding = random.choice((*["utf-8-sig"] * 4, *["utf-8"] * 6, "cp932", "cp932", "utf-16", "euc_jp", "latin-1"))
    separator, end = random.choice((*[","] * 10, ";", "\t")), random.choice(("\r\n", "\n", "\r"))
    content = good_csv(rows, encoding=encoding, separator=separator, end=end)
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        content = random.choice(_OF_BYTES)(random, content)
    return content, "utf-8-sig" if encoding == "utf-8" else encoding


def mutated_xlsx(random: Random) -> tuple[bytes, str]:
    rows = _some(random, typed())
    for _ in range(random.choice((0, 0, 1))):
        random.choice(_OF_TABLES)(random, rows)
    content = good_xlsx([[cell.replace("\0", "") if isinstance(cell, str) else cell for cell in row] for row in rows])
    for _ in range(random.choice((0, 1, 1, 2))):
        content = _in_a_part(random, content)
    return random.choice((_one_byte, _cut))(random, content) if random.random() < 0.2 else content, ""


def _some(random: Random, rows: list[Cells]) -> list[Cells]:
    """The header and some of the rows: the fewer there are, the less gives away that a file is damaged."""
    return [rows[0], *random.sample(rows[1:], random.randrange(1, len(rows)))]


def _in_a_part(random: Random, content: bytes) -> bytes:
    """The XML of one part of a workbook is changed, and the archive is whole."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    often = [name for name in (sheet, sheet, sheet, "xl/sharedStrings.xml", "xl/styles.xml") if name in parts]
    name = random.choice([*often, *parts])
    parts[name] = random.choice((_one_letter, _one_byte, _swapped_elements, _doubled, _without, _another_number))(
        random, parts[name]
    )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for part, inside in parts.items():
            archive.writestr(part, inside)
    return file.getvalue()


def _one_byte(random: Random, content: bytes) -> bytes:
    at = random.randrange(max(1, len(content)))
    return content[:at] + random.choice((b"", bytes([random.choice(_BYTES)]))) + content[at + random.choice((0, 1)) :]


def _one_high_byte(random: Random, content: bytes) -> bytes:
    """A byte of a letter that is not of ASCII."""
    places = [at for at, byte in enumerate(content) if byte > 0x7F]
    if not places:
        return content
    at = random.choice(places)
    return content[:at] + random.choice((b"", bytes([random.randrange(256)]))) + content[at + 1 :]


def _one_letter(random: Random, content: bytes) -> bytes:
    at = random.randrange(max(1, len(content)))
    return content[:at] + random.choice(_LETTERS).encode() + content[at + random.choice((0, 1)) :]


def _cut(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(max(1, len(content)))]


def _doubled(random: Random, content: bytes) -> bytes:
    begin = random.randrange(max(1, len(content)))
    end = min(len(content), begin + random.randrange(1, 400))
    return content[:end] + content[begin:end] + content[end:]


def _without(random: Random, content: bytes) -> bytes:
    begin = random.randrange(max(1, len(content)))
    return content[:begin] + content[begin + random.randrange(1, 200) :]


def _another_quote(random: Random, content: bytes) -> bytes:
    places = [at for at, byte in enumerate(content) if byte in b'",\r\n']
    if not places:
        return content
    at = random.choice(places)
    return content[:at] + random.choice((b"", b'"', b'""', b",", b"\n", b"\r")) + content[at + 1 :]


def _swapped_elements(random: Random, content: bytes) -> bytes:
    """Two cells, rows or texts change places."""
    mark = random.choice((b"<c ", b"<row ", b"<si>", b"<xf "))
    first, *pieces = content.split(mark)
    if len(pieces) < 2:
        return content
    one, other = random.randrange(len(pieces)), random.randrange(len(pieces))
    pieces[one], pieces[other] = pieces[other], pieces[one]
    return mark.join([first, *pieces])


def _another_number(random: Random, content: bytes) -> bytes:
    """The value or an attribute of a cell is another one."""
    mark = random.choice((b"<v>", b' s="', b' r="', b' t="', b' numFmtId="'))
    places = [at + len(mark) for at in range(len(content)) if content.startswith(mark, at)]
    if not places:
        return content
    at = random.choice(places)
    new = random.choice(
        (b"", b"0", b"1", b"2", b"7", b"9", b"14", b"99", b"-3", b"45748.5", b"1e3", b"A1", b"s", b"n", b"str")
    )
    return content[:at] + new + content[at + random.choice((0, 1)) :]


def _another_cell(random: Random, rows: list[Cells]) -> None:
    row = random.choice(rows)
    if row:
        row[random.randrange(len(row))] = random.choice(_CELLS)


def _swapped_cells(random: Random, rows: list[Cells]) -> None:
    row = random.choice(rows)
    if row:
        one, other = random.randrange(len(row)), random.randrange(len(row))
        row[one], row[other] = row[other], row[one]


def _swapped_rows(random: Random, rows: list[Cells]) -> None:
    one, other = random.randrange(len(rows)), random.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _doubled_row(random: Random, rows: list[Cells]) -> None:
    rows.insert(random.randrange(len(rows) + 1), list(random.choice(rows)))


def _without_a_row(random: Random, rows: list[Cells]) -> None:
    if len(rows) > 1:
        del rows[random.randrange(len(rows))]


def _ragged(random: Random, rows: list[Cells]) -> None:
    row = random.choice(rows)
    if row and random.random() < 0.5:
        del row[random.randrange(len(row))]
    else:
        row.insert(random.randrange(len(row) + 1), random.choice(_CELLS))


def _swapped_columns(random: Random, rows: list[Cells]) -> None:
    width = min(map(len, rows))
    if width > 1:
        one, other = random.randrange(width), random.randrange(width)
        for row in rows:
            row[one], row[other] = row[other], row[one]


def _doubled_column(random: Random, rows: list[Cells]) -> None:
    place = random.randrange(max(1, min(map(len, rows))))
    for row in rows:
        row.insert(place, row[place] if place < len(row) else "")


_OF_TABLES = (
    *(_another_cell, _another_cell, _another_cell, _swapped_cells, _swapped_rows, _doubled_row, _without_a_row),
    *(_ragged, _swapped_columns, _doubled_column),
)
_OF_BYTES = (
    *(_one_byte, _one_high_byte, _one_high_byte, _one_letter, _one_letter, _cut, _doubled, _without),
    *(_another_quote, _another_quote),
)
