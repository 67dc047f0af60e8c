"""The schema's history: each file in `versions/` is one step, and `upgrade` takes a database through all of them.

A file is named after its revision, which is a number that counts on; so a database that is ready is told by its own
table of revisions, and Alembic is loaded only by who has something to upgrade.
"""

from pathlib import Path

from sqlalchemy import Connection

_FOLDER = Path(__file__).resolve().parent


class NewerSchemaError(RuntimeError):
    """The database was made by a later version of the monitor than this one."""


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Take the schema to the newest revision (or one before), inside the connection's own transaction."""
    from alembic import command
    from alembic.config import Config

    refuse_strangers(_revisions(connection), "the database")
    configuration = Config()
    configuration.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, revision)


def refuse_strangers(found: set[str], what: str) -> None:
    """NewerSchemaError for revisions that this version of the monitor does not know."""
    if strangers := found - {*released()}:
        raise NewerSchemaError(
            f"{what} has revision {', '.join(sorted(strangers))}, which this version of the monitor does not "
            "know; run the version that made it, or restore a backup made before the upgrade"
        )


def is_current(connection: Connection) -> bool:
    """Whether the schema is at the newest revision."""
    found, newest = versions(connection)
    return found == newest


def versions(connection: Connection) -> tuple[set[str], set[str]]:
    """The revision that the schema has, and the newest there is; a set each, empty for a database without a schema."""
    return _revisions(connection), {released()[-1]}


def released() -> list[str]:
    """Every revision there ever was, oldest first."""
    return sorted(file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*.py"))


def _revisions(connection: Connection) -> set[str]:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return set()
    return set(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars())
