"""What is said of a department beside what its mix leads to expect, and of how far departments differ at all."""

from collections.abc import Sequence
from math import isnan
from typing import NamedTuple

import pandas as pd

from metrics.fairness import (
    AS_EXPECTED,
    HIGHER,
    LOWER,
    NOT_JUDGED,
    USUALLY_HIGHER,
    USUALLY_LOWER,
    Expectation,
    Spread,
)
from metrics.indicator import Indicator
from metrics.kinds import FEWEST_OF_A_KIND
from metrics.numbers import change, many, said
from metrics.strata_words import stratum_name
from vocabulary.calendar import fiscal_year_name
from vocabulary.strata import Stratification
from vocabulary.text import NOTHING, Text

VERDICTS = {
    AS_EXPECTED: Text("as expected", "見込みどおり"),
    HIGHER: Text("higher than expected", "見込みより高い"),
    LOWER: Text("lower than expected", "見込みより低い"),
    USUALLY_HIGHER: Text("higher, within the usual spread", "高いが部局間のばらつきの範囲内"),
    USUALLY_LOWER: Text("lower, within the usual spread", "低いが部局間のばらつきの範囲内"),
    NOT_JUDGED: Text("cannot be judged", "判定できない"),
}
MIX_OF: dict[Stratification, Text] = {
    "level": Text("mix of levels", "課程・職位の構成"),
    "field": Text("mix of fields", "分野の構成"),
    "kind": Text("kind of department", "部局の種類"),
    "department": Text("mix of departments", "部局の構成"),
    "partner": Text("mix of partners", "連携先の構成"),
    "activity_type": Text("mix of activities", "活動の種類の構成"),
}
ANSWER = Text(
    "{name}: {rate} for {indicator} in {year} ({observed} of {n}); its {mix} would lead one to expect {expected_rate} "
    "({expected}).",
    "{name}：{year}の{indicator}は{rate}（{n}のうち{observed}）。{mix}から見込まれる値は{expected_rate}（{expected}）。",
)
THAT_IS = {
    AS_EXPECTED: Text("That is as expected: {how}.", "見込みどおりの範囲にある（{how}）。"),
    HIGHER: Text("That is higher than expected: {how}.", "見込みより高い（{how}）。"),
    LOWER: Text("That is lower than expected: {how}.", "見込みより低い（{how}）。"),
    USUALLY_HIGHER: Text(
        "That is higher than its mix leads to expect, and more than chance explains ({how}), but within the usual "
        "spread: departments commonly differ by as much.",
        "構成からの見込みより高く、偶然では説明できない差だが（{how}）、部局間のばらつきの範囲内である"
        "（この程度の差は部局間に通常みられる）。",
    ),
    USUALLY_LOWER: Text(
        "That is lower than its mix leads to expect, and more than chance explains ({how}), but within the usual "
        "spread: departments commonly differ by as much.",
        "構成からの見込みより低く、偶然では説明できない差だが（{how}）、部局間のばらつきの範囲内である"
        "（この程度の差は部局間に通常みられる）。",
    ),
}
HOW = Text(
    "observed / expected {ratio}, 95 % interval {low} to {high}",
    "観測値÷見込み＝{ratio}、95%信頼区間{low}～{high}",
)
NOT_SURE = Text("{name} cannot be judged for {year}: {why}.", "{name}は{year}について判定できない（{why}）。")
NOBODY = Text("nothing is counted of it", "対象となる値がない")
NO_REFERENCE = Text("the reference has no rate for its strata", "対応する区分の参照値がない")
NONE_EXPECTED = Text(
    "at the reference's rates nothing, or all of it, is expected", "参照値からの見込みが0または全数となる"
)
NOT_TOLD = Text(
    "the reference's rates of its strata would tell of few people or of single departments",
    "参照値を示すと少人数または個別の部局の値が分かってしまう",
)
APART = Text(
    "It is {difference} {way} {reference} ({baseline}): its {mix} accounts for {by_mix}{share}, the other {beyond} are "
    "its own.",
    "{reference}（{baseline}）を{difference}{way}。うち{mix}によるものが{by_mix}{share}、それ以外が{beyond}である。",
)
SAME = Text("It is the same as {reference} ({baseline}).", "{reference}（{baseline}）と同じ値である。")
ABOVE, BELOW = Text("above", "上回る"), Text("below", "下回る")
SHARE = Text(" ({percent} of the difference)", "（差の{percent}）")
LEFT_OUT = Text(
    "{n} of {total} are in strata without a reference rate and are left out of the comparison.",
    "{total}のうち{n}は参照値のない区分に属し、比較から除いている。",
)
LOWER_IN = Text(
    "Its parts go both ways: lower than {reference} in {below}, higher in {above}.",
    "内訳では方向が分かれ、{below}では{reference}より低く、{above}では高い。",
)
HIGHER_IN = Text(
    "Its parts go both ways: higher than {reference} in {above}, lower in {below}.",
    "内訳では方向が分かれ、{above}では{reference}より高く、{below}では低い。",
)
AGAINST = Text("{name} ({own} against {there})", "{name}（{own}、基準は{there}）")
WIDENED = Text(
    "Even with their mix taken out, departments differ by more than chance: that is their usual spread, and only a "
    "department beyond it is called higher or lower than expected.",
    "構成をそろえても部局間には偶然を超える差がある（部局間のばらつき）。"
    "これを超える部局だけを「見込みより高い」「見込みより低い」とする。",
)
AS_BY_CHANCE = Text(
    "Once their mix is taken out, the {n} departments differ no more than chance makes them.",
    "構成の違いを除けば、{n}部局の差は偶然の範囲にとどまる。",
)
MEASURED = Text(
    "The usual spread of departments is estimated from {n} departments: over-dispersion φ = {phi} (1 where chance "
    "explains all).",
    "部局間のばらつきは{n}部局から推定した（過分散 φ＝{phi}、偶然だけなら1）。",
)
TOO_FEW = Text(
    "Too few departments can be judged to tell how much they differ among themselves.",
    "判定できる部局が少なく、部局間の差の大きさは推定できない。",
)
OVERVIEW = Text(
    "Of {judged}, {as_expected} as expected from the {mix} ({indicator}, {year}).",
    "{indicator}（{year}）：{judged}部局のうち、{mix}から見て見込みどおりが{as_expected}部局。",
)
OVERVIEW_OF_THREE = Text(
    "Of {judged}, {as_expected} as expected from the {mix}, {usual} higher or lower within the usual spread of "
    "departments, and {beyond} beyond it ({indicator}, {year}).",
    "{indicator}（{year}）：{judged}部局のうち、{mix}から見て見込みどおりが{as_expected}部局、"
    "高いか低いが部局間のばらつきの範囲内が{usual}部局、それを超える差が{beyond}部局。",
)
OUTSIDE = {
    HIGHER: Text("Higher than expected: {names}.", "見込みより高い：{names}。"),
    LOWER: Text("Lower than expected: {names}.", "見込みより低い：{names}。"),
}


