"""Participation: which part of the people takes part in international activities, how evenly, and who is new.

Persons are told apart by id. Records without ids say a number only: it is added to how many take part, but nobody can
follow such persons over targets or years. People received from elsewhere are not among those who could take part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.codes import LEVEL_CODES, PROCESS_CODES, TARGET_CODES
from metrics.conditions import met
from metrics.diversity import Lorenz, gini, lorenz, top_share
from metrics.headcount_measures import Headcount
from metrics.intervals import wilson
from metrics.ledger import Ledger
from metrics.links import Bools, Ints, floats
from metrics.measures import ALL_TYPES
from metrics.participation_measures import LOOKED_BACK, first_year, without_any
from metrics.tabulate import NO_DATA, NOT_APPLICABLE, OK
from metrics.view import PROCESS_OF_TYPE, TARGET_OF_TYPE, Selection, View
from vocabulary.people import STUDENTS

ANY = ""  # any target, any process
BELOW_THE_TRUTH = ("faculty", "staff")  # many of whose records say no level: their shares are least ones
MANY_UNNAMED = 0.05  # of those who take part: from here on a share is a greatest one and has no interval
TAKING_PART = ("international", "own_people", "of_persons")
PLACE = ("education", "comprehensive")  # a headcount needs a place only where places are asked for


class Population(NamedTuple):
    """People who could take part: levels of records ("" where a record says none), and populations of headcounts."""

    levels: tuple[str, ...]
    heads: tuple[str, ...]


POPULATIONS = {
    "researcher": Population(("", "postdoctoral", "faculty"), ("researcher",)),  # papers say no level
    "faculty": Population(("faculty",), ("faculty",)),
    "staff": Population(("staff",), ("staff",)),
    "student": Population(STUDENTS, STUDENTS),
    **{level: Population((level,), (level,)) for level in STUDENTS},
    "everyone": Population(LEVEL_CODES, ("researcher", "staff", *STUDENTS)),  # faculty are researchers
}


class Unevenness(NamedTuple):
    """How participations lie on people: `of_all` counts those without any, `of_participants` does not."""

    people: int  # by id, with at least one
    participations: int
    gini_of_all: float
    gini_of_participants: float
    top_tenth: float  # what the tenth of the participants with the most have of all participations
    of_all: Lorenz | None
    of_participants: Lorenz | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Participation:
    """Who takes part in one department's activities (or the university's).

    One row of `named` is one person in one activity in one fiscal year: activity, person, fiscal_year, target, process,
    level. One row of `unnamed` is a record without ids: fiscal_year, target, process, level, persons. `heads` are by
    population and fiscal year (NaN where nobody counted). `recorded`: one row is a target, process and level, with the
    `first` and `last` fiscal year of which the university has records. `history` is the first year that newcomers can
    be told in.
    """

    years: tuple[int, ...]
    named: pd.DataFrame
    unnamed: pd.DataFrame
    heads: pd.DataFrame
    counted_ever: frozenset[str]  # populations with a headcount in some year
    recorded: pd.DataFrame
    history: int

    def in_year(self, fiscal_year: int) -> "Participation":
        """The same, cut to one fiscal year."""
        named, unnamed = (rows[rows["fiscal_year"] == fiscal_year] for rows in (self.named, self.unnamed))
        return replace(self, named=named, unnamed=unnamed)

    @cached_property
    def person_years(self) -> pd.DataFrame:
        """One row is one person at one level in one fiscal year."""
        return self.named[["person", "fiscal_year", "level"]].drop_duplicates(ignore_index=True)


def participation(ledger: Ledger, department: str) -> Participation:
    """Who takes part in the activities of a department and everything below it, whatever its counting rule."""
    view = View(ledger=ledger, by=("fiscal_year",), selection=Selection(departments=(department,)), counting="whole")
    rows = view.rows(ALL_TYPES, TAKING_PART)
    row, person = ledger.people.joined(rows.activity)
    every = _described(ledger, rows.activity).assign(fiscal_year=np.array(view.labels["fiscal_year"])[rows.key])
    without = ledger.people.counts[rows.activity] == 0
    heads = {name: Headcount(populations=one.heads).tally(view, PLACE) for name, one in POPULATIONS.items()}
    ever = {name for name, count in heads.items() if not np.isnan(count).all()}
    years = tuple(int(year) for year in view.labels["fiscal_year"])
    return Participation(
        years=years,
        named=every.iloc[row].assign(person=person).reset_index(drop=True),
        unnamed=every.assign(persons=ledger.anonymous[rows.activity])[without].reset_index(drop=True),
        heads=pd.DataFrame(heads, index=pd.Index(years, name="fiscal_year")),
        counted_ever=frozenset(ever),
        recorded=_recorded(ledger),
        history=ledger.years[0] + first_year(ledger, ALL_TYPES) + LOOKED_BACK,
    )


def _described(ledger: Ledger, activity: Ints) -> pd.DataFrame:
    """One row is one activity: its position, target, process and level."""
    kind = ledger.kind[activity]
    return pd.DataFrame(
        {
            "activity": activity,
            "target": _coded(TARGET_OF_TYPE[kind], TARGET_CODES),
            "process": _coded(PROCESS_OF_TYPE[kind], PROCESS_CODES),
            "level": _coded(ledger.level[activity], LEVEL_CODES),
        }
    )


def _coded(codes: Ints, names: Sequence[str]) -> "pd.Series[str]":
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(names)))


def _recorded(ledger: Ledger) -> pd.DataFrame:
    """From when to when the university's records of a target and process tell of people of a level."""
    mine = met(ledger, TAKING_PART) & ((ledger.people.counts > 0) | (ledger.anonymous > 0)) & (ledger.span > 0)
    activity = np.flatnonzero(mine)
    first = ledger.years[0] + ledger.first_year[activity]
    spans = _described(ledger, activity).assign(first=first, last=first + ledger.span[activity] - 1)
    places = spans.groupby(["target", "process", "level"], observed=True)
    return places.agg(first=("first", "min"), last=("last", "max")).reset_index()


