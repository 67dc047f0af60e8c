"""What `manage.py import` finds out of its files before it reads them: their kinds, and what their headers mean."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from commands.acting import operator
from data_access.files.text_rows import UnreadableError
from data_access.imports import KINDS, ImportReport
from data_access.imports.deliveries import Delivery, in_order
from data_access.imports.heading_memory import remember, remembered
from data_access.imports.headings import Match, mapping, matched, open_questions
from data_access.imports.recognise import Recognition, recognised
from data_access.imports.remarked import remarked
from data_access.scope import WHOLE_UNIVERSITY
from vocabulary.text import Language, Text

KIND = Text("{file}: {kind}. {why}", "{file}：{kind}。{why}")
UNSURE = Text(
    "{file}: which kind of file is it? {why} Nothing was stored. Name it: manage.py import KIND {file} (KIND: {near}).",
    "{file}：種類を判別できません。{why}何も登録していません。"
    "種類を指定してください：manage.py import KIND {file}（KIND：{near}）。",
)
UNREADABLE = Text("{file}: {why}", "{file}：{why}")
HINT = Text(
    '  The header {header} may mean {column}: --map "{header}={column}", or --map "{header}=" to leave it out.',
    '  見出し「{header}」は {column} かもしれません：--map "{header}={column}"。使わない場合は --map "{header}="。',
)
NO_HEADER = Text(
    '--map names the header "{header}", which no file has, so nothing was stored. There are: {there}.',
    "--map の見出し「{header}」はどのファイルにもないため、何も登録していません。ある見出し：{there}。",
)
REMARKED = Text("  The file with remarks: {path}", "  指摘付きのファイル：{path}")
TABLES = (".csv", ".xlsx", ".xlsm")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind", metavar="KIND", nargs="?", default="", help=f"one of {', '.join(KINDS)}; left out: told by each file"
    )
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="CSV or XLSX; JSON or JSONL for works")
    parser.add_argument(
        "--map",
        metavar="HEADER=COLUMN",
        action="append",
        default=[],
        help="what a header of the office's own wording means (nothing after =: not needed); kept for the next file",
    )
    parser.add_argument(
        "--set",
        metavar="COLUMN=VALUE",
        action="append",
        default=[],
        help="a column that the files lack as all their rows hold the same there: --set activity_type=sdg_course",
    )
    parser.add_argument(
        "--remarks", metavar="FOLDER", type=Path, help="write each refused file there with a column of remarks"
    )


def check_options(options: argparse.Namespace) -> str | None:
    """What is wrong with the options, or None; a first word that is no kind but a file is the first file."""
    if options.kind and options.kind not in KINDS:
        first = Path(options.kind)
        if not first.suffix and not first.exists():
            return f"there is no kind {options.kind!r}; there are {', '.join(KINDS)}"
        options.files, options.kind = [first, *options.files], ""
    if options.ror and not options.kind:
        return "--ror and --from fetch works: manage.py import works --ror ID --from YEAR"
    wrong = [one for one in options.map if "=" not in one]
    if wrong:
        return f'--map "{wrong[0]}": accepted is "HEADER=COLUMN", or "HEADER=" for a column that is not needed'
    columns = {column.name for kind in _kinds(options) for column in KINDS[kind].columns} | {""}
    unknown = [one for one in options.map if one.rpartition("=")[2].strip() not in columns]
    if unknown:
        return f'--map "{unknown[0]}": there is no such column; there are {", ".join(sorted(columns - {""}))}'
    for one in options.set:
        if one.partition("=")[0].strip() not in columns - {""} or not one.partition("=")[2].strip():
            there_are = ", ".join(sorted(columns - {""}))
            return f'--set "{one}": accepted is "COLUMN=VALUE", with one of the columns {there_are}'
    if options.set and not options.kind:
        return "--set: name the kind of the files, manage.py import KIND FILE"
    if options.remarks and any(path.resolve().parent == options.remarks.resolve() for path in options.files):
        return f"--remarks {options.remarks}: the files themselves are there; name another folder"
    return None


def _kinds(options: argparse.Namespace) -> list[str]:
    return [options.kind] if options.kind else list(KINDS)


def deliveries(engine: Engine, options: argparse.Namespace, paths: Sequence[Path]) -> tuple[Delivery, ...] | None:
    """The files in the order in which they need each other; None, with the reason said, where one's kind is unsure."""
    found = [_delivery(engine, options, path) for path in paths]
    known = [one for one in found if one is not None]
    if len(known) < len(found) or not _headers_are_there(options, [one.header for one in known]):
        return None
    return in_order([one.delivery for one in known])