class Of(NamedTuple):
    """What is compared, in words."""

    indicator: Indicator
    year: int
    stratification: Stratification
    reference: Text  # in a sentence: `the university`

    @property
    def mix(self) -> Text:
        return MIX_OF[self.stratification]


def ratio_said(value: float) -> str:
    """A ratio as it is written: two decimals."""
    return "–" if isnan(value) else f"{value:.2f}"


def answer(found: Expectation, department: str, name: Text, of: Of) -> list[Text]:
    """How a department stands beside what its mix leads to expect, and what its mix explains."""
    year = fiscal_year_name(of.year)
    try:
        row = found.of(department)
    except LookupError:
        return [NOT_SURE.filled(name=name, year=year, why=NOBODY)]
    if row["verdict"] == NOT_JUDGED:
        return [NOT_SURE.filled(name=name, year=year, why=_why(found, row))]
    rate, expected = row["compared"] / row["n"], row["expected"] / row["n"]
    unit = of.indicator.unit
    told = ANSWER.filled(
        name=name,
        year=year,
        indicator=of.indicator.in_a_sentence,
        mix=of.mix,
        rate=said(rate, unit),
        observed=counted(row["compared"]),
        n=counted(row["n"]),
        expected_rate=said(expected, unit),
        expected=f"{row['expected']:,.0f}" if row["expected"] >= 10 else f"{row['expected']:,.1f}",
    )
    within = _opposite(found.mix[found.mix["department"] == department], of)
    return [told, _verdict(row), *_apart(found, rate, expected, of), *within, *_left_out(row)]


def spread_said(spread: Spread) -> Text:
    """Whether departments differ by more than chance, and what that does to the limits."""
    if spread.departments < FEWEST_OF_A_KIND or isnan(spread.phi):
        return TOO_FEW
    return (WIDENED if spread.is_overdispersed else AS_BY_CHANCE).filled(n=spread.departments)


