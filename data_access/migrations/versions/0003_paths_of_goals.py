"""A goal's value says how its path reaches it: straight from the value before, or by a step."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every path that is stored was a straight one."""
    op.add_column("goals", sa.Column("path", sa.Text(), nullable=False, server_default="straight"))


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
