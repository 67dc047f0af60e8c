"""Who may come in: accounts of the identity provider, the roles given to them, their logins."""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.DateTime()),
        sa.Column("last_seen", sa.DateTime()),
        sa.UniqueConstraint("issuer", "subject", name="uq_accounts_issuer"),
        sqlite_strict=True,
    )
    account = "accounts.account_id"
    op.create_table(
        "grants",
        sa.Column("grant_id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey(account), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime()),
        sqlite_strict=True,
    )
    op.create_index("ix_grants_account_id", "grants", ["account_id"])
    op.create_table(
        "logins",
        sa.Column("login_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey(account), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_logins_account_id", "logins", ["account_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
