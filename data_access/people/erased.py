"""Who was erased: kept as marks, so that a file that still names them does not bring them back."""

from collections.abc import Collection
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from data_access.moments import stored
from data_access.tables import ErasedPerson
from vocabulary.text import Text

LEFT_OUT = Text(
    "Persons of this file who were erased are left out: {n}. The records are stored without them.",
    "消去済みの個人がこのファイルに {n} 人含まれています。その個人を除いて登録します。",
)


def mark_of(pseudonym: str) -> str:
    """The mark of a person (`p:...`): without the key of persons nobody can tell of whom it is."""
    return sha256(f"erased {pseudonym}".encode()).hexdigest()


def erased_among(connection: Connection, pseudonyms: Collection[str]) -> frozenset[str]:
    """Those of these persons who were erased."""
    marks = set(connection.scalars(select(ErasedPerson.mark))) if pseudonyms else set()
    return frozenset(one for one in pseudonyms if mark_of(one) in marks) if marks else frozenset()


def remember_erased(connection: Connection, pseudonym: str) -> None:
    """From now on the person is left out of files."""
    row = {"mark": mark_of(pseudonym), "erased_at": stored(datetime.now(UTC))}
    connection.execute(insert(ErasedPerson), row)
