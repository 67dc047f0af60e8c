"""Row security on PostgreSQL: every table is behind a wall that its owner does not see over either."""

from alembic import op

from data_access.migrations.row_security import (
    FUNCTIONS,
    OWN,
    OWN_ACTIVITIES,
    OWN_OR_THE_UNIVERSITYS,
    SOMEBODY,
    WHOLE,
    protect,
)

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAMED = f"{WHOLE} OR partner_id IN (SELECT partner_id FROM activity_partners)"  # noqa: S608  those that are seen
READ_BY = {
    **dict.fromkeys(("departments", "countries", "country_matrix"), SOMEBODY),
    **dict.fromkeys(("annotations", "rates", "reference_rates", "state"), SOMEBODY),
    **dict.fromkeys(("indicators", "goals"), OWN_OR_THE_UNIVERSITYS),
    "populations": OWN,
    "same_partners": NAMED,
    "partners": f"{NAMED} OR partner_id IN (SELECT stands_for FROM same_partners)",  # noqa: S608  no word of others
    **dict.fromkeys(("activities", "activity_departments", "activity_partners", "activity_countries"), OWN_ACTIVITIES),
    **dict.fromkeys(("activity_people", "activity_sdgs"), OWN_ACTIVITIES),
    **dict.fromkeys(("people", "imports", "import_remarks", "versions", "remembered_headings"), WHOLE),
    **dict.fromkeys(("affiliation_patterns", "partner_decisions", "accounts", "grants", "logins"), WHOLE),
    **dict.fromkeys(("audit_events", "audit_anchors"), WHOLE),
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for function in FUNCTIONS:
        op.execute(function)
    for table, rule in READ_BY.items():
        protect(table, reads=rule)


def downgrade() -> None:
    raise NotImplementedError("restore a backup made before the upgrade instead")
