"""Which column of its kind each header of a file means: as it is written, as it is remembered, or as is suggested."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

from data_access.imports.cells import folded
from data_access.imports.columns import Column, Kind
from data_access.imports.remarks_column import is_remarks
from vocabulary.office_words import OFFICE_WORDS

How = Literal["exact", "normalised", "remembered", "not needed", "suggested", "scaled", "unknown"]
NOT_NEEDED = ""  # what a header is mapped to that the monitor has no use for
ALIKE = 0.6  # how near a header must be to a name, from 0 to 1, to be suggested for it
RUNNING = frozenset({"no", "番号", "通し番号", "連番", "行番号", "項番"})  # numbers that often only count the rows
BEHIND = 0.9  # how far such a header stands behind any other that is as like a column

_BRACKETS = re.compile(r"[(\[【〔<〈]([^()\[\]【】〔〕<>〈〉]*)[)\]】〕>〉]")
_SCALED = re.compile(r"[千万億]|百万|十万|thousand|million|billion|\b[km](?:jpy|usd|eur|¥|€|\$)|%|パーセント|percent")
_UNIT = re.compile(
    r"円|人|名|件|本|jpy|yen|persons?|people|単位:?(?:円|人|名|件)|必須|任意|required|optional|半角(?:英数字?)?|西暦"
    r"|yyyy[-/]mm[-/]dd|コード|codes?|iso ?\d*"
)
_MEANINGLESS = re.compile(r"[\s_\-・:*※.。、]")


class Match(NamedTuple):
    """What one header means. `column` is empty where nothing is known of it, or where it is not needed."""

    header: str  # as the file writes it
    column: str
    how: How


def matched(headers: Sequence[str], kind: Kind, remembered: Mapping[str, str] | None = None) -> tuple[Match, ...]:
    """What each header of a file means in this kind, in the order of the file.

    `remembered`: header (as `normalised` gives it) -> column, or `NOT_NEEDED`; what a person decided before goes before
    a likeness, and what is written exactly before both, unless somebody decided that it is not needed. A column is
    suggested once, and never one that is there. A header that says its numbers are in thousands or per cent (`scaled`)
    is never suggested for a plain number.
    """
    told = [_sure(header, kind, remembered or {}) for header in headers]
    taken = {match.column for match in told if match}
    open_headers = [header for header, match in zip(headers, told, strict=True) if match is None]
    near = _suggested(open_headers, [column for column in kind.columns if column.name not in taken])
    return tuple(match or near[header] for header, match in zip(headers, told, strict=True))


def mapping(matches: Iterable[Match]) -> dict[str, str]:
    """What the importer is told, header -> column: all that is sure and not plain from the header itself."""
    return {m.header: m.column for m in matches if m.how in {"normalised", "remembered", "not needed"}}


def open_questions(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The headers that a person has to decide about: a suggestion is not taken until it is confirmed."""
    return tuple(match for match in matches if match.how in {"suggested", "scaled", "unknown"})


def normalised(header: str) -> str:
    """A header without what writes it differently: width, capitals, spaces, line breaks, and its unit in brackets."""
    plain = _BRACKETS.sub(lambda found: "" if _UNIT.fullmatch(found[1].strip()) else found[0], folded(header))
    return _MEANINGLESS.sub("", plain)


def is_scaled(header: str) -> bool:
    """Whether a header says that its numbers are thousands, millions or per cent."""
    plain = normalize("NFKC", header).casefold()
    return any(_SCALED.search(found) for found in _BRACKETS.findall(plain)) or bool(
        re.search(r"千円|百万円|億円", plain)
    )


def _sure(header: str, kind: Kind, remembered: Mapping[str, str]) -> Match | None:
    """What a header surely means; None where somebody has to say it."""
    if not header.strip() or is_remarks(header):
        return Match(header, NOT_NEEDED, "not needed")
    exact = {folded(name): column.name for column in kind.columns for name in (column.name, column.name_ja)}
    key = normalised(header)
    if (column := exact.get(folded(header.strip()))) and remembered.get(key) != NOT_NEEDED:
        return Match(header, column, "exact")
    if key in remembered:
        column = remembered[key]
        known = any(column == one.name for one in kind.columns)
        return Match(header, column, "remembered") if known else Match(header, NOT_NEEDED, "not needed")
    alike = {normalised(name): column for name, column in exact.items()}
    return Match(header, alike[key], "normalised") if key in alike and not is_scaled(header) else None


def _suggested(headers: Sequence[str], columns: Sequence[Column]) -> dict[str, Match]:
    """The likeliest column of each header; of headers that are like the same one, the likeliest has it."""
    found = {header: Match(header, NOT_NEEDED, "scaled" if is_scaled(header) else "unknown") for header in headers}
    best: dict[str, tuple[float, str]] = {}
    for header in (header for header in found if not is_scaled(header)):
        alike, name = max(((_likeness(header, column), column.name) for column in columns), default=(0.0, ""))
        if alike >= ALIKE and alike > best.get(name, (0.0, ""))[0]:
            best[name] = alike, header
    return found | {header: Match(header, name, "suggested") for name, (_, header) in best.items()}


def _likeness(header: str, column: Column) -> float:
    """How alike a header is to the names of a column and to what offices call it, from `ALIKE` to 1; 0 below that."""
    written = {normalised(header), normalised(_BRACKETS.sub("", folded(header)))} - {""}
    likeness = max((_ratio(one, name) for one in written for name in _names(column.name, column.name_ja)), default=0.0)
    return likeness * BEHIND if written & RUNNING else likeness


@cache
def _names(name: str, name_ja: str) -> tuple[str, ...]:
    """What a column is called, by us and by offices, as headers are compared."""
    return tuple(normalised(one) for one in (name, name_ja, *OFFICE_WORDS.get(name, ())))


@lru_cache(maxsize=10_000)
def _ratio(one: str, name: str) -> float:
    """How alike two texts are; 0 below `ALIKE`, which their lengths and letters often tell at once."""
    both = SequenceMatcher(None, one, name)
    for ratio in (both.real_quick_ratio, both.quick_ratio, both.ratio):  # each no more than the one before
        if ratio() < ALIKE:
            return 0.0
    return both.ratio()
