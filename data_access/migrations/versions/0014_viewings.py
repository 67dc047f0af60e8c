"""Who looked through whose eyes."""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names
from data_access.migrations.row_security import WHOLE, protect

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "viewings",
        sa.Column("viewing_id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("login_id", sa.Text(), sa.ForeignKey("logins.login_id"), nullable=False),
        sa.Column("eyes_account", sa.Integer(), sa.ForeignKey("accounts.account_id")),
        sa.Column("eyes_role", sa.Text(), nullable=False),
        sa.Column("eyes_departments", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
        sqlite_strict=True,
    )
    op.create_index("ix_viewings_login_id", "viewings", ["login_id"])
    protect("viewings", reads=WHOLE)


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
