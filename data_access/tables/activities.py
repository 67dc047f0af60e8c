"""Tables of activities: one of the activities themselves and one for each kind of link."""

from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, false, select, true
from sqlalchemy.orm import Mapped, mapped_column

from data_access.scope import Scope
from data_access.tables.base import STRICT, Table


class Activity(Table):
    """One row is one activity record of one source system."""

    __tablename__ = "activities"
    __table_args__ = (UniqueConstraint("source", "record_id"), STRICT)

    activity_id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    record_id: Mapped[str]
    activity_type: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    start_date: Mapped[date]
    end_date: Mapped[date | None]
    lead: Mapped[str] = mapped_column(default="")  # a department's code, external, or nothing
    people_count: Mapped[int | None]
    level: Mapped[str] = mapped_column(default="")
    amount: Mapped[float | None]
    currency: Mapped[str] = mapped_column(default="JPY")
    citation_percentile: Mapped[float | None]
    language: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str]  # SHA-256 of the row's meaning: the same row again changes nothing
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"), index=True)
    file_row: Mapped[int]

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        if scope.whole_university:
            return true()
        own = select(ActivityDepartment.activity_id).where(ActivityDepartment.department.in_(scope.departments))
        return cls.activity_id.in_(own) if scope.departments else false()


class ActivityLink(Table):
    """A child of an activity: seen by whoever sees the activity."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        if scope.whole_university:
            return true()
        seen = select(Activity.activity_id).where(Activity.visible_to(scope))
        return cls.__table__.c.activity_id.in_(seen)


def _activity_key() -> Mapped[int]:
    return mapped_column(ForeignKey("activities.activity_id", ondelete="CASCADE"), primary_key=True)


class ActivityDepartment(ActivityLink):
    """One row is one department's part in one activity; the shares of an activity add up to 1."""

    __tablename__ = "activity_departments"
    __table_args__ = (CheckConstraint("share > 0 AND share <= 1", name="share"), STRICT)

    activity_id: Mapped[int] = _activity_key()
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"), primary_key=True, index=True)
    share: Mapped[float]


class ActivityPartner(ActivityLink):
    """One row is one partner of one activity."""

    __tablename__ = "activity_partners"
    __table_args__ = (STRICT,)

    activity_id: Mapped[int] = _activity_key()
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.partner_id"), primary_key=True, index=True)


class ActivityCountry(ActivityLink):
    """One row is one country of one activity that is known without a partner's name."""

    __tablename__ = "activity_countries"
    __table_args__ = (STRICT,)

    activity_id: Mapped[int] = _activity_key()
    country: Mapped[str] = mapped_column(ForeignKey("countries.code"), primary_key=True)


class ActivityPerson(ActivityLink):
    """One row is one person in one activity."""

    __tablename__ = "activity_people"
    __table_args__ = (STRICT,)

    activity_id: Mapped[int] = _activity_key()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.person_id"), primary_key=True, index=True)


class ActivitySdg(ActivityLink):
    """One row is one Sustainable Development Goal (1 to 17) of one activity."""

    __tablename__ = "activity_sdgs"
    __table_args__ = (CheckConstraint("sdg BETWEEN 1 AND 17", name="sdg"), STRICT)

    activity_id: Mapped[int] = _activity_key()
    sdg: Mapped[int] = mapped_column(primary_key=True)
