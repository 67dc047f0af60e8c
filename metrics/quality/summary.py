"""How complete the records of a department and year are, in numbers and in the sentences that open the page."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.links import Bools, Floats, Ints
from metrics.numbers import many, said
from metrics.quality.check import SEVERITIES
from metrics.quality.coverage import Coverage
from metrics.quality.headcount_cube import Cube, not_delivered
from metrics.quality.holdings import HEADCOUNTS, Holdings
from metrics.quality.registry import CHECKS
from vocabulary.articles import with_article
from vocabulary.text import NOTHING, Text

COMPLETE = Text(
    "Of the {records} of {who} that began in {year}, {known} have a known country, and of those with partners "
    "{matched} have partners with ROR ids only.",
    "{year}に開始した{who}の記録{records}のうち、国が判明しているものは{known}。"
    "連携機関のある記録のうち、すべての機関にROR IDがあるものは{matched}。",
)
ALL_YEARS = Text(
    "Of all {records} of {who}, {known} have a known country, and of those with partners {matched} have partners with "
    "ROR ids only.",
    "{who}の全記録{records}のうち、国が判明しているものは{known}。"
    "連携機関のある記録のうち、すべての機関にROR IDがあるものは{matched}。",
)
COUNTED = Text(
    "The figures of {year} count {counted} records: also what was in force on 1 May and began earlier, but not what "
    "came into force later.",
    "{year}の指標が数える記録は{counted}件（前年度以前に始まり5月1日現在継続中のものを含み、同日より後に発効したものを除く）。",
)
NO_RECORDS = Text("{who} has no record that began in {year}.", "{year}に開始した{who}の記録はない。")
DELIVERED = Text(
    "{there} of {departments} departments have delivered what was expected of them{late}.",
    "{departments}部局中{there}部局が、見込まれる記録と人数をすべて提出している{late}。",
)
NOT_ALL = Text("; not all of it has come from {names}", "（提出が揃っていない部局：{names}）")
AND_OTHERS = Text(" and {n} more", "ほか{n}部局")
MOST_NAMED = 5
ONE_DELIVERED = Text("It has delivered what was expected.", "見込まれる記録と人数はすべて提出されている。")
ONE_MISSING = Text("It has not delivered all that was expected.", "見込まれる記録または人数の一部が提出されていない。")
FOUND = Text(
    "The checks find {wrong} that {are} wrong, {missing} that {miss} something, {doubtful} to be looked at.",
    "点検の結果は、誤り{wrong}、欠落{missing}、要確認{doubtful}。",
)
CLEAN = Text("No check finds anything.", "点検で見つかった問題はない。")


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Of some departments and one fiscal year (or all years)."""

    records: int
    known: int  # of known country
    with_partners: int
    matched: int  # of those with partners, the records whose partners all have ROR ids
    departments: int  # of which something was expected
    late: tuple[str, ...]  # the codes of those that did not deliver all of it
    by_severity: dict[str, int]
    counted: int = 0  # records that count in the year's figures: also what is in force on its census day

    @classmethod
    def of(cls, holdings: Holdings, found: pd.DataFrame, units: Bools, year: int | None) -> "Summary":
        """`found` are the findings of these departments (by position) and year."""
        ledger = holdings.ledger
        mine = ledger.departments.any_of(units)
        counted = mine
        if year is not None:
            since = year - ledger.years[0] - ledger.first_year
            counted = mine & (since >= 0) & (since < ledger.span)
            mine = mine & (holdings.started == year)
        table = ledger.partner_table["ror_id"]
        unmatched = ledger.partners.any_of((table.isna() | (table == "")).to_numpy(dtype=bool))
        partnered = mine & (ledger.partners.counts > 0)
        asked, late = _departments(holdings, units, year)
        severities = found["check"].map({key: check.severity for key, check in CHECKS.items()})
        return cls(
            records=int(mine.sum()),
            known=int((mine & (ledger.countries.counts > 0)).sum()),
            with_partners=int(partnered.sum()),
            matched=int((partnered & ~unmatched).sum()),
            counted=int(counted.sum()),
            departments=asked,
            late=late,
            by_severity={severity: int((severities == severity).sum()) for severity in SEVERITIES},
        )

    def sentences(self, who: Text, year: Text | None, names: Mapping[str, Text]) -> list[Text]:
        """How complete, who (by `names`) has not delivered, and what the checks find; without a year of all years."""
        told = [self._complete(who, year)]
        if year is not None and self.counted != self.records:
            told.append(COUNTED.filled(year=year, counted=f"{self.counted:,}"))
        if self.departments == 1:
            told.append(ONE_MISSING if self.late else ONE_DELIVERED)
        elif self.departments:
            there = self.departments - len(self.late)
            told.append(DELIVERED.filled(there=there, departments=self.departments, late=self._late(names)))
        return [*told, self._found()]

    def _complete(self, who: Text, year: Text | None) -> Text:
        if not self.records:
            whose = with_article(who)
            return NO_RECORDS.filled(who=Text(whose.en[0].upper() + whose.en[1:], whose.ja), year=year or NOTHING)
        return (ALL_YEARS if year is None else COMPLETE).filled(
            records=Text(many(self.records, "record", "records").en, f"{self.records:,}件"),
            who=with_article(who),
            year=year or NOTHING,
            known=said(self.known / self.records, "share"),
            matched=said(self.matched / self.with_partners if self.with_partners else 1.0, "share"),
        )

    def _late(self, names: Mapping[str, Text]) -> Text:
        if not self.late:
            return NOTHING
        named, more = [names[code] for code in self.late[:MOST_NAMED]], len(self.late) - MOST_NAMED
        listed = Text("; ".join(one.en for one in named), "、".join(one.ja for one in named))
        rest = AND_OTHERS.filled(n=more) if more > 0 else NOTHING
        return NOT_ALL.filled(names=Text(listed.en + rest.en, listed.ja + rest.ja))

    def _found(self) -> Text:
        if not any(self.by_severity.values()):
            return CLEAN
        wrong, missing, doubtful = (self.by_severity[severity] for severity in ("wrong", "missing", "doubtful"))
        return FOUND.filled(
            wrong=Text(f"{wrong:,}", f"{wrong:,}件"),
            are="is" if wrong == 1 else "are",
            missing=Text(f"{missing:,}", f"{missing:,}件"),
            miss="misses" if missing == 1 else "miss",
            doubtful=Text(f"{doubtful:,}", f"{doubtful:,}件"),
        )


