"""With whom a department works, and what it does with each."""

import streamlit as st

from metrics.ties import Tie, country_ties, partner_ties
from pages.parts import data
from pages.parts.filters import link
from pages.parts.language import say
from pages.parts.profile.figures import Profile
from pages.parts.tables import Column, Columns, Rows, shown
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

MOST = 8
TITLE = Text("Whom it works with", "連携先")
COUNTS = Text(
    "{institutions} institutions in {countries} countries abroad in {year}; shown are those with most activities. Each "
    "activity counts once with each partner and in each country.",
    "{year}の海外連携先は{countries}か国・地域の{institutions}機関。活動の多い順に表示する。活動は相手機関・国ごとに1件と数える。",
)
NOBODY = Text("No activity with a partner or country abroad in {year}.", "{year}に海外の機関・国との活動はない。")
INSTITUTIONS = Text("Institutions", "機関")
COUNTRIES = Text("Countries", "国・地域")
ALL = Text("All its partners", "連携先をすべて見る")


def draw(profile: Profile) -> None:
    """The institutions or the countries with most activities, whichever the reader looks at."""
    portfolio = profile.portfolio
    partners, countries = partner_ties(portfolio, MOST), country_ties(portfolio, MOST)
    year = fiscal_year_name(profile.year)
    st.subheader(say(TITLE), anchor=False)
    if not countries.number:
        st.caption(say(NOBODY.filled(year=year)))
        return
    st.caption(say(COUNTS.filled(institutions=partners.number, countries=countries.number, year=year)))
    names = [say(INSTITUTIONS), say(COUNTRIES)]
    institutions, lands = st.tabs(names, key=f"ties:{names[0]}", on_change="rerun")  # of one language
    if institutions.open:
        with institutions:
            _table(partners.largest, INSTITUTIONS, profile, with_country=True)
    if lands.open:
        with lands:
            _table(countries.largest, COUNTRIES, profile, with_country=False)
    span = f"{profile.year}-{profile.year}"
    link("partners", ALL, icon=":material/public:", department=profile.department.code, years=span)


def _table(ties: list[Tie], name: Text, profile: Profile, *, with_country: bool) -> None:
    countries = data.country_names()
    rows: Rows = {
        "name": [say(tie.name) for tie in ties],
        "country": [say(countries[tie.country]) for tie in ties],
        "activities": [tie.activities for tie in ties],
        "kinds": [say(tie.text) for tie in ties],
    }
    columns: Columns = {
        "name": Column(name=name, width=200),
        "activities": Column(name=Text("Activities", "活動数"), kind="count", width=80),
        "country": Column(name=Text("Country", "国・地域"), width=100),
        "kinds": Column(name=Text("What is done", "内容"), width=330 if with_country else 480),
    }
    told = {key: column for key, column in columns.items() if with_country or key != "country"}
    alt = Text("{what} of {name}", "{name}の連携先（{what}）").filled(what=name, name=profile.department.name)
    shown(rows, told, alt=alt, key=f"ties:{name.en}", height="content")
