"""Who has a role, whose role ends soon, and who waits for one: the answer at the top."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pages.parts import granting
from pages.parts.access.words import called, known, listed, moment, role_name, role_of, uncovered, until
from pages.parts.granting import Person
from pages.parts.language import literal, say
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES
from vocabulary.text import Text

NOT_YOURS = Text(
    "Who has which role is read by the International Strategy Office alone. To ask for a role or to have one changed, "
    "write to it.",
    "閲覧者と権限は国際戦略室のみが閲覧できる。権限の付与や変更は国際戦略室に依頼する。",
)
NOBODY = Text(
    "Nobody has a role yet. The first one is given on the command line: `manage.py grant --role office`.",
    "まだ誰にも権限がない。最初の権限は運用コマンド（grant）で付与する。",
)
ANSWER = Text("{n} have a role: {roles}.", "権限をもつのは{n}（{roles}）。")
PERSONS = Text("{n} persons", "{n}名")
ONE_PERSON = Text("1 person", "1名")
OF_ROLE = Text("{role} {n}", "{role}{n}名")
SEVERAL = Text(
    "Some hold several roles, so the parts are more than the whole.",
    "複数の権限をもつ者がいるため、内訳の計は総数を上回る。",
)
ENDING = Text("Within 60 days end: {roles}.", "60日以内に期限を迎える権限：{roles}。")
ENDS = Text("{who}, {role} ({until})", "{who} {role}（{until}まで）")
NEXT_ENDS = Text(
    "No role ends within 60 days; the next to end: {roles}.",
    "60日以内に期限を迎える権限はない。次に期限を迎える権限：{roles}。",
)
NONE_ENDS = Text("No role has a last day.", "期限のある権限はない。")
WAITING = Text("{n} signed in and have no role: {who}.", "サインイン済みで権限のない者は{n}（{who}）。")
SINCE = Text("{who}, first on {day}", "{who}、初回 {day}")
WAITS = Text("{n} signed in and has no role: {who}.", "サインイン済みで権限のない者は{n}（{who}）。")
NOBODY_WAITS = Text("Nobody who signed in waits for a role.", "サインイン済みで権限を待つ者はいない。")
NOT_COVERED = Text(
    "Since a role was given, departments came below its department, and it does not cover them: {roles}. To cover "
    "them, give the role again.",
    "付与後に配下となった部局は権限の対象外である：{roles}。対象に含めるには改めて付与する。",
)
LATER = Text("{who}, {role} (not {departments})", "{who} {role}（対象外：{departments}）")
SIGN_IN_FIRST = Text(
    "Roles are given and taken back by somebody of the Office who is signed in, so that it is known who did, or by "
    "`manage.py grant`. Here you read them.",
    "権限の付与・取り消しは、サインインした国際戦略室の担当者か運用コマンド（grant）が行う（実施者を記録するため）。"
    "ここでは閲覧のみできる。",
)
MOST_NAMED = 8


def say_not_yours() -> None:
    """Why there is nothing to see."""
    st.info(say(NOT_YOURS), icon=":material/lock:")


def say_answer(everybody: Sequence[Person]) -> None:
    """The answer in sentences."""
    holders = [one for one in everybody if one.holds]
    if not holders:
        st.markdown(say(NOBODY))
    else:
        _say_holders(holders)
    _say_ending(holders)
    waiting = [one for one in everybody if one.waits]
    if waiting:
        words = WAITS if len(waiting) == 1 else WAITING
        st.markdown(literal(say(words.filled(n=_persons(len(waiting)), who=_named([_since(one) for one in waiting])))))
    else:
        st.markdown(say(NOBODY_WAITS))
    later = [
        LATER.filled(who=called(one), role=role_of(role), departments=uncovered(role))
        for one in holders
        for role in one.holds
        if role.department != UNIVERSITY and uncovered(role)
    ]
    if later:
        st.warning(literal(say(NOT_COVERED.filled(roles=_named(later)))), icon=":material/account_tree:")
    if not granting.may_grant():
        st.info(say(SIGN_IN_FIRST), icon=":material/info:")


def _say_holders(holders: Sequence[Person]) -> None:
    of_role = Counter(role for one in holders for role in {given.role for given in one.holds})
    roles = [OF_ROLE.filled(role=role_name(role), n=of_role[role]) for role in ROLES if of_role[role]]
    told = say(ANSWER.filled(n=_persons(len(holders)), roles=listed(roles)))
    if of_role.total() > len(holders):
        told += say(Text(" ", "")) + say(SEVERAL)
    st.markdown(literal(told))


def _say_ending(holders: Sequence[Person]) -> None:
    """Whose roles end within sixty days; where none does, which is the next to end."""
    ending = sorted(
        ((role, one) for one in holders for role in one.holds if role.until is not None),
        key=lambda pair: str(pair[0].until),
    )
    soon = [pair for pair in ending if pair[0].ends_soon(granting.today())]
    told = [ENDS.filled(who=called(one), role=role_of(role), until=until(role)) for role, one in soon or ending[:1]]
    words = ENDING if soon else NEXT_ENDS if told else NONE_ENDS
    st.markdown(literal(say(words.filled(roles=_named(told)))))


def _since(one: Person) -> Text:
    """Who waits, so that it can be told from a stranger: the subject, and the day of the first sign-in."""
    return SINCE.filled(who=known(one), day=moment(one.first_seen)[:10])


def _persons(n: int) -> Text:
    return ONE_PERSON if n == 1 else PERSONS.filled(n=f"{n:,}")


def _named(texts: Sequence[Text]) -> Text:
    """The first of them, and how many more."""
    more = len(texts) - MOST_NAMED
    shown = list(texts[:MOST_NAMED]) + ([Text(f"and {more} more", f"ほか{more}件")] if more > 0 else [])
    return listed(shown)
