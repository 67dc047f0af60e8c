"""Published rates by stratum, which departments are compared with."""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = [
        sa.Column(name, sa.Text(), primary_key=True, nullable=False)
        for name in ("source", "indicator", "dimension", "stratum")
    ]
    op.create_table(
        "reference_rates",
        *key,
        sa.Column("fiscal_year", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("numerator", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Double(), nullable=False),
        sa.Column("import_id", sa.Integer(), sa.ForeignKey("imports.import_id"), nullable=False),
        sa.Column("file_row", sa.Integer(), nullable=False),
        sa.CheckConstraint("numerator >= 0", name="numerator"),
        sa.CheckConstraint("denominator > 0", name="denominator"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