def shares(of: Participation, fiscal_year: int, population: str) -> pd.DataFrame:
    """The part of a population that takes part in a fiscal year: one row is a target and process, "" for any.

    Columns: `population`, `fiscal_year`, `target`, `process`, `named` (different persons), `unnamed` (persons that
    records tell by number only), `persons` (both), `heads` (1 May), `value` (a fraction; above 1 where more take part
    than are counted), `at_most` (so many are told by number only, and may come again, that the share is the most it can
    be), `at_least` (records of papers say no level, so it is the least it can be), `low`, `high` (95 % Wilson interval;
    NaN above 1 and where a share is at most or at least so), `status`. No data: the
    university's records of the cell never tell of such people, or not yet or no more in that year, or nobody counted
    them; not applicable: there are none.
    """
    at = of.in_year(fiscal_year)
    places = [(target, process) for target in (*TARGET_CODES, ANY) for process in (*PROCESS_CODES, ANY)]
    return _with_value([_cell(at, population, *place, fiscal_year) for place in places])


def share_of_each(of: Participation, fiscal_year: int, populations: Sequence[str]) -> pd.DataFrame:
    """The part of each population in any activity of a fiscal year: one row each, columns as in `shares`."""
    at = of.in_year(fiscal_year)
    return _with_value([_cell(at, population, ANY, ANY, fiscal_year) for population in populations])


def share_trend(of: Participation, population: str) -> pd.DataFrame:
    """The part of a population in any activity: one row is one fiscal year, columns as in `shares`."""
    return _with_value([_cell(of.in_year(year), population, ANY, ANY, year) for year in of.years])


def _cell(at: Participation, population: str, target: str, process: str, year: int) -> dict[str, object]:
    named, unnamed = (frame[_within(frame, population, target, process)] for frame in (at.named, at.unnamed))
    heads = float(at.heads[population].get(year, np.nan))
    people, more = float(named["person"].nunique()), float(unnamed["persons"].sum())
    place = {"population": population, "fiscal_year": year, "target": target, "process": process}
    told = at.recorded[_within(at.recorded, population, target, process)]
    reached = bool(((told["first"] <= year) & (year <= told["last"])).any())
    status = _status(at, population, heads) if reached else NO_DATA
    counted = {"named": people, "unnamed": more, "persons": people + more, "heads": heads}
    bounds = {"at_most": more > MANY_UNNAMED * (people + more), "at_least": population in BELOW_THE_TRUTH}
    return {**place, **counted, **bounds, "status": status}


