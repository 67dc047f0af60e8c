"""The condition of the database: whether it answers, which schema and which data it has, how it journals."""

from dataclasses import dataclass, replace

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from data_access.engine import as_whole, reading
from data_access.migrations import versions
from data_access.out_of_reach import is_out_of_reach, why_out_of_reach
from data_access.persons import KeyState, key_state
from data_access.records import Records
from data_access.roles import RoleError, refuse_without_rights, weaknesses
from data_access.scope import WHOLE_UNIVERSITY


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Of a database that does not answer (`answers` is False) nothing else is known."""

    answers: bool
    why_not: str = ""  # it does not answer; empty where that is not known
    revision: str = ""
    newest: str = ""
    data_version: int = 0
    demonstration: bool = False
    person_key: KeyState | None = None  # None where the schema is not the newest
    journal: str = ""  # of SQLite: delete, wal or memory; empty for PostgreSQL
    weaknesses: tuple[str, ...] = ()  # why row security of PostgreSQL does not hold for the role


def condition(engine: Engine) -> Condition:
    """What there is to say of the database now; never raises for a database that is away, locked or empty."""
    try:
        with reading(engine) as connection:
            refuse_without_rights(connection)
            weak = tuple(reason.en for reason in weaknesses(connection))
            found, newest = versions(connection)
            on_sqlite = engine.dialect.name == "sqlite"
            journal = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar()) if on_sqlite else ""
        schema = Condition(
            answers=True,
            revision=", ".join(sorted(found)),
            newest=", ".join(sorted(newest)),
            journal=journal,
            weaknesses=weak,
        )
        if found != newest:
            return schema
        facts = Records(engine, WHOLE_UNIVERSITY).facts()
        with reading(engine) as connection:
            state, _ = key_state(as_whole(connection))
    except SQLAlchemyError as error:
        if not is_out_of_reach(error) and type(error) is not DatabaseError:  # which a damaged file gives
            raise
        return Condition(answers=False, why_not=why_out_of_reach(error))
    except RoleError as error:
        return Condition(answers=True, weaknesses=(str(error),))
    version, demonstration = int(facts.get("data_version", "0")), facts.get("demonstration") == "yes"
    return replace(schema, data_version=version, demonstration=demonstration, person_key=state)
