"""The university's own id in the registry (ROR): checked, and kept with its place in the state of the database."""

from sqlalchemy import Connection, delete, insert, select

from data_access.batches.stored_as import STATE, STORED
from data_access.batches.versions import Change, remember
from data_access.files.text_rows import UnreadableError
from data_access.imports.known import HOME_ROR, Known
from data_access.partners import NotInRegistryError, Organization
from data_access.tables import State

KEPT = ("home_ror", "home_country", "home_latitude", "home_longitude")  # names of rows of `state`; a place may be empty


def own_organization(known: Known) -> Organization:
    """The university in the registry, however its id is written; an id that means nobody is refused."""
    try:
        return known.registry.by_id(known.home_ror)
    except NotInRegistryError as error:
        raise UnreadableError(
            f"The university's own ROR id cannot be used: {error.text.en}. Accepted: an id as {HOME_ROR}.",
            f"自大学の ROR ID が使えません：{error.text.ja}。使えるのは {HOME_ROR} のような ID です。",
            value=known.home_ror,
        ) from None


def keep_own(connection: Connection, university: Organization, import_id: int | None = None) -> bool:
    """Keeps who and where the university is, said by an import or by none; says whether that is news."""
    values = (university.ror_id, university.country, *map(_written, (university.latitude, university.longitude)))
    wanted = dict(zip(KEPT, values, strict=True))
    kept = {name: value for name, value in connection.execute(select(State.name, State.value)) if name in KEPT}
    if kept == wanted:
        return False
    if import_id is not None:
        before = ((name, {"name": name, "value": kept[name]} if name in kept else None) for name in KEPT)
        remember(connection, STORED[STATE], (Change((name,), was) for name, was in before), import_id)
    connection.execute(delete(State).where(State.name.in_(KEPT)))
    connection.execute(insert(State), [{"name": name, "value": value} for name, value in wanted.items()])
    return True


def _written(degrees: float | None) -> str:
    return "" if degrees is None else repr(degrees)
