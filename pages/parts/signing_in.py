"""What whoever may not read is shown instead of a page, and the ways in and out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.parts import frame, leading, who_reads
from pages.parts.language import KEPT, language_switch, literal, say
from vocabulary.text import Text

SIGN_IN = Text("Sign in", "サインイン")
SIGN_OUT = Text("Sign out", "サインアウト")
WHO_ENTERS = Text(
    "For members of the university who have a role in the monitor. Sign in with your university account. Roles are "
    "given by the International Strategy Office: ask there if you have none yet.",
    "本学の教職員のうち、このモニターの権限を付与された方が利用できます。大学アカウントでサインインしてください。"
    "権限の付与については国際戦略室にお問い合わせください。",
)
WITHOUT_ROLE = Text(
    "You are signed in, and nobody has given you a role yet. Ask the International Strategy Office for one, and tell "
    "it these two lines, by which the monitor knows you:",
    "サインインしていますが、まだ権限が付与されていません。国際戦略室に付与を依頼し、次の2行を伝えてください。",
)
WHAT_NEXT = Text(
    "Once you have a role, reload this page: there is no need to sign in again. If this is not the account that you "
    "use at the university, sign out and sign in with that one.",
    "権限が付与されたら、このページを再読み込みしてください（再度のサインインは不要です）。"
    "別のアカウントでサインインした場合は、一度サインアウトし、大学アカウントでサインインし直してください。",
)
ACCOUNT = Text("Account {number}\nSigned in at {issuer}", "アカウント {number}\nサインイン先 {issuer}")
CONTACT = Text("The International Strategy Office: {contact}", "国際戦略室の連絡先：{contact}")
NO_DEMONSTRATION = Text(
    "The monitor was started as a demonstration, and its database holds none, so there is nothing to see.",
    "デモとして起動していますが、データベースにデモデータがないため、表示できるものがありません。",
)
IN_THE_OPEN = Text(
    "The monitor was started for the user of its own machine, and others reach it, so there is nothing to see.",
    "この計算機の利用者専用として起動していますが、外部から届く設定になっているため、表示できません。",
)
SWITCH = 220  # pixels
MAIL = "MONITOR_CONTACT"  # the setting that says where the Strategy Office is reached
_IN, _OUT = "sign-in", "sign-out"


@contextmanager
def ways_out() -> Iterator[None]:
    """Around asking who reads: where that fails, as without the database, the language switch and the way out stay."""
    try:
        yield
    except Exception:  # whatever it is, it is raised again below, for the log and the sentence with its number
        st.navigation(frame.addresses(), position="hidden")
        with st.sidebar:
            language_switch()
            if who_reads.holds_a_login():
                _button_out()
        raise


def leave_if_asked() -> None:
    """Signs out whoever pressed the button, before anything is asked of a database that may not answer."""
    if st.session_state.get(_OUT):
        who_reads.sign_out()
        leading.to_sign_out()


def turned_away() -> bool:
    """Whether nobody reads; then whoever is there is told so, and what an earlier reader left in the session is gone.

    Only the monitor's name, nothing of the database, and the one way on are shown, whatever the address.
    """
    standing = who_reads.standing()
    if standing == "reads":
        return False
    page = st.navigation(frame.addresses(), position="hidden")
    page.run()
    forget()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.title(say(frame.MONITOR), anchor=False, width="content")
        with st.container(width=SWITCH):
            language_switch()
    match standing:
        case "signed out":
            st.write(say(WHO_ENTERS))
            if st.button(say(SIGN_IN), key=_IN, type="primary", icon=":material/login:"):
                leading.to_sign_in(page.url_path)
        case "without a role":
            st.info(say(WITHOUT_ROLE), icon=":material/person_off:")
            _say_whom_to_name()
            st.write(say(WHAT_NEXT))
            sign_out()
        case "no demonstration":
            st.info(say(NO_DEMONSTRATION), icon=":material/lock:")
        case "in the open":
            st.info(say(IN_THE_OPEN), icon=":material/lock:")
    return True


def _say_whom_to_name() -> None:
    """What to tell the Strategy Office, and where it is reached, if the settings say so."""
    login, own, _ = who_reads.signed_in()
    st.code(say(ACCOUNT.filled(number=own.account, issuer=login.issuer if login else "")), language=None)
    if contact := os.environ.get(MAIL, "").strip():
        st.write(literal(say(CONTACT.filled(contact=contact))))


def sign_out() -> None:
    """As whom one reads, and the way out, for whoever is signed in."""
    if not who_reads.is_signed_in():
        return
    if not who_reads.signed_in().own.scope.is_nobody:
        st.caption(literal(say(who_reads.signed_in().own.name)))
    _button_out()


def _button_out() -> None:
    st.button(say(SIGN_OUT), key=_OUT, icon=":material/logout:", width="stretch")


def forget() -> None:
    """Drop what a reader left in this session: choices, files, results of jobs. The language stays."""
    for key in [*st.session_state]:
        if key not in (_IN, _OUT, KEPT):
            del st.session_state[key]
