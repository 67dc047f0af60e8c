"""What is asked for when a role is given, and whether it can be: checked here, whatever a page or a command checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from data_access.access.refusals import NotGivenError, listed
from data_access.tables import Department
from vocabulary.calendar import day_name
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES, RoleWords
from vocabulary.text import Text

LONGEST_LABEL = 60
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2: `sub`


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who somebody is at an identity provider."""

    issuer: str
    subject: str

    def refuse_what_is_none(self) -> None:
        """Raises NotGivenError for what no provider can have said."""
        if not (self.issuer.startswith(("https://", "http://")) and _is_one_line(self.issuer)):
            raise NotGivenError("no issuer", issuer=self.issuer)
        if not (0 < len(self.subject) <= LONGEST_SUBJECT and _is_one_line(self.subject)):
            raise NotGivenError("no subject", subject=self.subject[: LONGEST_SUBJECT + 1])


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A role that is asked for, as it was said; days are days in Japan, `name` is a label if one is new."""

    role: str
    departments: tuple[str, ...] = ()
    begins: date | None = None
    until: date | None = None
    name: str | None = None


def checked(connection: Connection, wanted: Wanted, today: date) -> tuple[str, ...]:
    """The departments of the role (`*`: the university), each once. Raises NotGivenError for what cannot be given."""
    words = next((words for role, words in ROLES.items() if role == wanted.role), None)
    if words is None:
        raise NotGivenError("no such role", role=wanted.role, there=listed(ROLES))
    _check_days(wanted, words, today)
    if wanted.name is not None and not (len(wanted.name) <= LONGEST_LABEL and _is_one_line(wanted.name or "-")):
        raise NotGivenError("label too long", most=LONGEST_LABEL, length=len(wanted.name))
    if words.of_departments:
        return _departments(connection, wanted, words, today)
    if wanted.departments:
        raise NotGivenError("role of the whole university", role=words.name, codes=", ".join(wanted.departments))
    return (UNIVERSITY,)


def _check_days(wanted: Wanted, words: RoleWords, today: date) -> None:
    if wanted.begins is not None and wanted.begins < today:
        raise NotGivenError("begins in the past", begins=wanted.begins, today=today)
    first = wanted.begins or today
    if words.ends and wanted.until is None:
        raise NotGivenError("no end", role=words.name, day=date(today.year + 1, 3, 31))
    if wanted.until is not None and wanted.until < first:
        raise NotGivenError("over already", until=wanted.until, today=today, first=first)


def _departments(connection: Connection, wanted: Wanted, words: RoleWords, today: date) -> tuple[str, ...]:
    there = _all(connection)
    open_now = listed(code for code, (_, closed) in there.items() if closed is None or closed > today)
    if not wanted.departments:
        raise NotGivenError("no department named", role=words.name, there=open_now)
    for code in wanted.departments:
        if code not in there:
            raise NotGivenError("no such department", code=code, there=open_now)
        name, closed = there[code]
        if closed is not None and closed <= today:
            raise NotGivenError("department closed", name=name, code=code, day=day_name(closed), there=open_now)
    return tuple(dict.fromkeys(wanted.departments))


def _all(connection: Connection) -> Mapping[str, tuple[Text, date | None]]:
    """Name and day of closing of every department but the university."""
    columns = (Department.code, Department.name_en, Department.name_ja, Department.closed)
    rows = connection.execute(select(*columns).order_by(Department.position, Department.code))
    return {code: (Text(english, japanese), closed) for code, english, japanese, closed in rows if code != UNIVERSITY}


def _is_one_line(text: str) -> bool:
    return text.isprintable() and text.strip() == text
