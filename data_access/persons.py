"""Persons are stored under keyed hashes of their ids: whoever holds the database alone cannot tell who they are.

The hash is HMAC-SHA256 (RFC 2104, FIPS 180-4) of the id under a key that lies outside the database, cut to 16 bytes.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from sqlalchemy import Connection, insert, select

from data_access.person_keys import PersonKeyError, demonstration_key, found_key
from data_access.tables import State
from vocabulary.text import Text

HASHED = re.compile(r"p:[0-9a-f]{32}", re.ASCII)
FINGERPRINT = "person_key"  # the fact on the database that says which key it uses
_BYTES = 16
_OTHER_KEY = Text(
    "The person ids of this database were stored under another key than {place}, so the same persons would count "
    "twice. Nothing was stored. Give the monitor the key that was used before (README, “The key of persons”).",
    "このデータベースの個人 ID は {place} とは別の鍵で登録されています。同じ人が二重に数えられるため、"
    "何も登録していません。以前の鍵を使ってください（README の “The key of persons”）。",
)


@dataclass(frozen=True, kw_only=True)
class PersonKey:
    """A secret key, and where it was found."""

    secret: bytes = field(repr=False)
    place: str

    def pseudonym(self, written: str) -> str:
        """`p:` and 32 hexadecimal digits for an id, the same for however it is written in Unicode (NFKC).

        What is a pseudonym already stays as it is: a list that came out of the monitor can go in again.
        """
        if HASHED.fullmatch(written):
            return written
        digest = hmac.digest(self.secret, normalize("NFKC", written).strip().encode(), "sha256")
        return f"p:{digest[:_BYTES].hex()}"

    @property
    def fingerprint(self) -> str:
        """What a database keeps to know its key again; it tells nothing of the key."""
        return hmac.digest(self.secret, b"the key of this database", "sha256")[:_BYTES].hex()


def pseudonyms(connection: Connection, written: Iterable[str]) -> dict[str, str]:
    """What each id is stored as. Whoever calls stores in the same transaction.

    PersonKeyError where there is no key, an unfit one, or another one than this database's ids were stored under.
    """
    every = set(written)
    if all(HASHED.fullmatch(one) for one in every):
        return {one: one for one in every}
    key = key_of(connection)
    return {one: key.pseudonym(one) for one in every}


def key_of(connection: Connection) -> PersonKey:
    """The key of this database; the first that it is given is the one that it keeps to."""
    facts = {
        str(name): str(value)
        for name, value in connection.execute(
            select(State.name, State.value).where(State.name.in_([FINGERPRINT, "demonstration"]))
        )
    }
    if facts.get("demonstration") == "yes":
        secret, place = demonstration_key()
    else:
        secret, place = found_key(connection.engine.url, may_make=FINGERPRINT not in facts)
    key = PersonKey(secret=secret, place=place)
    if FINGERPRINT not in facts:
        connection.execute(insert(State), [{"name": FINGERPRINT, "value": key.fingerprint}])
    elif not hmac.compare_digest(facts[FINGERPRINT], key.fingerprint):
        raise PersonKeyError(_OTHER_KEY.filled(place=place))
    return key
