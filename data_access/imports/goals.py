"""Goals: one row is one dated value of a goal, its baseline, a milestone or the target."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from sqlalchemy import Connection

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, RefusalError, Row, Values
from data_access.imports.known import Known
from data_access.imports.report import Finding
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import Goal
from vocabulary.departments import UNIVERSITY
from vocabulary.goals import KINDS_OF_VALUES, PATHS
from vocabulary.text import Text

MOST = 1e15  # of a value that is no share, as of an amount of money


def value(text: str, is_share: bool) -> float:
    """A number; a share is between 0 and 1, and may be written in per cent."""
    if text[-1] in "%％":
        if not is_share:
            raise RefusalError(
                f'"{text}" is in per cent, but the indicator is no share.',
                f"「{text}」は百分率ですが、この指標は割合ではありません。",
            )
        return _share(text, float(Decimal(str(cells.number_in(text[:-1].rstrip(), "%"))) / 100))
    found = cells.number_in(text)
    if is_share:
        return _share(text, found)
    if abs(found) > MOST:
        raise RefusalError(f"{text} is more than {MOST:g}.", f"{text} は {MOST:g} を超えています。")
    return found


def _share(text: str, found: float) -> float:
    if found > 1:
        write = f"{found / 100:g} or {found:g}%" if text[-1] not in "%％" and found <= 100 else "0.2 or 20%"
        raise RefusalError(
            f"{text} is more than the whole; write {write}.",
            f"{text} は全体を超えています。{write.replace(' or ', ' または ')} のように書いてください。",
        )
    if found < 0:
        raise RefusalError(f"{text} is less than nothing.", f"{text} は負の値です。")
    return found


def check_row(values: Values, known: Known) -> Iterator[Finding]:
    """What a value means depends on the indicator's unit: replaces the text of the value by its number.

    An indicator that a department declared has goals of that department, and those below it, alone.
    """
    text, key, department = str(values["value"]), str(values["indicator"]), str(values["department"])
    if department not in known.declared.get(key, known.departments):
        yield Finding("department", department, _of_another(key, known.declared[key]))
    try:
        values["value"] = value(text, known.indicators[key])
    except RefusalError as refusal:
        yield Finding("value", text, _VALUE.message(refusal.message))


def _of_another(key: str, having: Collection[str]) -> Text:
    codes = sorted(having)
    return Text(
        f"{key} was declared by another department and has no figure here. Accepted: {', '.join(codes)}.",
        f"{key} は別の部局が定義した指標で、ここには値がありません。使えるのは{'、'.join(codes)}です。",
    )


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(connection, Goal, [(row.number, row.values) for row in rows], import_id)


_ANY_TEXT = Text("any text", "任意の文字列")
_VALUE = Column(
    name="value",
    name_ja="値",
    required=True,
    read=cells.as_written,
    accepted=Text(
        "a number in the indicator's unit; for a share 0.2 or 20%", "指標の単位による数。割合は 0.2 または 20%"
    ),
)
GOALS = Kind(
    key="goals",
    name=Text("goals", "目標"),
    identity=("indicator", "department", "fiscal_year", "kind"),
    columns=(
        Column(
            name="indicator",
            name_ja="指標",
            required=True,
            read=cells.indicator,
            accepted=Text(
                "a key of the catalogue of indicators, or of one declared", "指標カタログか部局独自の指標のキー"
            ),
        ),
        Column(
            name="department",
            name_ja="部局",
            read=cells.department,
            accepted=Text(
                "the code of a department, or nothing (the university)", "部局コード、または空欄（大学全体）"
            ),
            empty=UNIVERSITY,
        ),
        Column(
            name="fiscal_year",
            name_ja="年度",
            required=True,
            read=cells.fiscal_year,
            accepted=Text("the year in which it begins, as 2030", "年度の西暦（例 2030）"),
        ),
        _VALUE,
        Column(
            name="kind",
            name_ja="種別",
            required=True,
            read=cells.one_of(KINDS_OF_VALUES, Text("a kind of value", "値の種別")),
            accepted=Text(", ".join(KINDS_OF_VALUES), "、".join(KINDS_OF_VALUES)),
        ),
        Column(
            name="path",
            name_ja="経路",
            read=cells.one_of(PATHS, Text("a way to reach a value", "経路")),
            accepted=Text(
                "straight (a line from the value before), stepped (the value before holds until this year), or nothing "
                "(straight)",
                "straight（直前の値から直線で近づく）、stepped（この年度まで直前の値のまま）、または空欄（straight）",
            ),
            empty="straight",
        ),
        Column(name="phase", name_ja="段階", read=cells.as_written, accepted=_ANY_TEXT),
        Column(name="note_en", name_ja="英語注記", read=cells.as_written, accepted=_ANY_TEXT),
        Column(name="note_ja", name_ja="日本語注記", read=cells.as_written, accepted=_ANY_TEXT),
    ),
    check_row=check_row,
    store=store,
)
