"""What `manage.py import` does and says: the report in the reader's language, and for a dry run which figures move."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, Engine, make_url

from commands import fetching, recognising
from commands.acting import add_who_and_language, operator
from data_access.engine import default_url
from data_access.files.spreadsheets import as_csv, rows_of
from data_access.imports import HOME_ROR, ImportReport, store_files
from data_access.imports.deliveries import Delivery, preview_deliveries, store_deliveries
from data_access.imports.seen_before import DataState
from data_access.imports.told import Telling
from data_access.person_keys import beside
from data_access.persons import FIRST_KEY
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.declared import IMPLIED
from metrics.ledger import FRAMES
from metrics.moves import every_figure, moves
from metrics.numbers import change, said
from vocabulary.calendar import fiscal_year_name
from vocabulary.import_reports import COUNTS, SEVERITIES, STATUSES, WOULD_BE_STORED, place
from vocabulary.text import Language, Text

MOST_MOVES = 20
MOST_CHANGES = 50
REPORT = Text("{file}: {status} (rows: {counts})", "{file}：{status}（行数：{counts}）")
REMARK = Text("  {severity}: {place}{message}", "  {severity}：{place}{message}")
UNDO = Text("  To undo it: manage.py roll-back {number}", "  取り消すには：manage.py roll-back {number}")
KEY = Text("  The key of persons: {file}", "  個人の鍵：{file}")
AMONG_SYNTHETIC = Text(
    "This database holds demonstration data; the imported rows stand among synthetic ones.",
    "このデータベースにはデモデータ（合成データ）が入っています。取り込んだ行は合成データと混在します。",
)
TRIED = Text("A dry run: nothing was stored.", "試行のため、何も登録していません。")
SEEN = Text(
    "To store this only if nobody changes the data meanwhile: --previewed {state}",
    "その間に変更がない場合に限り登録するには：--previewed {state}",
)
NONE_MOVES = Text("No figure would move.", "変わる指標値はありません。")
MOVES = Text("{n:,} figure{n:|s} would move, the largest moves first:", "変わる指標値は{n:,}件（変化の大きい順）：")
MOVE = Text(
    "  {name}, {department}, {year}: {before} -> {after}{change}",
    "  {name}、{department}、{year}：{before} → {after}{change}",
)
CHANGES = Text("{file}: fields that would change: {n}", "{file}：変わる項目は{n}件")
CHANGE = Text("  {record}  {column}: {before} -> {after}", "  {record}  {column}：{before} → {after}")
MORE = Text("  and {n} more; --changes FILE writes all of them", "  ほか{n}件（--changes FILE で全件を出力）")
LEFT = Text("  and {n} more; --moves FILE writes all of them", "  ほか{n}件（--moves FILE で全件を出力）")
NO_VALUE = Text("no value", "値なし")
CANNOT_WRITE = Text("{file} cannot be written: {why}.", "{file} に書き込めません（{why}）。")

DESCRIPTION = (
    "Check every row of the files, then store all of them or, when one is refused, none. Files whose kind is left out "
    "tell it themselves; then each is stored whole, or not at all, in the order in which they need each other. Exit "
    "status 0 when all was stored (or said nothing new), 1 with the report on standard error when not."
)
Progress = Callable[[float], None]


def add_options(parser: argparse.ArgumentParser, language: Language) -> None:
    recognising.add_options(parser)
    parser.add_argument("--home-ror", help=f"the university's own ROR id, kept from then on (at first {HOME_ROR})")
    parser.add_argument(
        "--department",
        default="",
        metavar="CODE",
        help="where records of works, researchmap and kaken go that name no department (*)",
    )
    parser.add_argument(
        "--complete",
        action="store_true",
        help="the files are the full list (activities: of their sources; populations: of their days; else of their "
        "kind): what is stored of it and not in them is withdrawn",
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help="files of activities correct only their own columns in records that are stored; all else stays",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would come of it; nothing is stored")
    parser.add_argument("--moves", metavar="FILE", type=Path, help="of a dry run: write all figures that move (CSV)")
    parser.add_argument(
        "--changes", metavar="FILE", type=Path, help="of a dry run: write all that changes in stored records (CSV)"
    )
    parser.add_argument(
        "--previewed", metavar="STATE", type=DataState.read, help="store only if the data are still as a dry run said"
    )
    add_who_and_language(parser, language)
    fetching.add_options(parser)


def run(engine: Engine, options: argparse.Namespace, progress: Progress) -> int:
    """Store the files (or what is fetched), or only try; 1 with the report on standard error when one is refused."""
    fetched = fetching.fetch(options) if options.ror else None
    if options.ror and fetched is None:
        return 1
    given = recognising.deliveries(engine, options, [fetched.path] if fetched else options.files)
    if given is None:
        return 1
    if options.dry_run:
        return _dry_run(engine, options, given, progress)
    reports = _stored(engine, options, given, progress)
    recognising.keep_mapping(engine, options, given)
    refused = _print(reports, given, options)
    if fetched and not refused:
        fetched.kept.clear()
    for report in reports:
        if report.status == "stored":
            print(UNDO.filled(number=report.import_id).said_in(options.language))
    if not refused and holds_demonstration(engine):
        print(AMONG_SYNTHETIC.said_in(options.language), file=sys.stderr)
    return 1 if refused else 0


def _told(options: argparse.Namespace) -> Telling:
    return {
        "indicators": {key: indicator.unit == "share" for key, indicator in INDICATORS.items()},
        "indicator_names": {key: indicator.name for key, indicator in INDICATORS.items()},
        "conditions": IMPLIED,
        "home_ror": options.ror or options.home_ror,
        "department": options.department,
        "importer": options.by,
        "actor": operator(),
        "previewed": options.previewed,
        "complete": options.complete,
        "partial": options.update,
        "constants": {column.strip(): text for column, _, text in (one.partition("=") for one in options.set)},
    }


def _stored(
    engine: Engine, options: argparse.Namespace, given: Sequence[Delivery], progress: Progress
) -> tuple[ImportReport, ...]:
    """Files of a kind that was named: all of them, or none. Files that told their kind: each whole, one by one."""
    if not options.kind:
        return store_deliveries(engine, given, progress=progress, **_told(options))
    headings = {header: column for one in given for header, column in one.headings.items()}
    paths = [one.path for one in given]
    told: Telling = {**_told(options), "headings": headings}
    return store_files(engine, options.kind, paths, progress=progress, **told)


def _print(reports: Sequence[ImportReport], given: Sequence[Delivery], options: argparse.Namespace) -> bool:
    """Says what became of each file; whether one was refused."""
    refused = any(report.status == "refused" for report in reports)
    for report, one in zip(reports, given, strict=True):
        lines = described(report, options.language, tried=options.dry_run)
        if any(remark.message == FIRST_KEY for remark in report.remarks):
            lines.append(KEY.filled(file=beside(make_url(default_url()))).said_in(options.language))
        if report.status == "refused":
            lines += [hint.said_in(options.language) for hint in recognising.hints(one)]
        if options.remarks and (written := recognising.write_remarks(options.remarks, one, report, options.language)):
            lines.append(written.said_in(options.language))
        print("\n".join(lines), file=sys.stderr if refused else sys.stdout)
    return refused


def _dry_run(engine: Engine, options: argparse.Namespace, given: Sequence[Delivery], progress: Progress) -> int:
    """Say what would come of the files, and which figures would move by how much."""
    with Records(engine, WHOLE_UNIVERSITY).at_one_moment() as records:
        before = _frames(records)

    def look(connection: Connection) -> dict[str, pd.DataFrame]:
        return _frames(Records.on(connection, WHOLE_UNIVERSITY))

    preview = preview_deliveries(engine, given, look=look, progress=progress, **_told(options))
    refused = _print(preview.reports, given, options)
    for report in preview.reports:
        print("".join(f"{line}\n" for line in _changes_described(report, options.language)), end="")
    print(TRIED.said_in(options.language), file=sys.stderr if refused else sys.stdout)
    if any(report.status == "stored" for report in preview.reports):
        print(SEEN.filled(state=preview.state).said_in(options.language))
    if preview.seen is None:
        return 1
    if options.changes is not None and _write(_all_changes(preview.reports), options.changes, options.language):
        return 1
    names = {**_names(before), **_names(preview.seen)}
    new = every_figure(preview.seen, preview.seen["declared_indicators"])
    del preview  # one set of records at a time is enough
    old = every_figure(before, before["declared_indicators"])
    indicators = {**old.indicators, **new.indicators}
    moved = moves(old.table, new.table, indicators)
    moved = moved.dropna(subset=["before", "after"], how="all")  # a change from no value to none is no move
    print(
        "\n".join(_moves_described(moved, {key: one.name for key, one in indicators.items()}, names, options.language))
    )
    return 0 if options.moves is None else _write(moved, options.moves, options.language)


def _changes_described(report: ImportReport, language: Language) -> list[str]:
    """What would change in records that are stored, the first of it."""
    if not report.changes:
        return []
    lines = [CHANGES.filled(file=report.file_name, n=f"{len(report.changes):,}")]
    for one in report.changes[:MOST_CHANGES]:
        record = " ".join(filter(None, one.key))
        lines.append(CHANGE.filled(record=record, column=one.column, before=one.before, after=one.after))
    if len(report.changes) > MOST_CHANGES:
        lines.append(MORE.filled(n=f"{len(report.changes) - MOST_CHANGES:,}"))
    return [line.said_in(language) for line in lines]


def _all_changes(reports: Sequence[ImportReport]) -> pd.DataFrame:
    """One row is one field of one record that would change."""
    rows = [
        (report.file_name, " ".join(filter(None, one.key)), one.column, one.before.en, one.after.en, one.lost)
        for report in reports
        for one in report.changes
    ]
    return pd.DataFrame(rows, columns=["file", "record", "column", "before", "after", "lost"])


def _frames(records: Records) -> dict[str, pd.DataFrame]:
    """All that figures are counted from, at one moment."""
    return {name: getattr(records, name)() for name in (*FRAMES, "declared_indicators")}


def _names(frames: dict[str, pd.DataFrame]) -> dict[str, Text]:
    departments = frames["departments"]
    names = zip(departments["code"], departments["name_en"], departments["name_ja"], strict=True)
    return {str(code): Text(str(en), str(ja)) for code, en, ja in names}


def _moves_described(
    moved: pd.DataFrame, names: dict[str, Text], departments: dict[str, Text], language: Language
) -> list[str]:
    if moved.empty:
        return [NONE_MOVES.said_in(language)]
    lines = [MOVES.filled(n=len(moved))]
    for row in moved.head(MOST_MOVES).to_dict("records"):
        before, after, unit = row["before"], row["after"], row["unit"]
        both = pd.notna(before) and pd.notna(after)
        how_much = change(after, before, unit) if both else None
        lines.append(
            MOVE.filled(
                name=names[row["indicator"]],
                department=departments[row["department"]],
                year=fiscal_year_name(row["fiscal_year"]),
                before=said(before, unit) if pd.notna(before) else NO_VALUE,
                after=said(after, unit) if pd.notna(after) else NO_VALUE,
                change=Text(f" ({how_much.en})", f"（{how_much.ja}）") if how_much else Text("", ""),
            )
        )
    if len(moved) > MOST_MOVES:
        lines.append(LEFT.filled(n=f"{len(moved) - MOST_MOVES:,}"))
    return [line.said_in(language) for line in lines]


def _write(moved: pd.DataFrame, file: Path, language: Language) -> int:
    try:
        file.write_bytes(as_csv(rows_of(moved), mark=False))
    except OSError as error:
        print(CANNOT_WRITE.filled(file=file, why=error.strerror).said_in(language), file=sys.stderr)
        return 1
    return 0


def holds_demonstration(engine: Engine) -> bool:
    return Records(engine, WHOLE_UNIVERSITY).is_demonstration()


def described(report: ImportReport, language: Language, *, tried: bool = False) -> list[str]:
    """A report in lines: what became of the file (or would, where it was only `tried`), each remark with its place."""
    counts = {name: f"{getattr(report, name)}" for name in COUNTS}
    told = Text(
        ", ".join(f"{count} {COUNTS[name].en}" for name, count in counts.items()),
        "、".join(f"{COUNTS[name].ja} {count}" for name, count in counts.items()),
    )
    status = WOULD_BE_STORED if tried and report.status == "stored" else STATUSES[report.status]
    lines = [REPORT.filled(file=report.file_name, status=status, counts=told)]
    for remark in report.remarks:
        where = place(remark.row, remark.column, remark.value)
        where = Text(f"{where.en}: ", f"{where.ja}：") if where.en else where
        lines.append(REMARK.filled(severity=SEVERITIES[remark.severity], place=where, message=remark.message))
    return [line.said_in(language) for line in lines]
