"""What a declared indicator may count: what goes together, in which unit, and what is some of a whole."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from data_access.imports.columns import Values
from data_access.imports.report import Finding
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.declarations import RATIOS, unit_of
from vocabulary.people import DISJOINT_GROUPS, DISJOINT_POPULATIONS, NOT_PERSONS
from vocabulary.text import Text

PER = "per_"
Implied = Mapping[str, frozenset[str]]  # name of a condition -> the conditions that it implies
_ADDED_UP = ("activities", "money")  # events of the year and what is in force on 1 May do not add up


class Counted(NamedTuple):
    """What one side of the line counts."""

    prefix: str
    counts: str
    activity_types: tuple[str, ...]
    conditions: tuple[str, ...]
    populations: tuple[str, ...]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, values: Values, prefix: str) -> "Counted":
        lists = (values[prefix + name] for name in ("activity_types", "conditions", "populations", "groups"))
        return cls(prefix, str(values[f"{prefix}counts"]), *(x if isinstance(x, tuple) else () for x in lists))

    def finding(self, column: str, value: object, en: str, ja: str) -> Finding:
        written = ";".join(value) if isinstance(value, tuple) else str(value)
        return Finding(self.prefix + column, written, Text(en, ja))


def check_counted(values: Values, implied: Implied) -> Iterator[Finding]:
    """What is wrong in what a row counts, above the line, below it, and between the two."""
    top, bottom, unit = Counted.of(values, ""), Counted.of(values, PER), str(values["unit"])
    wrong = [*_side(top), *_side(bottom)]
    yield from wrong
    if not wrong:
        yield from _in_its_unit(top, bottom, unit)
        if unit == "share" and bottom.counts and (why := not_some_of(top, bottom, implied)):
            yield top.finding(
                "counts",
                top.counts,
                f"The numerator is not some of the denominator: {why.en}. Accepted: one that is; or the unit rate.",
                f"分子が分母の一部ではありません：{why.ja}。分子を分母の一部にするか、単位を rate にしてください。",
            )


def _side(one: Counted) -> Iterator[Finding]:
    """What one side counts fits together."""
    of_activities = {"activity_types": one.activity_types, "conditions": one.conditions}
    of_heads = {"populations": one.populations, "groups": one.groups}
    needed, unused = ("populations", of_activities) if one.counts == "headcount" else ("activity_types", of_heads)
    if not one.counts:
        unused = of_activities | of_heads
    for column, value in unused.items():
        if value:
            counts = f"{one.prefix}counts"
            yield one.finding(
                column,
                value,
                f"Nothing would be read from here, as {counts} is {one.counts or 'empty'}. Accepted: nothing.",
                f"{counts} が {one.counts or '空欄'} のため使われません。空欄にしてください。",
            )
    if one.counts and not (one.populations if one.counts == "headcount" else one.activity_types):
        yield one.finding(
            needed,
            "",
            f"The cell is empty, but {one.counts} are counted. Accepted: at least one code.",
            f"空欄ですが、{one.counts} を数えます。コードを一つ以上書いてください。",
        )
    elif one.counts == "headcount":
        yield from _heads(one)
    elif one.counts in _ADDED_UP and len({ACTIVITY_TYPES[kind].counted for kind in one.activity_types}) > 1:
        yield one.finding(
            "activity_types",
            one.activity_types,
            "Some of these are counted in the fiscal year and others on 1 May. Accepted: types of one kind; or "
            "persons, countries, partners or companies of both.",
            "年度内に数えるものと5月1日現在で数えるものが混在しています。どちらか一方の種別にするか、"
            "persons、countries、partners、companies を数えてください。",
        )


def _heads(one: Counted) -> Iterator[Finding]:
    """Nobody is counted twice, and persons are not added to courses."""
    people = [population for population in one.populations if population not in NOT_PERSONS]
    mixed = people and len(one.populations) > len(people)
    several_things = not people and len(one.populations) > 1
    twice = people and not any(set(people) <= set(disjoint) for disjoint in DISJOINT_POPULATIONS)
    if mixed or several_things or twice:
        yield one.finding(
            "populations",
            one.populations,
            "These do not add up. Accepted: students, staff and either faculty or researchers; or one of "
            f"{', '.join(NOT_PERSONS)}.",
            "合算できない母集団です。学生・職員と、教員または研究者のいずれか一方、もしくは "
            f"{'、'.join(NOT_PERSONS)} のいずれか一つにしてください。",
        )
    if len(one.groups) > 1 and not set(one.groups) <= set(DISJOINT_GROUPS):
        yield one.finding(
            "groups",
            one.groups,
            "The same person can be in several of these. Accepted: one group, or several of "
            f"{', '.join(DISJOINT_GROUPS)}.",
            "同じ人を重ねて数えることになります。区分を一つにするか、"
            f"{'、'.join(DISJOINT_GROUPS)} の中から選んでください。",
        )


def _in_its_unit(top: Counted, bottom: Counted, unit: str) -> Iterator[Finding]:
    """The unit is that of what is counted, and a ratio is of things that can be divided."""
    if unit in RATIOS:
        if not bottom.counts:
            yield bottom.finding(
                "counts",
                "",
                f"A {unit} needs a denominator. Accepted: what it is divided by; or the unit "
                f"{unit_of(top.counts, top.populations)}.",
                f"{unit} には分母が必要です。分母を書くか、"
                f"単位を {unit_of(top.counts, top.populations)} にしてください。",
            )
        for side in (top, bottom):
            other = bottom if side is top else top
            if side.counts in ("countries", "partners", "companies") or (
                bottom.counts and side.counts == "money" != other.counts
            ):
                yield side.finding(
                    "counts",
                    side.counts,
                    f"{side.counts} do not make a {unit}. Accepted: activities, persons or headcount; money with "
                    "money.",
                    f"{side.counts} から {unit} は作れません。activities、persons、headcount、"
                    "または money どうしにしてください。",
                )
        return
    if bottom.counts:
        yield top.finding(
            "unit",
            unit,
            f"A figure in {unit} has no denominator. Accepted: share or rate; or leave the denominator empty.",
            f"単位 {unit} に分母はありません。share か rate にするか、分母を空欄にしてください。",
        )
    if unit != (fits := unit_of(top.counts, top.populations)):
        yield top.finding(
            "unit",
            unit,
            f"What is counted, {top.counts}, is not in {unit}. Accepted: {fits}.",
            f"{top.counts} の単位は {unit} ではありません。{fits} としてください。",
        )


def not_some_of(top: Counted, bottom: Counted, implied: Implied) -> Text | None:
    """Why what is counted above the line is not surely some of what is counted below it; None where it is."""
    if top.counts != bottom.counts:
        return Text(f"{top.counts} and {bottom.counts}", f"{top.counts} と {bottom.counts}")
    if top.counts == "headcount":
        strange = [code for code in top.populations if code not in bottom.populations]
        above, below = set(top.groups or ("all",)), set(bottom.groups or ("all",))
        if not above <= below and (below != {"all"} or "whole_year" in above):
            strange += sorted(above - below)
        return _only_above(strange)
    strange = [code for code in top.activity_types if code not in bottom.activity_types]
    met = {*top.conditions, *(name for condition in top.conditions for name in implied[condition])}
    missing = [name for name in bottom.conditions if name not in met]
    if missing:
        names = ", ".join(missing)
        return Text(f"{names} holds below the line only", f"{names} は分母だけの条件です")
    return _only_above(strange)


def _only_above(codes: list[str]) -> Text | None:
    names = ", ".join(codes)
    return Text(f"{names} is above the line only", f"{names} は分子だけにあります") if codes else None
