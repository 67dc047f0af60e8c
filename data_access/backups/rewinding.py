"""What putting a backup back rewinds: what the database held that came after the backup, and who comes back with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, delete, insert, inspect, select

from data_access.audit.verifying import MADE_AT, REWOUND, REWOUND_FIRST, REWOUND_LAST, rewound_by
from data_access.data_mark import DATABASE_ID
from data_access.people.changing import CORRECTED, reference
from data_access.people.erased import mark_of
from data_access.tables import AuditEvent, ErasedPerson, Grant, Import, Person, State, Table

_NOT_STORED = ("refused", "unchanged")  # imports that changed nothing
_Row = tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a database held that is not to be lost unnoticed; empty where it had no such table yet."""

    database_id: str
    events: Mapping[str, _Row]  # by hash: number, action, object, details
    roles: frozenset[_Row]
    imports: frozenset[_Row]
    erased: Mapping[str, object]  # by mark: when

    @classmethod
    def by(cls, connection: Connection) -> "Held":
        """As a connection sees it that works on the whole."""
        there = set(inspect(connection).get_table_names())

        def rows(table: type[Table], *columns: str) -> list[_Row]:
            if table.__tablename__ not in there:
                return []
            return [tuple(row) for row in connection.execute(select(*(table.__table__.c[name] for name in columns)))]

        facts = {row[0]: row[1] for row in rows(State, "name", "value")}
        imports = rows(Import, "import_id", "sha256", "imported_at", "status")
        return cls(
            database_id=str(facts.get(DATABASE_ID, "")),
            events={
                str(row[0]): row[1:] for row in rows(AuditEvent, "hash", "event_id", "action", "object", "details")
            },
            roles=frozenset(rows(Grant, "grant_id", "account_id", "role", "granted_at", "revoked_at")),
            imports=frozenset(row for row in imports if row[-1] not in _NOT_STORED),
            erased={str(row[0]): row[1] for row in rows(ErasedPerson, "mark", "erased_at")},
        )


@dataclass(frozen=True, kw_only=True)
class Rewound:
    """What one state of a database held that another one does not; the second is the one that a backup is put back to.

    `back` are the persons (`p:...`) who were erased and are there again, `renamed` those whose correction is undone,
    with the event that corrected each.
    """

    before: Held
    after: Held
    back: tuple[str, ...]
    renamed: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, before: Held, connection: Connection) -> "Rewound":
        after = Held.by(connection)
        lost = before.erased.keys() - after.erased.keys()
        every = sorted(map(str, connection.scalars(select(Person.pseudonym))))
        corrected = {row[2]: int(str(row[0])) for row in _lost(before, after) if row[1] == CORRECTED}
        return cls(
            before=before,
            after=after,
            back=tuple(one for one in every if mark_of(one) in lost),
            renamed=tuple((one, corrected[reference(one)]) for one in every if reference(one) in corrected),
        )

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many events of the audit log, roles given or taken back, imports, persons erased and corrected."""
        before, after, events = self.before, self.after, _lost(self.before, self.after)
        return {
            "events": len(events),
            "roles": len({row[0] for row in before.roles - after.roles}),
            "imports": len({row[0] for row in before.imports - after.imports}),
            "erased": len(before.erased.keys() - after.erased.keys()),
            "corrected": sum(row[1] == CORRECTED for row in events),
        }

    def told(self, made_at: str) -> dict[str, str]:
        """The details of the event of the restore, from which `verify` knows which events are gone and why."""
        found = {MADE_AT: made_at, **{name: str(number) for name, number in self.counts.items()}}
        events = sorted((int(str(row[0])), digest) for digest, row in self.before.events.items())
        lost = [(number, digest) for number, digest in events if digest not in self.after.events]
        if not lost:
            return found
        earlier = [rewound_by(json.loads(str(row[3]))) for row in _lost(self.before, self.after)]
        ends = [lost[0][0], lost[-1][0], *(end for one in earlier if one for end in (one.first, one.last) if end)]
        return found | {REWOUND_FIRST: str(min(ends)), REWOUND_LAST: str(max(ends)), REWOUND: lost[-1][1]}


def keep_identity(connection: Connection, rewound: Rewound, backup_id: str) -> None:
    """What outlives a restore: the id of a database whose backup had none yet, and that nobody erased comes back.

    Who was erased and is not among the restored persons could not be erased again; from files they stay left out.
    """
    before, after = rewound.before, rewound.after
    if before.database_id and not backup_id:
        connection.execute(delete(State).where(State.name == DATABASE_ID))
        connection.execute(insert(State), {"name": DATABASE_ID, "value": before.database_id})
    if before.database_id != (backup_id or before.database_id):
        return
    back = {mark_of(one) for one in rewound.back}
    gone = before.erased.keys() - after.erased.keys() - back
    if gone:
        connection.execute(
            insert(ErasedPerson), [{"mark": one, "erased_at": before.erased[one]} for one in sorted(gone)]
        )


def _lost(before: Held, after: Held) -> list[_Row]:
    return [row for digest, row in before.events.items() if digest not in after.events]
