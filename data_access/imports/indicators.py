"""Indicators: one row is one indicator that a department (or the university) declares beside the common ones."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, RefusalError, Row, RowFinding, Values
from data_access.imports.indicator_rules import check_counted
from data_access.imports.known import Known
from data_access.imports.report import Finding
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import DeclaredIndicator, Goal
from vocabulary.activity_types import ACTIVITY_TYPES, PROCESSES, TARGETS
from vocabulary.declarations import BETTER, COUNTED, RATIOS, UNITS
from vocabulary.people import GROUPS, POPULATIONS
from vocabulary.text import Text

OWN = "own"
_KEY = re.compile(r"[a-z][a-z0-9_]{1,59}", re.ASCII)
_LISTS = ("activity_types", "conditions", "populations", "groups")


def key(text: str, known: Known) -> str:
    """A key that the common catalogue does not have."""
    if not _KEY.fullmatch(text):
        raise RefusalError(f'"{text}" cannot be a key.', f"「{text}」はキーにできません。")
    if text in known.indicators and text not in known.declared:
        raise RefusalError(
            f'"{text}" is an indicator of the common catalogue.', f"「{text}」は共通の指標カタログのキーです。"
        )
    return text


def listed(choices: Mapping[str, Text], thing: Text) -> Callable[[str, Known], tuple[str, ...]]:
    """Reads a list of codes of a vocabulary, each once, in its order; a code may be written as its Japanese name."""
    by_name = {cells.folded(text.ja): code for code, text in choices.items()}

    def read(text: str, _known: Known) -> tuple[str, ...]:
        found = [part if part in choices else by_name.get(cells.folded(part), part) for part in cells.codes(text)]
        for code in found:
            if code not in choices:
                raise cells.no_such(code, thing, choices)
        return tuple(code for code in choices if code in found)

    return read


def conditions(text: str, known: Known) -> tuple[str, ...]:
    """Names of conditions on activities, each once."""
    found = cells.codes(text)
    for name in found:
        if name not in known.conditions:
            refused = cells.no_such(name, Text("a condition", "条件"), known.conditions).message
            there = Text(", ".join(known.conditions), "、".join(known.conditions))
            raise RefusalError(f"{refused.en} There are: {there.en}.", f"{refused.ja}条件は {there.ja} です。")
    return tuple(name for name in known.conditions if name in found)


def check_row(values: Values, known: Known) -> Iterator[Finding]:
    """What is counted can be counted, is in its unit, and is some of the whole where it says so."""
    yield from check_counted(values, known.conditions)


def check_together(connection: Connection, rows: Sequence[Row]) -> Iterator[RowFinding]:
    """A key stays with the department that declared it; tells where goals were set in another unit."""
    columns = (DeclaredIndicator.key, DeclaredIndicator.department, DeclaredIndicator.unit)
    stored = {name: (department, unit) for name, department, unit in connection.execute(select(*columns))}
    with_goals = set(connection.scalars(select(Goal.indicator).distinct()))
    for row in rows:
        name, department, unit = (str(row.values[column]) for column in ("key", "department", "unit"))
        owner, unit_before = stored.get(name, (department, unit))
        if owner != department:
            yield RowFinding(row.number, Finding("key", name, _taken(name, owner)))
        elif name in with_goals and (unit in RATIOS) != (unit_before in RATIOS):
            yield RowFinding(row.number, Finding("unit", unit, _goals_in(unit_before), "notice"))


def _taken(name: str, owner: str) -> Text:
    return _COLUMNS["key"].message(
        Text(f"{owner} has declared {name} already.", f"{name} は部局 {owner} が先に定義しています。")
    )


def _goals_in(unit: str) -> Text:
    return Text(
        f"Goals were set while the unit was {unit}; they are read in the new unit now. Accepted; import the goals "
        "again if they differ.",
        f"単位が {unit} のときに設定された目標があり、新しい単位で読まれます。"
        "異なる場合は目標を取り込み直してください。",
    )


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(
        connection, DeclaredIndicator, [(row.number, _as_stored(row.values)) for row in rows], import_id
    )


def _as_stored(values: Values) -> Values:
    return {name: ";".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _coded(name: str, name_ja: str, choices: Mapping[str, Text], thing: Text, *, required: bool = True) -> Column:
    accepted = Text(", ".join(choices), "、".join(choices))
    if not required:
        accepted = Text(f"{accepted.en}, or nothing (no denominator)", f"{accepted.ja}、または空欄（分母なし）")
    read = cells.one_of(choices, thing)
    return Column(name=name, name_ja=name_ja, required=required, read=read, accepted=accepted)


def _counted(prefix: str, prefix_ja: str) -> tuple[Column, ...]:
    """What is counted, above the line or (with the prefix) below it."""
    of_types = listed({code: kind.name for code, kind in ACTIVITY_TYPES.items()}, Text("an activity type", "活動種別"))
    lists = (
        ("activity_types", "活動種別", of_types, _TYPES),
        ("conditions", "条件", conditions, _CONDITIONS),
        ("populations", "母集団", listed(POPULATIONS, Text("a population", "母集団")), _codes(POPULATIONS)),
        ("groups", "区分", listed(GROUPS, Text("a group", "区分")), _codes(GROUPS)),
    )
    what = Text("something that can be counted", "数える対象")
    return (
        _coded(f"{prefix}counts", f"{prefix_ja}数える対象", COUNTED, what, required=not prefix),
        *(
            Column(name=f"{prefix}{name}", name_ja=f"{prefix_ja}{name_ja}", read=read, accepted=accepted, empty=())
            for name, name_ja, read, accepted in lists
        ),
    )


def _codes(choices: Mapping[str, Text]) -> Text:
    return Text(f"{', '.join(choices)}; several as a;b", f"{'、'.join(choices)}（複数は a;b）")


_TYPES = Text(
    "codes of activity types or their Japanese names, as joint_laboratory;startup",
    "活動種別のコードか日本語名（例 国際ジョイントラボ;大学発スタートアップ）",
)
_CONDITIONS = Text("names of conditions, as international;company", "条件の名前（例 international;company）")
_NAME = Text("a text of at most 100 letters", "100 文字以内の文字列")
_SENTENCES = Text("a text of at most 1000 letters", "1000 文字以内の文字列")
_EVERY = (
    Column(
        name="key",
        name_ja="キー",
        required=True,
        read=key,
        accepted=Text(
            "2 to 60 small letters, digits and _, beginning with a letter, that name no other indicator",
            "英小文字で始まる 2〜60 字の英小文字・数字・_ で、ほかの指標にないもの",
        ),
    ),
    Column(
        name="department",
        name_ja="部局",
        required=True,
        read=cells.department,
        accepted=Text("the code of a department, or * for the university", "部局コード、または *（大学全体）"),
    ),
    Column(name="name_en", name_ja="英語名", required=True, read=cells.text_up_to(100), accepted=_NAME),
    Column(name="name_ja", name_ja="日本語名", required=True, read=cells.text_up_to(100), accepted=_NAME),
    Column(name="definition_en", name_ja="英語定義", required=True, read=cells.text_up_to(1000), accepted=_SENTENCES),
    Column(name="definition_ja", name_ja="日本語定義", required=True, read=cells.text_up_to(1000), accepted=_SENTENCES),
    _coded("target", "対象領域", TARGETS, Text("a target", "対象領域のコード")),
    _coded("process", "プロセス", PROCESSES, Text("a process", "プロセスのコード")),
    _coded("unit", "単位", UNITS, Text("a unit", "単位")),
    _coded("better", "望ましい方向", BETTER, Text("what is better", "望ましい方向のコード")),
    Column(
        name="source",
        name_ja="出典",
        read=cells.text_up_to(200),
        accepted=Text("a text of at most 200 letters, or nothing (own)", "200 文字以内の文字列、または空欄（独自）"),
        empty=OWN,
    ),
    Column(
        name="since",
        name_ja="適用開始年度",
        read=cells.fiscal_year,
        accepted=Text(
            "the first fiscal year, as 2020, or nothing (every year)", "最初の年度の西暦（例 2020）、または空欄"
        ),
        empty=None,
    ),
    *_counted("", ""),
    *_counted("per_", "分母の"),
)
_COLUMNS = {column.name: column for column in _EVERY}
INDICATORS = Kind(
    key="indicators",
    name=Text("indicators", "指標"),
    identity=("key",),
    columns=_EVERY,
    check_row=check_row,
    check_together=check_together,
    store=store,
)
