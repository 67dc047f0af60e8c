"""Rolling an import back: what it replaced or withdrew is there again, what it added is gone; all of it, or nothing."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select, update

from data_access.audit import Actor, record, refused
from data_access.batches.in_the_way import Obstacle, in_the_way
from data_access.batches.stored_as import STORED
from data_access.batches.undo import Counts, NotTheWritersError, undo
from data_access.engine import as_whole
from data_access.imports.imports_kept import begin_import, lock_imports, raise_data_version
from data_access.scope import WHOLE_UNIVERSITY, Scope
from data_access.tables import Import, Version
from vocabulary.text import Text

NOTHING = Counts()
NOT_STORED = {
    "unchanged": Text(
        "It changed nothing, so that there is nothing to undo.", "何も変更していないため、取り消すものがありません。"
    ),
    "refused": Text(
        "It was refused, so that there is nothing to undo.", "受け付けられなかったため、取り消すものがありません。"
    ),
    "rolled_back": Text("It was rolled back already.", "すでに取り消されています。"),
    "roll_back": Text(
        "It is itself a roll back. To have its records again, import the file again.",
        "これは取り消しの記録です。元に戻すには、ファイルを取り込み直してください。",
    ),
}
NO_VERSIONS = Text(
    "It was stored before versions were kept, so that nobody knows what it replaced.",
    "履歴を残す前に登録されたため、置き換えた内容が分かりません。",
)
NOT_YOURS = Text(
    "It is not yours to undo: it was imported by someone else, or holds records of other departments.",
    "ほかの人が取り込んだか、他部局の記録を含むため、取り消せません。",
)


@dataclass(frozen=True, kw_only=True)
class RollBack:
    """What came of a roll back: done, or why not.

    `import_id` is that of the roll back itself, which is kept as an attempt; none where nothing was done. `refusal`
    says why nothing can be undone, `in_the_way` which records stand in the way, and the import that touched each.
    """

    done: bool
    import_id: int | None = None
    counts: Counts = NOTHING
    refusal: Text | None = None
    in_the_way: tuple[Obstacle, ...] = ()


def roll_back(
    engine: Engine, import_id: int, *, importer: str, actor: Actor | None = None, scope: Scope = WHOLE_UNIVERSITY
) -> RollBack:
    """Undo one import in one transaction: every record that it touched is as it was before, or nothing is done.

    `importer`: who rolls back, kept with the attempt; `actor`: the same for the audit log. Who does not see the whole
    university may undo own imports only, as far as their records are wholly of the own departments. Partners and
    people that only this import named stay: no figure counts them, and later imports may have come to name them.
    LookupError for an import that is not there.
    """
    who = actor or Actor.named(importer)
    answer = _rolled_back(engine, import_id, importer, who, scope)
    if not answer.done:
        why = "in_the_way" if answer.in_the_way else "not_theirs" if answer.refusal == NOT_YOURS else "nothing"
        told = {"why": why, "in_the_way": str(len(answer.in_the_way))}
        refused(engine, who, "roll back", object=f"import {import_id}", scope=scope.code, details=told)
    return answer


def _rolled_back(engine: Engine, import_id: int, importer: str, who: Actor, scope: Scope) -> RollBack:
    with engine.connect() as connection, connection.begin() as transaction:
        lock_imports(as_whole(connection))
        undone = _found(connection, import_id)
        if undone is None:
            raise LookupError(f"there is no import {import_id}")
        refusal = _refusal(connection, undone, importer, scope)
        obstacles = () if refusal else tuple(in_the_way(connection, import_id))
        if refusal or obstacles:
            return RollBack(done=False, refusal=refusal, in_the_way=obstacles)
        try:
            answer = _undone(connection, undone, importer, scope)
        except NotTheWritersError:
            transaction.rollback()
            return RollBack(done=False, refusal=NOT_YOURS)
        counts = {name: str(count) for name, count in answer.counts._asdict().items()}
        told = {"kind": undone.kind, "as": f"import {answer.import_id}", **counts}
        record(connection, who, "roll back", object=f"import {import_id}", scope=scope.code, details=told)
        return answer


class _Stored(NamedTuple):
    """The import that is to be undone."""

    import_id: int
    kind: str
    file_name: str
    sha256: str
    status: str
    importer: str


def _found(connection: Connection, import_id: int) -> _Stored | None:
    columns = (Import.import_id, Import.kind, Import.file_name, Import.sha256, Import.status, Import.importer)
    row = connection.execute(select(*columns).where(Import.import_id == import_id)).one_or_none()
    return row and _Stored(*row)


def _refusal(connection: Connection, undone: _Stored, importer: str, scope: Scope) -> Text | None:
    if not scope.whole_university and undone.importer != importer:
        return NOT_YOURS
    kept = select(Version.version_id).where(Version.import_id == undone.import_id).limit(1)
    if undone.status == "unchanged" and connection.scalar(kept) is not None:
        return None  # of its rows nothing was new, but who the university is
    if undone.status != "stored":
        return NOT_STORED[undone.status]
    return NO_VERSIONS if connection.scalar(kept) is None else None


def _undone(connection: Connection, undone: _Stored, importer: str, scope: Scope) -> RollBack:
    number = begin_import(connection, undone.kind, undone.file_name, undone.sha256, importer)
    counts = Counts()
    kinds = connection.scalars(select(Version.kind).where(Version.import_id == undone.import_id).distinct())
    for kind in sorted(kinds):
        counts = counts.plus(undo(connection, STORED[kind], undone.import_id, number, scope))
    kept = {
        "status": "roll_back",
        "undoes": undone.import_id,
        "rows_new": counts.brought_back,
        "rows_changed": counts.restored,
        "rows_withdrawn": counts.removed,
    }
    connection.execute(update(Import).where(Import.import_id == number).values(**kept))
    connection.execute(update(Import).where(Import.import_id == undone.import_id).values(status="rolled_back"))
    raise_data_version(connection, told=True)
    return RollBack(done=True, import_id=number, counts=counts)
