"""The only place where pages write: files are checked, tried, stored and undone here, as far as the reader may.

Each function gives the work for a job: who works, and on whose departments, is settled when it is asked for, and what
is done then knows no Streamlit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection

from data_access.audit import Actor
from data_access.batches.in_the_way import Obstacle as Obstacle
from data_access.batches.in_the_way import in_the_way
from data_access.batches.roll_back import RollBack as RollBack
from data_access.batches.roll_back import roll_back
from data_access.engine import as_whole, reading
from data_access.files.text_rows import UnreadableError
from data_access.imports import KINDS
from data_access.imports.columns import Column as Column
from data_access.imports.columns import Kind
from data_access.imports.deliveries import Delivery as Delivery
from data_access.imports.deliveries import in_order as in_order
from data_access.imports.deliveries import preview_deliveries, store_deliveries
from data_access.imports.heading_memory import remember, remembered
from data_access.imports.headings import NOT_NEEDED as NOT_NEEDED
from data_access.imports.headings import Match as Match
from data_access.imports.headings import mapping as mapping
from data_access.imports.headings import matched as matched
from data_access.imports.headings import normalised as normalised
from data_access.imports.headings import open_questions as open_questions
from data_access.imports.recognise import Recognition as Recognition
from data_access.imports.recognise import recognised
from data_access.imports.remarked import remarked
from data_access.imports.remarks_column import is_remarks as is_remarks
from data_access.imports.report import WIDE_SPACE as WIDE_SPACE
from data_access.imports.report import ImportReport as ImportReport
from data_access.imports.report import Remark
from data_access.imports.seen_before import DataState
from data_access.imports.template_codes import codes_of
from data_access.imports.templates import template
from data_access.imports.told import Telling
from data_access.imports.writers import OF_DEPARTMENTS
from data_access.in_turn import BUSY as BUSY
from data_access.in_turn import BusyError as BusyError
from data_access.in_turn import in_turn
from data_access.readers import Reader
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.conditions import CONDITIONS
from metrics.declared import IMPLIED, where_it_exists
from metrics.ledger import FRAMES
from metrics.moves import every_figure, moves
from pages.parts import data
from pages.parts.jobs import Done, Work
from vocabulary.text import Language, Text

Progress = Callable[[float], None]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What storing files would do: their reports, and the figures that would move (None where one is refused).

    `state`: of the data that this was seen on, to be told when the same files are stored.
    """

    reports: tuple[ImportReport, ...]
    moved: pd.DataFrame | None  # as `metrics.moves` gives it
    state: DataState


def writer() -> Reader:
    """Who writes; PermissionError for a reader who brings no data in."""
    reader = data.reader()
    if not reader.imports:
        raise PermissionError(f"{reader.code} does not import")
    return reader


def kinds() -> dict[str, Kind]:
    """The kinds of files that the reader brings in; none for a reader who brings no data in."""
    reader = data.reader()
    if not reader.imports:
        return {}
    return {key: kind for key, kind in KINDS.items() if reader.imports_for.whole_university or key in OF_DEPARTMENTS}


def recognising(files: Sequence[tuple[Path, str]]) -> Work[tuple[Recognition | Text, ...]]:
    """Which kind each file (where it is, what it is called) is, or why it cannot be read at all."""
    engine, code = data.engine(), writer().code

    def one(path: Path, file_name: str) -> Recognition | Text:
        try:
            return recognised(path, file_name=file_name, remembered=remembered(engine, file_name, code))
        except UnreadableError as error:
            return error.message

    def work(tell: Progress) -> tuple[Recognition | Text, ...]:
        found: list[Recognition | Text] = []
        for path, file_name in files:
            tell(len(found) / len(files))
            found.append(one(path, file_name))
        return tuple(found)

    return work


def decisions_kept(file_name: str) -> Mapping[str, Mapping[str, str]]:
    """What the headers of files of the same source were said to mean before: kind -> header, normalised -> column."""
    return remembered(data.engine(), file_name, writer().code)


def keep_decisions(kind: str, file_name: str, mapping: Mapping[str, str]) -> None:
    """Keeps what headers mean, for the next file of the same source."""
    reader = writer()
    with in_turn():
        who, actor, scope = reader.code, Actor.of(reader), reader.imports_for
        remember(data.engine(), kind, file_name, mapping, importer=who, actor=actor, scope=scope)


