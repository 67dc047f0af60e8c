"""What Alembic runs for every command: the connection is handed in by `data_access.migrations`."""

from alembic import context
from sqlalchemy import Connection

from data_access.tables import Table


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


_migrate(context.config.attributes["connection"])
