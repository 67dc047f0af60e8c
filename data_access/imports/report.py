"""What an import says of a file: remarks on single cells, and one report for the whole attempt."""

import errno
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from data_access.batches.field_changes import FieldChange
from data_access.imports.seen_before import DataState
from vocabulary.text import Text

Severity = Literal["error", "notice"]
Status = Literal["stored", "unchanged", "refused"]

CANNOT_OPEN = {
    errno.ENOENT: "ファイルが見つかりません",
    errno.EISDIR: "フォルダです",
    errno.EACCES: "読み取りの権限がありません",
}

MOST_REMARKS = 1_000
MOST_NAMED = 20
LONGEST_NAME = 60
LONGEST_VALUE = 200
WIDE_SPACE = "\N{IDEOGRAPHIC SPACE}"  # Python does not count it among what is printed; Japanese is written with it
# Local parts and domains are bounded as in RFC 5321, so that a long cell cannot make the search slow.
# A domain ends in a word of two letters or more: neither `10.1/a@1.2` nor `A.B@U.S` is an address.
MAIL_ADDRESS = re.compile(
    r"[\w.!#$%&'*+=?^`{|}~-]{1,64}[@＠][\w-]{1,63}(?:[.．][\w-]{1,63})*?[.．][^\W\d_]{2}[\w-]{0,61}(?:[.．][\w-]{1,63})*"
)
_WITHIN_ONE = re.compile(r"[@＠](?<=[\w.!#$%&'*+=?^`{|}~-].)[\w-]")  # found, or not found, far sooner


def holds_mail_address(text: str) -> bool:
    """Whether a text holds what reads as a mail address; `Name @ JP` does not."""
    return _WITHIN_ONE.search(text) is not None and MAIL_ADDRESS.search(text) is not None


def without_mail_addresses(text: str) -> str:
    """The text with every mail address masked: no report and no table may hold one."""
    return MAIL_ADDRESS.sub("***@***", text) if "@" in text or "＠" in text else text


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One remark on one cell, or on a whole row (no column) or a whole file (no row)."""

    severity: Severity
    row: int | None  # as a spreadsheet counts: the header is row 1
    column: str  # the header as the file writes it
    value: str  # what the cell holds, shortened, mail addresses masked
    message: Text


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of one file. `refused` files store nothing; `unchanged` ones had nothing new."""

    import_id: int
    file_name: str
    status: Status
    rows_read: int
    rows_new: int = 0
    rows_changed: int = 0
    rows_unchanged: int = 0
    rows_withdrawn: int = 0  # records that a full list did not have
    rows_refused: int = 0
    remarks: tuple[Remark, ...] = ()
    changes: tuple[FieldChange, ...] = ()  # in records that were stored before, field by field
    losses: tuple[Text, ...] = ()  # of these what is lost, column by column; among the remarks, too
    again: tuple[Text, ...] = ()  # what of the file is stored already, and would count twice; among the remarks, too
    state: DataState | None = None  # of the data when the file was stored or refused; None where it was only tried


def changed_records(changed: int, which: Sequence[str]) -> Text:
    """Which records a file changed, the first of them by name."""
    named = named_records(changed, which)
    return Text(f"What was stored before changes: {named.en}", f"登録済みの内容が変わります：{named.ja}")


def withdrawn_records(withdrawn: int, which: Sequence[str]) -> Text:
    """Which records a full list withdrew, the first of them by name."""
    named = named_records(withdrawn, which)
    return Text(f"Not in the full list, so withdrawn: {named.en}", f"全件リストに無いため取り下げます：{named.ja}")


def named_records(number: int, which: Sequence[str]) -> Text:
    """Records by name, and how many more there are."""
    names = [name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…" for name in which]
    left = number - len(names)
    return Text(
        ", ".join(names) + (f" and {left:,} more." if left else "."),
        "、".join(names) + (f" ほか {left:,} 件。" if left else "。"),
    )


def cannot_open(error: OSError) -> Text:
    """Why a file cannot be opened."""
    why = error.strerror or str(error)
    why_ja = CANNOT_OPEN.get(error.errno or 0)
    return Text(
        f"The file cannot be opened: {why}.",
        f"ファイルを開けません（{why_ja}）。" if why_ja else "ファイルを開けません。",
    )


class Finding(NamedTuple):
    """What a check found in one row; `column` is the column's name in the formats."""

    column: str
    value: str
    message: Text
    severity: Severity = "error"


class Remarks:
    """Collects the remarks on one file; of more than `MOST_REMARKS` it keeps the first, errors before notices."""

    def __init__(self) -> None:
        self.refused_rows: set[int] = set()
        self._kept: dict[Severity, list[Remark]] = {"error": [], "notice": []}
        self._found: dict[Severity, int] = {"error": 0, "notice": 0}

    @property
    def has_errors(self) -> bool:
        return self._found["error"] > 0

    def error(self, message: Text, *, row: int | None = None, column: str = "", value: str = "") -> None:
        if row is not None:
            self.refused_rows.add(row)
        self._add("error", message, row, column, value)

    def notice(self, message: Text, *, row: int | None = None, column: str = "", value: str = "") -> None:
        self._add("notice", message, row, column, value)

    def summary(self, message: Text) -> None:
        """A notice on the file as a whole: it stands before those on single rows, however many they are."""
        self._found["notice"] += 1
        self._kept["notice"].insert(0, Remark(severity="notice", row=None, column="", value="", message=message))

    def listed(self) -> tuple[Remark, ...]:
        """Errors, then notices, each in the order found; a last line says how many are not listed."""
        everything = self._kept["error"] + self._kept["notice"]
        kept = everything[:MOST_REMARKS]
        left = sum(self._found.values()) - len(kept)
        return (*kept, _not_listed(left, self.has_errors)) if left else tuple(kept)

    def extend(self, row: int, findings: Iterable[Finding], headers: dict[str, str]) -> None:
        for column, value, message, severity in findings:
            say = self.error if severity == "error" else self.notice
            say(message, row=row, column=headers.get(column, column), value=value)

    def _add(self, severity: Severity, message: Text, row: int | None, column: str, value: str) -> None:
        self._found[severity] += 1
        if len(self._kept[severity]) >= MOST_REMARKS:
            return
        message = Text(without_mail_addresses(message.en), without_mail_addresses(message.ja))
        remark = Remark(severity=severity, row=row, column=_shown(column), value=_shown(value), message=message)
        self._kept[severity].append(remark)


def _not_listed(left: int, errors: bool) -> Remark:
    message = Text(f"{left:,} more remarks are not listed here.", f"ほかに {left:,} 件の指摘があります（省略）。")
    return Remark(severity="error" if errors else "notice", row=None, column="", value="", message=message)


def _shown(value: str) -> str:
    printable = "".join(
        c if c.isprintable() or c == WIDE_SPACE else "\N{REPLACEMENT CHARACTER}" for c in value[: 4 * LONGEST_VALUE]
    )
    masked = without_mail_addresses(printable)
    return masked if len(masked) <= LONGEST_VALUE else masked[: LONGEST_VALUE - 1] + "…"
