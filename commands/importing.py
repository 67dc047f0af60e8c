"""What `manage.py import` says: the report in the reader's language, and that a database is a demonstration."""

from sqlalchemy import Engine

from data_access.imports import ImportReport
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from vocabulary.import_reports import COUNTS, SEVERITIES, STATUSES, place
from vocabulary.text import Language, Text

REPORT = Text("{file}: {status} (rows: {counts})", "{file}：{status}（行数：{counts}）")
REMARK = Text("  {severity}: {place}{message}", "  {severity}：{place}{message}")
AMONG_SYNTHETIC = Text(
    "This database holds demonstration data; the imported rows stand among synthetic ones.",
    "このデータベースにはデモデータ（合成データ）が入っています。取り込んだ行は合成データと混在します。",
)


def holds_demonstration(engine: Engine) -> bool:
    return Records(engine, WHOLE_UNIVERSITY).is_demonstration()


def described(report: ImportReport, language: Language) -> list[str]:
    """A report in lines: what became of the file, then each remark with its place."""
    counts = {name: f"{getattr(report, name)}" for name in COUNTS}
    told = Text(
        ", ".join(f"{count} {COUNTS[name].en}" for name, count in counts.items()),
        "、".join(f"{COUNTS[name].ja} {count}" for name, count in counts.items()),
    )
    lines = [REPORT.filled(file=report.file_name, status=STATUSES[report.status], counts=told)]
    for remark in report.remarks:
        where = place(remark.row, remark.column, remark.value)
        where = Text(f"{where.en}: ", f"{where.ja}：") if where.en else where
        lines.append(REMARK.filled(severity=SEVERITIES[remark.severity], place=where, message=remark.message))
    return [line.said_in(language) for line in lines]
