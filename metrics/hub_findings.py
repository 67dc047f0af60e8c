"""Sentences on the university as a hub, to be read aloud: preferences, dependence, exchange, and who ties partners."""

from collections.abc import Mapping, Sequence

import pandas as pd

from metrics.country_reference import AS_EXPECTED, LESS, MORE, UNKNOWN, Against
from metrics.dependence import LEAST, Dependence, on_one_person
from metrics.exchange import Exchange
from metrics.numbers import many, said
from metrics.partner_network import PartnerNetwork
from vocabulary.articles import with_article
from vocabulary.calendar import fiscal_years_name
from vocabulary.text import Text

NAMED = 3
AGAINST: dict[Against, Text] = {
    "world": Text("the world's international papers", "世界の国際共著論文"),
    "home": Text("our country's international papers", "自国全体の国際共著論文"),
}
REACH = Text(
    "In {years}, {who} had {n} {what} with partners abroad.", "{years}、{who}の海外との{what}は{n}件であった。"
)
NOTHING_ABROAD = Text(
    "In {years}, no {what} of {who} with partners abroad is on record.",
    "{years}、{who}の海外との{what}は記録されていない。",
)
PREFERENCE = Text(
    "Compared with the spread of {against}, there are more with {more}, and fewer with {less}. At most {most} of each "
    "are named, by the number of papers above or below what is expected. With {even} of {all} countries and regions "
    "the number is as expected, or too small to tell.",
    "{against}の構成から見込まれる数に比べ、{more}とは多く、{less}とは少ない（見込みとの差の件数が大きい順に、それぞれ"
    "{most}か国・地域まで）。{all}か国・地域のうち{even}か国・地域は見込みどおりか、件数が少なく判断できない。",
)
TIMES = Text("{name} ({joint}, {ratio} times what is expected)", "{name}（{joint}件、見込みの{ratio}倍）")
NO_COUNTRY = Text("no country", "該当なし")
NO_MATRIX = Text(
    "What is to be expected with each country is not known: no matrix of countries has been imported.",
    "国際共著行列が未登録のため、国・地域別に見込まれる数は示せない。",
)
LARGEST = Text(
    "The largest country, {country}, takes part in {country_share} of them, the largest partner, {partner}, in "
    "{partner_share}, the ten largest partners in {top}.",
    "最大の相手国・地域である{country}が全体の{country_share}に、最大の連携機関である{partner}が{partner_share}に、"
    "上位10機関が{top}に関わる。",
)
PERSONS = Text(
    "The person who takes part in most takes part in {share}; half of them rest on {half} of {persons} persons. {risk}",
    "最も多く関わる1人が関わるのは{share}で、{persons}人のうち{half}人で全体の半数を担う。{risk}",
)
AT_RISK = Text(
    "Of the {all} partners with {least} or more, {n} on one person, who takes part in at least half. {alone}",
    "{least}件以上の連携機関{all}のうち、1人が半数以上に関わる機関は{n}である。{alone}",
)
ONLY_ONE = Text("Nobody else takes part with {n} of these.", "このうち{n}機関には、その1人のほかに関わる人がいない。")
OTHERS_TOO = Text("Others take part with every one of them, too.", "いずれの機関にも、ほかに関わる人がいる。")
NOT_AT_RISK = Text(
    "Of the {all} partners with {least} or more, none rests on one person who takes part in at least half.",
    "{least}件以上の連携機関{all}のうち、1人が半数以上に関わる機関はない。",
)
EXCHANGE = Text(
    "Student exchange in {years}: {came} persons came and {went} went. With {mutual} of {partners} partners it is "
    "mutual, the smaller flow being at least half of the larger; with {one_way} it goes one way only.",
    "{years}の学生交流は受入{came}人、派遣{went}人。{partners}機関のうち{mutual}機関とは双方向（少ない方が多い方の"
    "半数以上）で、{one_way}機関とは片方向のみである。",
)
NO_EXCHANGE = Text("No student exchange is on record in {years}.", "{years}の学生交流は記録されていない。")
TIES = Text(
    "Of {all} {of}, {n} share {threshold} or more with another one. {pieces} {first} ties most of them together, as it "
    "lies most often on the shortest way between two others.",
    "{of}{all}のうち{n}は、他と{threshold}件以上を共有する。{pieces}他の2者を結ぶ最短経路上に最も多く位置し、結び付きの"
    "要となっているのは{first}である。",
)
ONE_PIECE = Text(
    "These are all connected with each other, if only through others.",
    "この{n}は、直接または他を介してすべてつながっている。",
)
PIECES = Text(
    "These fall into {groups} groups that are not linked with each other; the largest has {largest}.",
    "この{n}は互いに結び付きのない{groups}群に分かれ、最大の群は{largest}からなる。",
)
NO_TIES = Text(
    "No two {of} share {threshold} or more with us.", "本学との活動を{threshold}件以上共有する{of}の組はない。"
)
OF = {
    "institutions": Text("partner institutions", "連携機関"),
    "countries": Text("countries and regions", "国・地域"),
}


