"""What the headers of files were said to mean, for the next file of the same source."""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = [
        sa.Column(name, sa.Text(), primary_key=True, nullable=False)
        for name in ("source", "kind", "heading", "decided_by")
    ]
    op.create_table(
        "remembered_headings",
        *key,
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
