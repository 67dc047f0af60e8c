"""What `manage.py erase-person`, `correct-person`, `erase-account` and `retention` do and say."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Engine, select

from commands.acting import account as account_here
from commands.acting import operator
from data_access.audit import refused
from data_access.audit.retention import (
    ACCOUNT_ERASED,
    VARIABLES,
    Periods,
    RetentionError,
    erase_account,
    holds_a_role,
    keep_to,
)
from data_access.engine import as_whole, default_url
from data_access.kept_arrays import forget
from data_access.people.changing import NotChangedError, PersonChange, correct, erase
from data_access.tables import Account
from vocabulary.text import Language, Text

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse has no other name for it

FIRST = 50  # records that are named
DONE = Text(
    "Changed: {n:,} record{n:|s} and {versions:,} former version{versions:|s} of records.",
    "変更：記録 {n} 件、過去の版 {versions} 件。",
)
WOULD = Text(
    "A dry run: nothing was changed. It would change {n:,} record{n:|s} and {versions:,} former "
    "version{versions:|s} of records:",
    "試行のため、何も変更していません。変更の対象：記録 {n} 件、過去の版 {versions} 件",
)
MORE = Text("  and {n} more", "  ほか {n} 件")
BACKUPS = Text(
    "Figures that count persons may move. Backups made before still hold the person: delete them, or erase again after "
    "one is restored. Files that name the person are with whoever sent them.",
    "個人を数える指標が変わることがあります。以前のバックアップには個人の情報が残っています。削除するか、復元後に"
    "再度実行してください。元のファイルは送付元に残っています。",
)
OLD_FILES = Text(
    "A file that still writes the old id brings it back: correct it, too.",
    "旧 ID のままのファイルを取り込むと元に戻ります。ファイルも訂正してください。",
)
NO_ACCOUNT = Text("There is no account {n}.", "アカウント {n} はありません。")
HOLDS_A_ROLE = Text(
    "Account {n} holds a role; take it back first (manage.py revoke --account {n}).",
    "アカウント {n} には権限があります。先に取り消してください（manage.py revoke --account {n}）。",
)
ACCOUNT_DONE = Text(
    "Account {n}: issuer, subject and label are blank, its logins are gone. Its number stays in the audit log.",
    "アカウント {n} の発行者・識別子・名称を空にし、ログインを削除しました。番号は監査記録に残ります。",
)
DELETED = Text(
    "Deleted: {events:,} event{events:|s} of the audit log, {logins:,} login{logins:|s}, {accounts:,} "
    "account{accounts:|s}.",
    "削除：監査記録 {events:,} 件、ログイン {logins:,} 件、アカウント {accounts:,} 件。",
)
NOTHING_DELETED = Text("A dry run: nothing was deleted.", "試行のため、何も削除していません。")
KEPT = {
    "audit": Text(
        "  events of the audit log are kept {kept} ({variable}): {n:,} {n:is|are} older and would be deleted",
        "  監査記録の保存期間は{kept}（{variable}）：期間を過ぎた {n:,} 件を削除します",
    ),
    "logins": Text(
        "  logins that are over are kept {kept} ({variable}): {n:,} {n:is|are} older and would be deleted",
        "  終了したログインの保存期間は{kept}（{variable}）：期間を過ぎた {n:,} 件を削除します",
    ),
    "accounts": Text(
        "  accounts without a role are kept {kept} after the last visit ({variable}): {n:,} would be blanked",
        "  権限のないアカウントの保存期間は最終利用から{kept}（{variable}）：期間を過ぎた {n:,} 件を匿名化します",
    ),
}
DAYS = Text("{n:,} days", "{n:,}日")
FOR_GOOD = Text("for good", "無期限")


def add_commands(commands: "Commands", prepared: Callable[[], Engine], language: Language) -> None:
    """Add the four commands to the operator's; each works on the `prepared` database."""
    id_help = "as the university's files write it, or p:...; - reads a line from standard input"
    one = commands.add_parser("erase-person", help="take a person out of all records and former versions of records")
    one.add_argument("id", metavar="ID", help=id_help)
    other = commands.add_parser("correct-person", help="say of another person what was said of the one of a wrong id")
    other.add_argument("id", metavar="OLD", help=id_help)
    other.add_argument("new", metavar="NEW", help=id_help)
    account = commands.add_parser("erase-account", help="blank who an account without a role is")
    account.add_argument("account", metavar="NUMBER", type=int, help="its number, as `grants` prints it")
    retention = commands.add_parser("retention", help="delete what is older than its settings say")
    runs = ((one, _person), (other, _person), (account, _account), (retention, _retention))
    for parser, run in runs:
        if parser is not account:
            parser.add_argument("--dry-run", action="store_true", help="say what would come of it; nothing is changed")
        by = "who asks for it, for the audit log (%(default)s)"
        parser.add_argument("--by", metavar="NAME", default=account_here(), help=by)
        parser.add_argument("--language", choices=("en", "ja"), default=language, help="of the answer (%(default)s)")
        parser.set_defaults(run=partial(_on, prepared, run))


