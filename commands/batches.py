"""What `manage.py roll-back` and `manage.py history` do and say."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sqlalchemy import Engine

from commands.acting import operator
from data_access.batches.history import RecordVersion
from data_access.batches.in_the_way import Obstacle
from data_access.batches.roll_back import RollBack, roll_back
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from vocabulary.record_values import NONE, NOTHING, change_said, value_said
from vocabulary.text import Text

FIRST = 5  # of the records of one import that stand in the way
DONE = Text(
    "Import {undone} is rolled back (as import {number}): {removed} record{removed:|s} removed, {restored} as before, "
    "{brought_back} brought back.",
    "取り込み {undone} を取り消しました（取り込み {number}）："
    "削除 {removed} 件、変更前に戻した記録 {restored} 件、取り下げを戻した記録 {brought_back} 件。",
)
NOT_DONE = Text("Import {undone} is not rolled back. {why}", "取り込み {undone} は取り消していません。{why}")
IN_THE_WAY = Text(
    "{n:,} record{n:|s} {n:stands|stand} in the way; roll the imports named back first.",
    "次の {n:,} 件が妨げになっています。先に示した取り込みを取り消してください。",
)
GROUP = Text("  {by}, records: {n}", "  {by}：{n} 件")
BY = Text("import {number} ({file})", "取り込み {number}（{file}）")
BY_NONE = Text("without an import to roll back", "取り消せる取り込みなし")
OBSTACLE = Text("    {kind} {key}: {why}", "    {kind} {key}：{why}")
LEFT = Text("    and {n} more", "    ほか {n} 件")
NO_HISTORY = Text(
    "There is no such record, and there never was: {key}.", "そのような記録は登録されたことがありません：{key}。"
)
VERSION = Text(
    "{time} UTC  {what}{undoes} by import {number}{importer}{origin}",
    "{time} UTC  {what}{undoes}：取り込み {number}{importer}{origin}",
)
WHAT = {
    "added": Text("added", "追加"),
    "changed": Text("changed", "変更"),
    "withdrawn": Text("withdrawn", "取り下げ"),
}
UNDOES = Text(" (roll back of import {number})", "（取り込み {number} の取り消し）")
VALUE = Text("  {column}: {value}", "  {column}：{value}")
DIFFERS = Text("  {column}: {before} -> {value}", "  {column}：{before} → {value}")


def run(engine: Engine, options: argparse.Namespace) -> int:
    """Tell the history of a record, where one is named, else roll an import back."""
    try:
        return _history(engine, options) if "key" in options else _roll_back(engine, options)
    finally:
        engine.dispose()


def _roll_back(engine: Engine, options: argparse.Namespace) -> int:
    """Roll one import back; 1 with what stands in the way on standard error when it cannot be."""
    try:
        answer = roll_back(engine, options.import_id, importer=options.by, actor=operator())
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1
    for line in _answered(answer, options.import_id):
        print(line.said_in(options.language), file=sys.stdout if answer.done else sys.stderr)
    return 0 if answer.done else 1


def _answered(answer: RollBack, undone: int) -> Iterator[Text]:
    if answer.done:
        yield DONE.filled(undone=undone, number=answer.import_id, **answer.counts._asdict())
        return
    found = answer.in_the_way
    yield NOT_DONE.filled(undone=undone, why=answer.refusal or IN_THE_WAY.filled(n=len(found)))
    for by, group in groupby(found, key=lambda one: (one.import_id, one.file_name)):
        yield from _obstacles(*by, list(group))


def _obstacles(import_id: int | None, file_name: str, found: Sequence[Obstacle]) -> Iterator[Text]:
    """Those of one import (or of none): how many, and the first of them."""
    by = BY.filled(number=import_id, file=file_name) if import_id else BY_NONE
    yield GROUP.filled(by=by, n=f"{len(found):,}")
    for one in found[:FIRST]:
        yield OBSTACLE.filled(kind=one.kind, key=" ".join(one.key), why=one.why)
    if len(found) > FIRST:
        yield LEFT.filled(n=f"{len(found) - FIRST:,}")


def _history(engine: Engine, options: argparse.Namespace) -> int:
    """Print the versions of a record, newest first; 1 where there never was one."""
    try:
        versions = Records(engine, WHOLE_UNIVERSITY).history(options.kind, options.key)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if not versions:
        print(NO_HISTORY.filled(key=" ".join(options.key)).said_in(options.language), file=sys.stderr)
        return 1
    for line in _told(versions):
        print(line.said_in(options.language))
    return 0


def _told(versions: Sequence[RecordVersion]) -> Iterator[Text]:
    before: Sequence[Mapping[str, object]] = [version.values or {} for version in versions[1:]] + [{}]
    for version, former in zip(versions, before, strict=True):
        row = f":{version.file_row}" if version.file_row else ""
        yield VERSION.filled(
            time=version.imported_at.isoformat(" "),
            what=WHAT[version.what],
            undoes=UNDOES.filled(number=version.undoes) if version.undoes else Text("", ""),
            number=version.import_id,
            importer=f", {version.importer}" if version.importer else "",
            origin=f", {version.file_name}{row}",
        )
        for column, value in (version.values or {}).items():
            if version.what == "added" and value_said(column, value) not in (NOTHING, NONE):
                yield VALUE.filled(column=column, value=value_said(column, value))
            elif column in version.differs:
                was, now = change_said(column, former[column], value)
                yield DIFFERS.filled(column=column, before=was, value=now)
