"""How many names wait, how much hangs on them, and which figures they could move: the answer at the top."""

from collections.abc import Sequence

import streamlit as st

from metrics.indicator import Indicator
from metrics.measures import OfActivities
from metrics.quality.touching import by_partners
from pages.parts import data, naming
from pages.parts.filters import link
from pages.parts.language import say
from pages.parts.naming import WaitingName
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.text import Text

ANSWER = Text(
    "{names} partner names are not surely known; {activities} entries of activities name them.",
    "確実に特定できない連携機関名は{names}件で、活動記録に延べ{activities}回現れる。",
)
COUNTED = Text(
    "Until somebody decides, such a name counts as an institution of its own, without a type. Its country counts in "
    "any case.",
    "判断されるまで、各名称は種別のない独立した機関として数える。国は判断にかかわらず数える。",
)
FIGURES = Text("{n} figures that they could move", "影響しうる指標（{n}件）")
NO_NAMES = Text(
    "Every partner name is surely known, or somebody decided what it means.",
    "すべての連携機関名が確実に特定されているか、判断済みである。",
)
NOT_YOURS = Text(
    "Partner names come from the records of all departments, so only the President's office, the International "
    "Strategy Office and the auditors read them. The partners of your own department are on the page Portfolio.",
    "連携機関名は全部局の記録に由来するため、総長室・国際戦略室・監査担当のみが閲覧できる。"
    "自部局の連携機関は「ポートフォリオ」で確認できる。",
)
READ_ONLY = Text(
    "The International Strategy Office decides; you can read what waits and what was decided.",
    "判断は国際戦略室が行う。ここでは確認待ちの名称と判断の履歴を閲覧できる。",
)
COUNT_OF_TYPE = Text("{name} {n}", "{name}{n}件")
BETWEEN = Text(", ", "、")


def say_answer(names: Sequence[WaitingName]) -> None:
    """The answer in sentences, with ways to the figures."""
    if not naming.may_read():
        st.info(say(NOT_YOURS), icon=":material/info:")
        link("partners", Text("Portfolio", "ポートフォリオ"), icon=None)
        st.stop()
    if not names:
        st.success(say(NO_NAMES), icon=":material/check_circle:")
        return
    activities = sum(name.activities for name in names)
    st.markdown(say(ANSWER.filled(names=f"{len(names):,}", activities=f"{activities:,}")))
    st.caption(say(COUNTED))
    touched = could_move({code for name in names for code in name.types})
    if touched:
        with st.popover(say(FIGURES.filled(n=len(touched))), icon=":material/query_stats:"):
            for indicator in touched:
                link("definitions", indicator.name, icon=":material/menu_book:", indicator=indicator.key)
    if not naming.may_decide():
        st.caption(say(READ_ONLY))


def could_move(types: set[str]) -> list[Indicator]:
    """The figures in which partners of activities of these types count, or what kind of institution they are."""
    return [one for one in data.indicators().values() if by_partners(one) and _counts(one, types)]


def types_in_words(name: WaitingName) -> str:
    """`Publication 12, Academic agreement 2`."""
    said = [COUNT_OF_TYPE.filled(name=ACTIVITY_TYPES[code].name, n=f"{n:,}") for code, n in name.types.items()]
    return say(BETWEEN).join(map(say, said))


def _counts(indicator: Indicator, types: set[str]) -> bool:
    parts = [part for part in indicator.measured if isinstance(part, OfActivities)]
    return any(not part.types or not types.isdisjoint(part.types) for part in parts)
