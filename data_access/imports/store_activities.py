"""How checked activities are stored: whole, with their links, in bulk; a changed one replaces its former self."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain, repeat
from typing import NamedTuple, TypeVar, cast

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from data_access.batches.stored_as import ACTIVITIES, LINKS, STORED
from data_access.batches.versions import Change, activities_now, remember
from data_access.imports.columns import Counts, Progress, Rows
from data_access.imports.report import MOST_NAMED
from data_access.insert_columns import insert_columns
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
Said = dict[str, list[object]]  # column -> the value of each activity, as the cells were read


class _Activities(NamedTuple):
    """Activities to be written, each under the id that it has or gets."""

    ids: list[int]
    said: Said

    def batches(self) -> "Iterator[_Activities]":
        for first in range(0, len(self.ids), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            yield _Activities(self.ids[some], {name: values[some] for name, values in self.said.items()})

    def many(self, name: str) -> list[tuple[object, ...]]:
        """What each is linked with."""
        return cast(list[tuple[object, ...]], self.said[name])

    def with_each(self, name: str) -> list[int]:
        """The id of each activity, as many times as it has links."""
        return list(chain.from_iterable(map(repeat, self.ids, map(len, self.many(name)))))


def store_activities(connection: Connection, rows: Rows, import_id: int, progress: Progress) -> Counts:
    """Store what is new or says something else than before. Whoever calls holds the lock on imports.

    Here alone persons are stored, and here their ids become pseudonyms (see `data_access.persons`): whatever kind of
    file names them, neither they nor what was made of them reach the database. Raises PersonKeyError.
    """
    people, notices = _under_pseudonyms(connection, rows.columns["people"])
    said: Said = {**rows.columns, "people": people, "file_row": list(rows.numbers)}
    said["content_hash"] = list(meanings(said))
    new, changed = _compared(connection, said)
    written = _Activities(new.ids + changed.ids, _joined(new.said, changed.said))
    numbers = _people(connection, written)
    partners = _partners(connection, written)
    _remember(connection, new, changed, import_id)
    _forget(connection, changed.ids)
    _change(connection, changed, import_id)
    for batch in new.batches():
        insert_columns(connection, Activity, _own(batch, import_id))
    done, all_of_them = 0, len(written.ids) + 1
    for batch in written.batches():
        for table, links in _links(batch, partners, numbers).items():
            insert_columns(connection, table, links)
        done += len(batch.ids)
        progress(done / all_of_them)
    which = tuple(map(str, changed.said["record_id"][:MOST_NAMED]))
    return Counts(len(new.ids), len(changed.ids), len(rows) - len(written.ids), which, notices=notices)


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
_DAYS = ("start_date", "end_date")
_STORED = ("source", "record_id", *OWN, "content_hash", "file_row")


def meanings(said: Said) -> Iterator[str]:
    """SHA-256 of what each row says: two rows that say the same have the same, however they are written.

    It is that of a list of the values as Python writes it; `people.meaning` makes the same of what is stored.
    """
    written = [map(repr, said[name]) if name not in _DAYS else _of_each(said[name], repr) for name in OWN]
    written.append(_of_each(said["departments"], repr))
    written.append(_of_each(said["partners"], _partners_written))
    written += [_of_each(said[name], repr) for name in ("countries", "people", "sdgs")]
    for row in zip(*written, strict=True):
        yield sha256(f"[{', '.join(row)}]".encode()).hexdigest()


def _partners_written(partners: object) -> str:
    return repr([one.ror_id or (one.name_en, one.country) for one in cast(tuple[Organization, ...], partners)])


_T = TypeVar("_T")


def _of_each(values: Sequence[object], make: Callable[[object], _T]) -> Iterator[_T]:
    """What is made of each value; of one that comes again (the very same: 1.0 equals 1) it is made once."""
    which = list(map(id, values))
    made = {key: make(value) for key, value in dict(zip(which, values, strict=True)).items()}
    return map(made.__getitem__, which)


def _under_pseudonyms(connection: Connection, people: list[object]) -> tuple[list[object], tuple[Text, ...]]:
    """What the persons of each row are stored as (each id is hashed once), but for those who were erased.

    And what is to be said of it.
    """
    named = cast(list[tuple[str, ...]], people)
    known, first_key = pseudonyms(connection, chain.from_iterable(named))
    erased = erased_among(connection, known.values())

    def hashed(some: object) -> tuple[str, ...]:
        return tuple(sorted({known[person] for person in cast(tuple[str, ...], some)} - erased))

    left_out = (LEFT_OUT.filled(n=len(erased)),) if erased else ()
    return list(_of_each(people, hashed)), ((FIRST_KEY,) if first_key else ()) + left_out


def _compared(connection: Connection, said: Said) -> tuple[_Activities, _Activities]:
    """The rows that are new, and those that say something else than what is stored."""
    stored = _stored(connection, said)
    ever = connection.scalar(select(func.max(Version.activity_id))) or 0
    next_id = max(_next(connection, Activity), ever + 1)  # that of a record which is gone may come back with it
    new: list[int] = []
    changed: dict[int, int] = {}  # place -> id
    named = zip(said["source"], said["record_id"], said["content_hash"], strict=True)
    for place, (source, record_id, content_hash) in enumerate(named):
        before = stored.get((source, record_id))
        if before is None:
            new.append(place)
        elif before[1] != content_hash:
            changed[place] = before[0]
    ids = list(range(next_id, next_id + len(new)))
    return _Activities(ids, _at(new, said)), _Activities(list(changed.values()), _at(changed, said))


def _at(places: Collection[int], said: Said) -> Said:
    """What some of the rows say; the same lists where these are all rows, as mostly."""
    if len(places) == len(said["record_id"]):
        return said
    return {name: [values[place] for place in places] for name, values in said.items()}


def _joined(first: Said, second: Said) -> Said:
    """What the rows of both say; the same lists where all of them are of one."""
    if not first["record_id"]:
        return second
    return {name: first[name] + second[name] for name in first} if second["record_id"] else first


def _stored(connection: Connection, said: Said) -> dict[tuple[object, object], tuple[int, str]]:
    """Source and record id of what is stored of the sources -> its id and what it says."""
    columns = select(Activity.source, Activity.record_id, Activity.activity_id, Activity.content_hash)
    if len(said["record_id"]) <= _AT_ONCE:
        columns = columns.where(Activity.record_id.in_(said["record_id"]))
    return {
        (source, record_id): (activity_id, content_hash)
        for batch in _batches(sorted(set(map(str, said["source"]))))
        for source, record_id, activity_id, content_hash in connection.execute(
            columns.where(Activity.source.in_(batch))
        )
    }


def _next(connection: Connection, table: type[Table]) -> int:
    """The first free id of a table; ids are given here, because one statement then stores many rows."""
    (key,) = table.__table__.primary_key
    return (connection.scalar(select(func.max(key))) or 0) + 1


def _own(activities: _Activities, import_id: int) -> dict[str, Sequence[object]]:
    """The columns of the table of activities."""
    own: dict[str, Sequence[object]] = {name: activities.said[name] for name in _STORED}
    return {"activity_id": activities.ids, **own, "import_id": [import_id] * len(activities.ids)}


def _remember(connection: Connection, new: _Activities, changed: _Activities, import_id: int) -> None:
    """Keeps what was there before, so that it can be read, and brought back."""
    added = (Change(named, None, activity_id) for activity_id, named in _named(new))
    remember(connection, STORED[ACTIVITIES], added, import_id)
    for batch in changed.batches():
        before = activities_now(connection, batch.ids)
        replaced = (Change(named, before[activity_id], activity_id) for activity_id, named in _named(batch))
        remember(connection, STORED[ACTIVITIES], replaced, import_id)


def _named(activities: _Activities) -> Iterator[tuple[int, tuple[object, object]]]:
    """The id of each, and what names it."""
    said = activities.said
    return zip(activities.ids, zip(said["source"], said["record_id"], strict=True), strict=True)


def _forget(connection: Connection, activity_ids: list[int]) -> None:
    for batch in _batches(activity_ids):
        for table in _LINKS:
            connection.execute(delete(table).where(table.__table__.c.activity_id.in_(batch)))


def _change(connection: Connection, changed: _Activities, import_id: int) -> None:
    statement = update(Activity.__table__).where(Activity.activity_id == bindparam("_id"))  # type: ignore[arg-type]  # a table, though declared as any FromClause
    for batch in changed.batches():
        columns = _own(batch, import_id)
        names = ["_id" if name == "activity_id" else name for name in columns]
        connection.execute(
            statement, [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        )


def _links(
    activities: _Activities, partners: Mapping[PartnerKey, int], people: Mapping[object, int]
) -> dict[type[ActivityLink], dict[str, Sequence[object]]]:
    """The columns of each table of links."""
    shares = cast(list[tuple[str, float]], _flat(activities.many("departments")))
    named = cast(list[Organization], _flat(activities.many("partners")))
    linked: dict[type[ActivityLink], tuple[str, dict[str, Sequence[object]]]] = {
        ActivityDepartment: ("departments", {"department": [s[0] for s in shares], "share": [s[1] for s in shares]}),
        ActivityPartner: ("partners", {"partner_id": [partners[_key(one)] for one in named]}),
        ActivityCountry: ("countries", {"country": _flat(activities.many("countries"))}),
        ActivityPerson: ("people", {"person_id": [people[one] for one in _flat(activities.many("people"))]}),
        ActivitySdg: ("sdgs", {"sdg": _flat(activities.many("sdgs"))}),
    }
    return {table: {"activity_id": activities.with_each(name), **to} for table, (name, to) in linked.items()}


def _flat(many: Iterable[tuple[object, ...]]) -> list[object]:
    return list(chain.from_iterable(many))


def _key(partner: Organization) -> PartnerKey:
    """What makes a partner one: its id in the registry, else its name and country."""
    return (partner.ror_id, "", "") if partner.ror_id else ("", partner.name_en, partner.country)


def _partners(connection: Connection, activities: _Activities) -> dict[PartnerKey, int]:
    """The ids of all partners named, those that are new stored first; for whom names stand is set."""
    lists = {id(some): cast(tuple[Organization, ...], some) for some in activities.said["partners"]}
    wanted = {_key(one): one for some in lists.values() for one in some}
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


def _people(connection: Connection, activities: _Activities) -> dict[object, int]:
    """The ids of all people named, those that are new stored first."""
    wanted = sorted(cast(set[str], set(_flat(activities.many("people")))))
    ids: dict[object, int] = {}
    for batch in _batches(wanted):
        query = select(Person.pseudonym, Person.person_id).where(Person.pseudonym.in_(batch))
        ids |= {row.pseudonym: row.person_id for row in connection.execute(query)}
    new = [one for one in wanted if one not in ids]
    first = _next(connection, Person)
    keys = list(range(first, first + len(new)))
    insert_columns(connection, Person, {"person_id": keys, "pseudonym": new})
    return ids | dict(zip(new, keys, strict=True))


def _batches(everything: list[_T]) -> Iterator[list[_T]]:
    for first in range(0, len(everything), _AT_ONCE):
        yield everything[first : first + _AT_ONCE]
