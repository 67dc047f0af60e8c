"""The tables of the monitor, one class a table; each says what one row is and who may see it.

`visible_to(scope)` is the one rule of visibility: `records.Records` adds it to every read, and a table
without it cannot be read. Codes that the world knows (department, country, activity type, indicator) are
stored as such; `*` is the university itself.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ColumnElement,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    false,
    select,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names
from data_access.scope import Scope

UNIVERSITY = "*"
STRICT = {"sqlite_strict": True}


class Table(DeclarativeBase):
    """A table of the monitor. Subclasses state `visible_to`; without one, a table cannot be read."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text,
        int: Integer,
        float: Double,
        date: Date,
        datetime: DateTime,
        bool: Boolean,
    }

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        raise NotImplementedError(f"{cls.__name__} does not say who may see it; state visible_to(scope)")


class PublicTable(Table):
    """A table that every reader may see whole (and nobody else)."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        return false() if scope.is_nobody else true()


class OfficeTable(Table):
    """A table for readers of the whole university only."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        return true() if scope.whole_university else false()


class Department(PublicTable):
    """One row is one department; the row `*` is the university, the root of the tree."""

    __tablename__ = "departments"
    __table_args__ = (STRICT,)

    code: Mapped[str] = mapped_column(primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    name_en: Mapped[str]
    name_ja: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    discipline: Mapped[str] = mapped_column(default="")
    opened: Mapped[date | None]
    closed: Mapped[date | None]


class Country(PublicTable):
    """One row is one country or territory of ISO 3166, grouped as UN M49 does (data, not code)."""

    __tablename__ = "countries"
    __table_args__ = (STRICT,)

    code: Mapped[str] = mapped_column(primary_key=True)
    code_3: Mapped[str]
    name_en: Mapped[str]
    name_ja: Mapped[str]
    region: Mapped[str] = mapped_column(default="")
    subregion: Mapped[str] = mapped_column(default="")
    least_developed: Mapped[bool] = mapped_column(default=False)


class Import(OfficeTable):
    """One row is one attempt to import one file, stored or refused."""

    __tablename__ = "imports"
    __table_args__ = (STRICT,)

    import_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    imported_at: Mapped[datetime]
    status: Mapped[str]  # stored, unchanged, refused
    rows_read: Mapped[int]
    rows_new: Mapped[int] = mapped_column(default=0)
    rows_changed: Mapped[int] = mapped_column(default=0)
    rows_unchanged: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int] = mapped_column(default=0)


class ImportRemark(OfficeTable):
    """One row is one remark on one cell (or column, or file) of an import: an error or a notice."""

    __tablename__ = "import_remarks"
    __table_args__ = (STRICT,)

    remark_id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"), index=True)
    severity: Mapped[str]  # error, notice
    row: Mapped[int | None]  # as a spreadsheet counts: the header is row 1
    column: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")
    message_en: Mapped[str]
    message_ja: Mapped[str]


class Partner(PublicTable):
    """One row is one partner institution: a ROR organization, or a name kept as it was written."""

    __tablename__ = "partners"
    __table_args__ = (
        Index(
            "uq_partners_written",
            "name_en",
            "country",
            unique=True,
            sqlite_where=text("ror_id IS NULL"),
            postgresql_where=text("ror_id IS NULL"),
        ),
        STRICT,
    )

    partner_id: Mapped[int] = mapped_column(primary_key=True)
    ror_id: Mapped[str | None] = mapped_column(unique=True)
    name_en: Mapped[str]
    name_ja: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(ForeignKey("countries.code"))
    city: Mapped[str] = mapped_column(default="")
    types: Mapped[str] = mapped_column(default="")  # ROR types, separated by |
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Person(OfficeTable):
    """One row is one person, known by a pseudonymous id only."""

    __tablename__ = "people"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(unique=True)


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


class Population(Table):
    """One row is one headcount of one department on one day; a row with a country is a breakdown."""

    __tablename__ = "populations"
    __table_args__ = (CheckConstraint("count >= 0", name="count"), STRICT)

    department: Mapped[str] = mapped_column(ForeignKey("departments.code"), primary_key=True)
    as_of: Mapped[date] = mapped_column(primary_key=True)
    population: Mapped[str] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True, default="")  # alpha-2, or nothing: all countries
    count: Mapped[int]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        if scope.whole_university:
            return true()
        return cls.department.in_(scope.departments) if scope.departments else false()


class Goal(PublicTable):
    """One row is one dated value of a goal: its baseline, a milestone, or the target."""

    __tablename__ = "goals"
    __table_args__ = (STRICT,)

    indicator: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # baseline, milestone, target
    value: Mapped[float]
    phase: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")
    note_ja: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        """The university's promises are everybody's; a department's goals are its own."""
        if scope.whole_university:
            return true()
        return false() if scope.is_nobody else cls.department.in_({UNIVERSITY, *scope.departments})


class Annotation(PublicTable):
    """One row is one dated remark, shown on every chart it touches."""

    __tablename__ = "annotations"
    __table_args__ = (STRICT,)

    day: Mapped[date] = mapped_column("date", primary_key=True)
    text_en: Mapped[str] = mapped_column(primary_key=True)
    text_ja: Mapped[str]
    target: Mapped[str] = mapped_column(primary_key=True, default="")
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]


class Rate(PublicTable):
    """One row is the value in yen of one unit of a currency in one fiscal year."""

    __tablename__ = "rates"
    __table_args__ = (STRICT,)

    currency: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    jpy: Mapped[float]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]


class AffiliationPattern(OfficeTable):
    """One row is one pattern over affiliation strings and the department that it means."""

    __tablename__ = "affiliation_patterns"
    __table_args__ = (STRICT,)

    pattern: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]


class State(PublicTable):
    """One row is one fact on the database itself: `data_version` (counts changes), `demonstration` (yes or no)."""

    __tablename__ = "state"
    __table_args__ = (STRICT,)

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
