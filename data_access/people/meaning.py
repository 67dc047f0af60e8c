"""What tells whether an activity changed, made anew of what is stored, as imports make it of files."""

from collections.abc import Sequence
from hashlib import sha256
from typing import cast

from sqlalchemy import Connection, bindparam, select, update

from data_access.batches.versions import activities_now, in_batches, linked
from data_access.imports.store_activities import OWN
from data_access.tables import Activity, Partner, Person, Table

_Named = dict[int, tuple[str, str, str]]


def renew_hashes(connection: Connection, activity_ids: Sequence[int]) -> None:
    """Sets what the activities of these numbers are compared with when their file comes again."""
    columns = select(Partner.partner_id, Partner.ror_id, Partner.name_en, Partner.country)
    partners: _Named = {int(n): (ror or "", name, country) for n, ror, name, country in connection.execute(columns)}
    rows = connection.execute(select(Person.person_id, Person.pseudonym))
    persons = {int(number): str(pseudonym) for number, pseudonym in rows}
    table = Table.metadata.tables[Activity.__tablename__]
    statement = update(table).where(table.c.activity_id == bindparam("_id")).values(content_hash=bindparam("_hash"))
    for some in in_batches(activity_ids):
        found = activities_now(connection, some)
        hashed = [{"_id": n, "_hash": _hash(record, partners, persons)} for n, record in found.items()]
        if hashed:
            connection.execute(statement, hashed)


def _hash(record: dict[str, object], partners: _Named, persons: dict[int, str]) -> str:
    """As `store_activities.meaning` makes it of a row."""
    organizations = sorted(partners[cast(int, number)] for number in linked(record, "partners"))
    departments = cast(list[tuple[str, float]], linked(record, "departments"))
    told: list[object] = [
        *(record[name] for name in OWN),
        tuple(sorted((code, float(share)) for code, share in departments)),
        [ror or (name, country) for ror, name, country in organizations],
        tuple(sorted(map(str, linked(record, "countries")))),
        tuple(sorted(persons[cast(int, number)] for number in linked(record, "people"))),
        tuple(sorted(cast(list[int], linked(record, "sdgs")))),
    ]
    return sha256(repr(told).encode()).hexdigest()
