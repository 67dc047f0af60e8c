"""Are the agreements used? Agreements in force on a census day, beside what else is done with their partners."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.bits import words_of
from metrics.codes import TYPE_CODES
from metrics.dealings import lively
from metrics.links import Bools, Floats, Ints
from metrics.partner_measures import YEARS_OF_SILENCE, shares_partner
from metrics.portfolio import AGREEMENTS, Portfolio, last_counted

ALIVE, ELSEWHERE, DORMANT, NO_PARTNER = "alive", "elsewhere", "dormant", "no partner"
OTHER_THAN_AGREEMENTS = tuple(code for code in TYPE_CODES if code not in AGREEMENTS)


class Life(NamedTuple):
    """How many agreements are in force, and how many of them are in each state."""

    in_force: int
    alive: int
    elsewhere: int
    dormant: int
    no_partner: int


def agreements(portfolio: Portfolio) -> pd.DataFrame:
    """One row is one agreement in force on the census day of the last fiscal year asked for.

    `activity_id`, `activity_type`, `partners` and `departments` (tuples of positions in the ledger), `last_year`: the
    last fiscal year in which the department asked for shares another activity than an agreement with one of the
    partners (NaN: never on record), and `state`: `alive` where within three fiscal years a department that carries the
    agreement does, `elsewhere` where only other departments do, `dormant` where nobody does, `no partner` where none
    is written, so that nobody can tell. Departments beyond the one asked for are not looked at. Of the question the
    department, the last year, countries and type of partner matter, not the target.
    """
    ledger = portfolio.ledger
    found = _asked_for(portfolio, portfolio.present((portfolio.last_year,), AGREEMENTS))
    row, partner = ledger.partners.joined(found)
    last = np.full(len(found), np.nan)
    np.fmax.at(last, row, _last_shared(portfolio)[partner])
    state = np.where(last > portfolio.last_year - YEARS_OF_SILENCE, ELSEWHERE, DORMANT).astype(object)
    state[_shared_by_carriers(portfolio, found)] = ALIVE
    state[ledger.partners.counts[found] == 0] = NO_PARTNER
    partners, departments = ledger.partners, ledger.departments
    return pd.DataFrame(
        {
            "activity_id": ledger.activity_ids[found],
            "activity_type": np.array(TYPE_CODES)[ledger.kind[found]],
            "partners": [tuple(partners.codes[partners.starts[a] : partners.starts[a + 1]].tolist()) for a in found],
            "departments": [
                tuple(departments.codes[departments.starts[a] : departments.starts[a + 1]].tolist()) for a in found
            ],
            "last_year": last,
            "state": state,
        }
    )


def life(found: pd.DataFrame) -> Life:
    """The agreements counted by state."""
    states = found["state"].value_counts()
    return Life(len(found), *(int(states.get(state, 0)) for state in (ALIVE, ELSEWHERE, DORMANT, NO_PARTNER)))


def _asked_for(portfolio: Portfolio, activities: Ints) -> Ints:
    """Agreements with a country, or a partner of a type, that is asked for; all of them where nothing is."""
    question, ledger = portfolio.question, portfolio.ledger
    if question.partner_type is not None:
        return activities[ledger.partners.any_of(portfolio.partners_kept)[activities]]
    if question.countries is not None:
        return activities[ledger.countries.any_of(portfolio.countries_kept)[activities]]
    return activities


def _last_shared(portfolio: Portfolio) -> Floats:
    """For each partner the last fiscal year of another activity than an agreement; NaN for none."""
    ledger, until = portfolio.ledger, portfolio.last_year
    done = portfolio.present(tuple(year for year in ledger.years if year <= until), OTHER_THAN_AGREEMENTS)
    row, partner = ledger.partners.joined(done)
    last = np.full(len(ledger.partner_table), np.nan)
    np.fmax.at(last, partner, last_counted(ledger, done[row], until))
    return last


def _shared_by_carriers(portfolio: Portfolio, found: Ints) -> Bools:
    """Which agreements have a carrier, within the department asked for, that lately did something with a partner."""
    ledger, until = portfolio.ledger, portfolio.last_year
    within = ledger.tree.within[ledger.unit_position[portfolio.question.department]]
    of_carrier, carrier = ledger.departments.joined(found)
    of_carrier, carrier = of_carrier[within[carrier]], carrier[within[carrier]]
    units = words_of(np.arange(len(carrier)), carrier, len(carrier), len(ledger.units))
    dealt = lively(ledger, OTHER_THAN_AGREEMENTS, YEARS_OF_SILENCE)
    year = np.full(len(carrier), until - ledger.years[0])
    alive = np.zeros(len(found), dtype=bool)
    alive[of_carrier[shares_partner(ledger, found[of_carrier], units, dealt, year)]] = True
    return alive
