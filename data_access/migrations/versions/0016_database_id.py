"""Which database this is, whatever is restored into it: a random id, so that none is taken for another university's."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    state = sa.table("state", sa.column("name"), sa.column("value"))
    op.execute(sa.insert(state).values(name="database_id", value=secrets.token_hex(8)))


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
