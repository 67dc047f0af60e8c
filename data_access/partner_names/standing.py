"""For whom partners kept as written stand: the rows of `same_partners`, set by sure matches and by decisions."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, select

from data_access.partners import Organization
from data_access.tables import Partner, SamePartner


def stand_for(connection: Connection, meanings: Mapping[int, tuple[Organization | None, str]]) -> int:
    """Set for whom partners (by number) stand and who says so, or that none does; gives how many changed."""
    if not meanings:
        return 0
    stored = {
        partner_id: (stands_for, said_by)
        for partner_id, stands_for, said_by in connection.execute(
            select(SamePartner.partner_id, SamePartner.stands_for, SamePartner.said_by)
        )
    }
    numbers = _numbers(connection, [one for one, _ in meanings.values() if one is not None])
    changed = 0
    for partner_id, (organization, said_by) in meanings.items():
        wanted = None if organization is None else (numbers[organization.ror_id], said_by)
        if wanted == stored.get(partner_id):
            continue
        changed += 1
        connection.execute(delete(SamePartner).where(SamePartner.partner_id == partner_id))
        if wanted is not None:
            row = {"partner_id": partner_id, "stands_for": wanted[0], "said_by": wanted[1]}
            connection.execute(insert(SamePartner), row)
    return changed


def _numbers(connection: Connection, organizations: list[Organization]) -> dict[str, int]:
    """The numbers of organizations among the partners, those that are new stored first; by their ids."""
    stored = select(Partner.ror_id, Partner.partner_id).where(Partner.ror_id.is_not(None))
    numbers = {str(ror_id): int(number) for ror_id, number in connection.execute(stored)}
    next_number = (connection.scalar(select(func.max(Partner.partner_id))) or 0) + 1
    for organization in organizations:
        if organization.ror_id not in numbers:
            numbers[organization.ror_id] = next_number
            connection.execute(insert(Partner), partner_row(next_number, organization))
            next_number += 1
    return numbers


def partner_row(partner_id: int, partner: Organization) -> dict[str, object]:
    """A partner as its table holds it."""
    return {
        "partner_id": partner_id,
        "ror_id": partner.ror_id or None,
        "name_en": partner.name_en,
        "name_ja": partner.name_ja,
        "country": partner.country,
        "city": partner.city,
        "types": partner.types,
        "latitude": partner.latitude,
        "longitude": partner.longitude,
    }
