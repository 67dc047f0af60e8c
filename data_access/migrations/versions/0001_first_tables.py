"""The first schema: reference tables, imports, activities with their links, headcounts, goals and remarks.

Constraint names follow the naming convention of `data_access.tables.Table.metadata`.
"""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _reference_tables()
    _import_tables()
    _partners_and_people()
    _activities()
    _activity_links()
    _headcounts_and_goals()
    _remarks_and_rules()


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first schema; restore a backup instead")


def _create(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(name, *columns, sqlite_strict=True)


def _key(name: str, kind: type[sa.Text | sa.Integer | sa.Date] = sa.Text) -> "sa.Column[object]":
    return sa.Column(name, kind(), primary_key=True, nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def _integer(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> "sa.Column[float]":
    return sa.Column(name, sa.Double(), nullable=nullable)


def _day(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.Date(), nullable=nullable)


def _import_id(*, index: bool = False) -> "sa.Column[int]":
    return sa.Column("import_id", sa.Integer(), sa.ForeignKey("imports.import_id"), nullable=False, index=index)


def _department(*, index: bool = False) -> "sa.Column[str]":
    parent = sa.ForeignKey("departments.code")
    return sa.Column("department", sa.Text(), parent, primary_key=True, nullable=False, index=index)


def _reference_tables() -> None:
    _create(
        "departments",
        _key("code"),
        sa.Column("parent_code", sa.Text(), sa.ForeignKey("departments.code"), nullable=True),
        _text("name_en"),
        _text("name_ja"),
        _text("kind"),
        _text("discipline"),
        _day("opened"),
        _day("closed"),
    )
    _create(
        "countries",
        _key("code"),
        _text("code_3"),
        _text("name_en"),
        _text("name_ja"),
        _text("region"),
        _text("subregion"),
        sa.Column("least_developed", sa.Boolean(), nullable=False),
    )
    _create("state", _key("name"), _text("value"))


def _import_tables() -> None:
    _create(
        "imports",
        _key("import_id", sa.Integer),
        _text("kind"),
        _text("file_name"),
        _text("sha256"),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        _text("status"),
        *map(_integer, ("rows_read", "rows_new", "rows_changed", "rows_unchanged", "rows_refused")),
    )
    _create(
        "import_remarks",
        _key("remark_id", sa.Integer),
        _import_id(index=True),
        _text("severity"),
        _integer("row", nullable=True),
        *map(_text, ("column", "value", "message_en", "message_ja")),
    )


def _partners_and_people() -> None:
    _create(
        "partners",
        _key("partner_id", sa.Integer),
        sa.Column("ror_id", sa.Text(), nullable=True, unique=True),
        _text("name_en"),
        _text("name_ja"),
        sa.Column("country", sa.Text(), sa.ForeignKey("countries.code"), nullable=False),
        _text("city"),
        _text("types"),
        _number("latitude", nullable=True),
        _number("longitude", nullable=True),
    )
    written = sa.text("ror_id IS NULL")
    names = ["name_en", "country"]
    op.create_index(
        "uq_partners_written", "partners", names, unique=True, sqlite_where=written, postgresql_where=written
    )
    _create("people", _key("person_id", sa.Integer), sa.Column("pseudonym", sa.Text(), nullable=False, unique=True))


def _activities() -> None:
    _create(
        "activities",
        _key("activity_id", sa.Integer),
        _text("source"),
        _text("record_id"),
        sa.Column("activity_type", sa.Text(), nullable=False, index=True),
        _text("title"),
        _day("start_date", nullable=False),
        _day("end_date"),
        _text("lead"),
        _integer("people_count", nullable=True),
        _text("level"),
        _number("amount", nullable=True),
        _text("currency"),
        _number("citation_percentile", nullable=True),
        _text("language"),
        _text("url"),
        _text("content_hash"),
        _import_id(index=True),
        _integer("file_row"),
        sa.UniqueConstraint("source", "record_id"),
    )


def _activity_links() -> None:
    def link(name: str, *columns: sa.schema.SchemaItem) -> None:
        parent = sa.ForeignKey("activities.activity_id", ondelete="CASCADE")
        _create(name, sa.Column("activity_id", sa.Integer(), parent, primary_key=True, nullable=False), *columns)

    def other(name: str, kind: type[sa.Text | sa.Integer], parent: str, *, index: bool) -> "sa.Column[object]":
        return sa.Column(name, kind(), sa.ForeignKey(parent), primary_key=True, nullable=False, index=index)

    part = sa.CheckConstraint("share > 0 AND share <= 1", name="share")
    link("activity_departments", _department(index=True), _number("share"), part)
    link("activity_partners", other("partner_id", sa.Integer, "partners.partner_id", index=True))
    link("activity_countries", other("country", sa.Text, "countries.code", index=False))
    link("activity_people", other("person_id", sa.Integer, "people.person_id", index=True))
    link("activity_sdgs", _key("sdg", sa.Integer), sa.CheckConstraint("sdg BETWEEN 1 AND 17", name="sdg"))


def _headcounts_and_goals() -> None:
    _create(
        "populations",
        _department(),
        _key("as_of", sa.Date),
        _key("population"),
        _key("group"),
        _key("country"),
        _integer("count"),
        _import_id(),
        _integer("file_row"),
        sa.CheckConstraint("count >= 0", name="count"),
    )
    _create(
        "goals",
        _key("indicator"),
        _department(),
        _key("fiscal_year", sa.Integer),
        _key("kind"),
        _number("value"),
        *map(_text, ("phase", "note_en", "note_ja")),
        _import_id(),
        _integer("file_row"),
    )


def _remarks_and_rules() -> None:
    _create(
        "annotations",
        _key("date", sa.Date),
        _key("text_en"),
        _text("text_ja"),
        _key("target"),
        _import_id(),
        _integer("file_row"),
    )
    _create(
        "rates", _key("currency"), _key("fiscal_year", sa.Integer), _number("jpy"), _import_id(), _integer("file_row")
    )
    _create("affiliation_patterns", _key("pattern"), _department(), _import_id(), _integer("file_row"))