def checking(deliveries: Sequence[Delivery]) -> Work[tuple[ImportReport, ...]]:
    """Each file by itself: what storing it would do, or what is wrong in it."""
    engine, telling = data.engine(), _telling()

    def work(tell: Progress) -> tuple[ImportReport, ...]:
        reports: list[ImportReport] = []
        for place, one in enumerate(deliveries):
            tell(place / len(deliveries))
            preview = preview_deliveries(engine, [one], look=lambda _connection: None, progress=_silent, **telling)
            reports += preview.reports
        return tuple(reports)

    return _patient(work)


def trying(deliveries: Sequence[Delivery]) -> Work[Tried]:
    """All files together: what storing them would do, and which figures would move by how much.

    A head reads the moves of the own departments alone.
    """
    engine, telling, reader = data.engine(), _telling(), writer()
    indicators = data.indicators()
    counted = data.store().mark
    before = where_it_exists(_own(data.figures(indicators), reader), indicators, data.ledger().tree)

    def look(connection: Connection) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
        records = Records.on(connection, WHOLE_UNIVERSITY)
        own = Records.on(connection, reader.scope).declared_indicators()
        return {name: getattr(records, name)() for name in FRAMES}, own

    def work(tell: Progress) -> Tried:
        preview = preview_deliveries(engine, deliveries, look=look, progress=lambda done: tell(done * READ), **telling)
        state = preview.state._replace(mark=counted)  # what was stored since was seen on neither side
        if preview.seen is None:
            return Tried(reports=preview.reports, moved=None, state=state)
        then = every_figure(*preview.seen)
        moved = moves(before, _own(then.table, reader), {**indicators, **then.indicators})
        return Tried(reports=preview.reports, moved=moved, state=state)

    return _patient(work)


def storing(deliveries: Sequence[Delivery], previewed: DataState) -> Work[tuple[ImportReport, ...]]:
    """Each file whole, one after the other; none where somebody changed the data after they were previewed."""
    engine, telling = data.engine(), _telling()
    telling["previewed"] = previewed
    return _patient(lambda tell: store_deliveries(engine, deliveries, progress=tell, **telling))


def undoing(import_id: int) -> Work[RollBack]:
    """Everything that an import did, taken back at once, or the list of what stands in the way."""
    engine, reader = data.engine(), writer()
    who, actor, scope = reader.code, Actor.of(reader), reader.imports_for
    return _patient(lambda _tell: roll_back(engine, import_id, importer=who, actor=actor, scope=scope))


def obstacles(import_id: int) -> list[Obstacle]:
    """What stands in the way of undoing an import, for readers of the whole university."""
    if not writer().imports_for.whole_university:
        return []
    with reading(data.engine()) as connection:
        return in_the_way(as_whole(connection), import_id)


def with_remarks(path: Path, kind: str, remarks: Sequence[Remark], language: Language) -> bytes:
    """The file with a column of remarks."""
    return remarked(path, kind, remarks, language)[1]


def template_of(kind: str, language: Language) -> Callable[[], bytes]:
    """Makes the workbook to fill in for a kind of file, with the codes that hold then."""
    engine, names = data.engine(), {key: indicator.name for key, indicator in data.indicators().items()}
    conditions = {key: condition.text for key, condition in CONDITIONS.items()}

    def made() -> bytes:
        with reading(engine) as connection:
            return template(kind, codes_of(as_whole(connection), indicators=names, conditions=conditions), language)

    return made


READ = 0.5  # the part of trying that is done when the data are there as they would be


def _telling() -> Telling:
    reader = writer()
    return {
        "indicators": {key: indicator.unit == "share" for key, indicator in INDICATORS.items()},
        "indicator_names": {key: indicator.name for key, indicator in INDICATORS.items()},
        "conditions": IMPLIED,
        "importer": reader.code,
        "actor": Actor.of(reader),
        "scope": reader.imports_for,
    }


def _own(figures: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    return figures[[reader.imports_for.covers(code) for code in figures["department"]]]


def _patient(work: Work[Done]) -> Work[Done]:
    """The same work; that somebody else is writing is said as such."""

    def done(tell: Progress) -> Done:
        with in_turn():
            return work(tell)

    return done


def _silent(_done: float) -> None:
    """Tells nobody."""
