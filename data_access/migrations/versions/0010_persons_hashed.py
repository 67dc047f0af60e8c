"""Persons are kept under keyed hashes of their ids: those that are stored are hashed once, under the database's key.

What tells whether an activity has changed was made of the ids as files write them, and is made anew of the hashes.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from typing import cast

import sqlalchemy as sa
from alembic import op

from data_access.persons import pseudonyms

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AT_ONCE = 10_000
PEOPLE = sa.table("people", sa.column("person_id"), sa.column("pseudonym"))
ACTIVITIES = sa.table(
    "activities",
    *map(sa.column, ("activity_id", "content_hash", "activity_type", "title", "lead", "people_count", "level")),
    sa.column("start_date", sa.Date()),
    sa.column("end_date", sa.Date()),
    *map(sa.column, ("amount", "currency", "citation_percentile", "language", "url")),
)
OWN = (
    *("activity_type", "title", "start_date", "end_date", "lead", "people_count", "level", "amount", "currency"),
    *("citation_percentile", "language", "url"),
)
PARTNERS = sa.table("partners", *map(sa.column, ("partner_id", "ror_id", "name_en", "country")))
LINKS = {
    "departments": sa.table("activity_departments", *map(sa.column, ("activity_id", "department", "share"))),
    "partners": sa.table("activity_partners", *map(sa.column, ("activity_id", "partner_id"))),
    "countries": sa.table("activity_countries", *map(sa.column, ("activity_id", "country"))),
    "people": sa.table("activity_people", *map(sa.column, ("activity_id", "person_id"))),
    "sdgs": sa.table("activity_sdgs", *map(sa.column, ("activity_id", "sdg"))),
}
VERSIONS = sa.table("versions", *map(sa.column, ("version_id", "kind", "before")))


def upgrade() -> None:
    connection = op.get_bind()
    written = _people(connection)
    hashed, _ = pseudonyms(connection, written.values())
    changed = [
        {"_id": number, "_new": hashed[pseudonym]}
        for number, pseudonym in written.items()
        if hashed[pseudonym] != pseudonym
    ]
    if not changed:
        return
    person = sa.update(PEOPLE).where(PEOPLE.c.person_id == sa.bindparam("_id")).values(pseudonym=sa.bindparam("_new"))
    connection.execute(person, changed)
    with_people = list(connection.scalars(sa.select(LINKS["people"].c.activity_id).distinct()))
    statement = sa.update(ACTIVITIES).where(ACTIVITIES.c.activity_id == sa.bindparam("_id"))
    for start in range(0, len(with_people), AT_ONCE):
        told = content_hashes(connection, with_people[start : start + AT_ONCE])
        rows = [{"_id": number, "_new": digest} for number, digest in told.items()]
        connection.execute(statement.values(content_hash=sa.bindparam("_new")), rows)
    _forget_of_versions(connection)


def _forget_of_versions(connection: sa.Connection) -> None:
    """What told whether a former version had changed goes: one that comes back is looked at once more."""
    named = sa.select(VERSIONS.c.version_id, VERSIONS.c.before).where(VERSIONS.c.kind == "activities")
    kept = [(number, json.loads(before)) for number, before in connection.execute(named) if before is not None]
    rows = [
        {"_id": number, "_new": json.dumps(record | {"content_hash": ""}, ensure_ascii=False, separators=(",", ":"))}
        for number, record in kept
        if record.get("people")
    ]
    statement = sa.update(VERSIONS).where(VERSIONS.c.version_id == sa.bindparam("_id"))
    if rows:
        connection.execute(statement.values(before=sa.bindparam("_new")), rows)


def content_hashes(connection: sa.Connection, activity_ids: Sequence[int]) -> dict[int, str]:
    """SHA-256 of what each activity says, as imports make it, from what is stored."""
    linked = {name: _linked(connection, table, activity_ids) for name, table in LINKS.items()}
    partners = {
        number: (ror_id or "", name, country)
        for number, ror_id, name, country in connection.execute(sa.select(*PARTNERS.c))
    }
    persons = _people(connection)
    columns = (ACTIVITIES.c.activity_id, *(ACTIVITIES.c[name] for name in OWN))
    found = {}
    for number, *own in connection.execute(sa.select(*columns).where(ACTIVITIES.c.activity_id.in_(activity_ids))):
        links = {name: links_of[number] for name, links_of in linked.items()}
        organizations = sorted(partners[cast(int, partner)] for (partner,) in links["partners"])
        told: list[object] = [
            *own,
            tuple(sorted((str(code), float(cast(float, share))) for code, share in links["departments"])),
            [ror_id or (name, country) for ror_id, name, country in organizations],
            tuple(sorted(str(code) for (code,) in links["countries"])),
            tuple(sorted(persons[cast(int, person)] for (person,) in links["people"])),
            tuple(sorted(cast(int, goal) for (goal,) in links["sdgs"])),
        ]
        found[int(number)] = sha256(repr(told).encode()).hexdigest()
    return found


def _people(connection: sa.Connection) -> dict[int, str]:
    rows = connection.execute(sa.select(PEOPLE.c.person_id, PEOPLE.c.pseudonym))
    return {int(number): str(pseudonym) for number, pseudonym in rows}


def _linked(
    connection: sa.Connection, table: sa.TableClause, activity_ids: Sequence[int]
) -> dict[int, list[tuple[object, ...]]]:
    found: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for number, *said in connection.execute(sa.select(*table.c).where(table.c.activity_id.in_(activity_ids))):
        found[number].append(tuple(said))
    return found


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
