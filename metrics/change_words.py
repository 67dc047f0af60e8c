"""Why a figure moved, in sentences to be read aloud: how much, by what, and whether it can be told from chance."""

from collections.abc import Callable, Sequence

import pandas as pd

from metrics.change import Verdict, limits_words
from metrics.change_split import APART, MIX, NEW, VANISHED, WITHIN, ChangeSplit, Factors, LevelsAndDepartments
from metrics.figure_sentence import unit_of
from metrics.indicator import Indicator, Unit
from metrics.numbers import change, said, sign_of
from metrics.timing import CENSUS
from vocabulary.calendar import fiscal_year_name
from vocabulary.strata import NAMES, Stratification
from vocabulary.text import NOTHING, Text

NameOf = Callable[[str], Text]  # of a group's code
MOST_NAMED = 3  # groups in a sentence
MOST_GROWN = 2  # groups named in passing
UNITS_THAT_ADD = ("persons", "count")  # whole numbers, when an effect of theirs is said
LEVEL = ("share", "index")  # units that rise, where others increase
MOVED = Text(
    "For {who}, {name} {moved}{interval} from {first} ({before}) to {last} ({after}).",
    "{who}の{name}は、{first}の{before}から{last}の{after}へ{moved}{interval}。",
)
STAYED = Text(
    "For {who}, {name} was the same at {first} and {last}: {after}.",
    "{who}の{name}は、{first}と{last}で変わらず{after}。",
)
ROSE = Text("rose by {size}", "{size}上昇した")
FELL = Text("fell by {size}", "{size}低下した")
MORE = Text("rose by {size}", "{size}増えた")
FEWER = Text("fell by {size}", "{size}減った")
PARTS = Text("Of this, {parts}.", "内訳は、{parts}。")
PARTS_UNSURE = Text("Its parts, no surer than the whole: {parts}.", "内訳（全体と同様に不確か）は、{parts}。")
INSIDE_UP = Text(
    "{size}{part} because the rates of {groups} themselves rose", "{groups}ごとの率そのものの上昇による分が{size}{part}"
)
INSIDE_DOWN = Text(
    "{size}{part} because the rates of {groups} themselves fell", "{groups}ごとの率そのものの低下による分が{size}{part}"
)
PART = Text(" ({share} of the change)", "（変化の{share}）")
TO_HIGH = Text(
    "{size} because {groups} with a high rate grew as a part of the whole{most}",
    "率の高い{groups}の比重が増したことによる分が{size}{most}",
)
TO_LOW = Text(
    "{size} because {groups} with a low rate grew as a part of the whole{most}",
    "率の低い{groups}の比重が増したことによる分が{size}{most}",
)
ABOVE_ALL = Text(" (above all {names})", "（主に{names}）")
NO_MIX = Text("next to nothing because the weights of {groups} changed", "{groups}の比重の変化による分はほとんどない")
BASELESS = Text(
    "{size} from what has no denominator of its own ({names})", "分母をもたない区分（{names}）による分が{size}"
)
MOSTLY = Text("Most of the change comes from {names}.", "変化の大部分は{names}による。")
LARGEST_PARTS = Text("The largest parts are {names}.", "寄与が大きいのは{names}。")
AGAINST = Text("Against it go {names}.", "逆方向に動いたのは{names}。")
LARGEST_RATES = Text("By their own rates, {names} added most.", "率そのものの変化による寄与が大きいのは{names}。")
RATES_AGAINST = Text("The own rates of {names} went against it.", "率そのものの変化による寄与が逆方向なのは{names}。")
NAMED = Text("{name} ({size})", "{name}（{size}）")
COME = Text("New, with none in {first}: {names}.", "{first}になく新たに加わったもの：{names}。")
GONE = Text("Vanished, with none left in {last}: {names}.", "{last}になくなったもの：{names}。")
AND_MORE = Text("and {n} more", "ほか{n}件")
UNDECIDED = Text(
    "For {who}, {name} shows no distinguishable change from {first} ({before}) to {last} ({after}): "
    "{signed}{interval}.",
    "{who}の{name}は、{first}の{before}から{last}の{after}への変化が有意とはいえない（{signed}{interval}）。",
)
SURE = Text(" (95 % interval {limits})", "（95%信頼区間：{limits}）")
UNSURE = Text(", 95 % interval {limits}", "、95%信頼区間：{limits}")
NUMBER = Text(
    "As a number, {before} became {after} ({size}): {parts}.", "数でみると、{before}から{after}へ{size}。{parts}。"
)
THROUGH = Text(
    "Seen through {name}, {size} is {parts}.",
    "{name}を通してみると、{size}の内訳は、{parts}。",
)
BY_RATE = Text("{size} because the rate changed within {groups}", "{groups}ごとの率の変化による分が{size}")
BY_MIX = Text("{size} because the weights of {groups} changed", "{groups}の比重の変化による分が{size}")
BY_SIZE = Text("{size} because the denominator ({bottom}) {grew}", "分母（{bottom}）の{grew}による分が{size}")
BY_APART = Text("{size} from what has no denominator of its own", "分母をもたない区分による分が{size}")
GREW, SHRANK = Text("grew", "増加"), Text("shrank", "減少")
TWO_WAY = Text(
    "A second split, by level and department at once: {rates} from the rates, {levels} from the mix of levels, "
    "{departments} from the mix of departments within each level. The split above is by {groups} alone, so its mix is "
    "not one of these two.",
    "別の分け方として課程と部局を同時にみると、率の変化による分が{rates}、課程構成の変化による分が{levels}、"
    "課程ごとの部局構成の変化による分が{departments}。上の内訳は{groups}だけで分けたもので、その比重の変化はこの二つの構成の変化とは異なる。",
)


