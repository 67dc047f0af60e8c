"""The registry of research organizations (ROR): who a partner is, found by its id or, where that is sure, its name."""

import csv
import gzip
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from data_access.reference import ORGANIZATIONS
from vocabulary.text import Text

ROR = "https://ror.org/"
_COME_AGAIN = slice(5, 9)  # of a row: types, status, country and city are kept once for all that have the same
_MOST_ROWS = 1 << 20
_ROR_ID = re.compile(r"(?:(?:https?://)?(?:www\.)?ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Organization:
    """One research organization; `ror_id` is the full address, `types` are ROR's, separated by |."""

    ror_id: str
    name_en: str
    name_ja: str
    country: str
    city: str
    types: str
    latitude: float | None
    longitude: float | None
    stands_for: "Organization | None" = None  # of a name kept as it was written: what it is known to mean
    said_by: str = ""  # match or decision: how that is known


class NotInRegistryError(LookupError):
    """An id that means no organization; `text` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class RegistryRow(NamedTuple):
    """One line of the file, in the order of its columns; lists are separated by |, parents and successors are bare."""

    ror_id: str
    name: str
    name_ja: str
    acronyms: str
    aliases: str
    types: str
    status: str
    country_code: str
    city: str
    latitude: str
    longitude: str
    parents: str
    successors: str


class Registry:
    """The organizations of one release of ROR. The file is read when the first question is asked, once."""

    def __init__(self, path: Path = ORGANIZATIONS) -> None:
        self._path = path
        self._marks_of: dict[str, array[int]] = {}

    def by_id(self, ror_id: str) -> Organization:
        """The organization of an id (`https://ror.org/01dq60k83`, `ror.org/01dq60k83` or `01dq60k83`).

        An id that ROR withdrew leads to its successor where there is exactly one. Raises NotInRegistryError for an id
        that is malformed or unknown, or was withdrawn without one successor.
        """
        written = _ROR_ID.fullmatch(ror_id.strip())
        if written is None:
            raise NotInRegistryError(_MALFORMED.filled(id=ror_id))
        row = self._rows.get(ROR + written[1].lower())
        if row is None:
            raise NotInRegistryError(_UNKNOWN.filled(id=ROR + written[1].lower()))
        last = self._end_of(row)
        if last.status == "withdrawn":
            successors = [ROR + bare for bare in last.successors.split("|") if bare]
            text = _SUCCEEDED if successors else _WITHDRAWN
            raise NotInRegistryError(text.filled(id=last.ror_id, name=last.name, successors=", ".join(successors)))
        return organization(last)

    def named(self, name: str, country: str) -> Organization | None:
        """The organization that a name surely means, else nothing.

        Sure is a name that, apart from letter case, width and spaces, is the name, the Japanese name or an alias of
        exactly one active organization of the country (ISO 3166 alpha-2). An acronym is never sure.
        """
        there, plain = country.strip().upper(), _plain(name)
        if there not in self._active:
            return None
        rows, marks, mark = self._active[there], self._marks(there), _mark(plain)
        first, behind = bisect_left(marks, mark), bisect_left(marks, mark + _MOST_ROWS)
        likely = [rows[place] for place in {one - mark for one in marks[first:behind]}]
        found = [row for row in likely if plain in _names(row)]
        others = [row for row in likely if plain in _acronyms(row) and row not in found]
        return organization(found[0]) if len(found) == 1 and not others else None

    def is_inactive(self, ror_id: str) -> bool:
        """Whether ROR keeps an organization that exists no more."""
        row = self._rows.get(ROR + ror_id.removeprefix(ROR))
        return row is not None and row.status == "inactive"

    def rows(self) -> list[RegistryRow]:
        """Every line of the release, whatever its status."""
        return list(self._rows.values())

    def leads_to(self, row: RegistryRow) -> RegistryRow | None:
        """The row itself, or of a withdrawn one the end of its chain of single successors, if it has an end."""
        last = self._end_of(row)
        return None if last.status == "withdrawn" else last

    def _end_of(self, row: RegistryRow) -> RegistryRow:
        """The first row of the chain of single successors that is not withdrawn, else the last that can be reached."""
        passed = {row.ror_id}
        while row.status == "withdrawn":
            successors = [bare for bare in row.successors.split("|") if bare]
            following = self._rows.get(ROR + successors[0]) if len(successors) == 1 else None
            if following is None or following.ror_id in passed:
                break
            row = following
            passed.add(row.ror_id)
        return row

    @cached_property
    def _rows(self) -> dict[str, RegistryRow]:
        found: dict[str, RegistryRow] = {}
        with gzip.open(self._path, "rt", encoding="utf-8", newline="") as file:
            lines = csv.reader(file, strict=True)
            if len(next(lines)) != len(RegistryRow._fields):
                raise ValueError(f"{self._path} does not have the columns {', '.join(RegistryRow._fields)}")
            same: dict[str, str] = {}
            for line in lines:
                line[_COME_AGAIN] = [same.setdefault(text, text) for text in line[_COME_AGAIN]]
                row = RegistryRow._make(line)
                found[row.ror_id] = row
        return found

    @cached_property
    def _active(self) -> dict[str, list[RegistryRow]]:
        """The active organizations of each country."""
        found: dict[str, list[RegistryRow]] = defaultdict(list)
        for row in self._rows.values():
            if row.status == "active":
                found[row.country_code].append(row)
        return dict(found)

    def _marks(self, country: str) -> "array[int]":
        """In order: the mark of each plain name or acronym there, and in it whose it is among the country's rows.

        A mapping of the names themselves would take as much memory as all rows.
        """
        known = self._marks_of.get(country)
        if known is None:
            marks = (
                _mark(plain) + place
                for place, row in enumerate(self._active[country])
                for plain in {_plain(one) for one in _written(row)} - {""}
            )
            known = self._marks_of[country] = array("q", sorted(marks))
        return known


@cache
def registry() -> Registry:
    """The registry that comes with the project; every caller gets the same one."""
    return Registry()


def _plain(name: str) -> str:
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def _written(row: RegistryRow) -> tuple[str, ...]:
    """All names and acronyms of an organization, as the registry writes them."""
    return row.name, row.name_ja, *row.aliases.split("|"), *row.acronyms.split("|")


def _names(row: RegistryRow) -> set[str]:
    """The plain names of an organization; an alias that is also its acronym is none."""
    aliases = {_plain(alias) for alias in row.aliases.split("|")} - _acronyms(row)
    return (aliases | {_plain(row.name), _plain(row.name_ja)}) - {""}


def _acronyms(row: RegistryRow) -> set[str]:
    """Its plain acronyms: a name that is somebody else's acronym is not sure."""
    return {_plain(acronym) for acronym in row.acronyms.split("|")} - {""}


def _mark(plain: str) -> int:
    """A number for a plain name, that others may have, too; it leaves room for a place."""
    return hash(plain) // _MOST_ROWS * _MOST_ROWS


def organization(row: RegistryRow) -> Organization:
    return Organization(
        ror_id=row.ror_id,
        name_en=row.name,
        name_ja=row.name_ja,
        country=row.country_code,
        city=row.city,
        types=row.types,
        latitude=float(row.latitude) if row.latitude else None,
        longitude=float(row.longitude) if row.longitude else None,
    )


_MALFORMED = Text(
    "{id!r} is no ROR id; one looks like https://ror.org/01dq60k83",
    "{id!r} は ROR ID ではありません。例: https://ror.org/01dq60k83",
)
_UNKNOWN = Text(
    "{id} is not in the ROR release that comes with the monitor; look it up there, or write Name @ CC instead",
    "{id} は本システムの ROR データにありません。ROR で確認するか、「名称 @ 国コード」と記入してください",
)
_WITHDRAWN = Text(
    "ROR withdrew {id} ({name}) without a successor; find the organization's present id, or write Name @ CC instead",
    "{id}（{name}）は後継機関なしに ROR から取り下げられました。現在の ROR ID か「名称 @ 国コード」を記入してください",
)
_SUCCEEDED = Text(
    "ROR withdrew {id} ({name}), and none of its successors ({successors}) can be taken for it; write the id of "
    "the one that is meant, or Name @ CC",
    "{id}（{name}）は ROR から取り下げられ、後継機関（{successors}）を一つに決められません。"
    "該当する ROR ID か「名称 @ 国コード」を記入してください",
)
