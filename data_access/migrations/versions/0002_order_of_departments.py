"""Departments have a place in the university's own list, in which they are named everywhere."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is stored keeps the order in which it came; PostgreSQL does not know it, and has that of the codes."""
    op.add_column("departments", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("UPDATE departments SET position = rowid WHERE code <> '*'")


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
