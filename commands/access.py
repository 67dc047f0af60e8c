"""What `manage.py grant`, `revoke` and `grants` do and say: the way to the first role, and to who has which."""

import argparse
import csv
import io
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from commands.acting import add_who_and_language
from data_access.access.asked import Identity, Wanted
from data_access.access.giving import give, take_back
from data_access.access.listing import Given, Person, persons
from data_access.access.refusals import NotGivenError, listed
from data_access.audit import Actor
from data_access.engine import as_whole, reading
from data_access.in_turn import BUSY, BusyError, in_turn
from vocabulary.calendar import day_in_japan
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES
from vocabulary.text import NOTHING, Language, Text

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse has no other name for it

HAS = Text("Account {account} ({subject}) has: {roles}.", "アカウント {account}（{subject}）の権限：{roles}。")
NONE = Text("no role", "なし")
ROLE = Text("{role}{of}{begins}{until} (grant {number})", "{role}{of}{begins}{until}（付与番号 {number}）")
OF = Text(" of {code}", "（{code}）")
FROM = Text(" from {day}", "、{day} から")
UNTIL = Text(" until {day}", "、{day} まで")
WHOM = Text(
    "Say whom: --account NUMBER, or --issuer and --subject.",
    "対象者を --account 番号、または --issuer と --subject で指定してください。",
)
NO_SUCH_PERSON = Text(
    "There is no such account; there are: {there}.", "該当するアカウントはありません（あるのは {there}）。"
)
NOT_HELD = Text("No role that holds was meant. {has}", "該当する有効な権限はありません。{has}")
COLUMNS = (
    *("account", "issuer", "subject", "label", "last_login_utc", "grant", "role", "department", "from", "until"),
    *("standing", "given_by", "given_at_utc", "taken_back_by", "taken_back_at_utc"),
)


class _AnswerError(Exception):
    """What was asked for cannot be; the message says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def add_commands(commands: "Commands", prepared: Callable[[], Engine], language: Language) -> None:
    """Add the three commands to the operator's; each works on the `prepared` database."""
    grant = commands.add_parser(
        "grant",
        help="give a role to somebody who signs in",
        description="Give a role to an account that has signed in, or to an identity that will. It counts at once.",
    )
    _add_whom(grant)
    grant.add_argument("--role", required=True, metavar="ROLE", help=f"one of {', '.join(ROLES)}")
    grant.add_argument(
        "--department", action="append", default=[], metavar="CODE", help="of a head or deputy; as often as needed"
    )
    grant.add_argument("--from", dest="begins", type=_day, metavar="YYYY-MM-DD", help="the first day (today)")
    grant.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="the last day, in Japan; a deputy needs one")
    grant.add_argument("--name", metavar="LABEL", help="what the Strategy Office calls the account")
    revoke = commands.add_parser("revoke", help="take roles back; it counts with the next click of their person")
    _add_whom(revoke)
    revoke.add_argument("--grant", type=int, action="append", default=[], metavar="N", help="this one, by its number")
    revoke.add_argument("--role", metavar="ROLE", help="this role alone (default: all that the person holds)")
    revoke.add_argument("--department", metavar="CODE", help="of this department alone")
    revoke.add_argument("--force", action="store_true", help="even the last role of the Strategy Office")
    grants = commands.add_parser("grants", help="print who has which role, and who waits for one, as CSV")
    grants.add_argument("--all", action="store_true", help="those that are over or were taken back, too")
    for parser, run in ((grant, run_grant), (revoke, run_revoke), (grants, run_grants)):
        parser.set_defaults(run=partial(_on, prepared, run), refuse=parser.error)
        if parser is not grants:
            add_who_and_language(parser, language)


def _on(
    prepared: Callable[[], Engine], run: Callable[[Engine, argparse.Namespace], int], options: argparse.Namespace
) -> int:
    if "account" in options and (wrong := _wrong_whom(options)):
        options.refuse(wrong)
    engine = prepared()
    try:
        return run(engine, options)
    finally:
        engine.dispose()


def run_grant(engine: Engine, options: argparse.Namespace) -> int:
    """Give a role and say what the person has now; 1 with the reason where it cannot be given."""
    now = datetime.now(UTC)
    wanted = Wanted(
        role=options.role,
        departments=tuple(options.department),
        begins=options.begins,
        until=options.until,
        name=options.name,
    )

    def work() -> Text:
        identity = Identity(issuer=options.issuer or "", subject=options.subject or "")
        whom = identity if options.account is None else options.account
        account = give(engine, whom, wanted, by=_by(options), now=now)
        return _said(next(one for one in _persons(engine, now) if one.account == account))

    return _run(work, options)


