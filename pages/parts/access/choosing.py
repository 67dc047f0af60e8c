"""What the forms of the page on roles ask: which departments, by code and name, and until which day."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.parts import data, granting
from pages.parts.language import literal, say
from vocabulary.calendar import FIRST_MONTH, day_name, fiscal_year
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES, Role
from vocabulary.text import Text

DEPARTMENTS, CHOOSE = Text("Departments", "部局"), Text("Choose one or several", "一つ以上を選択")
UNTIL = Text("Last day", "最終日")
NO_END = Text("No end", "期限なし")
OTHER_DAY = Text("Another day", "別の日")
DAY = Text("Last day (YYYY-MM-DD, in Japan)", "最終日（YYYY-MM-DD、日本時間）")
NO_DAY = Text("{text!r} is no day; write it as {example}.", "{text!r} は日付ではない。{example} のように書く。")
STANDS_IN = Text(
    "A head's role with a last day: for somebody who stands in for the head, choose “{deputy}” instead.",
    "部局長の権限に期限が付いている。代理として付与する場合は「{deputy}」を選ぶ。",
)
_END, _DAY = "", "day"


def departments(key: str) -> tuple[str, ...]:
    """The codes of the departments that are chosen; each is offered with its code, as names are alike."""
    names = {code: f"{code} · {say(name)}" for code, name in data.department_names().items() if code != UNIVERSITY}
    chosen: Sequence[str] = st.multiselect(
        say(DEPARTMENTS), list(names), format_func=names.__getitem__, placeholder=say(CHOOSE), key=key
    )
    return tuple(chosen)


def last_day(role: Role, key: str) -> date | str | None:
    """The last day; None without an end; a text where what was written is none."""
    words = ROLES[role]
    days = {str(day): say(day_name(day)) for day in usual_days(granting.today())} | {_DAY: say(OTHER_DAY)}
    if not words.ends:
        days = {_END: say(NO_END)} | days
    chosen = st.selectbox(say(UNTIL), list(days), format_func=days.__getitem__, key=f"{key}:{role}", width=320)
    if chosen == _END:
        return None
    if words.of_departments and not words.ends:
        st.info(say(STANDS_IN.filled(deputy=ROLES["deputy"].name)), icon=":material/info:")
    text = st.text_input(say(DAY), key=f"{key}:day", width=320) if chosen == _DAY else chosen
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        if text.strip():
            told = NO_DAY.filled(text=text.strip(), example=usual_days(granting.today())[0])
            st.error(literal(say(told)), icon=":material/event_busy:")
        return text


def usual_days(today: date) -> list[date]:
    """The ends of half years and years of office: 30 September and 31 March, the next three."""
    year = fiscal_year(today)
    ends = [day for y in (year, year + 1) for day in (date(y, FIRST_MONTH + 5, 30), date(y + 1, FIRST_MONTH - 1, 31))]
    return [day for day in ends if day >= today][:3]