def spread_measured(spread: Spread) -> Text:
    """How far departments differ, as statisticians measure it; nothing where too few could be judged."""
    if spread_said(spread) == TOO_FEW:
        return NOTHING
    return MEASURED.filled(phi=f"{spread.phi:.1f}", n=spread.departments)


def overview(found: Expectation, names: dict[str, Text], of: Of) -> list[Text]:
    """Of all departments, how many are as expected and which are not, in the order of the register."""
    rows = found.table[found.table["department"].isin(names) & (found.table["verdict"] != NOT_JUDGED)]
    verdicts = dict(zip(rows["department"], rows["verdict"], strict=True))
    usual = sum(verdict in (USUALLY_HIGHER, USUALLY_LOWER) for verdict in verdicts.values())
    beyond = sum(verdict in OUTSIDE for verdict in verdicts.values())
    told = [
        (OVERVIEW_OF_THREE if found.spread.is_overdispersed else OVERVIEW).filled(
            judged=many(len(rows), "department", "departments"),
            as_expected=many(len(rows) - usual - beyond, "is", "are"),
            usual=many(usual, "is", "are"),
            beyond=many(beyond, "is", "are"),
            mix=of.mix,
            indicator=of.indicator.in_a_sentence,
            year=fiscal_year_name(of.year),
        )
    ]
    for verdict, words in OUTSIDE.items():
        outside = [names[code] for code in names if verdicts.get(code) == verdict]
        if outside:
            told.append(words.filled(names=_listed(outside)))
    return told


def counted(number: float) -> str:
    """A count; shares of records have decimals."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def _verdict(row: pd.Series) -> Text:
    how = HOW.filled(ratio=ratio_said(row["ratio"]), low=ratio_said(row["low"]), high=ratio_said(row["high"]))
    return THAT_IS[str(row["verdict"])].filled(how=how)


def _opposite(mix: pd.DataFrame, of: Of) -> list[Text]:
    """The two strata that part most from what is expected, where by one or more each, in opposite directions."""
    apart = (mix["numerator"] - mix["expected"]).dropna().sort_values(key=abs, ascending=False)
    first, second = apart.head(2) if len(apart) > 1 else (0.0, 0.0)
    if first * second >= 0 or abs(second) < 1:
        return []
    leading, other = (_against(mix.loc[place], of) for place in apart.index[:2])
    if first < 0:
        return [LOWER_IN.filled(reference=of.reference, below=leading, above=other)]
    return [HIGHER_IN.filled(reference=of.reference, above=leading, below=other)]


def _against(row: pd.Series, of: Of) -> Text:
    """A stratum in a sentence, with its rate and the reference's."""
    name = stratum_name(of.stratification, str(row["stratum"]))
    inside = name.en[:1].lower() + name.en[1:] if name.en[1:2].islower() else name.en
    unit = of.indicator.unit
    own, there = said(row["numerator"] / row["denominator"], unit), said(row["reference_rate"], unit)
    return AGAINST.filled(name=Text(inside, name.ja), own=own, there=there)


def _apart(found: Expectation, rate: float, expected: float, of: Of) -> list[Text]:
    """How much of the difference to the reference's rate the mix accounts for."""
    unit, baseline = of.indicator.unit, found.baseline
    if rate == baseline:
        return [SAME.filled(reference=of.reference, baseline=said(baseline, unit))]
    part = (expected - baseline) / (rate - baseline)
    size = change(max(rate, baseline), min(rate, baseline), unit)
    words = APART.filled(
        difference=Text(size.en.lstrip("+"), size.ja.lstrip("+")),
        way=ABOVE if rate > baseline else BELOW,
        reference=of.reference,
        baseline=said(baseline, unit),
        mix=of.mix,
        by_mix=change(expected, baseline, unit),
        share=SHARE.filled(percent=said(part, "share")) if 0 < part < 1 else NOTHING,
        beyond=change(rate, expected, unit),
    )
    return [words]


def _left_out(row: pd.Series) -> list[Text]:
    out = float(row["at_risk"] - row["n"]) or float(row["observed"] - row["compared"])
    total = float(row["at_risk"]) if row["at_risk"] != row["n"] else float(row["observed"])
    return [LEFT_OUT.filled(n=counted(out), total=counted(total))] if out > 0 else []


def _why(found: Expectation, row: pd.Series) -> Text:
    if not row["at_risk"] > 0:
        return NOBODY
    if row["n"] > 0:
        return NONE_EXPECTED
    return NOT_TOLD if found.withheld else NO_REFERENCE


def _listed(texts: Sequence[Text]) -> Text:
    return Text(", ".join(text.en for text in texts), "、".join(text.ja for text in texts))