def _departments(holdings: Holdings, units: Bools, year: int | None) -> tuple[int, tuple[str, ...]]:
    """How many of the departments were expected to deliver in a year (any year), and which did not deliver all."""
    expected, late = deliveries(holdings)
    years = slice(None) if year is None else [holdings.ledger.fiscal_years.index(year)]
    asked, missed = (values[:, years].any(axis=1) & units for values in (expected, late))
    return int(asked.sum()), tuple(holdings.ledger.units[unit] for unit in np.flatnonzero(missed & asked).tolist())


def deliveries(holdings: Holdings) -> tuple[Bools, Bools]:
    """Departments x fiscal years shown: of whom something was expected, and who did not deliver all of it."""
    found, cube = Coverage.of(holdings), Cube(holdings)
    missing, _ = not_delivered(holdings, cube)
    first = holdings.ledger.years.index(holdings.ledger.fiscal_years[0])
    span = slice(first, first + len(holdings.ledger.fiscal_years))
    expected, late = (np.asarray(values.any(axis=0)) for values in (found.delivers, found.silent))
    there = ~np.isnan(cube.counts[:, span]) | missing[:, span]
    for row, unit in enumerate(cube.unit):
        expected[unit] |= there[row]
        late[unit] |= missing[row, span]
    expected[0] = late[0] = False  # the university delivers what no department does
    return expected, late


def by_source(holdings: Holdings, units: Bools) -> pd.DataFrame:
    """One row is one source: `source`, and for each fiscal year shown how many records of the departments began in it.

    Headcounts are the last row: rows of the census day.
    """
    ledger, years = holdings.ledger, holdings.ledger.fiscal_years
    mine = ledger.departments.any_of(units)
    table = _counted(holdings.source[mine], holdings.started[mine], len(holdings.sources), years)
    rows = ledger.headcounts.rows
    heads = rows.loc[units[rows["unit"].to_numpy()] if len(rows) else [], "year"].to_numpy() + ledger.years[0]
    counts = np.concatenate([table, _counted(np.zeros(len(heads), dtype=np.int64), heads, 1, years)])
    frame = pd.DataFrame(counts, columns=[str(year) for year in years])
    frame.insert(0, "source", [*holdings.sources, HEADCOUNTS])
    return frame[frame[[str(year) for year in years]].any(axis=1)].reset_index(drop=True)


def by_department(holdings: Holdings, units: Bools, source: str) -> pd.DataFrame:
    """One row is one department: `department`, records by fiscal year, and what has not come, with the year.

    Of one source, or of all where it is nothing: `silent` years and what was expected then, and of all sources the
    headcounts `not_delivered` (year, `master/international`).
    """
    found, years = Coverage.of(holdings), holdings.ledger.fiscal_years
    at = [holdings.sources.index(source)] if source in holdings.sources else list(range(len(holdings.sources)))
    counts: Floats = found.records[at].sum(axis=0)
    frame = pd.DataFrame(counts, columns=[str(year) for year in years])
    frame.insert(0, "department", holdings.ledger.units)
    silent = [_silent(found, at, unit, years) for unit in range(len(holdings.ledger.units))]
    frame["silent"] = pd.Series(silent, dtype=object)
    missing = [[] for _ in silent] if source else _headcounts_missing(holdings)
    frame["not_delivered"] = pd.Series(missing, dtype=object)
    late = np.array([bool(some) for some in missing])
    return frame[units & (counts.any(axis=1) | late)].reset_index(drop=True)


def _headcounts_missing(holdings: Holdings) -> list[list[tuple[int, str]]]:
    """Of each department (by position) the headcounts that it has not delivered, with the year."""
    cube = Cube(holdings)
    missing, _ = not_delivered(holdings, cube)
    found: list[list[tuple[int, str]]] = [[] for _ in holdings.ledger.units]
    for row, year in np.argwhere(missing).tolist():
        if cube.first + year in holdings.ledger.fiscal_years:
            found[cube.unit[row]].append((cube.first + year, str(cube.subjects[row])))
    return found


def _silent(found: Coverage, at: list[int], unit: int, years: tuple[int, ...]) -> list[tuple[int, int, int, float]]:
    """Fiscal year, source (position), records and those expected, where the department fell silent."""
    places = [(source, year) for source in at for year in np.flatnonzero(found.silent[source, unit]).tolist()]
    return [(years[y], s, int(found.records[s, unit, y]), float(found.expected[s, unit, y])) for s, y in places]


def _counted(row: Ints, year: Ints, rows: int, years: tuple[int, ...]) -> Ints:
    kept = (year >= years[0]) & (year <= years[-1])
    cell = row[kept] * len(years) + year[kept] - years[0]
    return np.bincount(cell, minlength=rows * len(years)).reshape(rows, len(years))
