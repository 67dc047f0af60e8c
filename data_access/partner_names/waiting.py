"""The names that wait: partners of activities that nobody knows surely, each with the organizations it may mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from data_access.matching import Candidate
from data_access.partner_names.meaning import PartnerNames, held_decisions
from data_access.partners import registry
from data_access.tables import Activity, ActivityPartner, Partner, SamePartner


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingName:
    """One name in one country that is not surely known, and how much hangs on it."""

    name: str
    country: str
    activities: int
    types: Mapping[str, int]  # activities by type
    candidates: tuple[Candidate, ...]  # the likeliest first; none where nothing in the registry is like it
    is_sure: bool  # the matcher is sure of the first: stored before it was asked


def waiting_names(connection: Connection) -> list[WaitingName]:
    """The names that wait for somebody to decide, those of the most activities first."""
    linked = (
        select(Partner.partner_id, Partner.name_en, Partner.country, Activity.activity_type, func.count())
        .join(ActivityPartner, ActivityPartner.partner_id == Partner.partner_id)
        .join(Activity, Activity.activity_id == ActivityPartner.activity_id)
        .where(Partner.ror_id.is_(None), Partner.partner_id.not_in(select(SamePartner.partner_id)))
        .group_by(Partner.partner_id, Partner.name_en, Partner.country, Activity.activity_type)
        .order_by(Partner.partner_id, Activity.activity_type)
    )
    types: dict[tuple[str, str], dict[str, int]] = {}
    for _, name, country, activity_type, count in connection.execute(linked):
        types.setdefault((name, country), {})[activity_type] = count
    names = PartnerNames(registry(), held_decisions(connection))
    found = []
    for (name, country), by_type in types.items():
        meaning = names.meaning(name, country)
        if meaning.said_by != "decision":
            found.append(
                WaitingName(
                    name=name,
                    country=country,
                    activities=sum(by_type.values()),
                    types=by_type,
                    candidates=meaning.match.found if meaning.match else (),
                    is_sure=meaning.organization is not None,
                )
            )
    return sorted(found, key=lambda one: (-one.activities, one.name, one.country))
