"""Who acts, as the audit log names them: by codes and numbers, never by a name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from data_access.readers import Reader

from vocabulary.roles import ROLES

_ACCOUNT = "account:"


@dataclass(frozen=True)
class Actor:
    """Who acts: a reader's code, and who is signed in (the account's number), in which role, seen by whom."""

    code: str
    account: int | None = None
    role: str = ""
    seen_by: str = ""

    @classmethod
    def of(cls, reader: "Reader") -> Self:
        """The reader as an actor."""
        return cls(reader.code, account=reader.account, role=reader.role, seen_by=reader.seen_by)

    @classmethod
    def named(cls, code: str) -> Self:
        """The actor of whom no more is known than the code; `account:7` is account 7, `head:ENG` a head."""
        number = code.removeprefix(_ACCOUNT)
        if code.startswith(_ACCOUNT) and number.isdecimal():
            return cls(code, account=int(number))
        role = code.partition(":")[0]
        return cls(code, role=role if role in ROLES else "")


NOBODY = Actor("nobody")
