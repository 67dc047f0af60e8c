"""The way to end all logins of an account at once, as when a device was lost."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.parts import granting
from pages.parts.access.keeping import keep
from pages.parts.access.words import begun, known
from pages.parts.granting import Person
from pages.parts.language import say
from vocabulary.text import Text

TITLE = Text("End somebody's logins", "サインインを終了させる")
WHAT = Text(
    "All logins of the account are over with its next click, in every browser, and whoever it is signs in anew: for a "
    "lost device, or a browser left open. Roles stay; to keep somebody out, take them back, too.",
    "選んだアカウントのサインインが、次の操作の時点ですべてのブラウザーで終了し、再度のサインインが必要になる。"
    "端末の紛失やサインアウトの忘れに用いる。権限は残るため、閲覧を止めるには権限も取り消す。",
)
CHOOSE = Text("Choose an account", "アカウントを選択")
WHOSE = Text("Whose logins", "対象のアカウント")
END = Text("End all logins", "すべてのサインインを終了")
ENDED = Text("Logins of account {number} that were ended: {n}.", "アカウント {number} のサインインを{n}件終了した。")


def show_ending(everybody: Sequence[Person]) -> None:
    """The choice of an account that has signed in, and the button that ends its logins."""
    there = {one.account: begun(say(known(one))) for one in everybody if one.last_seen is not None}
    st.subheader(say(TITLE), anchor=False)
    with st.container(border=True, gap="small", key="access:ending"):
        st.caption(say(WHAT))
        meant = st.selectbox(
            say(WHOSE),
            list(there),
            index=None,
            format_func=there.__getitem__,
            placeholder=say(CHOOSE),
            key="access:whose_logins",
        )
        pressed = st.button(say(END), icon=":material/logout:", key="access:end", disabled=meant is None)
        if pressed and meant is not None:
            keep(partial(_end, meant))


def _end(account: int) -> Text:
    return ENDED.filled(number=account, n=granting.end_logins(account))
