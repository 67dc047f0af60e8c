"""Does everyone take part, or the same few? The sentences that open the page of participation."""

from collections.abc import Hashable, Mapping
from math import isnan, nan
from typing import Any, NamedTuple

import pandas as pd

from metrics.change import change_of_share, since_words
from metrics.numbers import said
from metrics.participation import Unevenness
from metrics.tabulate import OK
from vocabulary.calendar import fiscal_year_name
from vocabulary.people import POPULATIONS as COUNTED
from vocabulary.text import NOTHING, Text

NAMES = {
    **{name: COUNTED[name] for name in ("researcher", "faculty", "staff")},
    "student": Text("students", "学生"),
    **{name: COUNTED[name] for name in ("undergraduate", "master", "doctoral")},
    "everyone": Text("students, researchers and staff", "学生・研究者・職員"),
}
FEW, CORE = 0.5, 0.3  # of all participations: from there on the most active tenth is "the same few", "a core"
MOST = 0.5  # of the people: from there on "most" take part
SHARE = Text(
    "In {year}, {least}{top} of {bottom} {whom} of {who} ({share}{interval}) took part in activities with a partner or "
    "country abroad{since}.",
    "{year}に海外の機関・国との活動に参加したのは、{who}の{whom}{bottom}のうち{least}{top}（{share}{interval}）{since}。",
)
LEAST = Text("at least ", "少なくとも")
INTERVAL = Text("; 95 % interval {low} to {high}", "、95%信頼区間{low}〜{high}")
SINCE = Text(": {words}", "。{words}")
BETWEEN = Text(
    "In {year}, between {named} ({least}) and {top} ({share}) of {bottom} {whom} of {who} took part in activities with "
    "a partner or country abroad: {unnamed} are told by number only, and may come again in several records.",
    "{year}に海外の機関・国との活動に参加したのは、{who}の{whom}{bottom}のうち{named}（{least}）から{top}（{share}）の間。"
    "うち{unnamed}は人数だけの記録によるもので、複数の記録に重複しうるため、幅をもって示す。",
)
AT_LEAST = Text(
    "More may have: records of papers say no level.",
    "論文の記録には区分がないため、この割合は下限である。",
)
MORE_THAN_ALL = Text(
    "More take part than are counted on 1 May: people of elsewhere are in its records too.",
    "5月1日現在の在籍者数を上回るのは、他の部局等の者も記録に含まれるためである。",
)
NO_SHARE = Text(
    "For {whom} of {who} there is no share in {year}: {why}.", "{year}の{who}の{whom}の参加割合は示せない。{why}。"
)
REASONS = {
    "no data": Text(
        "no record tells of their level, or they were not counted on 1 May",
        "その区分を記した記録がないか、5月1日現在の人数が提出されていない",
    ),
    "not applicable": Text("there are none on 1 May", "5月1日現在で在籍者がいない"),
}
TARGETS_SHARED = Text(
    "Of {named} whom records name, {several} took part in two or more of the four targets.",
    "記録に個人IDのある{named}のうち、4目標のうち2つ以上に参加したのは{several}。",
)
CONCENTRATED = Text(
    "{verdict}: the most active tenth of those who take part carries {top} of the participations.",
    "{verdict}。参加者のうち参加件数の上位1割の者が延べ参加の{top}を占める。",
)
THE_SAME_FEW = Text("The same few", "一部の者に集中している")
A_CORE = Text("Not only the same few, but a core carries much", "一部の者だけではないが、中心となる層への偏りがある")
MANY = Text("Most take part, and not the same few", "過半の者が参加し、一部の者への集中はない")
NEITHER = Text("Neither everyone nor the same few", "全員ではないが、一部の者への集中もない")
NOT_FEW = Text("Not the same few", "一部の者への集中はない")
TOO_FEW = Text(
    "Whether it is the same few is not judged of fewer than {n} people.",
    "{n}人未満のため、一部の者への集中は判定しない。",
)
TENTH = 10  # people have a tenth of one
MOVED = Text(
    "{new} of them are new, in nothing in the three years before; {gone} who took part in those years did not in "
    "{year}.",
    "前3年度に参加のない新規の者は{new}、前3年度に参加したが{year}は参加しなかった者は{gone}。",
)
NO_HISTORY = Text(
    "Who is new cannot be told before {first}: that takes three years of records.",
    "新規の者は、前3年度の記録がそろう{first}以降について示す。",
)


