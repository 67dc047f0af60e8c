"""What `manage.py audit` does: print the events of the audit log, or say whether it is whole."""

import argparse
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from commands.acting import operator
from commands.output import write_out
from data_access.audit import Verified, record, verify
from data_access.audit.reading import Asked, events
from data_access.engine import as_whole, reading
from vocabulary.audit_actions import ACTIONS, OUTCOMES
from vocabulary.calendar import day_in_japan
from vocabulary.text import Language, Text

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse has no other name for it

WHOLE = Text("The audit log is whole: events {first} to {last}.", "監査記録は完全です（イベント {first} ～ {last}）。")
EMPTY = Text("The audit log holds no event yet.", "監査記録にはまだイベントがありません。")
BROKEN = Text("The audit log is not whole: {fault}.", "監査記録は完全ではありません：{fault}。")
LAST_HASH = Text(
    "The last event and its hash, to be written down elsewhere and asked for with --expect: {last}:{hash}",
    "最後のイベントとハッシュ（別の場所に控え、--expect で照合する）：{last}:{hash}",
)


def add_commands(commands: "Commands", prepared: Callable[[], Engine], language: Language) -> None:
    """Add the command to the operator's; it works on the `prepared` database."""
    parser = commands.add_parser(
        "audit",
        help="print who did what when and what was refused, or verify that the log is whole",
        description="Print the events of the audit log as CSV, newest first; or verify it: exit status 1, with the "
        "first event that is wrong, where it is not whole.",
    )
    parser.add_argument("what", choices=("list", "verify"), nargs="?", default="list", help="(%(default)s)")
    for option, help_ in (
        ("--since", "the first day of events, in Japan, as 2026-04-01, or today"),
        ("--until", "the last day"),
    ):
        parser.add_argument(option, metavar="DAY", type=_day, help=help_)
    parser.add_argument("--actor", default="", help="the code of who acted, as account:7 or 'command line: root'")
    parser.add_argument("--action", default="", help=f"one of {', '.join(ACTIONS)}")
    parser.add_argument("--outcome", default="", choices=tuple(OUTCOMES), help=f"one of {', '.join(OUTCOMES)}")
    parser.add_argument("--output", metavar="FILE", type=Path, help="write the events there, not to standard output")
    expected = "of verify: a last event and its hash that were written down (or the hash alone)"
    parser.add_argument("--expect", metavar="NUMBER:HASH", type=_expected, help=expected)
    parser.add_argument("--language", choices=("en", "ja"), default=language, help="of the answer (%(default)s)")
    parser.set_defaults(run=partial(_on, prepared))


def _day(said: str) -> date:
    if said == "today":
        return day_in_japan(datetime.now(UTC))
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{said!r} is no day; write it as 2026-04-01, or today") from None


def _expected(said: str) -> str:
    written = said.strip().lower()
    if not re.fullmatch(r"(\d+:)?[0-9a-f]{64}", written, re.ASCII):
        raise argparse.ArgumentTypeError(f"{said!r} is no event with its hash; write it as `audit verify` printed it")
    return written


def _on(prepared: Callable[[], Engine], options: argparse.Namespace) -> int:
    """Print the events as CSV, newest first; or verify, and then 1 where the log is not whole."""
    engine = prepared()
    try:
        return _verify(engine, options) if options.what == "verify" else _list(engine, options)
    finally:
        engine.dispose()


def _list(engine: Engine, options: argparse.Namespace) -> int:
    """That the log was read is an event, too, the newest of what is printed."""
    asked = Asked(
        since=options.since,
        until=options.until,
        actor=options.actor,
        action=options.action,
        outcome=options.outcome,
    )
    with engine.begin() as connection:
        record(as_whole(connection), operator(), "log read")
    with reading(engine) as connection:
        found = events(as_whole(connection), asked)
    found["rows"], found["account"] = found["rows"].astype("Int64"), found["account"].astype("Int64")
    return write_out(found.to_csv(index=False).encode(), options.output, "events")


def _verify(engine: Engine, options: argparse.Namespace) -> int:
    found = verify(engine, expect=options.expect or "")
    for line in _said(found):
        print(line.said_in(options.language), file=sys.stdout if found.is_whole else sys.stderr)
    return 0 if found.is_whole else 1


def _said(found: Verified) -> list[Text]:
    if found.fault is not None:
        return [BROKEN.filled(fault=found.fault)]
    if not found.last:
        return [EMPTY]
    whole = [WHOLE.filled(first=found.first, last=found.last), LAST_HASH.filled(last=found.last, hash=found.last_hash)]
    return [found.rewound, *whole] if found.rewound else whole
