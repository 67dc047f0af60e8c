"""What whoever may not read is shown instead of a page, and the ways in and out."""

import streamlit as st

from pages.parts import who_reads
from pages.parts.language import KEPT, literal, say
from vocabulary.text import Text

SIGN_IN = Text("Sign in", "サインイン")
SIGN_OUT = Text("Sign out", "サインアウト")
WITHOUT_ROLE = Text(
    "You are signed in, and nobody has given you a role yet. Ask the International Strategy Office for one, and tell "
    "it this number, by which the monitor knows you:",
    "サインインしていますが、まだ権限が付与されていません。国際戦略室に付与を依頼し、次の番号を伝えてください。",
)
ACCOUNT = Text("Account {number}", "アカウント {number}")
NO_DEMONSTRATION = Text(
    "The monitor was started as a demonstration, and its database holds none, so there is nothing to see.",
    "デモとして起動していますが、データベースにデモデータがないため、表示できるものがありません。",
)
IN_THE_OPEN = Text(
    "The monitor was started for the user of its own machine, and others reach it, so there is nothing to see.",
    "この計算機の利用者専用として起動していますが、外部から届く設定になっているため、表示できません。",
)
_IN, _OUT = "sign-in", "sign-out"


def turned_away(title: Text) -> bool:
    """Whether nobody reads; then whoever is there is told so, and what an earlier reader left in the session is gone.

    Only the page's name, nothing of the database, and the one way on are shown.
    """
    standing = who_reads.standing()
    if standing == "reads":
        return False
    st.navigation([st.Page(lambda: None, title=say(title))], position="hidden").run()
    st.title(say(title), anchor=False)
    forget()
    match standing:
        case "signed out":
            if st.button(say(SIGN_IN), key=_IN, type="primary", icon=":material/login:"):
                st.login()
        case "without a role":
            st.info(say(WITHOUT_ROLE), icon=":material/person_off:")
            st.code(say(ACCOUNT.filled(number=who_reads.signed_in().own.account)), language=None)
            sign_out()
        case "no demonstration":
            st.info(say(NO_DEMONSTRATION), icon=":material/lock:")
        case "in the open":
            st.info(say(IN_THE_OPEN), icon=":material/lock:")
    return True


def sign_out() -> None:
    """As whom one reads, and the way out, for whoever is signed in."""
    if not who_reads.is_signed_in():
        return
    if not who_reads.signed_in().own.scope.is_nobody:
        st.caption(literal(say(who_reads.signed_in().own.name)))
    if st.button(say(SIGN_OUT), key=_OUT, icon=":material/logout:", width="stretch"):
        who_reads.sign_out()
        st.logout()
        st.stop()  # nothing more of the page goes to whoever comes next


def forget() -> None:
    """Drop what a reader left in this session: choices, files, results of jobs. The language stays."""
    for key in [*st.session_state]:
        if key not in (_IN, _OUT, KEPT):
            del st.session_state[key]
