"""What is said of a department beside what its mix leads to expect, and of how far departments differ at all."""

from collections.abc import Sequence
from math import isnan
from typing import NamedTuple

import pandas as pd

from metrics.fairness import AS_EXPECTED, HIGHER, LOWER, NOT_JUDGED, Expectation, Spread
from metrics.indicator import Indicator
from metrics.numbers import change, many, said
from vocabulary.calendar import fiscal_year_name
from vocabulary.strata import Stratification
from vocabulary.text import NOTHING, Text

VERDICTS = {
    AS_EXPECTED: Text("as expected", "期待どおり"),
    HIGHER: Text("higher than expected", "期待より高い"),
    LOWER: Text("lower than expected", "期待より低い"),
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
    "{name}：{year}の{indicator}は{rate}（{n}のうち{observed}）。{mix}から期待される値は{expected_rate}（{expected}）。",
)
THAT_IS = {
    AS_EXPECTED: Text("That is as expected: {how}.", "期待どおりの範囲にある（{how}）。"),
    HIGHER: Text("That is higher than expected: {how}.", "期待より高い（{how}）。"),
    LOWER: Text("That is lower than expected: {how}.", "期待より低い（{how}）。"),
}
USUAL = Text(
    "Chance alone would not explain it ({how}), but departments commonly differ by as much from what their mix leads "
    "to expect: within that it is as expected.",
    "偶然だけでは説明できない差だが（{how}）、構成の違いを除いても部局間には通常この程度の差があるため、"
    "その範囲では期待どおりである。",
)
HOW = Text(
    "observed / expected {ratio}, 95 % interval {low} to {high}",
    "観測値÷期待値＝{ratio}、95%信頼区間{low}～{high}",
)
NOT_SURE = Text("{name} cannot be judged for {year}: {why}.", "{name}は{year}について判定できない（{why}）。")
NOBODY = Text("nothing is counted of it", "対象となる値がない")
NO_REFERENCE = Text("the reference has no rate for its strata", "対応する区分の参照値がない")
NONE_EXPECTED = Text(
    "at the reference's rates nothing, or all of it, is expected", "参照値からの期待値が0または全数となる"
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
WIDENED = Text(
    "Departments differ more among themselves than chance and their mix explain (over-dispersion φ = {phi}, {n} "
    "departments): the limits are widened accordingly, and only what lies beyond the widened ones is called higher or "
    "lower.",
    "部局間の差は偶然と構成の違いで説明できる範囲を超えている（過分散 φ＝{phi}、{n}部局）。"
    "その分だけ限界線を広げ、広げた線の外にある部局だけを「高い」「低い」とする。",
)
AS_BY_CHANCE = Text(
    "Once their mix is taken out, the {n} departments differ no more than chance makes them (φ = {phi}).",
    "構成の違いを除けば、{n}部局の差は偶然の範囲にとどまる（φ＝{phi}）。",
)
TOO_FEW = Text(
    "Too few departments can be judged to tell how much they differ among themselves.",
    "判定できる部局が少なく、部局間の差の大きさは推定できない。",
)
OVERVIEW = Text(
    "Of {judged}, {as_expected} as expected from the {mix} ({indicator}, {year}).",
    "{indicator}（{year}）：{judged}部局のうち、{mix}から見て期待どおりが{as_expected}部局。",
)
OUTSIDE = {
    HIGHER: Text("Higher than expected: {names}.", "期待より高い：{names}。"),
    LOWER: Text("Lower than expected: {names}.", "期待より低い：{names}。"),
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
    return [told, _verdict(row), *_apart(found, rate, expected, of), *_left_out(row)]


def spread_said(spread: Spread) -> Text:
    """Whether departments differ by more than chance, and what that does to the limits."""
    if isnan(spread.phi):
        return TOO_FEW
    words = WIDENED if spread.is_overdispersed else AS_BY_CHANCE
    return words.filled(phi=f"{spread.phi:.1f}", n=spread.departments)


def overview(found: Expectation, names: dict[str, Text], of: Of) -> list[Text]:
    """Of all departments, how many are as expected and which are not, in the order of the register."""
    rows = found.table[found.table["department"].isin(names) & (found.table["verdict"] != NOT_JUDGED)]
    verdicts = dict(zip(rows["department"], rows["verdict"], strict=True))
    counts = sum(verdict == AS_EXPECTED for verdict in verdicts.values())
    told = [
        OVERVIEW.filled(
            judged=many(len(rows), "department", "departments"),
            as_expected=many(counts, "is", "are"),
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
    usual = row["verdict"] == AS_EXPECTED and not row["low"] <= 1 <= row["high"]
    return (USUAL if usual else THAT_IS[str(row["verdict"])]).filled(how=how)


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
