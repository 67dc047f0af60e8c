"""Where the key of persons is found: in the environment, in a file, or beside an embedded database, made if missing."""

import base64
import binascii
import os
import re
import secrets
import stat
from hashlib import sha256
from pathlib import Path

from sqlalchemy import URL

from vocabulary.text import Text

VARIABLE, FILE_VARIABLE = "MONITOR_PERSON_KEY", "MONITOR_PERSON_KEY_FILE"
FILE = "person.key"
LEAST = 32  # bytes: as many as the hash has
FEWEST_KINDS = 12  # of bytes in 32: of random ones there are fewer once in more than 10^20 keys
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+", re.ASCII)
MAKE = "python3 -c 'import secrets; print(secrets.token_hex(32))'"
_ACCEPTED = Text(
    f"Accepted: at least {LEAST} random bytes as hexadecimal digits or base64, as `{MAKE}` prints them.",
    f"使えるのは {LEAST} バイト以上の乱数（16 進数か base64）です。`{MAKE}` で作れます。",
)
_SHORT = Text("{place} holds a key of {bytes} bytes. ", "{place} の鍵は {bytes} バイトしかありません。")
_UNREADABLE = Text(
    "{place} holds no key in hexadecimal digits or base64. ", "{place} は 16 進数でも base64 でもありません。"
)
_NOT_RANDOM = Text(
    "{place} holds a key that is not random: it repeats itself. ",
    "{place} の鍵は同じ値の繰り返しで、乱数ではありません。",
)
_OPEN = Text(
    "Others than its owner can read the key of persons, {place} (mode {mode}). Close it: chmod 600 {place}",
    "個人の鍵 {place} は所有者以外も読めます（モード {mode}）。chmod 600 {place} で閉じてください。",
)
_NO_FILE = Text(
    "The key of persons, {place}, is not there. Without it persons of new files cannot be told to be those stored "
    "before. Restore it from where it was kept (see “The key of persons” in the README).",
    "個人の鍵 {place} がありません。鍵がないと、新しいファイルの個人を登録済みの個人と照合できません。"
    "保管場所から復元してください（README の “The key of persons” を参照）。",
)
_CANNOT = Text(
    "The key of persons, {place}, cannot be read or made: {why}.", "個人の鍵 {place} を読み書きできません：{why}。"
)
_NONE_GIVEN = Text(
    "Person ids are stored only as hashes under a key, and none is given for this database. "
    f"Set {VARIABLE}, or {FILE_VARIABLE} to the path of a file of your own that holds it. ",
    f"個人 ID は鍵付きハッシュで登録しますが、このデータベースの鍵がありません。{VARIABLE} を設定するか、"
    f"鍵を入れたファイルのパスを {FILE_VARIABLE} に設定してください。",
)


class PersonKeyError(ValueError):
    """Persons cannot be hashed; `text` says why and how to mend it, and never holds a key."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NoPersonKeyError(PersonKeyError):
    """No setting names a key, and none is beside the database."""


def is_given() -> bool:
    """Whether a setting names the key, so that somebody chose it for this database."""
    return any(os.environ.get(name, "").strip() for name in (VARIABLE, FILE_VARIABLE))


def demonstration_key() -> tuple[bytes, str]:
    """The key of the demonstration's persons, who are made up: anybody can read it, and it is the same everywhere."""
    return sha256(b"the persons of the demonstration are made up").digest(), "the key of the demonstration"


def found_key(url: URL, *, may_make: bool) -> tuple[bytes, str]:
    """The key for a database, and where it was found; PersonKeyError where there is none that is fit.

    `MONITOR_PERSON_KEY` goes before the file that `MONITOR_PERSON_KEY_FILE` names, and this before `person.key` beside
    an embedded database, which is made where there is none and it `may_make` one.
    """
    if written := os.environ.get(VARIABLE, "").strip():
        return _understood(written, VARIABLE), VARIABLE
    named = os.environ.get(FILE_VARIABLE, "").strip()
    path = Path(named) if named else beside(url)
    if path is None:
        raise NoPersonKeyError(_together(_NONE_GIVEN, _ACCEPTED))
    if not named and not may_make and not path.exists():
        raise NoPersonKeyError(_NO_FILE.filled(place=str(path)))
    try:
        return _of_file(path, may_make=may_make and not named), str(path)
    except OSError as error:
        raise PersonKeyError(_CANNOT.filled(place=str(path), why=error.strerror or str(error))) from error


def beside(url: URL) -> Path | None:
    """The file beside the embedded database; None for a server, and for a database in memory."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database).removeprefix("file:")).parent / FILE


def _of_file(path: Path, *, may_make: bool) -> bytes:
    if not path.exists():
        if not may_make:
            raise PersonKeyError(_NO_FILE.filled(place=str(path)))
        _make(path)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise PersonKeyError(_OPEN.filled(place=str(path), mode=f"{mode:o}"))
    return _understood(path.read_text("ascii", errors="replace").strip(), str(path))


def _make(path: Path) -> None:
    """A new key in a file of its owner's alone; whole from its first moment, and never in place of another."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(os.urandom(LEAST).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was faster: its key holds
    finally:
        draft.unlink()


def _understood(written: str, place: str) -> bytes:
    if _HEX.fullmatch(written):
        key = bytes.fromhex(written)
    else:
        try:
            key = base64.b64decode(written.replace("-", "+").replace("_", "/"), validate=True)
        except (binascii.Error, ValueError):
            raise PersonKeyError(_together(_UNREADABLE.filled(place=place), _ACCEPTED)) from None
    if len(key) < LEAST:
        raise PersonKeyError(_together(_SHORT.filled(place=place, bytes=len(key)), _ACCEPTED))
    if len(set(key)) < FEWEST_KINDS:
        raise PersonKeyError(_together(_NOT_RANDOM.filled(place=place), _ACCEPTED))
    return key


def _together(first: Text, then: Text) -> Text:
    return Text(first.en + then.en, first.ja + then.ja)
