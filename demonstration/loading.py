"""Stores the demonstration in a database, and marks the database as holding it."""

from collections.abc import Callable

from sqlalchemy import Engine, delete, exists, insert, select
from sqlalchemy.orm import Session

from data_access.engine import as_whole
from data_access.imports import HOME_ROR, keep_own, store_rows
from data_access.partners import registry
from data_access.tables import Import, State
from demonstration import IMPORTER, NotEmptyError
from demonstration.generate import KINDS, generate
from metrics.catalogue import INDICATORS
from metrics.declared import IMPLIED

MARK = {"name": "demonstration", "value": "yes"}
SHARE_OF_GENERATING = 0.1
"""The part of the work, as `progress` tells it, that is done when the rows are there and the storing begins."""


def load(engine: Engine, progress: Callable[[float], None]) -> dict[str, int]:
    """As `demonstration.load` says it."""
    refuse_real_data(engine)
    rows = generate()
    progress(SHARE_OF_GENERATING)
    mark(engine)
    shares = {key: indicator.unit == "share" for key, indicator in INDICATORS.items()}
    total, stored = sum(map(len, rows.values())), 0
    for kind in KINDS:
        tell = _part(progress, stored / total, len(rows[kind]) / total)
        report = store_rows(
            engine,
            kind,
            rows[kind],
            indicators=shares,
            conditions=IMPLIED,
            name=f"demonstration_{kind}.csv",
            importer=IMPORTER,
            progress=tell,
        )
        if report.status == "refused":
            errors = [f"row {remark.row}, {remark.column}: {remark.message.en}" for remark in report.remarks]
            raise ValueError("\n".join([f"The demonstration's {kind} were refused:", *errors[:10]]))
        stored += len(rows[kind])
    return {kind: len(rows[kind]) for kind in KINDS}


def _part(progress: Callable[[float], None], start: float, share: float) -> Callable[[float], None]:
    """Tells the whole work's progress from that of the part that begins at `start`."""
    return lambda done: progress(SHARE_OF_GENERATING + (1 - SHARE_OF_GENERATING) * (start + share * done))


def refuse_real_data(engine: Engine) -> None:
    """Raises NotEmptyError where anything was imported into a database that is not marked as demonstration."""
    with Session(engine) as session:
        as_whole(session.connection())
        marked = session.scalar(select(State.value).where(State.name == MARK["name"])) == MARK["value"]
        if not marked and session.scalar(select(exists().where(Import.status == "stored"))):
            raise NotEmptyError(
                "This database holds records that are not demonstration data; the demonstration would mix with "
                "them. Name an empty database in DATABASE_URL, or go on with the data that is there."
            )


def mark(engine: Engine) -> None:
    """Marks the database as demonstration data, so that every page and download can say so, of our university."""
    with Session(engine) as session, session.begin():
        as_whole(session.connection())
        session.execute(delete(State).where(State.name == MARK["name"]))
        session.execute(insert(State).values(**MARK))
        keep_own(session.connection(), registry().by_id(HOME_ROR))
