"""What an address of the monitor names: whether there is such a thing, for whoever writes down that it was refused."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from data_access.engine import as_whole
from data_access.tables import Activity, DeclaredIndicator, Department, Import

NAMING = ("department", "indicator", "import", "record")  # the words of an address that name one thing of somebody's
_MOST = 5  # colons of a record's name that may stand between its source and its number
_NUMBER = 18  # digits of a number that a database can hold


def named(connection: Connection, word: str, value: str, *, reader: str) -> Mapping[str, str] | None:
    """The details of an event on the thing that `word=value` names, as we know it; None: there is no such thing.

    What `reader`, a code, imported is theirs, and none of others'. A record is told by our own number: its source may
    have numbered it after a person.
    """
    whole = as_whole(connection)
    if word == "record":
        for place in [place for place, letter in enumerate(value) if letter == ":"][:_MOST]:
            one = (Activity.source == value[:place]) & (Activity.record_id == value[place + 1 :])
            if (number := whole.scalar(select(Activity.activity_id).where(one))) is not None:
                return {"activity": str(number)}
        return None
    if word == "import":
        if not (value.isascii() and value.isdecimal() and len(value) <= _NUMBER):
            return None
        others = (Import.import_id == int(value)) & (Import.importer != reader)
        number = whole.scalar(select(Import.import_id).where(others))
        return None if number is None else {"import": str(number)}
    column = Department.code if word == "department" else DeclaredIndicator.key
    code = whole.scalar(select(column).where(column == value))
    return None if code is None else {word: str(code)}