class _Found(NamedTuple):
    delivery: Delivery
    header: Sequence[str] | None  # None where it cannot be read


def _headers_are_there(options: argparse.Namespace, files: Sequence[Sequence[str] | None]) -> bool:
    """Whether each header that --map names is in one of the files; says which are there instead."""
    if not options.map or None in files:
        return True
    there = list(dict.fromkeys(header for file in files for header in file or () if header))
    wrong = [header for header in _mapped(options) if header not in there]
    for header in wrong:
        _say(NO_HEADER.filled(header=header, there=Text(", ".join(there), "、".join(there))), options.language)
    return not wrong


def _mapped(options: argparse.Namespace) -> dict[str, str]:
    """What --map says: header -> column, or nothing where it is not needed."""
    return {header.strip(): column.strip() for header, _, column in (one.rpartition("=") for one in options.map)}


def _delivery(engine: Engine, options: argparse.Namespace, path: Path) -> _Found | None:
    known = remembered(engine, path.name, options.by)
    try:
        found = recognised(path, remembered=known)
    except (UnreadableError, OSError) as error:
        if options.kind:  # the import says what is wrong
            return _Found(
                Delivery(
                    kind=options.kind, path=path, file_name=path.name, complete=options.complete, partial=options.update
                ),
                None,
            )
        why = error.message if isinstance(error, UnreadableError) else Text(str(error), str(error))
        _say(UNREADABLE.filled(file=path.name, why=why), options.language)
        return None
    kind = options.kind or found.kind
    if not kind:
        near = ", ".join(found.near or KINDS)
        _say(UNSURE.filled(file=path.name, why=found.why, near=near), options.language)
        return None
    if not options.kind:
        _say(KIND.filled(file=path.name, kind=KINDS[kind].name, why=found.why), options.language)
    headings = {
        **mapping(_matches(found, kind, known)),
        **{h: c for h, c in _mapped(options).items() if h in found.header},
    }
    delivery = Delivery(
        kind=kind, path=path, file_name=path.name, headings=headings, complete=options.complete, partial=options.update
    )
    return _Found(delivery, found.header)


def _matches(found: Recognition, kind: str, known: dict[str, dict[str, str]]) -> tuple[Match, ...]:
    return matched(found.header, KINDS[kind], known.get(kind, {})) if KINDS[kind].translate is None else ()


def keep_mapping(engine: Engine, options: argparse.Namespace, given: Sequence[Delivery]) -> None:
    """Keeps what --map said of the headers of these files, for the next of their sources."""
    headers = _mapped(options)
    for one in given:
        said = {header: column for header, column in one.headings.items() if header in headers}
        if said:
            name, kind, who = one.file_name, one.kind, options.by
            remember(engine, kind, name, said, importer=who, actor=operator(), scope=WHOLE_UNIVERSITY)


def hints(given: Delivery) -> list[Text]:
    """What a header that was not understood may mean."""
    try:
        found = recognised(given.path)
    except (UnreadableError, OSError):
        return []
    open_ones = open_questions(_matches(found, given.kind, {}))
    return [
        HINT.filled(header=match.header, column=match.column)
        for match in open_ones
        if match.column and match.header not in given.headings
    ]


def write_remarks(folder: Path, given: Delivery, report: ImportReport, language: Language) -> Text | None:
    """Writes a refused file with its remarks into a folder, and says where."""
    if report.status != "refused" or given.path.suffix.lower() not in TABLES:
        return None
    try:
        ending, content = remarked(given.path, given.kind, report.remarks, language)
    except UnreadableError:  # then there are no rows to remark on, and the report says so
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{given.path.stem}{ending}"
    path.write_bytes(content)
    return REMARKED.filled(path=path)


def _say(text: Text, language: Language) -> None:
    print(text.said_in(language), file=sys.stderr)
