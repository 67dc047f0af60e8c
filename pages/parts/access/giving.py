"""Giving a role: to whom, which, of what, until when; then exactly what is given, and one question more."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from pages.parts import data, granting
from pages.parts.access.choosing import departments, last_day
from pages.parts.access.keeping import keep
from pages.parts.access.viewing import look_through
from pages.parts.access.words import begun, called, known, listed, moment, role_name, role_of
from pages.parts.granting import Eyes, Identity, Person, Wanted
from pages.parts.language import literal, say
from vocabulary.calendar import day_name
from vocabulary.roles import ROLES, Role
from vocabulary.text import Text

TITLE = Text("Give a role", "権限を付与する")
WHOM, CHOOSE = Text("To whom", "対象者"), Text("Choose somebody", "対象者を選択")
SOMEBODY_NEW = Text("Somebody who has not signed in yet", "まだサインインしていない人")
WAITS = Text("{who}: no role, first signed in {day}", "{who}：権限なし、初回サインイン {day}")
HAS = Text("{who}: {roles}", "{who}：{roles}")
NO_ROLE = Text("no role", "権限なし")
COMPARE = Text(
    "Compare the subject with what the person sent: {subject}", "本人から届いた利用者識別子と照合する：{subject}"
)
ISSUER = Text("Issuer (iss)", "発行者（iss）")
SUBJECT = Text("Subject (sub)", "利用者識別子（sub）")
FROM_PROVIDER = Text(
    "What the identity provider calls the person, never a mail address of which a namesake could take over.",
    "認証基盤が示す識別子。再利用されうるメールアドレスは使わない。",
)
ROLE = Text("Role", "権限")
LABEL = Text("What to call the account (optional)", "アカウントの表示名（任意）")
MISSING = Text("Still to choose: {what}.", "未入力：{what}。")
THE_DAY = Text("last day", "最終日")
WILL = Text("{who} will {does}: {of}, {until}.", "{who}に付与する内容：{does}、対象は{of}、{until}。")
WHOLE = Text("the whole university", "全学")
BELOW = Text("{name} ({code}) and what is below it (departments: {n})", "{name}（{code}）と配下の{n}部局")
ALONE = Text("{name} ({code})", "{name}（{code}）")
AND = Text(" and ", "および")
UNTIL = Text("until {day}", "期限は{day}")
NO_END = Text("without an end", "期限なし")
GIVE = Text("Give the role", "付与する")
SURE = Text("Yes, give it", "この内容で付与する")
NOT_YET = Text("Not yet", "戻る")
LOOK = Text("Look first", "先に見え方を確認")
LOOKS = Text(
    "Shows the monitor as this role sees these departments, before anything is given. This form is empty afterwards.",
    "付与の前に、この権限と部局での見え方を表示する。戻ると入力内容は消える。",
)
GIVEN = Text(
    "Account {number} has now: {roles}, {until}. It counts with the next click of its person.",
    "アカウント {number} の権限：{roles}、{until}。本人の次の操作から有効になる。",
)
NEW = "new"
_TURN, _ASKED = "access_turn", "access_asked"  # how many roles were given here, and which one is to be confirmed
_OFFERED = sorted(ROLES, key=lambda role: not ROLES[role].of_departments)  # head and deputy first, side by side


def show_giving(everybody: Sequence[Person]) -> None:
    """The form; what cannot be given is said with what there is instead, and nothing is kept."""
    st.subheader(say(TITLE), anchor=False)
    with st.container(border=True, gap="small"):
        person, who, name = _whom(everybody)
        role: Role | None = st.radio(
            say(ROLE),
            _OFFERED,
            None,
            format_func=lambda code: say(ROLES[code].name),
            captions=[say(ROLES[code].may) for code in _OFFERED],
            key=_key("role"),
        )
        if role is None:
            _say_missing([*([] if person else [WHOM]), ROLE])
            return
        of = departments(_key("departments")) if ROLES[role].of_departments else ()
        until = last_day(role, _key("until"))
        key = _key(f"label:{person if isinstance(person, int) else NEW}")  # nobody gets another one's label
        label = st.text_input(say(LABEL), name, max_chars=granting.LONGEST_LABEL, key=key, width=320).strip()
        day = until if isinstance(until, date) else None
        wanted = Wanted(role=role, departments=of, until=day, name=None if label == name else label)
        missing = [WHOM] if person is None else []
        missing += [Text("departments", "部局")] if ROLES[role].of_departments and not of else []
        missing += [THE_DAY] if isinstance(until, str) else []
        if person is None or missing:
            _say_missing(missing)
        else:
            _ask_and_give(person, who, wanted)


def _say_missing(missing: Sequence[Text]) -> None:
    st.caption(say(MISSING.filled(what=listed([Text(one.en.lower(), one.ja) for one in missing]))))
    st.button(say(GIVE), icon=":material/key:", key=_key("give"), disabled=True)


def _ask_and_give(person: Identity | int, who: Text, wanted: Wanted) -> None:
    """Exactly what will be given, from what the form says now; then one more question, which a change takes away."""
    st.markdown(literal(say(_exactly(who, wanted))))
    asked = st.session_state.get(_ASKED) == (person, wanted)
    with st.container(horizontal=True, gap="small"):
        if asked:
            give = partial(_give, person, wanted)
            if st.button(say(SURE), type="primary", icon=":material/key:", key=_key("sure")):
                keep(give, then=_emptied)
            if st.button(say(NOT_YET), key=_key("not")):
                del st.session_state[_ASKED]
                st.rerun()
            return
        st.session_state.pop(_ASKED, None)
        if st.button(say(GIVE), type="primary", icon=":material/key:", key=_key("give")):
            st.session_state[_ASKED] = (person, wanted)
            st.rerun()
        if st.button(say(LOOK), icon=":material/visibility:", key=_key("look"), help=say(LOOKS)):
            look_through(Eyes(role=wanted.role, departments=wanted.departments))


def _exactly(who: Text, wanted: Wanted) -> Text:
    """`Account 7 (s-7) will read and import: School of Engineering (ENG) and what is below it …, until …`."""
    of = [_with_what_is_below(code) for code in wanted.departments] or [WHOLE]
    does = next(words.does for role, words in ROLES.items() if role == wanted.role)
    told = Text(AND.en.join(one.en for one in of), AND.ja.join(one.ja for one in of))
    words = WILL.filled(who=who, does=does, of=told, until=_until(wanted))
    return Text(begun(words.en), words.ja)


def _with_what_is_below(code: str) -> Text:
    name, below = data.department_names()[code], len(granting.tree().subtree(code)) - 1
    return BELOW.filled(name=name, code=code, n=below) if below > 0 else ALONE.filled(name=name, code=code)


def _until(wanted: Wanted) -> Text:
    return UNTIL.filled(day=day_name(wanted.until)) if wanted.until else NO_END


def _give(person: Identity | int, wanted: Wanted) -> Text:
    account = granting.give_role(person, wanted)
    names = data.department_names()
    of = listed([names[code] for code in wanted.departments])
    role = role_name(wanted.role)
    roles = Text(f"{role.en} ({of.en})", f"{role.ja}（{of.ja}）") if wanted.departments else role
    return GIVEN.filled(number=account, roles=roles, until=_until(wanted))


def _emptied() -> None:
    """The next role begins with an empty form: what was chosen for one person is not given to another."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.pop(_ASKED, None)


