"""Erasing a person, and correcting whom an id means: everywhere at once, in one transaction, or not at all."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, select, update

from data_access.audit import Actor, record
from data_access.batches.stored_as import ACTIVITIES
from data_access.batches.versions import in_batches
from data_access.engine import as_whole
from data_access.imports.imports_kept import lock_imports, raise_data_version
from data_access.people.erased import erased_among, mark_of, remember_erased
from data_access.people.meaning import renew_hashes
from data_access.persons import pseudonyms
from data_access.tables import Activity, ActivityPerson, Person, Table, Version
from vocabulary.text import Text

ERASED, CORRECTED = "person erased", "person corrected"  # actions of the audit log
NOT_STORED = Text(
    "No person is stored under this id; nothing was changed. An id is written as the files of the university write it.",
    "この ID の個人は登録されていないため、何も変更していません。ID は大学のファイルの表記どおりに指定してください。",
)
SAME = Text(
    "Both ids mean the same person; nothing was changed.", "どちらも同じ個人の ID のため、何も変更していません。"
)
ERASED_BEFORE = Text(
    "The person of the new id was erased, and is not brought back; nothing was changed.",
    "新しい ID の個人は消去済みのため元に戻せません。何も変更していません。",
)
_LINKS = Table.metadata.tables[ActivityPerson.__tablename__]


class NotChangedError(ValueError):
    """A person who cannot be erased or corrected; `text` says why, and repeats no id."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """What is changed: the activities (source and record id), and how many former versions of records."""

    records: tuple[tuple[str, str], ...]
    versions: int


def erase(engine: Engine, written: str, *, actor: Actor, dry_run: bool = False) -> PersonChange:
    """Takes a person out of all records and all their former versions; of later files they are left out.

    `written`: the id as the university's files write it, or `p:...`. The audit log gets a reference that only the key
    of persons connects with an id. `dry_run` only says what would change. NotChangedError, PersonKeyError.
    """

    def change(connection: Connection, pseudonym: str) -> PersonChange:
        number = _number(connection, pseudonym)
        changed, numbers = _linked(connection, number)
        connection.execute(delete(ActivityPerson).where(ActivityPerson.person_id == number))
        versions = _rewritten(connection, number, None)
        connection.execute(delete(Person).where(Person.person_id == number))
        renew_hashes(connection, numbers)
        remember_erased(connection, pseudonym)
        _tell(connection, actor, ERASED, pseudonym, {"versions": str(versions)}, len(changed))
        return PersonChange(records=changed, versions=versions)

    return _in_one(engine, [written], lambda connection, known: change(connection, known[written]), dry_run)


def correct(engine: Engine, old: str, new: str, *, actor: Actor, dry_run: bool = False) -> PersonChange:
    """What was said of the person of one id is said of the person of another one, who may be stored already."""

    def change(connection: Connection, known: dict[str, str]) -> PersonChange:
        before, after = known[old], known[new]
        if before == after:
            raise NotChangedError(SAME)
        if erased_among(connection, [after]):
            raise NotChangedError(ERASED_BEFORE)
        number = _number(connection, before)
        changed, numbers = _linked(connection, number)
        other = connection.scalar(select(Person.person_id).where(Person.pseudonym == after))
        versions = 0
        if other is None:
            connection.execute(update(Person).where(Person.person_id == number).values(pseudonym=after))
        else:
            _move_links(connection, number, other)
            versions = _rewritten(connection, number, other)
            connection.execute(delete(Person).where(Person.person_id == number))
        renew_hashes(connection, numbers)
        told = {"to": reference(after), "versions": str(versions)}
        _tell(connection, actor, CORRECTED, before, told, len(changed))
        return PersonChange(records=changed, versions=versions)

    return _in_one(engine, [old, new], change, dry_run)


def _in_one(
    engine: Engine,
    written: list[str],
    change: Callable[[Connection, dict[str, str]], PersonChange],
    dry_run: bool,
) -> PersonChange:
    with engine.connect() as connection, connection.begin() as transaction:
        if connection.dialect.name == "sqlite":  # what is deleted is overwritten, too
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        lock_imports(as_whole(connection))
        known, _ = pseudonyms(connection, written)
        changed = change(connection, known)
        if dry_run:
            transaction.rollback()
        return changed


def _number(connection: Connection, pseudonym: str) -> int:
    number = connection.scalar(select(Person.person_id).where(Person.pseudonym == pseudonym))
    if number is None:
        raise NotChangedError(NOT_STORED)
    return number


def _linked(connection: Connection, number: int) -> tuple[tuple[tuple[str, str], ...], list[int]]:
    """The activities of a person: source and record id, and their numbers."""
    columns = select(Activity.source, Activity.record_id, Activity.activity_id)
    rows = connection.execute(
        columns.join(_LINKS, _LINKS.c.activity_id == Activity.activity_id)
        .where(_LINKS.c.person_id == number)
        .order_by(Activity.source, Activity.record_id)
    ).all()
    return tuple((str(source), str(record_id)) for source, record_id, _ in rows), [int(row[2]) for row in rows]


def _move_links(connection: Connection, number: int, other: int) -> None:
    """What one person is linked with, another one is; where both are, once."""
    both = select(_LINKS.c.activity_id).where(_LINKS.c.person_id == other)
    of_one = _LINKS.c.person_id == number
    connection.execute(delete(_LINKS).where(of_one, _LINKS.c.activity_id.in_(both)))
    connection.execute(update(_LINKS).where(of_one).values(person_id=other))


def _rewritten(connection: Connection, number: int, other: int | None) -> int:
    """Takes a person out of the former versions of activities, or puts another one there; gives how many changed.

    What told whether such a version differs from a file goes: one that comes back is looked at once more.
    """
    named = select(Version.version_id, Version.before).where(
        Version.kind == ACTIVITIES, Version.before.contains('"people":[')
    )
    changed = 0
    for some in in_batches(connection.execute(named).all()):
        for version_id, before in some:
            record_then = json.loads(str(before))
            if number not in record_then["people"]:
                continue
            left = {one for one in record_then["people"] if one != number} | ({other} if other is not None else set())
            text = json.dumps(
                record_then | {"people": sorted(left), "content_hash": ""}, ensure_ascii=False, separators=(",", ":")
            )
            connection.execute(update(Version).where(Version.version_id == version_id).values(before=text))
            changed += 1
    return changed


def reference(pseudonym: str) -> str:
    """What the audit log calls a person (`p:...`)."""
    return f"person {mark_of(pseudonym)[:16]}"


def _tell(connection: Connection, actor: Actor, action: str, who: str, details: dict[str, str], rows: int) -> None:
    raise_data_version(connection)
    record(connection, actor, action, object=reference(who), scope="*", details=details, rows=rows)