def headline(split: ChangeSplit, who: Text, verdict: Verdict) -> Text:
    """How the figure moved between the two years, with its interval; a change only where chance is ruled out."""
    indicator, value = split.indicator, split.change
    up, down = (ROSE, FELL) if indicator.unit in LEVEL else (MORE, FEWER)
    first, last = (when(indicator, year) for year in split.years)
    before, after, size = values_that_agree(split.value_before, split.value_after, indicator.unit)
    sign = sign_of(value)
    limits = NOTHING if verdict.told is None else limits_words(verdict)
    interval = NOTHING if verdict.told is None else (SURE if verdict.told else UNSURE).filled(limits=limits)
    words = UNDECIDED if verdict.told is False else STAYED if value == 0 else MOVED
    return words.filled(
        who=who,
        name=indicator.in_a_sentence,
        moved=(up if value > 0 else down).filled(size=size),
        signed=Text(sign + size.en, sign + size.ja),
        interval=interval,
        first=first,
        last=last,
        before=before,
        after=after,
    )


def reasons(split: ChangeSplit, name_of: NameOf, *, unsure: bool = False) -> list[Text]:
    """What the change is made of: of a ratio the kinds of effects, then which groups (of a ratio by their own
    rates) moved most, came and went.
    """
    told = [(PARTS_UNSURE if unsure else PARTS).filled(parts=_kinds(split, name_of, unsure))] if split.is_ratio else []
    rows, value = split.rows, split.change
    sided = rows.assign(size=rows[WITHIN] * (1 if value >= 0 else -1))
    along, against = sided[sided["size"] > 0], sided[sided["size"] < 0].iloc[::-1]
    unit = split.indicator.unit
    if len(along):
        first = along.head(MOST_NAMED)
        of_count = MOSTLY if first["size"].sum() > abs(value) / 2 else LARGEST_PARTS
        words = LARGEST_RATES if split.is_ratio else of_count
        told.append(words.filled(names=_named(first, unit, name_of)))
    if len(against) and against["size"].min() <= -abs(value) / 20:
        words = RATES_AGAINST if split.is_ratio else AGAINST
        told.append(words.filled(names=_named(against.head(MOST_NAMED), unit, name_of)))
    for state, words in ((NEW, COME), (VANISHED, GONE)):
        found = rows[rows["state"] == state]
        if len(found):
            names = listed([name_of(code) for code in found["group"]], most=MOST_NAMED)
            years = [fiscal_year_name(year) for year in split.years]
            told.append(words.filled(first=years[0], last=years[1], names=names))
    return told


