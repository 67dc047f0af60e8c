"""Row security of PostgreSQL, in SQL of its own: a second wall that holds where `visible_to` of a table is wrong.

The setting `monitor.scope` of the transaction says who sees: `*` the whole university, a JSON list the departments of
a reader, nothing (or no setting) nobody. Rows are added, changed and removed by whoever speaks for the whole only.
A migration that makes a table puts it behind the wall: `protect("accounts", reads=WHOLE)`. What is here stays as it
is: migrations of the past call it.
"""

from alembic import op

WHOLE = "(SELECT monitor_sees_whole())"  # in a sub-select, so that each is worked out once a statement, not once a row
SOMEBODY = "(SELECT monitor_sees_something())"
OWN = f"{WHOLE} OR department = ANY ((SELECT monitor_departments())::text[])"
OWN_OR_THE_UNIVERSITYS = f"{OWN} OR (department = '*' AND {SOMEBODY})"
OWN_ACTIVITIES = f"{WHOLE} OR activity_id IN (SELECT monitor_activities_of((SELECT monitor_departments())))"

FUNCTIONS = (
    """
    CREATE FUNCTION monitor_sees_whole() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
    AS $$ SELECT coalesce(current_setting('monitor.scope', true), '') = '*' $$
    """,
    """
    CREATE FUNCTION monitor_departments() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
    AS $$
        SELECT CASE
            WHEN coalesce(current_setting('monitor.scope', true), '') IN ('', '*') THEN '{}'
            ELSE ARRAY(SELECT jsonb_array_elements_text(current_setting('monitor.scope', true)::jsonb))
        END
    $$
    """,
    """
    CREATE FUNCTION monitor_sees_something() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path FROM CURRENT
    AS $$ SELECT monitor_sees_whole() OR cardinality(monitor_departments()) > 0 $$
    """,
    # Who sees an activity sees all its departments, so the policy of those would ask the policy of those, for ever: the
    # activities of the departments that are given are looked up as the whole.
    """
    CREATE FUNCTION monitor_activities_of(departments text[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    AS $$
        DECLARE said text := current_setting('monitor.scope', true);
        BEGIN
            PERFORM set_config('monitor.scope', '*', true);
            RETURN QUERY SELECT activity_id FROM activity_departments WHERE department = ANY (departments);
            PERFORM set_config('monitor.scope', said, true);
        END
    $$
    """,
)


def protect(table: str, *, reads: str) -> None:
    """Put a table behind the wall, for its owner, too: `reads` (SQL) says who sees a row. Does nothing on SQLite."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({WHOLE})")
    op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({WHOLE})")
    op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({WHOLE}) WITH CHECK ({WHOLE})")
