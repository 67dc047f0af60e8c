"""What the departments' goals come to, in sentences: their sum, the gap, and what the others would have to do."""

from metrics.goals_together import Together
from metrics.indicator import Indicator
from metrics.numbers import many, moved, planned, said
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text


def sum_words(indicator: Indicator, found: Together) -> list[Text]:
    """Two or three sentences."""
    unit, year = indicator.unit, fiscal_year_name(found.fiscal_year)
    total = planned(found.total, unit, upward=False)
    told = [
        _SUM.filled(
            n=many(len(found.with_goal), "department with a goal meets", "departments with a goal meet"),
            others=many(len(found.without), "other stays", "others stay"),
            year=year,
            total=said(total, unit),
        )
    ]
    promise = planned(found.promise, unit)
    gap = moved(promise, total, unit)
    if promise > total:
        told.append(_SHORT.filled(promise=said(promise, unit), gap=_bare(gap)))
    else:
        told.append(_ENOUGH.filled(promise=said(promise, unit)))
    if found.overlap < 1 - 1e-9:
        told.append(_OVERLAP.filled(part=said(1 - found.overlap, "share")))
    return told


def _bare(gap: Text) -> Text:
    """`up 0.4 points` as `0.4 points`."""
    return Text(gap.en.removeprefix("up "), gap.ja.removesuffix("増"))


_SUM = Text(
    "If the {n} it in {year} and the {others} at today's figure, the university stands at {total}.",
    "目標をもつ{n}部局が{year}の目標を達成し、ほかの{others}部局が現状のままなら、全学は{total}になる。",
)
_SHORT = Text(
    "The promise is {promise}: {gap} are covered by no department's goal.",
    "全学の計画値は{promise}で、{gap}分はどの部局の目標にも含まれていない。",
)
_ENOUGH = Text("That covers the promise of {promise}.", "全学の計画値{promise}を満たす。")
_OVERLAP = Text(
    "What several departments share is counted once, as today ({part} of their sum).",
    "複数部局にまたがる分は、現状と同じ割合（合計の{part}）で重複を除いた。",
)