def _status(of: Participation, population: str, heads: float) -> str:
    if np.isnan(heads):
        return NO_DATA if population in of.counted_ever else NOT_APPLICABLE
    return OK if heads > 0 else NOT_APPLICABLE


def _with_value(cells: list[dict[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(cells)
    shown = table["status"] == OK
    persons, heads = (table[name].where(shown).to_numpy(dtype=float) for name in ("persons", "heads"))
    bound = table["at_most"] | table["at_least"]
    low, high = (limit.where(~bound) for limit in map(pd.Series, wilson(persons, heads)))
    return table.assign(value=persons / heads, low=low, high=high)


def _within(frame: pd.DataFrame, population: str, target: str = ANY, process: str = ANY) -> "pd.Series[bool]":
    kept = frame["level"].isin(POPULATIONS[population].levels)
    for column, code in (("target", target), ("process", process)):
        kept &= (frame[column] == code) | (code == ANY)
    return kept


def taking_part(of: Participation, fiscal_year: int, population: str) -> pd.DataFrame:
    """The rows of `named` of a population in a fiscal year."""
    return of.named[_within(of.named, population) & (of.named["fiscal_year"] == fiscal_year)]


def number_of_targets(of: Participation, fiscal_year: int, population: str) -> dict[int, int]:
    """How many persons (by id) take part in exactly 1, 2, 3 and 4 of the targets."""
    each = taking_part(of, fiscal_year, population).groupby("person")["target"].nunique()
    return {number: int((each == number).sum()) for number in range(1, len(TARGET_CODES) + 1)}


def unevenness(of: Participation, fiscal_year: int, population: str) -> Unevenness:
    """How unevenly the participations of a fiscal year lie on a population; a person in an activity is one.

    Of all: over the headcount of 1 May, those without any included (over those who take part where the headcount is
    smaller); NaN and no curve without a headcount or without anybody who takes part.
    """
    each = floats(taking_part(of, fiscal_year, population).groupby("person").size())
    heads = float(of.heads[population].get(fiscal_year, np.nan))
    counted = len(each) > 0 and heads > 0
    nothing = without_any(each, heads) if counted else 0
    return Unevenness(
        people=len(each),
        participations=int(each.sum()),
        gini_of_all=gini(each, nothing=nothing) if counted else np.nan,
        gini_of_participants=gini(each),
        top_tenth=top_share(each),
        of_all=lorenz(each, nothing=nothing) if counted else None,
        of_participants=lorenz(each) if len(each) else None,
    )


def movement(of: Participation, population: str) -> pd.DataFrame:
    """Who came, stayed and left: one row is one fiscal year, persons by id.

    `taking_part` = `newcomers` (in nothing in the three fiscal years before, at whatever level) + `returning`;
    `leavers` took part in the three years before, and in nothing at any level this year. All but the first are NaN
    where records do not reach back three years.
    """
    at = of.person_years
    people = int(at["person"].max()) + 1 if len(at) else 0
    anyone, mine = (_present(of, frame, people) for frame in (at, at[at["level"].isin(POPULATIONS[population].levels)]))
    rows = []
    for place, year in enumerate(of.years):
        now, before = mine[place], slice(max(place - LOOKED_BACK, 0), place)
        known = anyone[before].any(axis=0)
        told = year >= of.history
        counts = ((now & ~known).sum(), (now & known).sum(), (mine[before].any(axis=0) & ~anyone[place]).sum())
        rows.append((year, float(now.sum()), *(float(count) if told else np.nan for count in counts)))
    return pd.DataFrame(rows, columns=["fiscal_year", "taking_part", "newcomers", "returning", "leavers"])


def _present(of: Participation, person_years: pd.DataFrame, people: int) -> Bools:
    """Who took part when, years x persons."""
    present = np.zeros((len(of.years), people), dtype=bool)
    present[np.searchsorted(of.years, person_years["fiscal_year"]), person_years["person"]] = True
    return present


def unnamed_persons(of: Participation, fiscal_year: int, population: str) -> float:
    """How many persons of a population are told by number only in a fiscal year."""
    rows = of.unnamed[_within(of.unnamed, population) & (of.unnamed["fiscal_year"] == fiscal_year)]
    return float(rows["persons"].sum())
