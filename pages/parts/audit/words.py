"""What an event of the audit log names, in words: who acted in which role, on what, over what, and the details."""

import json
from collections.abc import Mapping
from datetime import datetime

from pages.parts import auditing, data, granting
from pages.parts.access.words import called, listed, role_name, role_of
from pages.parts.frame import PAGES
from vocabulary.audit_actions import DETAILS, HOW
from vocabulary.departments import UNIVERSITY
from vocabulary.text import NOTHING, Text

COMMANDS = ("command line: ", "manage.py ")  # how the code of who gave a command begins
COMMAND_OF = Text("Command ({account})", "コマンド（{account}）")
THROUGH = Text("{who}, viewing as {whose}", "{who}（{whose}として表示中）")
WITHOUT_ROLE = Text("no role", "権限なし")
WHOLE, NOBODYS = Text("Whole university", "全学"), Text("Nothing", "なし")
AND_MORE = Text("and {n} more", "ほか{n}部局")
OF_CODES = Text("{role}: {departments}", "{role}：{departments}")
MOST_NAMED = 3
OBJECTS = {  # by the word that an object begins with
    "import": Text("Import {number}", "取り込み{number}"),
    "decision": Text("Decision {number}", "判断{number}"),
    "person": Text("Person {number}", "個人 {number}"),
}
THINGS = {  # by the word of an address that names one
    "department": Text("Department", "部局"),
    "indicator": Text("Indicator", "指標"),
    "import": Text("Import", "取り込み"),
    "record": Text("Record", "活動記録"),
}
GRANTS = Text("Role No. {number}", "権限番号 {number}")
SOMEBODY_NEW = Text("Somebody without an account", "アカウントのない者")
UP_TO = Text("Events up to {number}", "イベント{number}まで")
ONE_DETAIL = Text("{name}: {value}", "{name}：{value}")
_ACCOUNT, _GRANT = "account:", "grant:"


def who(actor: str, seen_by: str) -> Text:
    """Who acted: account, reader of a demonstration or command; who looks through another's eyes first."""
    own = reader_called(actor)
    return THROUGH.filled(who=reader_called(seen_by), whose=own) if seen_by else own


def reader_called(code: str) -> Text:
    """A reader by code: the account with the label that the office gave, a role with its departments, a command."""
    if code.startswith(COMMANDS):
        return COMMAND_OF.filled(account=code.removeprefix(COMMANDS[0]))
    number = code.removeprefix(_ACCOUNT)
    if code.startswith(_ACCOUNT) and number.isdecimal() and int(number) in auditing.accounts():
        name = called(auditing.accounts()[int(number)])
        return Text(name.en[:1].upper() + name.en[1:], name.ja)
    role, _, departments = code.partition(":")
    if code in data.readers() or role_name(role).en == role:
        return data.reader_name(code)
    return _of_departments(role, departments.split("+")) if departments else role_name(role)


def roles(code: str, role: str, at: datetime) -> Text:
    """The roles that who acted held then, with their departments; of who is no account the role alone."""
    number = code.removeprefix(_ACCOUNT)
    if not (code.startswith(_ACCOUNT) and number.isdecimal()):
        return role_name(role) if role and role != "nobody" else NOTHING
    person = auditing.accounts().get(int(number))
    held = [one for one in person.given if one.held_at(at)] if person else []
    if held:
        return listed([role_of(one) for one in reversed(held)])
    return role_name(role) if role and role != "nobody" else WITHOUT_ROLE


def on(action: str, named: str) -> Text:
    """What it was done to."""
    word, _, number = named.partition(" ")
    if named.startswith(_GRANT):
        return GRANTS.filled(number=named.removeprefix(_GRANT).replace(" ", ", "))
    if named == "somebody new":
        return SOMEBODY_NEW
    if action == "old events deleted":
        return UP_TO.filled(number=named)
    if action == "address":
        return THINGS.get(named, Text(named, named))
    if named in PAGES and action in ("page", "something on a page"):
        return PAGES[named].title
    if named in data.FILE_KINDS:
        return data.FILE_KINDS[named].name
    if number and word in OBJECTS:
        return OBJECTS[word].filled(number=number)
    return reader_called(named)


def over(scope: str) -> Text:
    """Whose records it was about: the whole university, departments by name without those below them, nothing."""
    if scope in ("", "-", UNIVERSITY):
        return {"": NOTHING, "-": NOBODYS, UNIVERSITY: WHOLE}[scope]
    codes = scope.split(",")
    parents = granting.tree().parents
    return _departments([code for code in codes if parents.get(code) not in codes])


def details(said: str) -> Text:
    """`Kind: Activities; New: 3`; what is empty or none is left out."""
    found: Mapping[str, str] = json.loads(said)
    told = [_detail(name, value) for name, value in found.items() if value not in ("", "0")]
    return Text("; ".join(one.en for one in told), "；".join(one.ja for one in told))


def _detail(name: str, value: str) -> Text:
    words: Mapping[str, Mapping[str, Text]] = {
        "kind": {code: kind.name for code, kind in data.FILE_KINDS.items()},
        "how": HOW,
        "department": data.department_names(),
        "role": {value: role_name(value)},
    }
    meant = words.get(name, {}).get(value, Text(value, value))
    return ONE_DETAIL.filled(name=DETAILS.get(name, Text(name, name)), value=meant)


def _of_departments(role: str, codes: list[str]) -> Text:
    return OF_CODES.filled(role=role_name(role), departments=_departments(codes))


def _departments(codes: list[str]) -> Text:
    names = data.department_names()
    more = len(codes) - MOST_NAMED
    shown = [names.get(code, Text(code, code)) for code in codes[:MOST_NAMED]]
    return listed([*shown, AND_MORE.filled(n=more)] if more > 0 else shown)
