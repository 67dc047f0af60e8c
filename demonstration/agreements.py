"""Agreements: as many in force on 1 May 2021 as published, of the university and of departments; others around them.

250 of the university with partners in 37 countries, and 481 of departments in 64; academic and student exchange
agreements together.
"""

from dataclasses import dataclass

import numpy as np

from demonstration.chance import Chance, Flags, Whole
from demonstration.departments import Profiles
from demonstration.partners import Partners
from demonstration.rows import Row, activity_rows
from demonstration.years import written
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY

COUNTED_ON = "2021-05-01"
ACADEMIC, EXCHANGE = "academic_agreement", "student_exchange_agreement"
OF_UNIVERSITY = -1
"""The position that stands for the university where others stand for departments."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """The agreements of one level in force on the day of the published count."""

    countries: int
    academic: int
    exchange: int
    of_departments: bool


LEVELS = (
    Level(countries=37, academic=135, exchange=115, of_departments=False),
    Level(countries=64, academic=305, exchange=176, of_departments=True),
)
ENDED_BEFORE, BEGUN_AFTER = 70, 240
ONE_IS_QUIET_IN = 5


@dataclass(frozen=True, kw_only=True)
class Agreements:
    """One entry is one agreement; departments and partners by position, days since 1970, no end = -1."""

    exchange: Flags
    department: Whole
    partner: Whole
    start: Whole
    end: Whole

    def exchange_partners(self, department: int, day: int) -> Whole:
        """Partners that the department can exchange students with on a day: its own (twice) and the university's."""
        force = self.exchange & (self.start <= day) & ((self.end < 0) | (self.end >= day))
        own = self.partner[force & (self.department == department)]
        shared = self.partner[force & (self.department == OF_UNIVERSITY)]
        return np.concatenate([own, own, shared])


def _day(text: str) -> int:
    return int(np.datetime64(text, "D").astype(np.int64))


def _partners_in(chance: Chance, partners: Partners, countries: int, count: int) -> Whole:
    """Universities abroad in exactly so many countries, the strongest countries: one in each, then by weight."""
    weights = np.where(partners.abroad & (partners.kinds == "university"), partners.weights, 0)
    names, at = np.unique(partners.countries, return_inverse=True)
    strength = np.zeros(len(names), dtype=np.int64)
    np.add.at(strength, at, weights)
    strongest = np.argsort(-strength, kind="stable")[:countries]
    allowed = np.where(np.isin(at, strongest), weights, 0)
    first = [int(chance.pick(np.where(at == country, weights, 0), 1)[0]) for country in strongest]
    return np.concatenate([np.array(first, dtype=np.int64), chance.pick(allowed, count - countries)])


def _departments(chance: Chance, profiles: Profiles, exchange: bool, count: int) -> Whole:
    habits = profiles.weights["exchange"] if exchange else 20 + profiles.weights["papers"] // 6
    return chance.pick(habits, count)


def agreements(chance: Chance, profiles: Profiles, partners: Partners) -> Agreements:
    """All agreements, first those in force on the counted day, then those that ended before or began after it."""
    counted = _day(COUNTED_ON)
    parts: list[tuple[Flags | Whole, Whole, Whole, Whole, Whole]] = []
    for level in LEVELS:
        count = level.academic + level.exchange
        drawn = _partners_in(chance, partners, level.countries, level.academic)
        again = drawn[: level.exchange]  # who exchanges students has an academic agreement, too
        exchange = np.arange(count) >= level.academic
        own = np.full(count, OF_UNIVERSITY, dtype=np.int64)
        if level.of_departments:
            academic = _departments(chance, profiles, False, level.academic)
            own = np.concatenate([academic, _departments(chance, profiles, True, level.exchange)])
        start = chance.between(_day("1994-04-01"), counted - 20, count)
        end = np.where(chance.happens(700, count), -1, chance.between(counted + 30, counted + 2500, count))
        parts.append((exchange, own, np.concatenate([drawn, again]), start, end))
    parts += [_others(chance, profiles, partners, before=True), _others(chance, profiles, partners, before=False)]
    exchange, own, partner, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
    partner = _some_quiet(partners, partner, exchange.astype(bool))
    return Agreements(exchange=exchange.astype(bool), department=own, partner=partner, start=start, end=end)


def _some_quiet(partners: Partners, partner: Whole, exchange: Flags) -> Whole:
    """One academic agreement in five is with a university of the same country with which nothing else is done."""
    quiet = [
        partners.quiet(one, place) if not exchanges and place % ONE_IS_QUIET_IN == 0 else one
        for place, (one, exchanges) in enumerate(zip(partner.tolist(), exchange.tolist(), strict=True))
    ]
    return np.array(quiet, dtype=np.int64)


def _others(
    chance: Chance, profiles: Profiles, partners: Partners, *, before: bool
) -> tuple[Flags | Whole, Whole, Whole, Whole, Whole]:
    counted = _day(COUNTED_ON)
    count = ENDED_BEFORE if before else BEGUN_AFTER
    exchange = chance.happens(400, count)
    own = np.where(exchange, _departments(chance, profiles, True, count), _departments(chance, profiles, False, count))
    own = np.where(chance.happens(250, count), OF_UNIVERSITY, own)
    drawn = _partners_in(chance, partners, 40, count)
    if before:
        end = chance.between(_day("2014-06-01"), counted - 1, count)
        return exchange, own, drawn, end - chance.between(1200, 4000, count), end
    start = chance.between(counted + 1, _day("2026-03-31"), count)
    end = np.where(chance.happens(600, count), -1, start + 1826)
    return exchange, own, drawn, start, end


def agreement_rows(profiles: Profiles, partners: Partners, all_of_them: Agreements) -> list[Row]:
    """The agreements as rows of activities; partners by registry id, a few by name."""
    count = len(all_of_them.start)
    cells = partners.cells(all_of_them.partner)
    types = [EXCHANGE if exchange else ACADEMIC for exchange in all_of_them.exchange.tolist()]
    numbers = [f"{number:04d}" for number in range(1, count + 1)]
    words = [f"{ACTIVITY_TYPES[kind].name.en} {number}" for kind, number in zip(types, numbers, strict=True)]
    ends = written(np.maximum(all_of_them.end, 0))
    return activity_rows(
        count,
        {
            "record_id": [f"agreement-{number}" for number in numbers],
            "source": "agreements",
            "activity_type": types,
            "title": partners.titles(words, cells, all_of_them.partner),
            "start_date": written(all_of_them.start),
            "end_date": [end if day >= 0 else "" for end, day in zip(ends, all_of_them.end.tolist(), strict=True)],
            "departments": [profiles.codes[d] if d >= 0 else UNIVERSITY for d in all_of_them.department.tolist()],
            "partners": cells,
            "url": [f"https://example.org/agreements/{number}" for number in numbers],
        },
    )
