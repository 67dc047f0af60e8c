"""Notices on a file that says what is stored already: the same content, or the same records of another source."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, select

from data_access.batches.versions import AT_ONCE, in_batches
from data_access.imports.columns import Kind, Rows
from data_access.tables import Activity, ActivityDepartment, Import
from vocabulary.text import Text

_NAMED_BY = ("source", "record_id")  # records of activities, whatever kind of file they come in


def same_again(connection: Connection, kind: Kind, rows: Rows, digest: str, import_id: int) -> Iterator[Text]:
    """What somebody should read before the file is stored; nothing is refused for it."""
    query = (
        select(Import.import_id, Import.file_name, Import.imported_at)
        .where(Import.kind == kind.key, Import.sha256 == digest, Import.status == "stored")
        .where(Import.import_id != import_id)
        .order_by(Import.import_id.desc())
    )
    if earlier := connection.execute(query).first():
        day = earlier.imported_at.date().isoformat()
        yield _SAME_CONTENT.filled(number=earlier.import_id, file=earlier.file_name, day=day)
    if kind.identity == _NAMED_BY and (doubles := _of_other_sources(connection, rows)):
        where = ", ".join(f"{source} ({number:,})" for source, number in doubles.most_common())
        ((most, _),) = doubles.most_common(1)
        yield _SAME_RECORDS.filled(number=doubles.total(), where=where, source=most)


def _of_other_sources(connection: Connection, rows: Rows) -> Counter[str]:
    """How many of the records another source delivered with the same id, title, first day and departments."""
    of_the_same_ids = _of_the_same_ids(connection, rows)
    if not of_the_same_ids:
        return Counter()
    said = rows.columns
    named = zip(said["record_id"], said["title"], said["start_date"], strict=True)
    mine: dict[tuple[object, ...], object] = dict(zip(named, said["departments"], strict=True))
    columns = (Activity.activity_id, Activity.source, Activity.record_id, Activity.title, Activity.start_date)
    alike: dict[int, tuple[str, frozenset[str]]] = {}
    for some in in_batches(of_the_same_ids):
        for number, source, *key in connection.execute(select(*columns).where(Activity.activity_id.in_(some))):
            if (departments := mine.get(tuple(key))) is not None:
                assert isinstance(departments, tuple)  # noqa: S101  as the column of the kind is read
                alike[number] = source, frozenset(code for code, _ in departments)
    stored: dict[int, set[str]] = {number: set() for number in alike}
    link = ActivityDepartment
    for some in in_batches(alike):
        query = select(link.activity_id, link.department).where(link.activity_id.in_(some))
        for number, code in connection.execute(query):
            stored[number].add(code)
    return Counter(source for number, (source, codes) in sorted(alike.items()) if stored[number] == codes)


def _of_the_same_ids(connection: Connection, rows: Rows) -> list[int]:
    """The activities of other sources that have the record id of a row; an index holds all that this takes."""
    ids = set(rows.columns["record_id"])
    others = set(connection.scalars(select(Activity.source).distinct())).difference(rows.columns["source"])
    query = select(Activity.activity_id, Activity.record_id)
    if len(ids) <= AT_ONCE:
        query = query.where(Activity.record_id.in_(ids))
    return [
        number
        for some in in_batches(others)
        for number, record_id in connection.execute(query.where(Activity.source.in_(some)))
        if record_id in ids
    ]


def no_source(rows: int, name: str) -> Text:
    """That rows without a source get the file's name as theirs."""
    return _NO_SOURCE.filled(rows=f"{rows:,}", source=name)


_SAME_CONTENT = Text(
    "The file has the same content as import {number} ({file}, {day}), which is stored.",
    "ファイルの内容は、登録済みの取り込み {number}（{file}、{day}）と同じです。",
)
_SAME_RECORDS = Text(
    "{number:,} record{number:|s} {number:is|are} stored already under another source, with the same id, title, first "
    "day and departments: {where}. {number:It|They} would count twice. If {number:it is|they are} the same, write "
    "{source} in the column source of this file (or in manage.py import: --set source={source}).",
    "同じ ID・名称・開始日・部局の記録 {number:,} 件が、別の情報源で登録済みです：{where}。"
    "このまま登録すると二重に数えられます。同じ記録であれば、このファイルの「情報源」の列に {source} と書いてください"
    "（manage.py import では --set source={source}）。",
)
_NO_SOURCE = Text(
    'Rows that say no source: {rows}. The file\'s name is used for them: "{source}". The same list under another file '
    "name would be counted twice; write the source in the column source.",
    "情報源の記入がない {rows} 行では、ファイル名の「{source}」を情報源とします。ファイル名を変えて同じ一覧を取り込むと"
    "二重に数えられるため、「情報源」の列に記入してください。",
)
