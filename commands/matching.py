"""`manage.py match`: names and affiliations of a file, each with the organization of the registry that it means."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain

from commands.output import write_out
from data_access.files.spreadsheets import as_csv
from data_access.files.text_rows import UnreadableError
from data_access.imports.files import rows_of
from data_access.matching import Candidate, Match, match_many, matcher, why

TABLES = (".csv", ".xlsx")
COLUMNS = (
    *("text", "country_given", "ror_id", "name", "country", "score", "status"),
    *("also", "runner_up", "runner_up_name", "runner_up_score", "why"),
)
SEPARATOR = ";"


def run(options: argparse.Namespace) -> int:
    """Match every text; 1 where the file cannot be read or has no such column."""
    try:
        texts = list(_texts(options))
    except (UnreadableError, LookupError, OSError, UnicodeDecodeError) as error:
        print(f"{options.file}: {getattr(error, 'message', error)}", file=sys.stderr)
        return 1
    matches = match_many(matcher(), texts, processes=os.cpu_count() or 1)
    content = written(matches)
    failed = write_out(content, options.output, "matches")
    counts = {status: sum(match.status == status for match in matches) for status in ("sure", "doubtful", "none")}
    print(", ".join(f"{count:,} {status}" for status, count in counts.items()), file=sys.stderr)
    return failed


def written(matches: Iterable[Match]) -> bytes:
    """The matches as CSV; UTF-8 with a mark, for Excel."""
    return as_csv(chain([COLUMNS], map(_row, matches)))


def _row(match: Match) -> list[str]:
    """One line: only what is sure has an id; of what is doubtful the likeliest stands as the runner-up."""
    first = match.found[0] if match.status == "sure" else None
    others = match.found[1:] if first else match.found
    runner_up = None if first else next(iter(others), None)
    also = SEPARATOR.join(one.organization.ror_id for one in others) if first else ""
    reason = first or runner_up
    return [
        *(match.text, match.country),
        *_told(first),
        match.status,
        also,
        *(
            (runner_up.organization.ror_id, runner_up.organization.name_en, f"{runner_up.score:.2f}")
            if runner_up
            else ("",) * 3
        ),
        why(reason).en if reason else "",
    ]


def _told(found: Candidate | None) -> tuple[str, str, str, str]:
    if found is None:
        return "", "", "", ""
    return found.organization.ror_id, found.organization.name_en, found.organization.country, f"{found.score:.2f}"


def _texts(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    if options.file.suffix.lower() not in TABLES:
        for line in options.file.read_text("utf-8-sig").splitlines():
            if line.strip():
                yield line.strip(), ""
        return
    rows = rows_of(options.file, (), lambda _: None, lambda _: None)
    header = [name.strip() for name in next(rows).cells]
    column = _place(header, options.column) if options.column else 0
    country = _place(header, options.country_column) if options.country_column else None
    for row in rows:
        if row.cells[column].strip():
            yield row.cells[column].strip(), "" if country is None else row.cells[country].strip().upper()


def _place(header: list[str], name: str) -> int:
    if name not in header:
        raise LookupError(f"there is no column {name!r}; there are {', '.join(header)}")
    return header.index(name)
