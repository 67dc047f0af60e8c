"""Who is asked about: a department that the reader is entitled to, a fiscal year and a population; and the answer."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from metrics.ledger import UNIVERSITY
from metrics.participation import (
    POPULATIONS,
    Participation,
    Unevenness,
    movement,
    number_of_targets,
    participation,
    share_of_each,
    share_trend,
    shares,
    unevenness,
    unnamed_persons,
)
from metrics.participation_answer import NAMES, Told, answer
from metrics.variety import variety
from pages.parts import data
from pages.parts.departments import own_ledger
from pages.parts.filters import choose
from pages.parts.language import literal, say
from pages.parts.tables import file_name
from vocabulary.articles import with_article
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

POPULATION = Text("People", "対象者")
THE_UNIVERSITY = Text("the university", "本学")
CHOICES = {code: Text(name.en[:1].upper() + name.en[1:], name.ja) for code, name in NAMES.items()} | {
    "everyone": Text("Everyone", "全員")
}
DISTINCT = Text(
    "Persons are distinct: in each cell a person counts once, whatever the counting rule. Activities begin in the "
    "fiscal year, or are in force on 1 May. People received from elsewhere are left out, and so are agreements, "
    "programmes and laboratories that name nobody. Records without a level, as papers, count for researchers.",
    "人数は実人数で、計数方法によらず各欄で1人を1回だけ数える。対象は年度内に開始した活動と5月1日現在で継続中の活動。"
    "受入者、および個人の記録がない協定・課程・ラボは含まない。論文のように区分の記載がない記録は研究者のものとして数える。",
)

OTHERS = Text(
    " Whoever the department's records name is counted, people of other departments among them.",
    "部局の値には、その部局の記録に含まれる他部局の者も数える。",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """One department's people (or the university's), in one fiscal year. Only for readers who are entitled to them.

    What is counted here is kept for other runs (`ask`): frames are read and never changed.
    """

    department: str
    year: int
    population: str

    @cached_property
    def people(self) -> Participation:
        own_ledger(self.department)  # raises for a department that is not the reader's
        return _people(data.store(), self.department)

    @cached_property
    def trend(self) -> pd.DataFrame:
        return share_trend(self.people, self.population)

    @cached_property
    def movement(self) -> pd.DataFrame:
        return movement(self.people, self.population)

    @cached_property
    def by_number(self) -> dict[int, int]:
        return number_of_targets(self.people, self.year, self.population)

    @cached_property
    def uneven(self) -> Unevenness:
        return unevenness(self.people, self.year, self.population)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The strategy's matrix (`metrics.participation.shares`)."""
        return shares(self.people, self.year, self.population)

    @cached_property
    def of_each(self) -> pd.DataFrame:
        """Every population (`metrics.participation.share_of_each`)."""
        return share_of_each(self.people, self.year, tuple(POPULATIONS))

    @cached_property
    def breadth(self) -> pd.DataFrame:
        """Over how many countries and partners it spreads (`metrics.variety`)."""
        return variety(own_ledger(self.department), self.department)

    @property
    def unnamed(self) -> float:
        """Persons told by number only, whom nobody can follow."""
        return unnamed_persons(self.people, self.year, self.population)

    @property
    def who(self) -> Text:
        """Whose people they are, in a sentence."""
        if self.department == UNIVERSITY:
            return THE_UNIVERSITY
        return with_article(data.department_names()[self.department])

    @property
    def whom(self) -> Text:
        return NAMES[self.population]

    @property
    def filters(self) -> dict[Text, str]:
        """The filters as a download states them."""
        return {
            Text("Department", "部局"): say(data.department_names()[self.department]),
            Text("Fiscal year", "年度"): say(fiscal_year_name(self.year)),
            POPULATION: say(CHOICES[self.population]),
        }

    def file(self, what: str) -> str:
        return file_name(f"participation-{what}", self.department, self.year, self.population)


def ask(department: str, year: int) -> Asked:
    """The question, with the choice of whom it is about."""
    population = choose("population", POPULATION, CHOICES, style="buttons", label_visibility="collapsed")
    own_ledger(department)  # raises for a department that is not the reader's
    return _kept(data.store(), department, year, population)


@st.cache_resource(max_entries=64, show_spinner=False)
def _kept(store: data.Store, department: str, year: int, population: str) -> Asked:  # the state is what it is kept for
    return Asked(department=department, year=year, population=population)


@st.cache_resource(max_entries=32, show_spinner=False)
def _people(store: data.Store, department: str) -> Participation:
    return participation(data.ledger_of(store), department)


def say_answer(asked: Asked) -> None:
    """The answer in sentences, and how persons are counted."""
    told = Told(
        year=asked.year,
        who=asked.who,
        population=asked.population,
        trend=asked.trend,
        by_number=asked.by_number,
        uneven=asked.uneven,
        movement=asked.movement,
        history=asked.people.history,
    )
    st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in answer(told)))
    st.caption(say(DISTINCT) + ("" if asked.department == UNIVERSITY else say(OTHERS)))
