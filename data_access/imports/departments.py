"""Departments: one row is one department of the tree below the university."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from data_access.imports import cells
from data_access.imports.activity_cells import EXTERNAL
from data_access.imports.columns import Column, Counts, Kind, Progress, RefusalError, Row, RowFinding, Values
from data_access.imports.days import day
from data_access.imports.known import Known
from data_access.imports.report import Finding
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import Department
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

LONGEST_CODE = 40
_NOT_IN_CODES = frozenset(";:,@*")


def code(text: str, known: Known) -> str:
    """A code that can stand in a list of departments with their shares."""
    if text == UNIVERSITY:
        return text
    if text == EXTERNAL or any(letter in _NOT_IN_CODES or letter.isspace() for letter in text):
        raise RefusalError(f'"{text}" cannot be the code of a department.', f"「{text}」は部局コードにできません。")
    return cells.text_up_to(LONGEST_CODE)(text, known)


def check_row(values: Values, _known: Known) -> Iterator[Finding]:
    """The university has no parent; nothing closes before it opens."""
    if values["code"] == UNIVERSITY and values["parent_code"] != UNIVERSITY:
        yield Finding(
            "parent_code",
            str(values["parent_code"]),
            Text(
                "The university has no parent. Accepted: nothing.",
                "大学全体に上位部局はありません。空欄にしてください。",
            ),
        )
    opened, closed = values["opened"], values["closed"]
    if isinstance(opened, date) and isinstance(closed, date) and closed < opened:
        yield Finding(
            "closed",
            closed.isoformat(),
            Text(
                f"The department closes before it opens, {opened}. Accepted: that day, a later one, or nothing.",
                f"設置日 {opened} より前です。同じ日か後の日、または空欄にしてください。",
            ),
        )


def check_together(connection: Connection, rows: Sequence[Row]) -> Iterator[RowFinding]:
    """Every parent is there, in the file or in the store, and no department is above itself; tells what changes."""
    stored = {str(row["code"]): dict(row) for row in connection.execute(select(Department.__table__)).mappings()}
    wrong = list(_misplaced(rows, {code: row["parent_code"] for code, row in stored.items()}))
    yield from wrong
    for row in rows:
        before = stored.get(str(row.values["code"]))
        if before is not None and not wrong:
            yield from (RowFinding(row.number, change) for change in _changes(before, row.values))


def _misplaced(rows: Sequence[Row], stored: Mapping[str, str | None]) -> Iterator[RowFinding]:
    parents = {**stored, **{str(row.values["code"]): str(row.values["parent_code"]) for row in rows}}
    for row in rows:
        own, parent = str(row.values["code"]), str(row.values["parent_code"])
        if own == UNIVERSITY:
            continue
        if parent not in parents:
            wrong = cells.no_such(
                parent, Text("the code of a department", "登録された部局コード"), parents.keys()
            ).message
        elif loop := _loop(own, parents):
            way = " > ".join(loop)
            wrong = Text(f"{own} is above itself: {way}.", f"{own} が自身の上位になっています（{way}）。")
        else:
            continue
        yield RowFinding(row.number, Finding("parent_code", parent, _PARENT.message(wrong)))


def _changes(before: Mapping[str, object], values: Values) -> Iterator[Finding]:
    """A notice for each cell that says something else than the store: an empty cell empties what was there."""
    now = _stored(values)
    for column in [column.name for column in DEPARTMENTS.columns]:
        old, new = (str(said[column] or "") for said in (before, now))
        if old != new:
            message = Text(
                f"{column} of {values['code']} changes: {old or 'nothing'} -> {new or 'nothing'}.",
                f"{values['code']} の {column} が変わります：{old or '空欄'} → {new or '空欄'}。",
            )
            yield Finding(column, new, message, "notice")


def _loop(own: str, parents: dict[str, str | None]) -> list[str]:
    """The way from a department up to itself, or nothing."""
    way = [own]
    while (above := parents.get(way[-1])) and above != UNIVERSITY:
        if above == own:
            return [*way, own]
        if above in way:
            return []  # a loop further up: the rows that make it say so
        way.append(above)
    return []


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    """Parents first, so that no department ever refers to one that is not there yet."""
    by_code = {str(row.values["code"]): row for row in rows}

    def depth(row: Row) -> int:
        above, steps = row, 0
        while (parent := by_code.get(str(above.values["parent_code"]))) is not None and parent is not above:
            above, steps = parent, steps + 1
        return steps

    in_order, places = sorted(rows, key=depth), _places(connection, rows)
    stored = [(row.number, _stored(row.values) | {"position": places[str(row.values["code"])]}) for row in in_order]
    counts = store_by_key(connection, Department, stored, import_id)
    return counts._replace(which=())  # `_changes` tells of every cell


def _places(connection: Connection, rows: Sequence[Row]) -> dict[str, int]:
    """Where each department stands in the university's list: those stored keep their place, new ones follow."""
    table = Department.__table__.c
    places = {str(code): int(place) for code, place in connection.execute(select(table.code, table.position))}
    for row in rows:
        places.setdefault(str(row.values["code"]), max(places.values(), default=0) + 1)
    return places


def _stored(values: Values) -> Values:
    return values | {"parent_code": None} if values["code"] == UNIVERSITY else values


_ANY_TEXT = Text("any text", "任意の文字列")
_DATE = Text("a date as 2025-04-01 or 2025/4/1, or nothing", "2025-04-01 か 2025/4/1 の形の日付、または空欄")
_PARENT = Column(
    name="parent_code",
    name_ja="上位部局コード",
    read=code,
    accepted=Text(
        "the code of a department in this file or in the store, or nothing (the university)",
        "このファイルまたは登録済みの部局コード、または空欄（大学全体）",
    ),
    empty=UNIVERSITY,
)
DEPARTMENTS = Kind(
    key="departments",
    name=Text("departments", "部局"),
    identity=("code",),
    columns=(
        Column(
            name="code",
            name_ja="部局コード",
            required=True,
            read=code,
            accepted=Text(
                "a code without spaces and ; : , @, as ENG; not external; * is the university",
                "空白と ; : , @ を含まないコード（例 ENG）。external は不可、* は大学全体",
            ),
        ),
        _PARENT,
        Column(name="name_en", name_ja="英語名", required=True, read=cells.as_written, accepted=_ANY_TEXT),
        Column(name="name_ja", name_ja="日本語名", required=True, read=cells.as_written, accepted=_ANY_TEXT),
        Column(name="kind", name_ja="種別", read=cells.as_written, accepted=_ANY_TEXT),
        Column(name="discipline", name_ja="分野", read=cells.as_written, accepted=_ANY_TEXT),
        Column(name="opened", name_ja="設置日", read=day, accepted=_DATE, empty=None),
        Column(name="closed", name_ja="廃止日", read=day, accepted=_DATE, empty=None),
    ),
    check_row=check_row,
    check_together=check_together,
    store=store,
)
