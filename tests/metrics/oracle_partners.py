"""The oracle's answers on partners: whom papers tie us to, who comes again, which agreements live, who exchanges."""

from collections.abc import Callable
from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

from metrics.exchange_measures import FlowPartners, Flows, Reciprocity
from metrics.measures import OfActivities
from metrics.partner_measures import Alive, NetworkIndex, Repeating, WithLargest
from tests.metrics.building import Activity, Partner
from tests.metrics.oracle_facts import is_of

if TYPE_CHECKING:
    from tests.metrics.oracle import Cell, Oracle


def of_partners(oracle: "Oracle", measure: OfActivities, cell: "Cell") -> float | None:
    """What a measure of partners comes to; None where it cannot be computed."""
    members = oracle.members(measure, cell)
    match measure:
        case Alive():
            return sum(oracle.weight(a, cell.department) for a in members if lives(oracle, measure, a, cell))
        case WithLargest():
            largest = largest_partners(oracle, measure, cell)
            return sum(oracle.weight(a, cell.department) for a in members if {*a.partners} & largest)
        case Repeating():
            return len(those_again(oracle, measure, cell))
        case NetworkIndex():
            return network_index(oracle, measure, cell)
        case Flows():
            return exchanged(oracle, measure, cell)
    raise TypeError(f"the oracle knows no {type(measure).__name__}")


def lives(oracle: "Oracle", measure: Alive, agreement: Activity, cell: "Cell") -> bool:
    lately = {year - back for year in cell.years for back in range(measure.years)}
    return any(
        {*other.partners} & {*agreement.partners}
        for other in oracle.activities
        if other.kind in measure.through
        and any(oracle.counts_in(other, year) for year in lately)
        and any(code in oracle.within(cell.department) for code in other.shares)
    )


def largest_partners(oracle: "Oracle", measure: WithLargest, cell: "Cell") -> set[Partner]:
    members = [a for a in oracle.members(measure, cell) if oracle.weight(a, cell.department) > 0]
    times = counted_by_partner(oracle, members, cell)
    return set(sorted(times, key=lambda partner: (-times[partner], partner.number))[: measure.most])


def those_again(oracle: "Oracle", measure: Repeating, cell: "Cell") -> set[Partner]:
    years = {year - back for year in cell.years for back in range(measure.window)}
    single = replace(measure, window=1)
    found = []
    for year in years:
        in_year = counted_by_partner(oracle, oracle.members(single, replace(cell, years=(year,))), cell)
        found += [partner for partner in in_year if measure.of == "partners" or is_of(partner, "company")]
    return {partner for partner in found if found.count(partner) >= measure.in_years}


def network_index(oracle: "Oracle", measure: NetworkIndex, cell: "Cell") -> float | None:
    if cell.country is not None:
        return None
    times = counted_by_partner(oracle, oracle.members(measure, cell), cell)
    sustained = [partner for partner, number in times.items() if number >= measure.at_least]
    return len({partner.country for partner in sustained}) / log(len(sustained)) if len(sustained) > 1 else None


def exchanged(oracle: "Oracle", measure: Flows, cell: "Cell") -> float:
    members = oracle.members(measure, cell)
    flows = []
    for partner in counted_by_partner(oracle, members, cell):
        with_it = [a for a in members if partner in a.partners]
        flows.append([persons([a for a in with_it if a.kind == kind]) for kind in measure.types])
    flows = [flow for flow in flows if sum(flow)]
    worth: Callable[[list[int]], float] = {Reciprocity: lambda f: min(f) / max(f), FlowPartners: lambda f: 1.0}[
        type(measure)
    ]
    return sum(worth(flow) for flow in flows)


def persons(members: list[Activity]) -> int:
    ids = {person for activity in members for person in activity.people}
    return len(ids) + sum(1 if a.people_count is None else a.people_count for a in members if not a.people)


def counted_by_partner(oracle: "Oracle", members: list[Activity], cell: "Cell") -> dict[Partner, int]:
    """In how many activities each partner abroad that is asked for takes part."""
    links = [p for a in members for p in {*a.partners} if oracle.is_asked(p.country, cell)]
    return {partner: links.count(partner) for partner in links}