def number_sentence(split: ChangeSplit, factors: Factors, *, of_count: bool = False) -> Text:
    """The change of a rate's numerator by rate, weights and size of the whole; `of_count` where that is the figure."""
    unit = unit_of(split.indicator.numerator)
    before, after = split.whole("numerator_before"), split.whole("numerator_after")
    (whole, mix, rate, apart), total = sizes_that_add_up(list(factors), after - before, unit)
    groups = NAMES[split.stratification]
    bottom = split.indicator.denominator.text if split.indicator.denominator else NOTHING
    grew = GREW if factors.size > 0 else SHRANK
    parts = [
        (rate, BY_RATE.filled(size=rate, groups=groups)),
        (mix, BY_MIX.filled(size=mix, groups=groups)),
        (whole, BY_SIZE.filled(size=whole, bottom=bottom, grew=grew)),
        (apart, BY_APART.filled(size=apart)),
    ]
    return (THROUGH if of_count else NUMBER).filled(
        name=split.indicator.in_a_sentence,
        before=said(before, unit),
        after=said(after, unit),
        size=total,
        parts=listed([words for size, words in parts if not _is_nothing(size)]),
    )


def levels_sentence(found: LevelsAndDepartments, unit: Unit, beside: Stratification) -> Text:
    """The change of a rate by level and department, as three effects; told `beside` a split by one of them."""
    levels, departments, rates = sizes_that_add_up(list(found), sum(found), unit)[0]
    return TWO_WAY.filled(levels=levels, departments=departments, rates=rates, groups=NAMES[beside])


def when(indicator: Indicator, year: int) -> Text:
    """The day or the fiscal year that a figure is of."""
    return CENSUS.filled(year=year) if indicator.is_stock else fiscal_year_name(year)


def sizes_that_add_up(parts: Sequence[float], total: float, unit: Unit) -> tuple[list[Text], Text]:
    """Effects and their sum as they are said, signed: shares in points with as many decimals (one to three) as it takes
    for the rounded parts to add up, numbers whole, the largest rounded so that they do.
    """
    if unit in UNITS_THAT_ADD and float(total).is_integer():
        whole = [float(round(part)) for part in parts]
        largest = max(range(len(parts)), key=lambda place: abs(parts[place]))
        whole[largest] += total - sum(whole)
        return [change(part, 0.0, unit) for part in whole], change(total, 0.0, unit)
    if unit != "share":
        return [change(part, 0.0, unit) for part in parts], change(total, 0.0, unit)
    digits = next((d for d in (1, 2, 3) if _adds_up(parts, total, d)), 1)
    return [_points(part, digits) for part in parts], _points(total, digits)


def values_that_agree(before: float, after: float, unit: Unit) -> tuple[Text, Text, Text]:
    """Two values and their difference (unsigned) as they are said: shares and indices with one decimal more where
    the rounded values would else differ by something else than the difference that is said.
    """
    usual = said(before, unit), said(after, unit), _unsigned(change(after, before, unit))
    if unit not in LEVEL:
        return usual
    scale, digits = (100, 1) if unit == "share" else (1, 2)
    for more in (digits, digits + 1):
        rounded = [round(number * scale, more) for number in (before, after, after - before)]
        if round(rounded[1] - rounded[0] - rounded[2], more) == 0:
            return usual if more == digits else _with_digits(rounded, more, unit)
    return usual


