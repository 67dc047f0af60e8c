"""Persons are stored under keyed hashes of their ids: whoever holds the database alone cannot tell who they are.

The hash is HMAC-SHA256 (RFC 2104, FIPS 180-4) of the id under a key that lies outside the database, cut to 16 bytes.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import normalize

from sqlalchemy import Connection, func, insert, select

from data_access.person_keys import (
    FILE,
    FILE_VARIABLE,
    MAKE,
    NoPersonKeyError,
    PersonKeyError,
    demonstration_key,
    found_key,
    is_given,
)
from data_access.tables import Person, State
from vocabulary.text import Text

HASHED = re.compile(r"p:[0-9a-f]{32}", re.ASCII)
FINGERPRINT = "person_key"  # the fact on the database that says which key it uses
_BYTES = 16
_LENGTH = len("p:") + 2 * _BYTES
_OTHER_KEY = Text(
    "The person ids of this database were stored under another key than {place}, so the same persons would count "
    "twice. Nothing was stored. Give the monitor the key that was used before (README, “The key of persons”).",
    "このデータベースの個人 ID は {place} とは別の鍵で登録されています。同じ人が二重に数えられるため、"
    "何も登録していません。以前の鍵を使ってください（README の “The key of persons”）。",
)
_OF_AN_EXPORT = Text(
    "The persons of this database came hashed (p:...), and it does not know the key of the database that they were "
    "exported from. Under another key the persons of this file would count a second time, so nothing was stored. "
    f"Copy that key here and set {FILE_VARIABLE} to the path of the copy. Only if it is lost for good: make a new one, "
    f"{MAKE} > FILE && chmod 600 FILE, set {FILE_VARIABLE}=FILE, and whoever is in old and new files counts twice.",
    "このデータベースの個人はハッシュ（p:...）で取り込まれており、エクスポート元の鍵が分かりません。別の鍵では"
    "同じ人が二重に数えられるため、何も登録していません。エクスポート元の鍵をコピーし、そのパスを "
    f"{FILE_VARIABLE} に設定してください。鍵が完全に失われた場合に限り、{MAKE} > FILE && chmod 600 FILE "
    f"で新しい鍵を作り、{FILE_VARIABLE}=FILE を設定してください（新旧のファイルにいる同じ人は二重に数えられます）。",
)
FIRST_KEY = Text(
    f"From now on this database stores persons under the key in {FILE} beside it, which was made if there was none. "
    "Keep a copy of the key apart from the backups: without it no more files with persons can be imported.",
    f"このデータベースは今後、同じフォルダーの {FILE} の鍵で個人を登録します（なかった場合は新しく作りました）。"
    "鍵の控えをバックアップとは別の場所に保管してください。失うと、個人を含むファイルを取り込めなくなります。",
)
KeyState = Literal["of the demonstration", "none yet", "sound", "missing", "unfit"]


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


def pseudonyms(connection: Connection, written: Iterable[str]) -> tuple[dict[str, str], bool]:
    """What each id is stored as, and whether the database took a key beside it for this, the first of all.

    Whoever calls stores in the same transaction. PersonKeyError where there is no key, an unfit one, another one than
    this database's ids were stored under, or where it cannot know which one that was.
    """
    every = set(written)
    hashed = {one for one in every if HASHED.fullmatch(one)}
    if hashed == every:
        return {one: one for one in every}, False
    key, is_first = key_of(connection, with_hashed=bool(hashed))
    return {one: key.pseudonym(one) for one in every}, is_first


def key_of(connection: Connection, *, with_hashed: bool = False) -> tuple[PersonKey, bool]:
    """The key of this database, and whether it is one beside it that is taken now; it keeps to the first one.

    Where persons were hashed before the database had a key (or are among those that come, `with_hashed`), only
    a key that a setting names is taken: it has to be the one that they were hashed under.
    """
    facts = _facts(connection)
    if FINGERPRINT in facts:
        return _known_key(connection, facts), False
    real = facts.get("demonstration") != "yes"
    if real and not is_given() and (with_hashed or _holds_hashed(connection)):
        raise PersonKeyError(_OF_AN_EXPORT)
    secret, place = found_key(connection.engine.url, may_make=True) if real else demonstration_key()
    key = PersonKey(secret=secret, place=place)
    connection.execute(insert(State), [{"name": FINGERPRINT, "value": key.fingerprint}])
    return key, real and not is_given()


def key_state(connection: Connection) -> tuple[KeyState, Text | None]:
    """How it stands with the key of this database, and what is wrong with it and how to mend that; makes no key."""
    facts = _facts(connection)
    if facts.get("demonstration") == "yes":
        return "of the demonstration", None
    try:
        if FINGERPRINT in facts:
            _known_key(connection, facts)
        else:
            found_key(connection.engine.url, may_make=False)
    except NoPersonKeyError as error:
        return ("missing", error.text) if FINGERPRINT in facts else ("none yet", None)
    except PersonKeyError as error:
        return "unfit", error.text
    return "sound", None


def _known_key(connection: Connection, facts: dict[str, str]) -> PersonKey:
    """The key of a database that knows it again."""
    demonstration = facts.get("demonstration") == "yes"
    secret, place = demonstration_key() if demonstration else found_key(connection.engine.url, may_make=False)
    key = PersonKey(secret=secret, place=place)
    if not hmac.compare_digest(facts[FINGERPRINT], key.fingerprint):
        raise PersonKeyError(_OTHER_KEY.filled(place=place))
    return key


def _facts(connection: Connection) -> dict[str, str]:
    wanted = select(State.name, State.value).where(State.name.in_([FINGERPRINT, "demonstration"]))
    return {str(name): str(value) for name, value in connection.execute(wanted)}


def _holds_hashed(connection: Connection) -> bool:
    query = select(Person.pseudonym).where(Person.pseudonym.startswith("p:"), func.length(Person.pseudonym) == _LENGTH)
    return connection.scalar(query.limit(1)) is not None
