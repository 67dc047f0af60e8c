"""For whom partners stand that are known by a name only, and what was decided about names."""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    partner = "partners.partner_id"
    op.create_table(
        "same_partners",
        sa.Column("partner_id", sa.Integer(), sa.ForeignKey(partner), primary_key=True, nullable=False),
        sa.Column("stands_for", sa.Integer(), sa.ForeignKey(partner), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_same_partners_stands_for", "same_partners", ["stands_for"])
    op.create_table(
        "partner_decisions",
        sa.Column("decision_id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), sa.ForeignKey("countries.code"), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("ror_id", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_partner_decisions_name", "partner_decisions", ["name_key", "country"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
