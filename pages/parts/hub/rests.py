"""On whom it rests: the largest person, country and partner in numbers, and the partners that hang on one person."""

import pandas as pd
import streamlit as st

from metrics.dependence import LEAST, Dependence, on_one_person
from metrics.numbers import said
from pages.parts.hub.asked import Asked, told
from pages.parts.hub.partner_names import with_names
from pages.parts.language import literal, say
from pages.parts.partners.asked import file_of
from pages.parts.tables import Column, downloads, table
from vocabulary.text import Text

TITLE = Text("On whom does it rest?", "誰に支えられているか")
COUNTRY, PARTNER = Text("Largest country", "最大の相手国・地域"), Text("Largest partner", "最大の連携機関")
TOP_PARTNERS = Text("Ten largest partners", "上位10機関")
PERSON, HALF = Text("Most active person", "最も活動の多い1人"), Text("Persons carrying half", "半数を担う人数")
HOW = Text(
    "Shares of the {n} {what} with partners abroad; those of persons are of the {named} that name anybody. Persons are "
    "counted, never named. Persons carrying half: of the {persons} there are, the fewest, most active first, who "
    "between them take part in half.",
    "海外との{what}{n}件に対する割合。人に関するものは、人の記載がある{named}件に対する割合。個人は数えるのみで示さない。"
    "半数を担う人数は、活動の多い順に合わせて半数の件数に関わる最少の人数（全体は{persons}人）。",
)
RISK = Text("Partners that hang on one person", "1人に依存する連携機関")
WHY = Text(
    "Partners with {least} or more {what} where one person of ours takes part in at least half of them: when that "
    "person leaves, so may the partner. In student mobility, persons are the students.",
    "{what}が{least}件以上あり、その半数以上に同じ1人が関わる連携機関。その人が異動すると連携が途絶えるおそれがある。学生の派遣・受入では、人は学生を指す。",
)
NONE = Text("There is none.", "該当する機関はない。")


def show_rests(asked: Asked, found: Dependence, by_partner: pd.DataFrame) -> None:
    """Five numbers, then the list of partners (never of persons)."""
    st.subheader(say(TITLE), anchor=False)
    if not found.activities:
        st.info(say(NONE), icon=":material/info:")
        return
    numbers = (
        (COUNTRY, said(found.country_share, "share")),
        (PARTNER, said(found.partner_share, "share")),
        (TOP_PARTNERS, said(found.top_partners_share, "share")),
        (PERSON, said(found.largest_person, "share")),
        (HALF, Text(f"{found.half:,}", f"{found.half:,}人")),
    )
    with st.container(horizontal=True, gap="small"):
        for label, value in numbers:
            st.metric(say(label), say(value), border=True, width=170)
    counts = {"n": found.activities, "named": found.with_persons, "persons": found.persons}
    words = {name: f"{number:,}" for name, number in counts.items()}
    st.caption(literal(say(HOW.filled(what=asked.called, **words))))
    _at_risk(asked, on_one_person(by_partner))


def _at_risk(asked: Asked, rows: pd.DataFrame) -> None:
    with st.expander(f"{say(RISK)} ({len(rows):,})", icon=":material/person_alert:", expanded=len(rows) > 0):
        st.caption(literal(say(WHY.filled(least=LEAST, what=asked.called))))
        if rows.empty:
            st.markdown(say(NONE))
            return
        frame = with_names(rows)
        table(frame, _columns(), alt=RISK, key="hub-risk")
        downloads(frame, _columns(), file_of("hub-one-person", asked.wide), told(asked))


def _columns() -> dict[str, Column]:
    return {
        "name": Column(name=Text("Institution", "機関"), width=260),
        "place": Column(name=Text("Country", "国・地域"), width=120),
        "activities": Column(name=Text("Activities", "活動（件）"), kind="count", width=90),
        "persons": Column(name=Text("Persons", "人数（人）"), kind="count", width=90),
        "largest": Column(name=Text("Most active person", "最も多い1人の割合"), kind="share", width=150),
        "last_year": Column(name=Text("Last FY", "最終年度"), kind="year", width=80),
    }
