"""Every import is a batch: who imported, what it added, changed and withdrew, and what was there before."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("imports", sa.Column("rows_withdrawn", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("imports", sa.Column("importer", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("imports", sa.Column("complete", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add_reference("imports", "undoes")
    _add_reference("departments", "import_id")
    op.add_column("departments", sa.Column("file_row", sa.Integer(), nullable=True))
    op.create_table(
        "versions",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.import_id"], name=op.f("fk_versions_import_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_versions")),
        sqlite_strict=True,
    )
    op.create_index("ix_versions_record", "versions", ["kind", "key"])
    op.create_index("ix_versions_import_id", "versions", ["import_id"])
    op.create_index("ix_versions_activity_id", "versions", ["activity_id"])


def _add_reference(table: str, column: str) -> None:
    """Adds a column that may name an import; on SQLite the table is built anew, for its constraints have names."""
    with op.batch_alter_table(table, table_kwargs={"sqlite_strict": True}) as changed:
        changed.add_column(sa.Column(column, sa.Integer(), nullable=True))
        changed.create_foreign_key(op.f(f"fk_{table}_{column}"), "imports", [column], ["import_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
