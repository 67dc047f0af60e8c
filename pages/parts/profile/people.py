"""Who takes part in a department's international activities, by level, beside who is there on the census day."""

import math

import numpy as np
import streamlit as st

from metrics.numbers import said
from metrics.people import People
from metrics.view import UNKNOWN
from pages.parts.filters import link
from pages.parts.language import say
from pages.parts.profile.figures import Profile
from pages.parts.tables import Column, Rows, shown
from vocabulary.calendar import fiscal_year_name
from vocabulary.people import LEVELS
from vocabulary.text import Text

TITLE = Text("Its people", "構成員と参加者")
TAKING_PART = Text(
    "{number} different people took part in activities with a partner or country abroad in {year}. Who did so at two "
    "levels is in both rows; where records name nobody, the number they give counts.",
    "{year}に海外の機関・国との活動に参加したのは実人数で{number}。二つの区分で参加した者は両方の行に数える。"
    "個人の記録がない活動は、記録された人数による。",
)
WHO = Text("Who takes part, and whether they are the same few", "参加の広がりと偏り")
NOT_RECORDED = Text("Level not recorded", "区分の記録なし")
RESEARCHERS = Text("Researchers", "研究者")
ALT = Text("People of {name} in {year}", "{name}の人（{year}）")


def draw(profile: Profile) -> None:
    """How many took part, and the table by level."""
    people, year = profile.people, fiscal_year_name(profile.year)
    st.subheader(say(TITLE), anchor=False)
    st.caption(say(TAKING_PART.filled(number=said(people.taking_part, "persons"), year=year)))
    told = _rows(people)
    levels, took_part, heads = ([row[place] for row in told] for place in range(3))
    rows: Rows = {"level": levels, "took part": np.array(took_part), "heads": np.array(heads)}
    columns = {
        "level": Column(name=Text("Level", "区分"), width=112),
        "took part": Column(name=Text("Took part", "参加者"), kind="persons", width=112),
        "heads": Column(name=Text("On 1 May", "5月1日在籍"), kind="persons", width=122),
    }
    shown(rows, columns, alt=ALT.filled(name=profile.department.name, year=year), key="people", height="content")
    link("participation", WHO, icon=None, department=profile.department.code, year=profile.year)


def _rows(people: People) -> list[tuple[str, float, float]]:
    """One row a level: who took part, and who is there. Researchers are no level: they are counted as heads only."""
    none = math.nan
    rows = [
        (say(name), people.by_level.get(level, 0.0), people.headcounts.get(level, none))
        for level, name in LEVELS.items()
        if level in people.by_level or not math.isnan(people.headcounts.get(level, none))
    ]
    if not math.isnan(people.headcounts["researcher"]):
        rows.append((say(RESEARCHERS), none, people.headcounts["researcher"]))
    if UNKNOWN in people.by_level:
        rows.append((say(NOT_RECORDED), people.by_level[UNKNOWN], none))
    return rows
