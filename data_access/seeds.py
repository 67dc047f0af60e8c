"""What every database holds from the start: the countries, the university itself, and its own state."""

from babel import Locale
from sqlalchemy import Connection, insert, select

from data_access import reference
from data_access.tables import Country, Department, State, Table
from vocabulary.departments import UNIVERSITY

_STATE = {"data_version": "0", "demonstration": "no"}


def are_sown(connection: Connection) -> bool:
    """Whether nothing is missing; to be asked of a database whose schema is current."""
    return not any(_missing(connection).values())


def sow(connection: Connection) -> None:
    """Add what is missing; a row that is there stays as it is."""
    for table, rows in _missing(connection).items():
        if rows:
            connection.execute(insert(table), rows)


def _missing(connection: Connection) -> dict[type[Table], list[dict[str, object]]]:
    wanted: list[tuple[type[Table], str, list[dict[str, object]]]] = [
        (Country, "code", _countries()),
        (Department, "code", [_university()]),
        (State, "name", [{"name": name, "value": value} for name, value in _STATE.items()]),
    ]
    missing = {}
    for table, key, rows in wanted:
        present = set(connection.scalars(select(table.__table__.c[key])))
        missing[table] = [row for row in rows if row[key] not in present]
    return missing


def _university() -> dict[str, object]:
    return {"code": UNIVERSITY, "parent_code": None, "name_en": "University", "name_ja": "全学", "kind": "university"}


def _countries() -> list[dict[str, object]]:
    """The Japanese names are those of Unicode CLDR, except where the reference files correct them."""
    japanese = Locale("ja").territories
    return [
        {
            "code": country.code,
            "code_3": country.code_3,
            "name_en": country.name_en,
            "name_ja": country.name_ja or japanese[country.code],
            "region": country.region,
            "subregion": country.subregion,
            "least_developed": country.least_developed,
        }
        for country in reference.countries()
    ]
