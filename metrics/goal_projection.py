"""A goal as a projection: the chance of each point of its plan, and where the pace so far lands, in words."""

from dataclasses import dataclass
from math import isnan

import pandas as pd

from metrics.assessment import Standing
from metrics.goals import REACHED, Goal
from metrics.numbers import averaged, said
from metrics.projection import CONFIDENCE, Drift, Landing, Range, chance, drift, landing, projected
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Projection:
    """A goal, the drift of its indicator up to the year read, and that year's standing."""

    standing: Standing
    goal: Goal
    drift: Drift
    recent: float  # average change a year over the last two years; NaN where these are not known

    @property
    def landing(self) -> Landing:
        """When the last point of the goal is met."""
        return landing(self.drift, self.goal.points[-1][1], upward=self.goal.upward)

    @property
    def points_ahead(self) -> bool:
        """Whether a point of the goal is still to come."""
        return self.goal.next_point(self.drift.fiscal_year) is not None

    def chance_of(self, place: int) -> float:
        """The probability that a point of the goal is met in its year; NaN where that is over."""
        year = int(self.goal.years[place])
        if year <= self.drift.fiscal_year:
            return float("nan")
        return chance(self.drift, year, self.goal.points[place][1], upward=self.goal.upward)

    def fan(self, last: int) -> pd.DataFrame:
        """The projection from the last value to a fiscal year: `fiscal_year`, `value`, `low`, `high`.

        Shares stay between 0 and 1, and nothing but an index falls below 0.
        """
        years = range(self.drift.fiscal_year, last + 1)
        rows = pd.DataFrame(
            [projected(self.drift, year) for year in years],
            columns=Range._fields,
            index=pd.Index(years, name="fiscal_year"),
        )
        unit = self.standing.indicator.unit
        least, most = None if unit == "index" else 0.0, 1.0 if unit == "share" else None
        return rows.clip(least, most).reset_index()


def projection(standing: Standing, history: pd.DataFrame) -> Projection | None:
    """The projection of a goal; None without a goal, or with too short a past.

    `history` has the indicator's figures of the department (`fiscal_year`, `value`) up to the standing's year.
    """
    goal = standing.goal
    if goal is None or isnan(standing.value):
        return None
    values = dict(zip(history["fiscal_year"].astype(int), history["value"].astype(float), strict=True))
    found = drift(values, *goal.points[0])
    if found is None or found.fiscal_year != standing.fiscal_year:
        return None
    before = values.get(found.fiscal_year - 2, float("nan"))
    recent = (found.value - before) / 2 if found.over > 2 else float("nan")
    return Projection(standing=standing, goal=goal, drift=found, recent=recent)


def projection_words(seen: Projection) -> list[Text]:
    """In sentences: the chance of the next point, between which years the goal lands, and what that rests on."""
    goal, year = seen.goal, seen.standing.fiscal_year
    unit = seen.standing.indicator.unit
    told = [*_recent_words(seen)]
    point = goal.next_point(year)
    if point is not None:
        place = list(goal.years).index(point[0])
        told.append(
            _CHANCE.filled(
                chance=chance_said(seen.chance_of(place)), point=said(point[1], unit), by=fiscal_year_name(point[0])
            )
        )
    if seen.standing.goal_status != REACHED:
        told.append(_landing_words(seen))
    return told


def _recent_words(seen: Projection) -> list[Text]:
    """The pace of the last two years, where it is another than since the baseline: a trough may lie between."""
    recent, pace = seen.recent, seen.drift.pace
    if isnan(recent) or abs(recent - pace) <= UNLIKE * abs(pace):
        return []
    return [_RECENT.filled(recent=averaged(recent, seen.standing.indicator.unit))]


def basis_words(seen: Projection, first: int) -> Text:
    """What the projection rests on: the pace since the baseline, and how restless the years from `first` on were."""
    unit = seen.standing.indicator.unit
    return _BASIS.filled(
        pace=averaged(seen.drift.pace, unit),
        since=fiscal_year_name(seen.drift.fiscal_year - seen.drift.over),
        first=fiscal_year_name(first),
    )


def chance_said(probability: float) -> Text:
    """A probability as it is said: `35 %`, `under 1 %`, `over 99 %`."""
    percent = round(probability * 100)
    if probability < 0.01:
        return Text("under 1 %", "1%未満")
    if probability > 0.99:
        return Text("over 99 %", "99%超")
    return Text(f"{percent} %", f"{percent}%")


def _landing_words(seen: Projection) -> Text:
    found = seen.landing
    target = said(seen.goal.points[-1][1], seen.standing.indicator.unit)
    share = Text(f"{CONFIDENCE:.0%}".replace("%", " %"), f"{CONFIDENCE:.0%}")
    if found.earliest is None:
        return _NEVER.filled(share=share, target=target)
    words = _FROM if found.latest is None else _BETWEEN if found.latest != found.earliest else _IN
    latest = fiscal_year_name(found.latest) if found.latest else Text("", "")
    return words.filled(share=share, target=target, earliest=fiscal_year_name(found.earliest), latest=latest)


UNLIKE = 0.5  # of the pace so far: a difference that is worth a sentence
_RECENT = Text("Over the last two years it was {recent} a year.", "直近2年度の平均は年{recent}。")
_CHANCE = Text("The chance that {point} is met in {by} is {chance}.", "{by}の{point}に届く見込みは{chance}。")
_BETWEEN = Text(
    "With {share} probability the goal of {target} is met between {earliest} and {latest}.",
    "最終目標{target}に届く年度は、{share}の確率で{earliest}から{latest}の間。",
)
_IN = Text(
    "With {share} probability the goal of {target} is met in {earliest}.",
    "最終目標{target}に届く年度は、{share}の確率で{earliest}。",
)
_FROM = Text(
    "There is one chance in ten that the goal of {target} is met by {earliest}; that it is never met cannot be ruled "
    "out.",
    "最終目標{target}に{earliest}までに届く確率は10%で、最後まで届かない可能性も残る。",
)
_NEVER = Text(
    "With {share} probability the goal of {target} is not met at all at this pace.",
    "このペースでは、{share}の確率で最終目標{target}に届かない。",
)
_BASIS = Text(
    "The projection goes on at the average since {since} ({pace} a year), and is as uncertain as yearly changes since "
    "{first} were (random walk with drift). It knows no plans and no events to come.",
    "見通しは{since}以降の年平均（{pace}）が続くとし、{first}以降の年々の変動の大きさを不確かさとした"
    "（ドリフト付きランダムウォーク）。今後の施策や出来事は織り込まない。",
)
