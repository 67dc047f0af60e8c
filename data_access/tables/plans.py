"""Tables of what is declared: departments' indicators, goals, annotations, currency and reference rates, patterns."""

from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, false, true
from sqlalchemy.orm import Mapped, mapped_column

from data_access.scope import Scope
from data_access.tables.base import STRICT, OfficeTable, PublicTable, Table
from vocabulary.departments import UNIVERSITY


def _own_or_the_universitys(department: Mapped[str], scope: Scope) -> ColumnElement[bool]:
    if scope.whole_university:
        return true()
    return false() if scope.is_nobody else department.in_({UNIVERSITY, *scope.departments})


class DeclaredIndicator(Table):
    """One row is one indicator that a department (or the university, `*`) declares beside the common ones.

    Lists are separated by `;`. What is counted stands first, what it is divided by in the columns `per_`.
    """

    __tablename__ = "indicators"
    __table_args__ = (STRICT,)

    key: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    name_en: Mapped[str]
    name_ja: Mapped[str]
    definition_en: Mapped[str]
    definition_ja: Mapped[str]
    target: Mapped[str]
    process: Mapped[str]
    unit: Mapped[str]  # share, rate, count, persons, yen
    better: Mapped[str]  # higher, lower, neither
    source: Mapped[str]
    since: Mapped[int | None]
    counts: Mapped[str]
    activity_types: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    populations: Mapped[str] = mapped_column(default="")
    groups: Mapped[str] = mapped_column(default="")
    per_counts: Mapped[str] = mapped_column(default="")
    per_activity_types: Mapped[str] = mapped_column(default="")
    per_conditions: Mapped[str] = mapped_column(default="")
    per_populations: Mapped[str] = mapped_column(default="")
    per_groups: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        """The university's declarations are everybody's; a department's are its own."""
        return _own_or_the_universitys(cls.department, scope)


class Goal(PublicTable):
    """One row is one dated value of a goal: its baseline, a milestone, or the target."""

    __tablename__ = "goals"
    __table_args__ = (STRICT,)

    indicator: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # baseline, milestone, target
    value: Mapped[float]
    path: Mapped[str] = mapped_column(
        default="straight", server_default="straight"
    )  # from the value before; or stepped
    phase: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")
    note_ja: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"))
    file_row: Mapped[int]

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        """The university's promises are everybody's; a department's goals are its own."""
        return _own_or_the_universitys(cls.department, scope)


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


class ReferenceRate(PublicTable):
    """One row is what a published table counts in one stratum of an indicator, for departments to be compared with."""

    __tablename__ = "reference_rates"
    __table_args__ = (
        CheckConstraint("numerator >= 0", name="numerator"),
        CheckConstraint("denominator > 0", name="denominator"),
        STRICT,
    )

    source: Mapped[str] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)  # level, field, kind, partner, activity_type
    stratum: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    numerator: Mapped[float]
    denominator: Mapped[float]
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
