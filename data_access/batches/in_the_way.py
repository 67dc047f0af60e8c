"""What stands in the way of a roll back: records that later imports touched, and what rests on the records of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from data_access.batches.resting import not_there, resting_on
from data_access.batches.stored_as import ACTIVITIES, OF_DATABASES, STATE, STORED, as_record, key_parts, key_text
from data_access.batches.versions import in_batches
from data_access.tables import Import, Partner, Person, Version
from vocabulary.text import Text

TOUCHED = Text("was changed again by a later import", "後の取り込みで再び変更された")
RESTS = Text("rests on {on}, which would go", "取り消すと無くなる {on} を使っている")
GONE = Text("names {on}, which is there no more", "すでに無い {on} を指している")
OWN_ID = Text(
    "was read with the university's own id that this import set", "この取り込みで設定した自大学の ROR ID で読み取られた"
)


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """One record that stands in the way, why, and the import that would have to be rolled back first (if any)."""

    kind: str
    key: tuple[str, ...]  # what names the record, as texts
    why: Text
    import_id: int | None
    file_name: str


def in_the_way(connection: Connection, import_id: int) -> list[Obstacle]:
    """Everything that stands in the way of rolling an import back, in the order of the imports."""
    found = [
        *_touched_later(connection, import_id),
        *_resting(connection, import_id),
        *_naming_what_is_gone(connection, import_id),
        *_read_with_the_own_id(connection, import_id),
    ]
    names = dict(connection.execute(select(Import.import_id, Import.file_name)).all())
    return [
        Obstacle(kind=kind, key=key, why=why, import_id=by, file_name=names.get(by or 0, ""))
        for kind, key, why, by in sorted(set(found), key=lambda one: (one[3] or 0, one[0], one[1]))
    ]


_Found = tuple[str, tuple[str, ...], Text, int | None]


def _touched_later(connection: Connection, import_id: int) -> Iterator[_Found]:
    """Records of the import that a later one touched, which itself was not rolled back."""
    own, later = aliased(Version), aliased(Version)
    query = (
        select(later.kind, later.key, later.import_id)
        .join(own, (own.kind == later.kind) & (own.key == later.key) & (own.version_id < later.version_id))
        .join(Import, Import.import_id == later.import_id)
        .where(own.import_id == import_id, Import.status != "rolled_back", Import.undoes.is_(None))
    )
    for kind, key, by in connection.execute(query):
        yield kind, key_parts(key), TOUCHED, by


def _resting(connection: Connection, import_id: int) -> Iterator[_Found]:
    """Records that name a department, or a declared indicator, which the import added."""
    for kind in ("departments", "indicators"):
        of_import = select(Version.key, Version.before).where(Version.import_id == import_id, Version.kind == kind)
        touched = dict(connection.execute(of_import).all())
        added = [key_parts(key)[0] for key, before in touched.items() if before is None]
        for one in resting_on(connection, kind, added, touched):
            yield one.kind, one.key, RESTS.filled(on=one.on), one.import_id


def _naming_what_is_gone(connection: Connection, import_id: int) -> Iterator[_Found]:
    """Records that would come back as they were, but name something that was withdrawn or undone since."""
    query = (
        select(Version.kind, Version.key, Version.before)
        .where(Version.import_id == import_id, Version.before.is_not(None))
        .order_by(Version.version_id)
        .execution_options(yield_per=10_000)
    )
    rows = connection.execute(query)
    for some in in_batches(rows):
        records = [(kind, key, as_record(before, STORED[kind].table)) for kind, key, before in some if before]
        back = {(kind, key_parts(key)[0]) for kind, key, _ in records}
        gone = not_there(connection, [(kind, record) for kind, _, record in records])
        for named, codes in gone.items():
            yield from _last_touched(connection, named, [code for code in sorted(codes) if (named, code) not in back])
        yield from _links_gone(connection, [(key, record) for kind, key, record in records if kind == ACTIVITIES])


def _last_touched(connection: Connection, kind: str, codes: Sequence[str]) -> Iterator[_Found]:
    """The import that took each of these away; what no import ever touched is not of these tables."""
    keys = {key_text([code]): code for code in codes}
    query = select(Version.key, func.max(Version.import_id)).where(Version.kind == kind, Version.key.in_(keys))
    for key, by in connection.execute(query.group_by(Version.key)):
        yield kind, key_parts(key), GONE.filled(on=keys[key]), by


def _links_gone(connection: Connection, records: Sequence[tuple[str, Mapping[str, object]]]) -> Iterator[_Found]:
    """Activities whose partner or person is in the store no more."""
    for name, column in (("partners", Partner.partner_id), ("people", Person.person_id)):
        named = {number: key for key, record in records for number in _numbers(record[name])}
        for some in in_batches(named):
            there = set(connection.scalars(select(column).where(column.in_(some))))
            for number in set(some) - there:
                yield ACTIVITIES, key_parts(named[number]), GONE.filled(on=f"{name} {number}"), None


def _numbers(links: object) -> list[int]:
    assert isinstance(links, list)  # noqa: S101  as `versions.activities_now` gives them
    return links


def _read_with_the_own_id(connection: Connection, import_id: int) -> Iterator[_Found]:
    """Works that came after the import said who the university is: home institutions in them are no partners."""
    said = select(Version.version_id).where(Version.import_id == import_id, Version.kind == STATE)
    if connection.scalar(said.limit(1)) is None:
        return
    query = select(Import.kind, Import.import_id).where(
        Import.import_id > import_id, Import.kind.in_(OF_DATABASES), Import.status == "stored"
    )
    for kind, by in connection.execute(query):
        yield kind, (), OWN_ID, by
