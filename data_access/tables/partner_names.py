"""Tables of partners known by a name only: for whom each stands, and what persons decided about names."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, select, true
from sqlalchemy.orm import Mapped, mapped_column

from data_access.scope import Scope
from data_access.tables.activities import ActivityPartner
from data_access.tables.base import STRICT, OfficeTable, Table


class SamePartner(Table):
    """One row is one partner kept as it was written, and the partner of the registry (ROR) that it stands for.

    Activities stay linked with what was written; `Records.activity_partners` reads through this table.
    """

    __tablename__ = "same_partners"
    __table_args__ = (STRICT,)

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.partner_id"), primary_key=True)
    stands_for: Mapped[int] = mapped_column(ForeignKey("partners.partner_id"), index=True)
    said_by: Mapped[str]  # match (a sure one) or decision

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        """As the partner that was written: by whoever sees a record that names it."""
        if scope.whole_university:
            return true()
        return cls.partner_id.in_(select(ActivityPartner.partner_id).where(ActivityPartner.visible_to(scope)))


class PartnerDecision(OfficeTable):
    """One row is what one person decided, once, about a name in a country; the last about it holds.

    Rows are added and never changed, so that all that was decided can be read.
    """

    __tablename__ = "partner_decisions"
    __table_args__ = (Index("ix_partner_decisions_name", "name_key", "country"), STRICT)

    decision_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # as it was written
    name_key: Mapped[str]  # the same for all ways of writing it that differ in case, width and marks only
    country: Mapped[str] = mapped_column(ForeignKey("countries.code"))
    verdict: Mapped[str]  # organization, not_in_registry, taken_back
    ror_id: Mapped[str] = mapped_column(default="")  # of the organization
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]  # UTC
