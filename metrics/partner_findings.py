"""Sentences on whom we work with abroad, made from a portfolio and its agreements, to be read aloud."""

from collections.abc import Mapping, Sequence

import pandas as pd

from metrics.agreements import Life
from metrics.numbers import said
from metrics.partner_measures import YEARS_OF_SILENCE
from metrics.portfolio import LARGEST, Portfolio, share_of_largest
from vocabulary.articles import with_article
from vocabulary.calendar import fiscal_years_name
from vocabulary.text import NOTHING, Language, Text

OPENING = Text(
    "In {years}, {who} worked with {institutions} in {where}: {activities}.",
    "{years}、{who}は{where}の{institutions}と、{activities}の活動を行った。",
)
NO_PARTNERS = Text(
    "In {years}, no activity of {who} abroad is on record that meets these filters.",
    "{years}、この条件に当てはまる{who}の海外との活動は記録されていない。",
)
COUNTRIES = Text("Most activities by country: {listed}{share}.", "国・地域別では{listed}の順に多い{share}。")
SHARE = Text(
    "; at least one of the three takes part in {share} of the activities",
    "（上位3か国・地域のいずれかが関わる活動は全体の{share}）",
)
INSTITUTIONS = Text("Most by institution: {listed}.", "機関別では{listed}の順に多い。")
NO_AGREEMENT = Text("No agreement was in force on {day}.", "{day}現在、有効な協定はない。")
AGREEMENTS = Text(
    "Of {in_force} in force on {day}, {dormant} dormant, that is, without any other activity with the partner in "
    "{window}{elsewhere}{unknown}.",
    "{day}現在で有効な協定{in_force}のうち、{window}に相手機関と協定以外の活動がない休眠状態のものは{dormant}"
    "{elsewhere}{unknown}。",
)
ELSEWHERE = Text(
    "; with the partners of {count}, only departments other than those that carry the agreement are active",
    "、締結部局ではなく他部局のみが相手機関と活動しているものは{count}件",
)
UNKNOWN = Text("; {count} without a partner on record", "、相手機関の記載がないものは{count}件")


def partner_sentences(portfolio: Portfolio, life: Life, who: Text, countries: Mapping[str, Text]) -> list[Text]:
    """Two to four sentences: how many and where, the largest and their share, and whether the agreements are used."""
    return [*_reach(portfolio, who, countries), *_largest(portfolio, countries), agreement_sentence(portfolio, life)]


def agreement_sentence(portfolio: Portfolio, life: Life) -> Text:
    """How many agreements are in force on the census day, and how many of them without any other activity."""
    until = portfolio.last_year
    day = Text(f"1 May {until}", f"{until}年5月1日")
    if life.in_force == 0:
        return NO_AGREEMENT.filled(day=day)
    few = {0: "none is", 1: "1 is"}
    return AGREEMENTS.filled(
        in_force=_counted(life.in_force, "agreement", "件"),
        day=day,
        dormant=Text(few.get(life.dormant, f"{life.dormant:,} are"), f"{life.dormant:,}件"),
        window=fiscal_years_name(until - YEARS_OF_SILENCE + 1, until),
        elsewhere=_if_any(ELSEWHERE, life.elsewhere),
        unknown=_if_any(UNKNOWN, life.no_partner),
    )


def institution_names(partners: pd.DataFrame, language: Language) -> "pd.Series[str]":
    """What partners (rows of the partner table) are called; most institutions abroad have no Japanese name."""
    english, japanese = partners["name_en"], partners["name_ja"]
    return japanese.where(japanese != "", english) if language == "ja" else english


def _reach(portfolio: Portfolio, who: Text, countries: Mapping[str, Text]) -> list[Text]:
    totals, asked = portfolio.totals(), portfolio.question.fiscal_years
    years = fiscal_years_name(min(asked), max(asked))
    if totals.activities == 0:
        return [NO_PARTNERS.filled(years=years, who=with_article(who))]
    where = Text(f"{totals.countries} countries and regions abroad", f"海外{totals.countries}か国・地域")
    if totals.countries == 1:
        where = with_article(countries[str(portfolio.countries()["country"].iloc[0])])
    institutions = _counted(totals.institutions, "institution", "機関")
    activities = _counted(totals.activities, "activity", "件")
    return [
        OPENING.filled(
            years=years, who=with_article(who), where=where, institutions=institutions, activities=activities
        )
    ]


def _counted(number: int, what: str, ja: str) -> Text:
    """`1 activity`, `12 activities`, `12件`."""
    several = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return Text(f"{number:,} {what if number == 1 else several}", f"{number:,}{ja}")


def _if_any(words: Text, count: int) -> Text:
    return words.filled(count=f"{count:,}") if count else NOTHING


def _largest(portfolio: Portfolio, countries: Mapping[str, Text]) -> list[Text]:
    by_country, by_institution = portfolio.countries(), portfolio.institutions()
    found = []
    if len(by_country) > 1:
        named = [countries[str(code)] for code in by_country["country"][:LARGEST]]
        share = NOTHING
        if len(by_country) > LARGEST:
            share = SHARE.filled(share=said(share_of_largest(portfolio.totals()), "share"))
        found.append(COUNTRIES.filled(listed=_listed(named, by_country["activities"].to_list()), share=share))
    if len(by_institution) > 1:
        top = by_institution[:LARGEST]
        named = [Text(*both) for both in zip(*(institution_names(top, which) for which in ("en", "ja")), strict=True)]
        found.append(INSTITUTIONS.filled(listed=_listed(named, top["activities"].to_list())))
    return found


def _listed(names: Sequence[Text], numbers: Sequence[int]) -> Text:
    """`Germany 12, France 9`, `ドイツ12件、フランス9件`."""
    counted = [(name, int(number)) for name, number in zip(names, numbers, strict=False)]
    return Text(
        ", ".join(f"{name.en} {number:,}" for name, number in counted),
        "、".join(f"{name.ja} {number:,}件" for name, number in counted),
    )
