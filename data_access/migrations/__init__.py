"""The schema's history: each file in `versions/` is one step, and `upgrade` takes a database through all of them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_FOLDER = Path(__file__).resolve().parent


class NewerSchemaError(RuntimeError):
    """The database was made by a later version of the monitor than this one."""


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Take the schema to the newest revision (or one before), inside the connection's own transaction."""
    refuse_strangers(_revisions(connection), "the database")
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, revision)


def refuse_strangers(found: set[str], what: str) -> None:
    """NewerSchemaError for revisions that this version of the monitor does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(_configuration()).walk_revisions()}
    if strangers := found - known:
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
    return _revisions(connection), set(ScriptDirectory.from_config(_configuration()).get_heads())


def released() -> list[str]:
    """Every revision there ever was, oldest first."""
    return [script.revision for script in ScriptDirectory.from_config(_configuration()).walk_revisions()][::-1]


def _revisions(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return configuration
