"""Viewing as: the choice of whose eyes, and the banner on every page as long as one looks through them."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.parts import data, granting
from pages.parts.access.choosing import departments
from pages.parts.access.keeping import keep
from pages.parts.access.words import begun, called, listed, role_of
from pages.parts.frame import FIRST, PAGES
from pages.parts.granting import Eyes, Person
from pages.parts.language import literal, say
from pages.parts.one_run import read_anew
from pages.parts.signing_in import forget
from vocabulary.roles import ROLES
from vocabulary.text import NOTHING, Text

TITLE = Text("View as another reader", "他の閲覧者として表示する")
WHAT = Text(
    "All pages then show what that reader sees, and nothing can be changed. Beginning and end stand in the audit log.",
    "すべてのページがその閲覧者の見え方になり、変更はできない。開始と終了は監査記録に残る。",
)
WHOSE = Text("Whose view", "誰として表示するか")
ANYBODY = Text("Anybody with the role: {role}", "役割で選ぶ：{role}")
SOMEBODY = Text("{who}: {roles}", "{who}：{roles}")
BEGIN = Text("View as this reader", "この閲覧者として表示")
BANNER = Text(
    "You view the monitor as {whose}, and see what that reader sees{nothing}. Nothing can be changed; what you take "
    "along is recorded as taken through this view.",
    "{whose}として表示中。この閲覧者に見える内容だけを表示している{nothing}。"
    "変更はできず、ダウンロードはこの表示によるものとして記録される。",
)
SEES_NOTHING = Text(" (nothing: it has no role any more)", "（有効な権限がないため何も表示されない）")
BACK = Text("Back to your own view", "自分の表示に戻る")
_ROLE = "role:"


def banner() -> None:
    """On top of every page, whom it is seen as, and the way back; nothing for who sees with the own eyes."""
    seen = data.reader()
    if not seen.seen_by:
        return
    nothing = SEES_NOTHING if seen.scope.is_nobody else NOTHING
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="viewing"):
        st.warning(literal(say(BANNER.filled(whose=seen.name, nothing=nothing))), icon=":material/visibility:")
        back = st.button(say(BACK), icon=":material/undo:", type="primary", key="viewing:back")
    if back:
        try:
            granting.view_back()
        except granting.BusyError:
            st.error(say(granting.BUSY), icon=":material/hourglass:")
            return
        forget()
        read_anew()
        st.rerun()  # the page stays: it is seen with one's own eyes


def show_viewing(everybody: Sequence[Person]) -> None:
    """The choice of whose eyes: of a role, or of a person who has one."""
    st.subheader(say(TITLE), anchor=False)
    with st.container(border=True, gap="small", key="access:viewing"):
        st.caption(say(WHAT))
        names = {f"{_ROLE}{code}": say(ANYBODY.filled(role=words.name)) for code, words in ROLES.items()}
        for one in everybody:
            if one.holds:
                roles = listed([role_of(role) for role in one.holds])
                names[str(one.account)] = begun(say(SOMEBODY.filled(who=called(one), roles=roles)))
        chosen = st.selectbox(say(WHOSE), list(names), format_func=names.__getitem__, key="access:eyes")
        eyes = _eyes(chosen)
        if st.button(say(BEGIN), icon=":material/visibility:", key="access:view"):
            look_through(eyes)


def look_through(eyes: Eyes) -> None:
    """See the monitor through these eyes from now on, from its first page on; what is refused is said."""
    keep(partial(_begin, eyes), then=_begin_anew)


def _eyes(chosen: str) -> Eyes:
    """Whose eyes the choice is; of a role of departments, of these."""
    if not chosen.startswith(_ROLE):
        return Eyes(account=int(chosen))
    role = chosen.removeprefix(_ROLE)
    if not any(words.of_departments for code, words in ROLES.items() if code == role):
        return Eyes(role=role)
    return Eyes(role=role, departments=departments("access:eyes_of"))


def _begin(eyes: Eyes) -> Text:
    granting.view_as(eyes)
    return BEGIN


def _begin_anew() -> None:
    """The first page for other eyes: nothing is left of what the ones before had chosen."""
    forget()
    st.switch_page(PAGES[FIRST].path)