def _on(
    prepared: Callable[[], Engine], run: Callable[[Engine, argparse.Namespace], int], options: argparse.Namespace
) -> int:
    engine = prepared()
    try:
        return run(engine, options)
    finally:
        engine.dispose()


def _person(engine: Engine, options: argparse.Namespace) -> int:
    """Erase a person, or (where a new id is given) correct whom an id means."""
    dry, actor, is_correction = options.dry_run, operator(options.by), "new" in options
    try:
        if is_correction:
            changed = correct(engine, _id(options.id), _id(options.new), actor=actor, dry_run=dry)
        else:
            changed = erase(engine, _id(options.id), actor=actor, dry_run=dry)
            if not dry:
                forget(default_url())
    except NotChangedError as error:
        print(error.text.said_in(options.language), file=sys.stderr)
        return 1
    lines = _said(changed, dry=dry)
    if not dry:
        lines += [BACKUPS, OLD_FILES] if is_correction else [BACKUPS]
    print("\n".join(line.said_in(options.language) for line in lines))
    return 0


def _id(written: str) -> str:
    """The id, which `-` keeps out of the list of processes and the history of the shell."""
    return sys.stdin.readline().strip() if written == "-" else written


def _said(changed: PersonChange, *, dry: bool) -> list[Text]:
    lines = [(WOULD if dry else DONE).filled(n=len(changed.records), versions=changed.versions)]
    if dry:
        named = [f"  {source} {record_id}" for source, record_id in changed.records[:FIRST]]
        lines += [Text(line, line) for line in named]
        lines += [MORE.filled(n=len(changed.records) - FIRST)] if len(changed.records) > FIRST else []
    return lines


def _account(engine: Engine, options: argparse.Namespace) -> int:
    number, now = options.account, datetime.now(UTC)
    with engine.begin() as connection:
        there = as_whole(connection).scalar(select(Account.account_id).where(Account.account_id == number))
        wrong = NO_ACCOUNT if there is None else HOLDS_A_ROLE if holds_a_role(connection, number, now) else None
        if wrong is None:
            erase_account(connection, number, operator(options.by))
    if wrong is not None:
        refused(engine, operator(options.by), ACCOUNT_ERASED, object=f"account:{number}")
        print(wrong.filled(n=number).said_in(options.language), file=sys.stderr)
        return 1
    print(ACCOUNT_DONE.filled(n=number).said_in(options.language))
    print(BACKUPS.said_in(options.language))
    return 0


def _retention(engine: Engine, options: argparse.Namespace) -> int:
    try:
        periods, actor = Periods.of(), operator(options.by)
        deleted = keep_to(engine, periods, actor=actor, now=datetime.now(UTC), dry_run=options.dry_run)
    except RetentionError as error:
        print(error, file=sys.stderr)
        return 1
    lines = [DELETED.filled(events=deleted.events, logins=deleted.logins, accounts=deleted.accounts)]
    if options.dry_run:
        counts = {"audit": deleted.events, "logins": deleted.logins, "accounts": deleted.accounts}
        days = {"audit": periods.audit, "logins": periods.logins, "accounts": periods.accounts}
        kept = {name: FOR_GOOD if n is None else DAYS.filled(n=n) for name, n in days.items()}
        told = [KEPT[name].filled(kept=kept[name], variable=VARIABLES[name], n=n) for name, n in counts.items()]
        lines = [NOTHING_DELETED, *told]
    print("\n".join(line.said_in(options.language) for line in lines))
    return 0