def run_revoke(engine: Engine, options: argparse.Namespace) -> int:
    """Take roles back and say what the person has left; 1 with the reason where they cannot be."""
    now = datetime.now(UTC)

    def work() -> Text:
        person = _person(_persons(engine, now), options)
        numbers = [one.number for one in _alive(person) if _is_meant(one, options)]
        if not numbers:
            raise _AnswerError(NOT_HELD.filled(has=_said(person)))
        take_back(engine, numbers, by=_by(options), now=now, force=options.force)
        return _said(next(one for one in _persons(engine, now) if one.account == person.account))

    return _run(work, options)


def run_grants(engine: Engine, options: argparse.Namespace) -> int:
    """Print every account and every role that holds or is to come, as CSV: one row a role, and one for none."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for person in _persons(engine, datetime.now(UTC)):
        seen = "" if person.last_seen is None else person.last_seen.strftime("%Y-%m-%d %H:%M:%S")
        who = (person.account, person.issuer, person.subject, person.name, seen)
        given = person.given if options.all else _alive(person)
        table.writerows([(*who, *_row(one)) for one in given] or [who + ("",) * (len(COLUMNS) - len(who))])
    print(out.getvalue(), end="")
    return 0


def _row(one: Given) -> tuple[object, ...]:
    role = (one.number, one.role, one.department, one.begins, one.until or "", one.standing, one.given_by)
    taken = "" if one.taken_at is None else f"{one.taken_at:%Y-%m-%d %H:%M:%S}"
    return (*role, f"{one.given_at:%Y-%m-%d %H:%M:%S}", one.taken_by, taken)


def _run(work: Callable[[], Text], options: argparse.Namespace) -> int:
    try:
        with in_turn():
            said = work()
    except (NotGivenError, _AnswerError) as error:
        print(error.text.said_in(options.language), file=sys.stderr)
        return 1
    except BusyError:
        print(BUSY.said_in(options.language), file=sys.stderr)
        return 1
    print(said.said_in(options.language))
    return 0


def _add_whom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--account", type=int, metavar="NUMBER", help="of somebody who has signed in, or has a role")
    parser.add_argument("--issuer", metavar="ADDRESS", help="the identity provider, as it names itself (`iss`)")
    parser.add_argument("--subject", metavar="TEXT", help="what the identity provider calls the person (`sub`)")


def _wrong_whom(options: argparse.Namespace) -> str:
    """What is wrong with how the person is named; empty where nothing is."""
    by_identity = options.issuer is not None and options.subject is not None
    named = [options.account is not None, options.issuer is not None or options.subject is not None]
    return "" if sum(named) == 1 and (options.account is not None or by_identity) else WHOM.said_in(options.language)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2027-03-31") from None


def _by(options: argparse.Namespace) -> Actor:
    return Actor(f"command line: {options.by}")


def _persons(engine: Engine, now: datetime) -> list[Person]:
    with reading(engine) as connection:
        return persons(as_whole(connection), day_in_japan(now))


def _person(there: list[Person], options: argparse.Namespace) -> Person:
    for one in there:
        if options.account == one.account or (options.issuer, options.subject) == (one.issuer, one.subject):
            return one
    raise _AnswerError(NO_SUCH_PERSON.filled(there=listed(one.account for one in there)))


def _alive(person: Person) -> list[Given]:
    return [one for one in person.given if one.standing in ("holds", "to come")]


def _is_meant(one: Given, options: argparse.Namespace) -> bool:
    asked = (not options.grant or one.number in options.grant, options.role in (one.role, None))
    return all(asked) and options.department in (one.department, None)


def _said(person: Person) -> Text:
    roles = [_role(one) for one in _alive(person)] or [NONE]
    listed = Text(", ".join(one.en for one in roles), "、".join(one.ja for one in roles))
    return HAS.filled(account=person.account, subject=person.subject, roles=listed)


def _role(one: Given) -> Text:
    return ROLE.filled(
        role=one.role,
        of=OF.filled(code=one.department) if one.department != UNIVERSITY else NOTHING,
        begins=FROM.filled(day=one.begins) if one.standing == "to come" else NOTHING,
        until=UNTIL.filled(day=one.until) if one.until else NOTHING,
        number=one.number,
    )
