"""International papers of pairs of countries, which the university's own are compared with."""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = [
        sa.Column(name, sa.Text(), primary_key=True, nullable=False)
        for name in ("source", "period", "country_a", "country_b")
    ]
    op.create_table(
        "country_matrix",
        *key,
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), sa.ForeignKey("imports.import_id"), nullable=False),
        sa.Column("file_row", sa.Integer(), nullable=False),
        sa.CheckConstraint("papers >= 0", name="papers"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
