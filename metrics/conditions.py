"""Conditions on activities that indicators name: each in words, and as a mask over the ledger's activities."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics.codes import LEVEL_CODES, TYPE_CODES
from metrics.ledger import Ledger
from metrics.links import Bools, Ints
from vocabulary.people import STUDENTS
from vocabulary.text import Text

BETWEEN_INSTITUTIONS = (  # activity types that are concluded by institutions: a record that names nobody is of nobody
    *("academic_agreement", "student_exchange_agreement", "joint_degree_programme"),
    *("foreign_language_programme", "joint_laboratory"),
)
COMPANY = ("company",)
PUBLIC_BODIES = ("government", "nonprofit", "other")
RECEIVED = (  # activity types whose persons come from elsewhere
    *("student_exchange_inbound", "short_programme_inbound", "researcher_visit_inbound"),
    *("international_internship_inbound", "capacity_building"),
)


@dataclass(frozen=True)
class Condition:
    """One condition: its words, said after the name of the activities, and which activities meet it."""

    text: Text
    mask: Callable[[Ledger], Bools]
    by_place: bool = False  # whether nobody can say without knowing where the university is


def _partner_of_type(ledger: Ledger, types: tuple[str, ...], *, abroad: bool = False) -> Bools:
    """Which activities have at least one partner of one of these ROR types (abroad, if asked)."""
    wanted = ledger.partners_of_type(types)
    if abroad:
        wanted = wanted & ledger.foreign[ledger.partner_country]
    return ledger.partners.any_of(wanted)


def _least_developed(ledger: Ledger) -> Bools:
    return ledger.countries.any_of(ledger.country_table["least_developed"].to_numpy(dtype=bool))


def _three_countries(ledger: Ledger) -> Bools:
    """Two countries abroad make three with home, which takes part in all we do."""
    return ledger.countries.count_of(ledger.foreign) >= 2


def _partner_abroad(ledger: Ledger) -> Bools:
    return ledger.partners.any_of(ledger.foreign[ledger.partner_country])


def _short_distance(ledger: Ledger) -> Bools:
    """Of one address alone the greatest distance is 0: somebody else has to be there."""
    others = ledger.partners.any_of(ledger.located_partner & ~ledger.own_partner)
    return np.asarray(others & (ledger.reach == 0))


def _student(ledger: Ledger) -> Bools:
    return np.isin(ledger.level.narrow, [LEVEL_CODES.index(level) for level in STUDENTS])


def _of_persons(ledger: Ledger) -> Bools:
    between = np.isin(ledger.kind.narrow, [TYPE_CODES.index(kind) for kind in BETWEEN_INSTITUTIONS])
    return np.asarray(~between | (ledger.people.counts > 0))


CONDITIONS: dict[str, Condition] = {
    "international": Condition(
        Text("with at least one partner or country abroad", "海外の機関または国を含む"),
        lambda ledger: ledger.countries.any_of(ledger.foreign),
    ),
    "known_country": Condition(
        Text("with known country", "国が判明している"), lambda ledger: ledger.countries.counts > 0
    ),
    "unknown_country": Condition(
        Text("of unknown country", "国が不明の"), lambda ledger: ledger.countries.counts == 0
    ),  # of no indicator: it lists what a rate over known countries leaves out
    "partner_abroad": Condition(Text("with a partner institution abroad", "海外の機関を含む"), _partner_abroad),
    "company": Condition(
        Text("with at least one company", "企業を含む"), lambda ledger: _partner_of_type(ledger, COMPANY)
    ),
    "company_abroad": Condition(
        Text("with at least one company abroad", "海外の企業を含む"),
        lambda ledger: _partner_of_type(ledger, COMPANY, abroad=True),
    ),
    "public_partner": Condition(
        Text("with a government, NGO or international body", "政府・NGO・国際機関等を含む"),
        lambda ledger: _partner_of_type(ledger, PUBLIC_BODIES),
    ),
    "led_here": Condition(Text("led from here", "本学が主導する"), lambda ledger: ledger.led_by.narrow >= 0),
    "three_countries": Condition(
        Text("of three or more countries (home included)", "三か国以上（自国を含む）の"), _three_countries
    ),
    "long_distance": Condition(
        Text("with addresses 5,000 km or more apart", "所在地間の距離が最大で5,000km以上の"),
        lambda ledger: ledger.reach == 2,
        by_place=True,
    ),
    "short_distance": Condition(
        Text("with others, all addresses within 100 km", "他機関を含み所在地間の距離が最大でも100km以内の"),
        _short_distance,
        by_place=True,
    ),
    "least_developed": Condition(
        Text("with a least developed country (UN list)", "後発開発途上国（国連）を含む"), _least_developed
    ),
    "top_10_percent": Condition(
        Text("among the world's 10 % most cited of field and year", "分野・年で世界の被引用上位10％の"),
        lambda ledger: ledger.most_cited,
    ),
    "with_percentile": Condition(
        Text("with a citation percentile", "被引用パーセンタイルのある"), lambda ledger: ledger.ranked
    ),
    "sdg": Condition(Text("on an SDG", "SDGsに関わる"), lambda ledger: ledger.sdgs.counts > 0),
    "stay": Condition(Text("with known length", "期間が判明している"), lambda ledger: ledger.lasting),
    "long_stay": Condition(Text("of 30 days or more", "30日以上の"), lambda ledger: ledger.long),
    "student": Condition(Text("of students", "学生による"), _student),
    "not_students": Condition(
        Text("of people other than students", "学生以外の者による"), lambda ledger: ~_student(ledger)
    ),  # a record without a level is taken for faculty or staff
    "own_people": Condition(
        Text("other than of people received from elsewhere", "受入者によるもの以外の"),
        lambda ledger: ~np.isin(ledger.kind.narrow, [TYPE_CODES.index(kind) for kind in RECEIVED]),
    ),
    "of_persons": Condition(
        Text("but agreements, programmes and laboratories that name nobody", "個人の記録がない協定・課程・ラボを除く"),
        _of_persons,
    ),
    "named": Condition(
        Text("with personal ids of those who take part", "参加者の個人IDがある"),
        lambda ledger: ledger.people.counts > 0,
    ),
}


def can_be_told(ledger: Ledger, names: tuple[str, ...]) -> bool:
    """Whether the ledger holds what the named conditions ask for."""
    return not (np.isnan(ledger.home_place).any() and any(CONDITIONS[name].by_place for name in names))


def met(ledger: Ledger, names: tuple[str, ...], activity: Ints | slice = slice(None)) -> Bools:
    """Which of these activities (by position; all of them) meet all of the named conditions.

    Whether a condition is met is worked out once a ledger.
    """
    if not names:
        return np.ones(len(ledger.activity_ids), dtype=bool)[activity]
    masks = ledger.masks
    for name in names:
        if name not in masks:
            masks.add(name, CONDITIONS[name].mask(ledger))
    return masks.hold(names, activity)
