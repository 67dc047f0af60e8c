"""Who was erased, as marks that tell nothing: so that no file that is imported later brings them back."""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names
from data_access.migrations.row_security import WHOLE, protect

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_people",
        sa.Column("mark", sa.Text(), primary_key=True, nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=False),
        sqlite_strict=True,
    )
    protect("erased_people", reads=WHOLE)


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