class Told(NamedTuple):
    """What the sentences are made of, of one population in one fiscal year and the one before."""

    year: int
    who: Text
    population: str
    trend: pd.DataFrame  # `share_trend`
    by_number: dict[int, int]  # `number_of_targets`
    uneven: Unevenness
    movement: pd.DataFrame
    history: int


def answer(told: Told) -> list[Text]:
    """Up to five sentences: whether it is the same few, how many take part, in how many targets, who came and left."""
    sentences = [*_same_few(told), *_share(told)]
    if told.uneven.people:
        several = sum(people for number, people in told.by_number.items() if number > 1)
        sentences.append(TARGETS_SHARED.filled(named=_people(told.uneven.people), several=_people(several)))
    if told.year < told.history:
        return [*sentences, NO_HISTORY.filled(first=fiscal_year_name(told.history))]
    (row,) = told.movement[told.movement["fiscal_year"] == told.year].to_dict("records")
    numbers = {"new": _people(float(row["newcomers"])), "gone": _people(float(row["leavers"]))}
    return [*sentences, MOVED.filled(**numbers, year=fiscal_year_name(told.year))]


def _same_few(told: Told) -> list[Text]:
    if not told.uneven.people:
        return []
    if told.uneven.people < TENTH:
        return [TOO_FEW.filled(n=TENTH)]
    (row,) = told.trend[told.trend["fiscal_year"] == told.year].to_dict("records")
    verdict = same_few(told.uneven.top_tenth, _least(row))
    return [CONCENTRATED.filled(verdict=verdict, top=said(told.uneven.top_tenth, "share"))]


def same_few(top_tenth: float, share: float) -> Text:
    """Everyone or the same few? By what the most active tenth has of the participations, and by the share of the
    people who take part (NaN where it is not known).
    """
    if top_tenth >= FEW:
        return THE_SAME_FEW
    if top_tenth >= CORE:
        return A_CORE
    return NOT_FEW if isnan(share) else MANY if share >= MOST else NEITHER


def _least(row: Mapping[Hashable, Any]) -> float:
    """The share that surely takes part: of records without ids persons may come again."""
    if row["status"] != OK:
        return nan
    return float(row["named"]) / float(row["heads"]) if row["at_most"] else float(row["value"])


def _share(told: Told) -> list[Text]:
    rows = {int(row["fiscal_year"]): row for row in told.trend.to_dict("records")}
    row, before = rows[told.year], rows.get(told.year - 1)
    place = {"year": fiscal_year_name(told.year), "whom": NAMES[told.population], "who": told.who}
    if row["status"] != OK:
        return [NO_SHARE.filled(**place, why=REASONS[str(row["status"])])]
    value, persons, heads = (float(row[name]) for name in ("value", "persons", "heads"))
    numbers = {"top": _bare(persons), "bottom": _bare(heads), "share": said(value, "share")}
    proper = not isnan(row["low"])
    least = LEAST if row["at_least"] else NOTHING
    if row["at_most"]:
        named = {"named": _bare(float(row["named"])), "least": said(float(row["named"]) / heads, "share")}
        return [BETWEEN.filled(**place, **numbers, **named, unnamed=_people(float(row["unnamed"])))]
    interval = INTERVAL.filled(low=said(row["low"], "share"), high=said(row["high"], "share")) if proper else NOTHING
    since = NOTHING
    if before is not None and before["status"] == OK and proper and not isnan(before["low"]):
        verdict = change_of_share(persons, heads, float(before["persons"]), float(before["heads"]))
        since = SINCE.filled(words=since_words(value, float(before["value"]), "share", verdict, told.year - 1))
    sentences = [SHARE.filled(**place, **numbers, least=least, interval=interval, since=since)]
    if value > 1:
        sentences.append(MORE_THAN_ALL)
    if row["at_least"]:
        sentences.append(AT_LEAST)
    return sentences


def _bare(number: float) -> Text:
    """A number of people whom the English sentence names behind it."""
    return Text(f"{number:,.0f}", said(number, "persons").ja)


def _people(number: float) -> Text:
    return said(float(number), "persons")
