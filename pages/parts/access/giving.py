"""Giving a role: to whom, which, of which departments, until when."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from pages.parts import data, granting
from pages.parts.access.keeping import keep
from pages.parts.access.words import begun, called, listed, role_name, role_of
from pages.parts.granting import Identity, Person, Wanted
from pages.parts.language import literal, say
from vocabulary.calendar import FIRST_MONTH, day_name, fiscal_year
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES, Role
from vocabulary.text import Text

TITLE = Text("Give a role", "権限を付与する")
WHOM = Text("To whom", "対象者")
SOMEBODY_NEW = Text("Somebody who has not signed in yet", "まだサインインしていない人")
WAITS = Text("{who}: signed in, no role", "{who}：サインイン済み・権限なし")
HAS = Text("{who}: {roles}", "{who}：{roles}")
NO_ROLE = Text("no role", "権限なし")
ISSUER = Text("Issuer (iss)", "発行者（iss）")
SUBJECT = Text("Subject (sub)", "利用者識別子（sub）")
FROM_PROVIDER = Text(
    "What the identity provider calls the person, never a mail address of which a namesake could take over.",
    "認証基盤が示す識別子。再利用されうるメールアドレスは使わない。",
)
ROLE = Text("Role", "権限")
DEPARTMENTS, CHOOSE = Text("Departments", "部局"), Text("Choose one or several", "一つ以上を選択")
UNTIL = Text("Last day", "最終日")
NO_END = Text("No end", "期限なし")
OTHER_DAY = Text("Another day", "別の日")
DAY = Text("Last day (YYYY-MM-DD, in Japan)", "最終日（YYYY-MM-DD、日本時間）")
NO_DAY = Text("{text!r} is no day; write it as {example}.", "{text!r} は日付ではない。{example} のように書く。")
LABEL = Text("What to call the account (optional)", "アカウントの表示名（任意）")
GIVE = Text("Give the role", "付与する")
GIVEN = Text(
    "Account {number} has now: {roles}. It counts with the next click of its person.",
    "アカウント {number} の権限：{roles}。本人の次の操作から有効になる。",
)
NEW = "new"
_END, _DAY = "", "day"


def show_giving(everybody: Sequence[Person]) -> None:
    """The form; what cannot be given is said with what there is instead, and nothing is kept."""
    st.subheader(say(TITLE), anchor=False)
    with st.container(border=True, gap="small"):
        person, name = _whom(everybody)
        left, right = st.columns([2, 3])
        with left:
            names = {code: say(words.name) for code, words in ROLES.items()}
            first = list(names).index("head")  # the one most often given, and not the widest
            role: Role = st.selectbox(say(ROLE), list(names), first, format_func=names.__getitem__, key="access:role")
        with right:
            departments = _departments() if ROLES[role].of_departments else ()
        st.caption(say(ROLES[role].may))
        until = _until(role)
        key = f"access:label:{person if isinstance(person, int) else NEW}"  # nobody gets another one's label
        label = st.text_input(say(LABEL), name, max_chars=granting.LONGEST_LABEL, key=key, width=320).strip()
        wanted = Wanted(
            role=role,
            departments=tuple(departments),
            until=until if isinstance(until, date) else None,
            name=None if label == name else label,
        )
        ready = not isinstance(until, str)
        if st.button(say(GIVE), type="primary", icon=":material/key:", key="access:give", disabled=not ready):
            keep(partial(_give, person, wanted))


def _give(person: Identity | int, wanted: Wanted) -> Text:
    account = granting.give_role(person, wanted)
    names = data.department_names()
    of = [names[code] for code in wanted.departments]
    role = role_name(wanted.role)
    roles = Text(f"{role.en} ({listed(of).en})", f"{role.ja}（{listed(of).ja}）") if of else role
    return GIVEN.filled(number=account, roles=roles)


def _whom(everybody: Sequence[Person]) -> tuple[Identity | int, str]:
    """An account there is, those who wait first, or an identity that is yet to come; and the label that it has."""
    ordered = sorted(everybody, key=lambda one: not one.waits)
    names = {str(one.account): begun(say(_described(one))) for one in ordered} | {NEW: say(SOMEBODY_NEW)}
    chosen = st.selectbox(say(WHOM), list(names), format_func=names.__getitem__, key="access:whom")
    if chosen != NEW:
        return next((one.account, one.name) for one in everybody if str(one.account) == chosen)
    issuers = [one.issuer for one in everybody]
    with st.container(horizontal=True, gap="small"):
        known = max(issuers, key=issuers.count, default="")
        issuer = st.text_input(say(ISSUER), known, key="access:issuer", placeholder="https://…")
        subject = st.text_input(
            say(SUBJECT), key="access:subject", help=say(FROM_PROVIDER), max_chars=granting.LONGEST_SUBJECT
        )
    return Identity(issuer=issuer.strip(), subject=subject.strip()), ""


def _described(one: Person) -> Text:
    if one.waits:
        return WAITS.filled(who=called(one))
    held = [role_of(role) for role in one.given if role.standing in ("holds", "to come")]
    return HAS.filled(who=called(one), roles=listed(held) if held else NO_ROLE)


def _departments() -> Sequence[str]:
    names = {code: say(name) for code, name in data.department_names().items() if code != UNIVERSITY}
    return st.multiselect(
        say(DEPARTMENTS), list(names), format_func=names.__getitem__, placeholder=say(CHOOSE), key="access:departments"
    )


def _until(role: Role) -> date | str | None:
    """The last day; None without an end; a text where what was written is none."""
    days = {str(day): say(day_name(day)) for day in _usual_days(granting.today())} | {_DAY: say(OTHER_DAY)}
    if not ROLES[role].ends:
        days = {_END: say(NO_END)} | days
    chosen = st.selectbox(say(UNTIL), list(days), format_func=days.__getitem__, key=f"access:until:{role}", width=320)
    if chosen == _END:
        return None
    text = st.text_input(say(DAY), key="access:day", width=320) if chosen == _DAY else chosen
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        if text.strip():
            words = NO_DAY.filled(text=text.strip(), example=_usual_days(granting.today())[0])
            st.error(literal(say(words)), icon=":material/event_busy:")
        return text


def _usual_days(today: date) -> list[date]:
    """The ends of half years and years of office: 30 September and 31 March, the next three."""
    year = fiscal_year(today)
    ends = [day for y in (year, year + 1) for day in (date(y, FIRST_MONTH + 5, 30), date(y + 1, FIRST_MONTH - 1, 31))]
    return [day for day in ends if day >= today][:3]
