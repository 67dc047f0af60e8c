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


def upgrade(connection: Connection) -> None:
    """Take the schema to the newest revision, inside the connection's own transaction."""
    found, known = _revisions(connection)
    strangers = found - known
    if strangers:
        raise NewerSchemaError(
            f"the database has revision {', '.join(sorted(strangers))}, which this version of the monitor does not "
            "know; run the version that made it, or restore a backup made before the upgrade"
        )
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, "head")


def is_current(connection: Connection) -> bool:
    """Whether the schema is at the newest revision."""
    found, newest = versions(connection)
    return found == newest


def versions(connection: Connection) -> tuple[set[str], set[str]]:
    """The revision that the schema has, and the newest there is; a set each, empty for a database without a schema."""
    found, _ = _revisions(connection)
    return found, set(ScriptDirectory.from_config(_configuration()).get_heads())


def _revisions(connection: Connection) -> tuple[set[str], set[str]]:
    scripts = ScriptDirectory.from_config(_configuration())
    found = MigrationContext.configure(connection).get_current_heads()
    return set(found), {script.revision for script in scripts.walk_revisions()}


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return configuration
