"""The files that a reader dropped in this session: what is known of each, and what was found when it was checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Protocol, cast
from weakref import finalize

import streamlit as st

from pages.parts import data, writing
from pages.parts.writing import (
    Column,
    Delivery,
    ImportReport,
    Match,
    Recognition,
    Tried,
    mapping,
    matched,
    normalised,
    open_questions,
)
from vocabulary.text import Text

_COPY = re.compile(r"\s?\(\d+\)(?=\.)")  # what a browser adds to the name of a file that it downloads again
LONGEST_NAME = 200
CORRECTED_KIND = "activities"  # the kind whose files may correct their own columns alone
CheckedAs = tuple[str, str, tuple[tuple[str, str], ...], bool, bool, int]


class Uploaded(Protocol):
    """A file as the browser sent it."""

    name: str

    def getvalue(self) -> bytes: ...


@dataclass
class Sent:
    """One file as it came, and what the reader said of it."""

    name: str
    digest: str
    path: Path
    known: Recognition | Text | None = None  # what kind it is, or why it cannot be read; None: nobody has looked yet
    chosen: str = ""  # the kind that the reader said
    decided: dict[str, str] = field(default_factory=dict)  # header -> column, as confirmed here
    complete: bool = False
    partial: bool = False

    @property
    def kind(self) -> str:
        recognised = self.known.kind if isinstance(self.known, Recognition) else ""
        return self.chosen or recognised

    @property
    def header(self) -> tuple[str, ...]:
        return self.known.header if isinstance(self.known, Recognition) else ()


@dataclass(eq=False)
class Desk:
    """All files of one reader in one session."""

    folder: Path = field(default_factory=lambda: Path(mkdtemp(prefix="monitor-")))
    files: dict[str, Sent] = field(default_factory=dict)  # by name
    reports: dict[CheckedAs, ImportReport] = field(default_factory=dict)
    tried: tuple[tuple[CheckedAs, ...], Tried] | None = None
    aside: list[tuple[str, str]] = field(default_factory=list)  # of the last drop: copies, each with the file it copies
    stored: tuple[ImportReport, ...] = ()  # what came of the last files that were stored
    round: int = 0  # of the place to drop files: a new one is empty

    def __post_init__(self) -> None:
        finalize(self, rmtree, self.folder, ignore_errors=True)  # with the session, or with the server

    def take(self, uploaded: Uploaded) -> None:
        """Keeps a file; one of the same name takes the place of the earlier one, and what was said of it stays.

        The same bytes again, under whatever name, are set aside.
        """
        name, content = _as_kept(uploaded.name), uploaded.getvalue()
        digest = sha256(content).hexdigest()
        before = self.files.get(name)
        twins = [one.name for one in self.files.values() if one.digest == digest]
        if twins and (before is None or before.digest == digest):
            self.aside.append((uploaded.name, twins[0]))
            return
        ending = "".join(letter for letter in "".join(Path(name).suffixes[-2:]) if letter.isalnum() or letter == ".")
        path = self.folder / f"{digest}{ending[-12:]}"
        path.write_bytes(content)
        sent = Sent(name=name, digest=digest, path=path)
        if before is not None:
            sent.chosen, sent.decided = before.chosen, before.decided
            sent.complete, sent.partial = before.complete, before.partial
        self.files[name] = sent

    def forget(self, name: str) -> None:
        sent = self.files.pop(name, None)
        if sent is not None and all(other.path != sent.path for other in self.files.values()):
            sent.path.unlink(missing_ok=True)


def _as_kept(name: str) -> str:
    """A name as it is shown and stored: what no line of text holds is replaced, the mark of a copy is taken off."""
    shown = "".join(
        letter if letter.isprintable() or letter == writing.WIDE_SPACE else "\N{REPLACEMENT CHARACTER}"
        for letter in name
    )
    return _COPY.sub("", shown)[-LONGEST_NAME:]


def desk() -> Desk:
    """The files of this reader in this session."""
    return cast(Desk, st.session_state.setdefault(f"desk:{data.reader().code}", Desk()))


def matches_of(sent: Sent) -> tuple[Match, ...]:
    """What each header of a file means in its kind, as far as it is known or was decided."""
    if not sent.kind or not sent.header or data.FILE_KINDS[sent.kind].shape is not None:
        return ()
    kept = writing.decisions_kept(sent.name).get(sent.kind, {})
    return matched(sent.header, data.FILE_KINDS[sent.kind], {**kept, **_decided(sent)})


def _decided(sent: Sent) -> Mapping[str, str]:
    return {normalised(header): column for header, column in sent.decided.items()}


def to_confirm(sent: Sent) -> tuple[Match, ...]:
    """The headers that wait for the reader: all that the format does not know and nobody has decided about."""
    return tuple({match.header: match for match in open_questions(matches_of(sent))}.values())


def missing(sent: Sent) -> tuple[Column, ...]:
    """The required columns that no header of a file is known to mean yet."""
    if not matches_of(sent) or sent.partial:  # what a correction does not have stays as it is stored
        return ()
    waiting = {match.header for match in to_confirm(sent)}
    there = {match.column for match in matches_of(sent) if match.header not in waiting}
    return tuple(one for one in data.FILE_KINDS[sent.kind].columns if one.required and one.name not in there)


def is_ready(sent: Sent) -> bool:
    """Whether a file can be checked: its kind is known and none of its headers waits."""
    return isinstance(sent.known, Recognition) and bool(sent.kind) and not to_confirm(sent)


def delivery(sent: Sent) -> Delivery:
    headings = mapping(matches_of(sent))
    return Delivery(
        kind=sent.kind,
        path=sent.path,
        file_name=sent.name,
        headings=headings,
        complete=sent.complete,
        partial=sent.partial and sent.kind == CORRECTED_KIND,
    )


def checked_as(sent: Sent) -> CheckedAs:
    """What a report of a file is good for: the same content, read in the same way, into the same state of the data."""
    told = delivery(sent)
    headings = tuple(sorted(told.headings.items()))
    return sent.digest + sent.name, told.kind, headings, told.complete, told.partial, data.store().version


def report_of(sent: Sent) -> ImportReport | None:
    """What was found in a file; None while it was not checked, or not as it is to be read now."""
    return desk().reports.get(checked_as(sent)) if is_ready(sent) else None


def in_order() -> list[Sent]:
    """The files that could be stored, in the order in which they need each other."""
    fine = {one.path: one for one in desk().files.values() if (report := report_of(one)) and report.status != "refused"}
    return [fine[one.path] for one in writing.in_order([delivery(sent) for sent in fine.values()])]
