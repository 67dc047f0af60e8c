"""How accounts, roles and their departments are said."""

from collections.abc import Sequence
from datetime import datetime

from pages.parts import data, granting
from pages.parts.granting import Given, Person
from pages.parts.language import say
from vocabulary.calendar import JAPAN, day_name
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES
from vocabulary.text import Text

ACCOUNT = Text("account {number}", "アカウント {number}")
LABELLED = Text("{label} (account {number})", "{label}（アカウント {number}）")
SUBJECT_OF = Text("{who} ({subject})", "{who}（{subject}）")
ROLE_OF = Text("{role}: {of}", "{role}：{of}")
GONE = Text("{code} (not there any more)", "{code}（廃止・削除済み）")
BETWEEN = Text(", ", "、")


def called(person: Person) -> Text:
    """The label that the office gave, with the number; a number alone where there is none."""
    if not person.name:
        return ACCOUNT.filled(number=person.account)
    return LABELLED.filled(label=person.name, number=person.account)


def known(person: Person) -> Text:
    """As `called`, with the subject: numbers are easily taken for each other."""
    return SUBJECT_OF.filled(who=called(person), subject=person.subject)


def moment(when: datetime | None) -> str:
    """Day and time in Japan; empty for none."""
    return "" if when is None else when.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M")


def begun(words: str) -> str:
    """The words with a capital, where they begin a line."""
    return words[:1].upper() + words[1:]


def role_name(role: str) -> Text:
    """What a role is called; a role that nobody knows any more by its code."""
    return next((words.name for known, words in ROLES.items() if known == role), Text(role, role))


def of_what(one: Given) -> Text:
    """The department of a role, or the university."""
    names = data.department_names()
    if one.department == UNIVERSITY:
        return Text("whole university", "全学")
    return names.get(one.department) or GONE.filled(code=one.department)


def role_of(one: Given) -> Text:
    """`Head of department: Faculty of Law`; of the university the role alone."""
    name = role_name(one.role)
    return name if one.department == UNIVERSITY else ROLE_OF.filled(role=name, of=of_what(one))


def uncovered(one: Given) -> str:
    """The departments that came below a role's department since it was given, by name; empty where none did."""
    names, codes = data.department_names(), sorted(one.came_below(granting.tree()))
    return say(BETWEEN).join(say(names[code]) for code in codes)


def listed(texts: Sequence[Text]) -> Text:
    return Text(BETWEEN.en.join(one.en for one in texts), BETWEEN.ja.join(one.ja for one in texts))


def until(one: Given) -> Text:
    """`31 March 2027`; without an end `no end`."""
    return day_name(one.until) if one.until else Text("no end", "期限なし")
