"""The audit log: events that are added and never changed, and the anchor that stands for those whose time is over.

The triggers hold whoever writes: an event cannot be changed, and it can be deleted only where an anchor stands for it.
SQLite deletes without asking a trigger where a row is replaced (INSERT OR REPLACE), so an event that is there cannot
be inserted, either. Whoever rebuilds one of these tables on SQLite (batch_alter_table) creates its triggers again.
"""

import sqlalchemy as sa
from alembic import op

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXTS_BEFORE = ("at", "actor")
TEXTS_BEHIND = ("role", "seen_by", "action", "object", "scope", "details")
ON_SQLITE = (
    """CREATE TRIGGER audit_events_never_change BEFORE UPDATE ON audit_events
    BEGIN SELECT RAISE(ABORT, 'an event of the audit log is never changed'); END""",
    """CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events
    WHEN NOT EXISTS (SELECT 1 FROM audit_anchors WHERE last_event >= OLD.event_id)
    BEGIN SELECT RAISE(ABORT, 'an event of the audit log is never deleted before its time'); END""",
    """CREATE TRIGGER audit_events_are_added BEFORE INSERT ON audit_events
    WHEN EXISTS (SELECT 1 FROM audit_events WHERE event_id >= NEW.event_id)
    BEGIN SELECT RAISE(ABORT, 'an event of the audit log comes after all others'); END""",
    """CREATE TRIGGER audit_anchors_never_change BEFORE UPDATE ON audit_anchors
    BEGIN SELECT RAISE(ABORT, 'an anchor of the audit log is never changed'); END""",
    """CREATE TRIGGER audit_anchors_stay BEFORE DELETE ON audit_anchors
    WHEN NOT EXISTS (SELECT 1 FROM audit_anchors WHERE last_event > OLD.last_event)
    BEGIN SELECT RAISE(ABORT, 'the last anchor of the audit log is never deleted'); END""",
    """CREATE TRIGGER audit_anchors_are_added BEFORE INSERT ON audit_anchors
    WHEN EXISTS (SELECT 1 FROM audit_anchors WHERE last_event >= NEW.last_event)
    BEGIN SELECT RAISE(ABORT, 'an anchor of the audit log comes after all others'); END""",
)
ON_POSTGRESQL = (
    """CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_events' THEN
            IF EXISTS (SELECT 1 FROM audit_anchors WHERE last_event >= OLD.event_id) THEN
                RETURN OLD;
            END IF;
        ELSIF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM audit_anchors WHERE last_event > OLD.last_event) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'what the audit log holds is never changed, and never deleted before its time';
    END $$""",
    """CREATE TRIGGER audit_events_are_kept BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_is_kept()""",
    """CREATE TRIGGER audit_events_are_never_emptied BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()""",
    """CREATE TRIGGER audit_anchors_are_kept BEFORE UPDATE OR DELETE ON audit_anchors
    FOR EACH ROW EXECUTE FUNCTION audit_is_kept()""",
    """CREATE TRIGGER audit_anchors_are_never_emptied BEFORE TRUNCATE ON audit_anchors
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()""",
)


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("event_id", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS_BEFORE),
        sa.Column("account", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS_BEHIND),
        sa.Column("rows", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sha256", "outcome", "previous", "hash")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_anchors",
        sa.Column("last_event", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("last_hash", "first_at", "last_at")),
        sqlite_strict=True,
    )
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
