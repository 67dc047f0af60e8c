"""Departments declare indicators of their own beside the common ones."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXTS = (
    *("department", "name_en", "name_ja", "definition_en", "definition_ja"),
    *("target", "process", "unit", "better", "source"),
)
_COUNTED = ("counts", "activity_types", "conditions", "populations", "groups")


def upgrade() -> None:
    op.create_table(
        "indicators",
        sa.Column("key", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("since", sa.Integer(), nullable=True),
        *(sa.Column(prefix + name, sa.Text(), nullable=False) for prefix in ("", "per_") for name in _COUNTED),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("file_row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["departments.code"], name=op.f("fk_indicators_department")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.import_id"], name=op.f("fk_indicators_import_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_indicators")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
