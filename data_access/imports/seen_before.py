"""Which state of the data a preview was made from, and what changed since: nobody stores over what is unseen."""

from typing import NamedTuple, Self

from sqlalchemy import Connection, func, select

from data_access.data_mark import MARK
from data_access.tables import Import, State
from vocabulary.text import Text

MOST_NAMED = 5
CHANGED = Text(
    "The data changed since this was previewed, so nothing was stored: {what}. Preview again, and store what you see.",
    "プレビューの後にデータが変更されたため、何も登録していません（{what}）。"
    "もう一度プレビューし、内容を確認してから登録してください。",
)
IMPORTED = Text("import {n} ({kind}, by {by})", "取り込み {n}（{kind}、{by}）")
ROLLED_BACK = Text("import {undone} was rolled back (by {by})", "取り込み {undone} の取り消し（{by}）")
MORE = Text("and {n} more", "ほか {n} 件")
OTHERWISE = Text("what partners' names mean, or persons in records", "連携機関の名寄せ、または記録の個人に関する変更")


class DataState(NamedTuple):
    """One state of the data: its mark, and the last import there was."""

    mark: str
    last_import: int

    @classmethod
    def read(cls, said: str) -> Self:
        """The state written as `1f0c9ae4d2b37a55:12`; ValueError for anything else."""
        mark, _, last_import = said.partition(":")
        if not last_import.isdecimal():
            raise ValueError(f"{said!r} is no state of the data; a dry run says it, as 1f0c9ae4d2b37a55:12")
        return cls(mark, int(last_import))

    def __str__(self) -> str:
        return f"{self.mark}:{self.last_import}"


def state_of(connection: Connection) -> DataState:
    """The state of the data that a connection sees."""
    mark = connection.scalar(select(State.value).where(State.name == MARK))
    return DataState(mark or "", int(connection.scalar(select(func.max(Import.import_id))) or 0))


def changed_since(connection: Connection, seen: DataState) -> Text | None:
    """What was stored since a preview, in words; None where the data are those that it was made from."""
    if state_of(connection).mark == seen.mark:
        return None
    columns = (Import.import_id, Import.kind, Import.importer, Import.undoes)
    stored = select(*columns).where(Import.import_id > seen.last_import, Import.status.in_(("stored", "roll_back")))
    found = connection.execute(stored.order_by(Import.import_id)).all()
    said = [
        ROLLED_BACK.filled(undone=undone, by=by) if undone else IMPORTED.filled(n=number, kind=kind, by=by)
        for number, kind, by, undone in found[:MOST_NAMED]
    ]
    said += [MORE.filled(n=len(found) - MOST_NAMED)] if len(found) > MOST_NAMED else []
    said = said or [OTHERWISE]
    return CHANGED.filled(what=Text(", ".join(one.en for one in said), "、".join(one.ja for one in said)))
