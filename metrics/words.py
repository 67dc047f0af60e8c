"""How measures say themselves, so that a definition on the page is the declaration and cannot differ from it."""

from collections.abc import Iterable

from metrics.conditions import CONDITIONS
from vocabulary.activity_types import ACTIVITY_TYPES, TARGETS
from vocabulary.people import GROUPS, POPULATIONS, STUDENTS
from vocabulary.text import Text

STUDENT_WORDS = Text("students (undergraduate, master's, doctoral)", "学生（学部・修士・博士）")
THINGS = {
    "countries": Text("countries abroad", "海外の国"),
    "partners": Text("partner institutions abroad", "海外の機関"),
    "companies": Text("companies abroad", "海外の企業"),
    "languages": Text("languages", "言語"),
    "sdgs": Text("SDGs", "SDGs"),
}


def activities(types: tuple[str, ...], only: tuple[str, ...] = (), window: int = 1) -> Text:
    """`Publication with at least one partner or country abroad`, `海外の機関または国を含む論文`."""
    kinds = _kinds(types)
    conditions = [CONDITIONS[name].text for name in only]
    en = kinds.en + (" " + " and ".join(c.en for c in conditions) if conditions else "")
    ja = "".join(c.ja for c in conditions) + kinds.ja
    return _over(Text(en, ja), window)


def persons(types: tuple[str, ...], only: tuple[str, ...], window: int) -> Text:
    inner = activities(types, only, window)
    return Text(f"persons in: {inner.en}", f"{inner.ja}の人数")


def money(types: tuple[str, ...], only: tuple[str, ...]) -> Text:
    inner = activities(types, only)
    return Text(f"yen of: {inner.en}", f"{inner.ja}の金額（円）")


def distinct(of: str, types: tuple[str, ...], only: tuple[str, ...], window: int, at_least: int) -> Text:
    inner, thing = activities(types, only, window), THINGS[of]
    if at_least > 1:
        thing = Text(f"{thing.en} with {at_least} or more", f"{at_least}件以上の{thing.ja}")
    return Text(f"different {thing.en} in: {inner.en}", f"{inner.ja}における{thing.ja}の数")


def coming_again(of: str, window: int, in_years: int) -> Text:
    """`companies abroad in 2 or more of 3 fiscal years`."""
    thing = THINGS[of]
    return Text(
        f"{thing.en} in {in_years} or more of {window} fiscal years",
        f"{window}年度間のうち{in_years}年度以上に現れる{thing.ja}",
    )


def repeating(of: str, types: tuple[str, ...], only: tuple[str, ...], window: int, in_years: int) -> Text:
    inner, thing = activities(types, only), coming_again(of, window, in_years)
    return Text(f"different {thing.en} in: {inner.en}", f"{inner.ja}における、{thing.ja}の数")


def alive(types: tuple[str, ...], through: tuple[str, ...], years: int) -> Text:
    inner, lately = activities(types), activities(through)
    return Text(
        f"{inner.en} with a partner of: {lately.en} ({years} fiscal years)",
        f"{years}年度間に{lately.ja}のある相手との{inner.ja}",
    )


def not_alive(through: tuple[str, ...], years: int) -> Text:
    lately = activities(through)
    return Text(
        f"no {lately.en.lower()} with its partner in {years} fiscal years",
        f"相手機関との{lately.ja}が{years}年度間ない",
    )


def with_largest(types: tuple[str, ...], only: tuple[str, ...], most: int) -> Text:
    inner = activities(types, only)
    return Text(f"{inner.en}, with one of the {most} largest partners", f"上位{most}機関のいずれかを含む{inner.ja}")


def network_index(types: tuple[str, ...], only: tuple[str, ...], window: int, at_least: int) -> Text:
    inner = activities(types, only, window)
    return Text(
        f"L / ln P: L countries of P partner institutions abroad with {at_least} or more in: {inner.en}",
        f"L ÷ ln P（{inner.ja}が{at_least}件以上ある海外の機関P、その国の数L）",
    )


def not_sustained(window: int, at_least: int) -> Text:
    return Text(
        f"no partner abroad with {at_least} or more in {window} fiscal years",
        f"{window}年度間に{at_least}件以上ある海外の機関を含まない",
    )