def reach_sentence(found: Dependence, years: Sequence[int], who: Text, what: Text) -> Text:
    """How many activities with partners abroad there are."""
    words = REACH if found.activities else NOTHING_ABROAD
    span = fiscal_years_name(min(years), max(years))
    return words.filled(years=span, who=with_article(who), n=f"{found.activities:,}", what=what)


def preference_sentence(beside: pd.DataFrame, against: Against, countries: Mapping[str, Text]) -> Text:
    """With which countries we work more and less than expected, those that differ by most papers first."""
    if beside.empty or (beside["verdict"] == UNKNOWN).all():
        return NO_MATRIX
    apart = beside.assign(apart=(beside["joint"] - beside["expected"]).abs()).sort_values("apart", ascending=False)
    more, less = (_named(apart[apart["verdict"] == verdict][:NAMED], countries) for verdict in (MORE, LESS))
    told = beside[beside["verdict"] != UNKNOWN]
    even = int((told["verdict"] == AS_EXPECTED).sum())
    return PREFERENCE.filled(against=AGAINST[against], more=more, less=less, even=even, all=len(told), most=NAMED)


def largest_sentence(found: Dependence, country: Text, partner: Text) -> Text:
    """What share the largest country and the largest partners have."""
    return LARGEST.filled(
        country=with_article(country),
        country_share=said(found.country_share, "share"),
        partner=partner,
        partner_share=said(found.partner_share, "share"),
        top=said(found.top_partners_share, "share"),
    )


def persons_sentence(found: Dependence, by_partner: pd.DataFrame) -> Text:
    """How much hangs on single persons, none of whom is named."""
    single = on_one_person(by_partner)
    alone = int((single["persons"] == 1).sum())
    others = ONLY_ONE.filled(n=alone) if alone else OTHERS_TOO
    words = AT_RISK if len(single) else NOT_AT_RISK
    risk = words.filled(n=many(len(single), "rests", "rest"), all=len(by_partner), alone=others, least=LEAST)
    return PERSONS.filled(
        share=said(found.largest_person, "share"), half=f"{found.half:,}", persons=f"{found.persons:,}", risk=risk
    )


def exchange_sentence(found: Exchange, years: Sequence[int]) -> Text:
    """Whether as many come as go."""
    span = fiscal_years_name(min(years), max(years))
    if not found.partners:
        return NO_EXCHANGE.filled(years=span)
    numbers = {name: f"{number:,}" for name, number in found._asdict().items()}
    return EXCHANGE.filled(years=span, **numbers)


def ties_sentence(network: PartnerNetwork, of: str, threshold: int, names: Mapping[int, Text]) -> Text:
    """Who ties the partners together, and whether they are one network."""
    nodes = network.nodes
    if nodes.empty:
        return NO_TIES.filled(of=OF[of], threshold=threshold)
    first = nodes.sort_values("betweenness", ascending=False, kind="stable").iloc[0]
    sizes = nodes["component"].value_counts()
    words = ONE_PIECE if len(sizes) == 1 else PIECES
    counts = {"n": len(nodes), "all": len(nodes) + network.left_out, "threshold": threshold}
    pieces = words.filled(n=len(nodes), groups=len(sizes), largest=int(sizes.max()))
    return TIES.filled(of=OF[of], first=names[int(first["node"])], pieces=pieces, **counts)


def _named(rows: pd.DataFrame, countries: Mapping[str, Text]) -> Text:
    """`Thailand (532, 1.6 times), Indonesia (...)`."""
    if rows.empty:
        return NO_COUNTRY
    told = [
        TIMES.filled(name=with_article(countries[code]), joint=f"{joint:,}", ratio=f"{ratio:.1f}")
        for code, joint, ratio in zip(rows["country"], rows["joint"], rows["ratio"], strict=True)
    ]
    return Text(", ".join(one.en for one in told), "、".join(one.ja for one in told))
