"""How checked activities are stored: whole, with their links, in bulk; a changed one replaces its former self."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeVar, cast

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from data_access.batches.stored_as import ACTIVITIES, LINKS, STORED
from data_access.batches.versions import Change, activities_now, remember
from data_access.imports.activity import ActivityValues
from data_access.imports.columns import Counts, Progress, Row
from data_access.imports.report import MOST_NAMED
from data_access.partner_names.standing import partner_row, stand_for
from data_access.partners import Organization
from data_access.people.erased import LEFT_OUT, erased_among
from data_access.persons import FIRST_KEY, pseudonyms
from data_access.tables import (
    Activity,
    ActivityCountry,
    ActivityDepartment,
    ActivityLink,
    ActivityPartner,
    ActivityPerson,
    ActivitySdg,
    Partner,
    Person,
    Table,
    Version,
)
from vocabulary.text import Text

_AT_ONCE = 10_000
_LINKS: tuple[type[ActivityLink], ...] = tuple(LINKS.values())
PartnerKey = tuple[str, str, str]


class _Version(NamedTuple):
    """One activity to be written, under the id that it has or gets."""

    activity_id: int
    row: Row
    content_hash: str

    @property
    def values(self) -> ActivityValues:
        return cast(ActivityValues, self.row.values)

    @property
    def named(self) -> tuple[str, str]:
        return self.values["source"], self.values["record_id"]


def store_activities(connection: Connection, rows: Sequence[Row], import_id: int, progress: Progress) -> Counts:
    """Store what is new or says something else than before. Whoever calls holds the lock on imports.

    Here alone persons are stored, and here their ids become pseudonyms (see `data_access.persons`): whatever kind of
    file names them, neither they nor what was made of them reach the database. Raises PersonKeyError.
    """
    rows, notices = _under_pseudonyms(connection, rows)
    new, changed = _compared(connection, rows)
    written = new + changed
    people = _people(connection, written)
    partners = _partners(connection, written)
    _remember(connection, new, changed, import_id)
    _forget(connection, [version.activity_id for version in changed])
    _change(connection, changed, import_id)
    done, all_of_them = 0, len(written) + 1
    for batch in _batches(new):
        connection.execute(insert(Activity), [_activity(version, import_id) for version in batch])
    for batch in _batches(written):
        for table, links in _links(batch, partners, people).items():
            if links:
                connection.execute(insert(table), links)
        done += len(batch)
        progress(done / all_of_them)
    which = tuple(version.values["record_id"] for version in changed[:MOST_NAMED])
    return Counts(len(new), len(changed), len(rows) - len(written), which, notices=notices)


def meaning(row: Row) -> str:
    """SHA-256 of what a row says: two rows that say the same have the same, however they are written."""
    values = cast(ActivityValues, row.values)
    partners = [partner.ror_id or (partner.name_en, partner.country) for partner in values["partners"]]
    told = [row.values[name] for name in OWN]
    told += [values["departments"], partners, values["countries"], values["people"], values["sdgs"]]
    return sha256(repr(told).encode()).hexdigest()


OWN = (
    "activity_type",
    "title",
    "start_date",
    "end_date",
    "lead",
    "people_count",
    "level",
    "amount",
    "currency",
    "citation_percentile",
    "language",
    "url",
)


def _under_pseudonyms(connection: Connection, rows: Sequence[Row]) -> tuple[list[Row], tuple[Text, ...]]:
    """The same rows with what their persons are stored as (each id is hashed once), but for those who were erased.

    And what is to be said of it.
    """
    known, first_key = pseudonyms(
        connection, (person for row in rows for person in cast(ActivityValues, row.values)["people"])
    )
    erased = erased_among(connection, known.values())
    hashed = [
        row._replace(values=row.values | {"people": tuple(sorted({known[person] for person in people} - erased))})
        if (people := cast(ActivityValues, row.values)["people"])
        else row
        for row in rows
    ]
    left_out = (LEFT_OUT.filled(n=len(erased)),) if erased else ()
    return hashed, ((FIRST_KEY,) if first_key else ()) + left_out


def _compared(connection: Connection, rows: Sequence[Row]) -> tuple[list[_Version], list[_Version]]:
    """The rows that are new, and those that say something else than what is stored."""
    columns = select(Activity.source, Activity.record_id, Activity.activity_id, Activity.content_hash)
    sources = sorted({str(row.values["source"]) for row in rows})
    stored = {
        (source, record_id): (activity_id, content_hash)
        for batch in _batches(sources)
        for source, record_id, activity_id, content_hash in connection.execute(
            columns.where(Activity.source.in_(batch))
        )
    }
    ever = connection.scalar(select(func.max(Version.activity_id))) or 0
    next_id = max(_next(connection, Activity), ever + 1)  # that of a record which is gone may come back with it
    new: list[_Version] = []
    changed: list[_Version] = []
    for row in rows:
        values = cast(ActivityValues, row.values)
        content_hash = meaning(row)
        before = stored.get((values["source"], values["record_id"]))
        if before is None:
            new.append(_Version(next_id + len(new), row, content_hash))
        elif before[1] != content_hash:
            changed.append(_Version(before[0], row, content_hash))
    return new, changed


def _next(connection: Connection, table: type[Table]) -> int:
    """The first free id of a table; ids are given here, because one statement then stores many rows."""
    (key,) = table.__table__.primary_key
    return (connection.scalar(select(func.max(key))) or 0) + 1


def _activity(version: _Version, import_id: int) -> dict[str, object]:
    values = version.values
    return {
        "activity_id": version.activity_id,
        "source": values["source"],
        "record_id": values["record_id"],
        **{name: version.row.values[name] for name in OWN},
        "content_hash": version.content_hash,
        "import_id": import_id,
        "file_row": version.row.number,
    }


def _remember(connection: Connection, new: list[_Version], changed: list[_Version], import_id: int) -> None:
    """Keeps what was there before, so that it can be read, and brought back."""
    added = (Change(version.named, None, version.activity_id) for version in new)
    remember(connection, STORED[ACTIVITIES], added, import_id)
    for batch in _batches(changed):
        before = activities_now(connection, [version.activity_id for version in batch])
        replaced = (Change(version.named, before[version.activity_id], version.activity_id) for version in batch)
        remember(connection, STORED[ACTIVITIES], replaced, import_id)


def _forget(connection: Connection, activity_ids: list[int]) -> None:
    for batch in _batches(activity_ids):
        for table in _LINKS:
            connection.execute(delete(table).where(table.__table__.c.activity_id.in_(batch)))


def _change(connection: Connection, changed: list[_Version], import_id: int) -> None:
    statement = update(Activity.__table__).where(Activity.activity_id == bindparam("_id"))  # type: ignore[arg-type]  # a table, though declared as any FromClause
    for batch in _batches(changed):
        rows = [_activity(version, import_id) for version in batch]
        connection.execute(statement, [{"_id" if k == "activity_id" else k: v for k, v in row.items()} for row in rows])


def _links(
    versions: Iterable[_Version], partners: dict[PartnerKey, int], people: dict[str, int]
) -> dict[type[ActivityLink], list[dict[str, object]]]:
    links: dict[type[ActivityLink], list[dict[str, object]]] = {table: [] for table in _LINKS}
    for version in versions:
        key, values = version.activity_id, version.values
        links[ActivityDepartment] += [
            {"activity_id": key, "department": code, "share": share} for code, share in values["departments"]
        ]
        links[ActivityPartner] += [
            {"activity_id": key, "partner_id": partners[_key(one)]} for one in values["partners"]
        ]
        links[ActivityCountry] += [{"activity_id": key, "country": code} for code in values["countries"]]
        links[ActivityPerson] += [{"activity_id": key, "person_id": people[one]} for one in values["people"]]
        links[ActivitySdg] += [{"activity_id": key, "sdg": goal} for goal in values["sdgs"]]
    return links


def _key(partner: Organization) -> PartnerKey:
    """What makes a partner one: its id in the registry, else its name and country."""
    return (partner.ror_id, "", "") if partner.ror_id else ("", partner.name_en, partner.country)


def _partners(connection: Connection, versions: Iterable[_Version]) -> dict[PartnerKey, int]:
    """The ids of all partners named, those that are new stored first; for whom names stand is set."""
    wanted = {_key(one): one for version in versions for one in version.values["partners"]}
    if not wanted:
        return {}
    stored = connection.execute(select(Partner.partner_id, Partner.ror_id, Partner.name_en, Partner.country))
    ids = {(ror_id, "", "") if ror_id else ("", name, country): key for key, ror_id, name, country in stored}
    new = dict(enumerate((one for key, one in wanted.items() if key not in ids), start=_next(connection, Partner)))
    for batch in _batches(list(new.items())):
        connection.execute(insert(Partner), [partner_row(key, one) for key, one in batch])
    ids |= {_key(one): key for key, one in new.items()}
    meant = {ids[key]: one for key, one in wanted.items() if one.stands_for is not None}
    stand_for(connection, {number: (one.stands_for, one.said_by) for number, one in meant.items()})
    return ids


def _people(connection: Connection, versions: Iterable[_Version]) -> dict[str, int]:
    """The ids of all people named, those that are new stored first."""
    wanted = {pseudonym for version in versions for pseudonym in version.values["people"]}
    if not wanted:
        return {}
    ids = {pseudonym: key for key, pseudonym in connection.execute(select(Person.person_id, Person.pseudonym))}
    new = {one: key for key, one in enumerate(sorted(wanted - ids.keys()), start=_next(connection, Person))}
    for batch in _batches(list(new.items())):
        connection.execute(insert(Person), [{"person_id": key, "pseudonym": one} for one, key in batch])
    return ids | new


_T = TypeVar("_T")


def _batches(everything: list[_T]) -> Iterator[list[_T]]:
    for first in range(0, len(everything), _AT_ONCE):
        yield everything[first : first + _AT_ONCE]