def reciprocity(types: tuple[str, ...], window: int) -> Text:
    inner = activities(types, (), window)
    return Text(
        f"sum over partner institutions abroad of min(in, out) / max(in, out), persons in: {inner.en}",
        f"{inner.ja}の人数による、海外の機関ごとの min(受入, 派遣) ÷ max(受入, 派遣) の合計",
    )


def flow_partners(types: tuple[str, ...], window: int) -> Text:
    inner = activities(types, (), window)
    return Text(f"partner institutions abroad with persons in: {inner.en}", f"{inner.ja}の人がいる海外の機関の数")


def effective_countries(of: str, types: tuple[str, ...]) -> Text:
    inner = activities(types)
    whom = Text("persons", "人数") if of == "persons" else Text("activities", "件数")
    return Text(
        f"effective number of countries abroad, exp(Shannon index) of {whom.en}, in: {inner.en}",
        f"{inner.ja}の国別{whom.ja}による国の実効数（シャノン指数の指数関数）",
    )


def active_departments(types: tuple[str, ...], only: tuple[str, ...]) -> Text:
    inner = activities(types, only)
    return Text(f"departments with at least one: {inner.en}", f"{inner.ja}が1件以上ある部局数")


def newcomers(types: tuple[str, ...], only: tuple[str, ...], years: int) -> Text:
    inner = activities(types, only)
    return Text(
        f"persons with none in the {years} fiscal years before, in: {inner.en}",
        f"{inner.ja}の参加者のうち前{years}年度に参加のない者の人数",
    )


def concentration(populations: tuple[str, ...], types: tuple[str, ...], only: tuple[str, ...]) -> Text:
    whom, inner = headcount(populations, ("all",)), activities(types, only)
    return Text(
        f"Gini coefficient over {whom.en}, those with none included, of: {inner.en}",
        f"{whom.ja}の一人当たりの{inner.ja}（0件の者を含む）のジニ係数",
    )


def headcount(populations: tuple[str, ...], groups: tuple[str, ...]) -> Text:
    """`students (...), with the residence status Student`; the group `all` is not said."""
    whom = STUDENT_WORDS if populations == STUDENTS else _listed(POPULATIONS[p] for p in populations)
    if groups == ("all",):
        return Text(f"all {whom.en}", f"{whom.ja}（全体）")
    group = _listed(GROUPS[g] for g in groups)
    return Text(f"{whom.en} {group.en}", f"{group.ja}：{whom.ja}")


def effective_origins(populations: tuple[str, ...], groups: tuple[str, ...]) -> Text:
    inner = headcount(populations, groups)
    return Text(
        f"effective number of countries, exp(Shannon index), of: {inner.en}",
        f"{inner.ja}の国別構成による国の実効数（シャノン指数の指数関数）",
    )


def added(terms: list[tuple[int, Text]]) -> Text:
    """`a + b - c` with real signs, in both languages."""

    def side(language: int) -> str:
        said = "".join(f" {'+' if sign > 0 else '−'} {term[language]}" for sign, term in terms)
        return said[3:] if terms[0][0] > 0 else said.strip()

    return Text(side(0), side(1))


def _kinds(types: tuple[str, ...]) -> Text:
    if len(types) == len(ACTIVITY_TYPES):
        return Text("any activity", "全活動")
    for target, name in TARGETS.items():
        if types == types_of(target):
            return Text(f"any activity in {name.en.lower()}", f"{name.ja}の全活動")
    return _listed(ACTIVITY_TYPES[kind].name for kind in types)


def types_of(target: str, process: str | None = None) -> tuple[str, ...]:
    """The codes of the activity types of a target (and process)."""
    kinds = ACTIVITY_TYPES.values()
    return tuple(k.code for k in kinds if k.target == target and process in (None, k.process))


def _listed(texts: Iterable[Text]) -> Text:
    said = list(texts)
    return Text(", ".join(t.en for t in said), "・".join(t.ja for t in said))


def _over(text: Text, window: int) -> Text:
    if window == 1:
        return text
    return Text(f"{text.en} ({window} fiscal years)", f"{text.ja}（{window}年度間）")
