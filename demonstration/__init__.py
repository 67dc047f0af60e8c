"""The demonstration: real departments, partners and published totals, synthetic records calibrated to them."""

from collections.abc import Callable

from sqlalchemy import Engine

from demonstration.generate import KINDS, generate

__all__ = ["IMPORTER", "KINDS", "NotEmptyError", "generate", "load"]
IMPORTER = "manage.py demo"


class NotEmptyError(ValueError):
    """The database holds records that are not the demonstration's."""


def load(engine: Engine, *, progress: Callable[[float], None] = lambda done: None) -> dict[str, int]:
    """Stores all rows through the same door as any import; returns how many rows of each kind were read.

    Loading again changes nothing. Raises NotEmptyError where real data would be mixed with it.
    """
    from demonstration import loading  # with all that an import needs, which a server that has its data does not

    return loading.load(engine, progress)
