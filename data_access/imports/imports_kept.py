"""What is kept of every attempt: its row in `imports`, its remarks, and the version of the data."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from data_access.data_mark import renew_mark
from data_access.imports.columns import Counts
from data_access.imports.report import ImportReport, Remarks
from data_access.tables import Import, ImportRemark, State

_VERSION = "data_version"


def lock_imports(connection: Connection) -> None:
    """Makes other imports wait for the end of this transaction (on SQLite they do anyway)."""
    connection.execute(select(State.value).where(State.name == _VERSION).with_for_update())


def begin_import(
    connection: Connection, kind: str, file_name: str, digest: str, importer: str, *, complete: bool = False
) -> int:
    """The id of a new import; `keep` completes what is known of it."""
    now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)  # stored in UTC
    row = {
        "kind": kind,
        "file_name": file_name,
        "sha256": digest,
        "imported_at": now,
        "status": "refused",
        "rows_read": 0,
        "importer": importer,
        "complete": complete,
    }
    key = connection.execute(insert(Import), row).inserted_primary_key
    return int(key[0]) if key else 0


def keep(
    connection: Connection, import_id: int, file_name: str, rows_read: int, remarks: Remarks, counts: Counts | None
) -> ImportReport:
    """Completes an import, stored (with its counts) or refused (without), and gives the report on it."""
    report = ImportReport(
        import_id=import_id,
        file_name=file_name,
        status="refused"
        if counts is None
        else "stored"
        if counts.new or counts.changed or counts.withdrawn
        else "unchanged",
        rows_read=rows_read,
        rows_new=counts.new if counts else 0,
        rows_changed=counts.changed if counts else 0,
        rows_unchanged=counts.unchanged if counts else 0,
        rows_withdrawn=counts.withdrawn if counts else 0,
        rows_refused=min(len(remarks.refused_rows), rows_read),  # a refused header is no record
        remarks=remarks.listed(),
    )
    kept = {name: getattr(report, name) for name in _KEPT}
    connection.execute(update(Import).where(Import.import_id == import_id).values(**kept))
    if report.remarks:
        connection.execute(insert(ImportRemark), [_remark(report, place) for place in range(len(report.remarks))])
    return report


def raise_data_version(connection: Connection, *, told: bool = False) -> None:
    """Says that the data changed: whatever was remembered of them is out of date. `told`: see `renew_mark`."""
    version = int(connection.scalars(select(State.value).where(State.name == _VERSION)).one())
    connection.execute(update(State).where(State.name == _VERSION).values(value=str(version + 1)))
    renew_mark(connection, told=told)


_KEPT = ("status", "rows_read", "rows_new", "rows_changed", "rows_unchanged", "rows_withdrawn", "rows_refused")


def _remark(report: ImportReport, place: int) -> dict[str, object]:
    remark = report.remarks[place]
    return {
        "import_id": report.import_id,
        "severity": remark.severity,
        "row": remark.row,
        "column": remark.column,
        "value": remark.value,
        "message_en": remark.message.en,
        "message_ja": remark.message.ja,
    }