def _with_digits(rounded: Sequence[float], digits: int, unit: Unit) -> tuple[Text, Text, Text]:
    before, after, size = (f"{number:,.{digits}f}".replace("-", "−") for number in (*rounded[:2], abs(rounded[2])))
    if unit != "share":
        return Text(before, before), Text(after, after), Text(size, size)
    shares = [Text(f"{number} %", f"{number}%") for number in (before, after)]
    return shares[0], shares[1], Text(f"{size} points", f"{size}ポイント")


def listed(texts: Sequence[Text], most: int | None = None) -> Text:
    """Names in a row, the first ones where they are more than `most`: `A, B and 3 more`."""
    shown = list(texts[:most])
    if most is not None and len(texts) > most:
        shown.append(AND_MORE.filled(n=len(texts) - most))
    en = [text.en for text in shown] or [""]
    joined = ", ".join(en[:-1]) + (" " if en[-1].startswith("and ") else " and ") + en[-1] if len(en) > 1 else en[0]
    return Text(joined, "、".join(text.ja for text in shown))


def _kinds(split: ChangeSplit, name_of: NameOf, unsure: bool) -> Text:
    """The change of a ratio as what happened within groups, to their weights, and without a denominator.

    Where all three go the way of the change, which is told from chance, also what part of it is that of the rates.
    """
    effects, groups, unit = split.effects, NAMES[split.stratification], split.indicator.unit
    sizes, _ = sizes_that_add_up(list(effects.values()), split.change, unit)
    within, mix, apart = sizes
    rows = split.rows
    part = NOTHING
    if not unsure and split.change and all(effect / split.change >= 0 for effect in effects.values()):
        fraction = f"{effects[WITHIN] / split.change * 100:.0f}"
        part = PART.filled(share=Text(f"{fraction} %", f"{fraction}%"))
    parts = [(INSIDE_UP if effects[WITHIN] >= 0 else INSIDE_DOWN).filled(size=within, groups=groups, part=part)]
    if effects[MIX]:
        words = NO_MIX if _is_nothing(mix) else TO_HIGH if effects[MIX] > 0 else TO_LOW
        parts.append(words.filled(size=mix, groups=groups, most=_grown(split, name_of)))
    baseless = rows[rows[APART] != 0]
    if len(baseless):
        names = listed([name_of(str(code)) for code in baseless["group"]])
        parts.append(BASELESS.filled(size=apart, names=names))
    return listed(parts)


def _grown(split: ChangeSplit, name_of: NameOf) -> Text:
    """The groups of most effect among those whose weight grew and went the way of the mix."""
    up = split.rows[split.rows["weight_after"] > split.rows["weight_before"]]
    sided = up[MIX] * (1 if split.effects[MIX] > 0 else -1)
    most = up.loc[sided[sided > 0].nlargest(MOST_GROWN).index]
    return ABOVE_ALL.filled(names=listed([name_of(str(code)) for code in most["group"]])) if len(most) else NOTHING


def _named(rows: pd.DataFrame, unit: Unit, name_of: NameOf) -> Text:
    sizes = [change(float(effect), 0.0, unit) for effect in rows[WITHIN]]
    return listed(
        [NAMED.filled(name=name_of(str(code)), size=size) for code, size in zip(rows["group"], sizes, strict=True)]
    )


def _adds_up(parts: Sequence[float], total: float, digits: int) -> bool:
    rounded = [round(part * 100, digits) for part in parts]
    return round(sum(rounded) - round(total * 100, digits), digits) == 0


def _points(difference: float, digits: int) -> Text:
    rounded = round(difference * 100, digits)
    size = f"{sign_of(rounded)}{abs(rounded):,.{digits}f}"
    return Text(f"{size} points", f"{size}ポイント")


def _is_nothing(size: Text) -> bool:
    """Whether an effect reads as 0."""
    return not set(size.en) & set("123456789")


def _unsigned(text: Text) -> Text:
    return Text(text.en.lstrip("+−±"), text.ja.lstrip("+−±"))
