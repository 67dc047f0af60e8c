"""Tables of the university and the world: departments, headcounts, countries and their papers, partners, people."""

from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, false, or_, select, text, true
from sqlalchemy.orm import Mapped, mapped_column

from data_access.scope import Scope
from data_access.tables.activities import ActivityPartner
from data_access.tables.base import STRICT, OfficeTable, PublicTable, Table
from data_access.tables.partner_names import SamePartner


class Department(PublicTable):
    """One row is one department; the row `*` is the university, the root of the tree.

    `position` is its place in the university's own list, from 1; departments of no known place come first.
    """

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
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("imports.import_id")
    )  # none: the university, from the start
    file_row: Mapped[int | None]


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


class JointPapers(PublicTable):
    """One row is the international papers of two countries (codes in order), of one (b empty) or of the world."""

    __tablename__ = "country_matrix"
    __table_args__ = (CheckConstraint("papers >= 0", name="papers"), STRICT)

    source: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)  # a year, or the first and the last: 2021-2025
    country_a: Mapped[str] = mapped_column(primary_key=True, default="")
    country_b: Mapped[str] = mapped_column(primary_key=True, default="")
    papers: Mapped[int]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]


class Partner(Table):
    """One row is one partner institution: a ROR organization, or a name kept as it was written.

    With whom a department works is said by its records: a partner is seen by whoever sees a record that names it.
    """

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

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        if scope.whole_university:
            return true()
        named = select(ActivityPartner.partner_id).where(ActivityPartner.visible_to(scope))
        meant = select(SamePartner.stands_for).where(SamePartner.partner_id.in_(named))
        return or_(cls.partner_id.in_(named), cls.partner_id.in_(meant))


class Person(OfficeTable):
    """One row is one person, known by a pseudonymous id only."""

    __tablename__ = "people"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(unique=True)