def _key(name: str) -> str:
    """The key of a field of this turn of the form."""
    return f"access:{name}:{st.session_state.get(_TURN, 0)}"


def _whom(everybody: Sequence[Person]) -> tuple[Identity | int | None, Text, str]:
    """An account there is, those who wait first, or an identity that is yet to come; how it is said, and its label.

    Nobody is chosen beforehand.
    """
    ordered = sorted(everybody, key=lambda one: not one.waits)
    names = {str(one.account): begun(say(_described(one))) for one in ordered} | {NEW: say(SOMEBODY_NEW)}
    chosen = st.selectbox(
        say(WHOM), list(names), None, format_func=names.__getitem__, placeholder=say(CHOOSE), key=_key("whom")
    )
    if chosen is None:
        return None, CHOOSE, ""
    if chosen == NEW:
        identity = _identity(everybody)
        who = Text(f"{identity.subject} ({identity.issuer})", f"{identity.subject}（{identity.issuer}）")
        return identity if identity.issuer and identity.subject else None, who, ""
    one = next(one for one in everybody if str(one.account) == chosen)
    st.caption(literal(say(COMPARE.filled(subject=one.subject))))
    return one.account, known(one), one.name


def _identity(everybody: Sequence[Person]) -> Identity:
    issuers = [one.issuer for one in everybody]
    with st.container(horizontal=True, gap="small"):
        usual = max(issuers, key=issuers.count, default="")
        issuer = st.text_input(say(ISSUER), usual, key=_key("issuer"), placeholder="https://…")
        subject = st.text_input(
            say(SUBJECT), key=_key("subject"), help=say(FROM_PROVIDER), max_chars=granting.LONGEST_SUBJECT
        )
    return Identity(issuer=issuer.strip(), subject=subject.strip())


def _described(one: Person) -> Text:
    if one.waits:
        return WAITS.filled(who=known(one), day=moment(one.first_seen))
    held = [role_of(role) for role in one.given if role.standing in ("holds", "to come")]
    return HAS.filled(who=called(one), roles=listed(held) if held else NO_ROLE)
