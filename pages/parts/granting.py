"""The only place where pages ask who has which role, give and take roles, as far as the reader may."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from data_access import audit
from data_access.access.asked import LONGEST_LABEL as LONGEST_LABEL
from data_access.access.asked import LONGEST_SUBJECT as LONGEST_SUBJECT
from data_access.access.asked import Identity as Identity
from data_access.access.asked import Wanted as Wanted
from data_access.access.giving import GIVEN, TAKEN_BACK, give, take_back
from data_access.access.held import Tree as Tree
from data_access.access.listing import STANDINGS as STANDINGS
from data_access.access.listing import Given as Given
from data_access.access.listing import Person as Person
from data_access.access.listing import persons
from data_access.access.logins import LOGINS_ENDED, end_all_of
from data_access.access.reading import tree_of
from data_access.access.refusals import NotGivenError as NotGivenError
from data_access.access.viewing import Eyes as Eyes
from data_access.access.viewing import begin_viewing, end_viewing
from data_access.audit import Actor
from data_access.engine import as_whole, reading
from data_access.in_turn import BUSY as BUSY
from data_access.in_turn import BusyError as BusyError
from data_access.in_turn import in_turn
from pages.parts import data, who_reads
from pages.parts.one_run import once
from vocabulary.calendar import day_in_japan


def may_read() -> bool:
    """Whether the reader sees who has which role: the International Strategy Office."""
    return data.reader().may_read_access


def may_grant() -> bool:
    """Whether the reader gives and takes roles: one of the Office who is signed in."""
    return data.reader().may_grant


def today() -> date:
    """The day that it is in Japan."""
    return once("today", lambda: day_in_japan(datetime.now(UTC)))


def everybody() -> list[Person]:
    """Every account with its roles, as they stand now; none for who may not read them."""
    return once("everybody", _everybody) if may_read() else []


def tree() -> Tree:
    """The departments as they are now."""
    return once("tree of departments", _tree)


def give_role(person: Identity | int, wanted: Wanted) -> int:
    """Give a role; the number of the account. Raises NotGivenError."""
    actor = _granter(GIVEN)
    with in_turn():
        return give(data.engine(), person, wanted, by=actor, now=datetime.now(UTC))


def take_roles_back(numbers: Sequence[int]) -> int:
    """Take roles back, all or none; how many. Raises NotGivenError."""
    actor = _granter(TAKEN_BACK)
    with in_turn():
        return take_back(data.engine(), numbers, by=actor, now=datetime.now(UTC))


def end_logins(account: int) -> int:
    """End all logins of an account; how many. Raises NotGivenError."""
    actor = _granter(LOGINS_ENDED)
    with in_turn():
        return end_all_of(data.engine(), account, by=actor, now=datetime.now(UTC))


def view_as(eyes: Eyes) -> None:
    """Look through these eyes from now on, in all tabs of the login. Raises NotGivenError, PermissionError."""
    login = who_reads.signed_in().login
    with in_turn():
        begin_viewing(data.engine(), login.login_id if login else "", data.reader(), eyes, now=datetime.now(UTC))


def view_back() -> None:
    """See with one's own eyes again."""
    login, own, _ = who_reads.signed_in()
    if login is not None:
        with in_turn():
            end_viewing(data.engine(), login.login_id, own, now=datetime.now(UTC))


def _granter(action: str) -> Actor:
    """Who gives; PermissionError for all others, whatever the page showed, and the audit log has it."""
    reader = data.reader()
    actor = Actor.of(reader)
    if not reader.may_grant:
        audit.refused(data.engine(), actor, action)
        raise PermissionError(f"{reader.code} does not give or take roles, or end logins")
    return actor


def _everybody() -> list[Person]:
    with reading(data.engine()) as connection:
        return persons(as_whole(connection), today())


def _tree() -> Tree:
    with reading(data.engine()) as connection:
        return tree_of(as_whole(connection))
