"""What the audit log says of an attempt to import: one event a file, in the transaction that stores or refuses it."""

from sqlalchemy import Connection

from data_access.audit import record
from data_access.imports.report import ImportReport
from data_access.imports.told import Told


def audit_import(connection: Connection, kind: str, digest: str, told: Told, report: ImportReport) -> None:
    """Adds the event of one file. Its name stands in `imports` under the number, and not in the log."""
    how = "full_list" if told.complete else "update" if told.partial else "rows"
    counts = ("new", "changed", "unchanged", "withdrawn", "refused")
    record(
        connection,
        told.who,
        "import",
        object=f"import {report.import_id}",
        scope=told.scope.code,
        details={"kind": kind, "how": how, **{name: str(getattr(report, f"rows_{name}")) for name in counts}},
        rows=report.rows_read,
        sha256=digest,
        outcome="refused" if report.status == "refused" else "done",
    )
