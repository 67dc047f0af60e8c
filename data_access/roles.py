"""The two roles of PostgreSQL: who owns the tables, and who the monitor is served as, which row security binds."""

from sqlalchemy import Connection, Engine

from vocabulary.text import Text

APPEND_ONLY = ("audit_events", "audit_anchors")  # what was written down stays, but for its owner's time limit
REVISION = "alembic_version"  # the only table that is public on purpose

_WHO = """
    SELECT current_user::text,
        coalesce(has_table_privilege(to_regclass(%(table)s), 'SELECT'), true),
        coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(%(table)s)),
                 has_schema_privilege(current_schema(), 'CREATE'), false)
"""
_IS_THERE = "SELECT FROM pg_roles WHERE rolname = %(role)s"
_OVER_IT = """
    SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(%(role)s::name, oid, 'MEMBER')
    ORDER BY rolname = %(role)s DESC, rolname LIMIT 1
"""
_OWNED = """
    SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
    AND pg_has_role(%(role)s::name, relowner, 'MEMBER')
"""
_OPEN = """
    SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
    AND relname <> %(table)s AND NOT (
        relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
    ) ORDER BY relname
"""
_VIEWS = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND (relkind = 'm' OR relkind = 'v'
        AND NOT coalesce(reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)) ORDER BY relname
"""


class RoleError(RuntimeError):
    """The role of the database's address may not do what is asked of it; the message says how to mend that."""


NO_RIGHTS = (
    "The role {role} may not read the monitor's tables. Give it its rights, with the address of who owns them: "
    "DATABASE_URL=postgresql://OWNER@... python manage.py prepare --app-role {role}"
)
NOT_OWNER = (
    "The schema is to be brought up to date, and the role {role} may not change it. Do so with the address of the role "
    "that owns the tables: DATABASE_URL=postgresql://OWNER@... python manage.py prepare --app-role {role}"
)
NO_ROLES = "Roles are of PostgreSQL; the database of DATABASE_URL is a file of SQLite, which its owner alone reads."
NO_SUCH_ROLE = "There is no role {role} here. The administrator makes it: CREATE ROLE {role} LOGIN PASSWORD '...'"
UNFIT_ROLE = "The role {role} is not given the rights of the application. {why}"
_MEND = Text(
    "Serve as a role of its own: CREATE ROLE monitor_app LOGIN PASSWORD '...'; python manage.py prepare --app-role "
    "monitor_app; then name it in DATABASE_URL (README, “Two roles on PostgreSQL”).",
    "専用のロールで起動してください。CREATE ROLE monitor_app LOGIN PASSWORD '...' の後、"
    "python manage.py prepare --app-role monitor_app を実行し、DATABASE_URL に指定します"
    "（README の “Two roles on PostgreSQL”）。",
)
_AND_HOW = Text("{why} {mend}", "{why}{mend}")
SEES_OVER_IT = Text(
    "Row security does not bind the database role {role} (SUPERUSER or BYPASSRLS, as {through}).",
    "データベースのロール {role} には行セキュリティが適用されません（{through} の SUPERUSER または BYPASSRLS）。",
)
OWNS = Text(
    "The database role {role} owns tables of the monitor, so it could take row security off.",
    "データベースのロール {role} はテーブルの所有者であり、行セキュリティを解除できます。",
)
IS_OFF = Text(
    "Row security is not in force for the owner of {tables}: ALTER TABLE {first} ENABLE ROW LEVEL SECURITY, FORCE ROW "
    "LEVEL SECURITY; where a policy is missing, restore a backup.",
    "{tables} に行セキュリティが強制されていません。ALTER TABLE {first} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL "
    "SECURITY を実行し、ポリシーがない場合はバックアップから復元してください。",
)
VIEW = Text(
    "The view {views} shows rows with the rights of who made it: ALTER VIEW {first} SET (security_invoker = true), or "
    "drop it.",
    "ビュー {views} は作成者の権限で行を表示します。ALTER VIEW {first} SET (security_invoker = true) を実行するか、"
    "削除してください。",
)


def refuse_without_rights(connection: Connection) -> None:
    """RoleError where the role may not even read the revision of the schema."""
    role, reads, _ = _standing(connection)
    if not reads:
        raise RoleError(NO_RIGHTS.format(role=role))


def refuse_unless_owner(connection: Connection) -> None:
    """RoleError where the role may not change the schema."""
    role, _, may_change = _standing(connection)
    if not may_change:
        raise RoleError(NOT_OWNER.format(role=role))


def weaknesses(connection: Connection) -> list[Text]:
    """Every reason why row security does not hold for the role of this connection; none on SQLite, which has none."""
    if connection.dialect.name != "postgresql":
        return []
    role, *_ = _standing(connection)
    of_the_role = [_AND_HOW.filled(why=why, mend=_MEND) for why in _weaknesses_of(connection, role)]
    return [*of_the_role, *_weaknesses_of_the_schema(connection)]


def let_work(engine: Engine, role: str) -> None:
    """Give a role the rights that the application needs and take all others; RoleError for one that is unfit."""
    if engine.dialect.name != "postgresql":
        raise RoleError(NO_ROLES)
    with engine.begin() as connection:
        if connection.exec_driver_sql(_IS_THERE, {"role": role}).first() is None:
            raise RoleError(NO_SUCH_ROLE.format(role=role))
        if why := _weaknesses_of(connection, role):
            raise RoleError(UNFIT_ROLE.format(role=role, why=" ".join(reason.en for reason in why)))
        quoted = connection.dialect.identifier_preparer.quote_identifier(role)
        schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        for statement in (
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {quoted}",
            f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {quoted}",
            f"GRANT USAGE ON SCHEMA {schema} TO {quoted}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {quoted}",
            f"REVOKE UPDATE, DELETE ON {', '.join(APPEND_ONLY)} FROM {quoted}",
            f"REVOKE INSERT, UPDATE, DELETE ON {REVISION} FROM {quoted}",
        ):
            connection.exec_driver_sql(statement)


def _standing(connection: Connection) -> tuple[str, bool, bool]:
    """The role, whether it may read the revision of the schema, and whether it may change the schema."""
    if connection.dialect.name != "postgresql":
        return "", True, True
    role, reads, may_change = connection.exec_driver_sql(_WHO, {"table": REVISION}).one()
    return str(role), bool(reads), bool(may_change)


def _weaknesses_of(connection: Connection, role: str) -> list[Text]:
    through = connection.exec_driver_sql(_OVER_IT, {"role": role}).scalar()
    if through is not None:
        return [SEES_OVER_IT.filled(role=role, through=through)]
    owned = connection.exec_driver_sql(_OWNED, {"role": role}).scalar_one()
    return [OWNS.filled(role=role)] if owned else []


def _weaknesses_of_the_schema(connection: Connection) -> list[Text]:
    is_open = connection.exec_driver_sql(_OPEN, {"table": REVISION}).scalars().all()
    views = connection.exec_driver_sql(_VIEWS).scalars().all()
    found = [IS_OFF.filled(tables=", ".join(is_open), first=is_open[0])] if is_open else []
    return [*found, *([VIEW.filled(views=", ".join(views), first=views[0])] if views else [])]
