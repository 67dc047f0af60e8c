"""Which kind of file one is: told by its headers or the shape of its JSON, by its name where those leave a choice."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from data_access.imports.columns import Kind
from data_access.imports.files import rows_of, works_of
from data_access.imports.headings import matched
from data_access.imports.kinds import KINDS
from data_access.imports.remarks_column import without_remarks
from data_access.imports.works import WORKS
from vocabulary.text import Text

HEADER_WITHIN = 6  # rows from the top in which a header is looked for: a title may stand above it
LEAST_NEAR = 0.4  # the part of the required columns that must be there, or near, for a kind to be named
JSON = (".json", ".jsonl", ".ndjson", ".gz")
_SIGNS_OF_WORKS = frozenset({"authorships", "publication_date", "primary_location", "open_alex"})
_READABLE = Text(
    "CSV or XLSX with a header row, or works of OpenAlex or an export of researchmap as JSON",
    "見出し行のある CSV・XLSX、または OpenAlex の論文か researchmap の業績の JSON",
)


class Likeness(NamedTuple):
    """How near a file is to one kind."""

    kind: str
    found: int  # required columns that are surely there
    suggested: int  # required columns that a header is near to
    required: int
    foreign: int  # headers that mean nothing in this kind

    @property
    def is_whole(self) -> bool:
        return self.found == self.required


class Recognition(NamedTuple):
    """What kind a file is, why, and what it may be instead.

    `kind` is empty where nobody can be sure: then a person says it. `near` are the kinds that it may be, likeliest
    first. `header` are the headers found (none in JSON), in row `header_row`.
    """

    kind: str
    why: Text
    near: tuple[str, ...]
    header: tuple[str, ...] = ()
    header_row: int = 1


Remembered = Mapping[str, Mapping[str, str]]  # kind -> header, normalised -> column


def recognised(path: Path, *, file_name: str = "", remembered: Remembered | None = None) -> Recognition:
    """The kind of a file. `file_name`: what it is called where `path` is a temporary one; it only breaks a tie.

    Raises `UnreadableError` for a file that cannot be read at all, OSError for one that cannot be opened.
    """
    name = file_name or path.name
    if path.suffix.lower() in JSON:
        return _of_json(path)
    sheets = {sheet.casefold() for kind in KINDS.values() for sheet in (kind.key, *kind.name)}
    written = rows_of(path, sheets, lambda _notice: None, lambda _done: None)
    rows = without_remarks(written)
    top = list(islice(rows, HEADER_WITHIN))
    if not top:
        return _unsure(Text("The file is empty.", "空のファイルです。"), [])
    for kind in KINDS.values():
        if any(len(kind.signs & {cell.strip() for cell in row.cells}) > 1 for row in top):
            return _export(kind)
    ranked = [(_ranked(row.cells, remembered or {}), row) for row in top]
    likely, header = max(ranked, key=lambda one: (_rank(one[0][0]), -one[1].number))
    cells = tuple(cell.strip() for cell in header.cells if cell.strip())
    return _told(likely, name)._replace(header=cells, header_row=header.number)


def _ranked(header: Sequence[str], remembered: Remembered) -> list[Likeness]:
    """The kinds by how near the header is to each, nearest first."""
    cells = [cell for cell in header if cell.strip()]
    tables = [kind for kind in KINDS.values() if kind.translate is None]
    return sorted((_likeness(cells, kind, remembered.get(kind.key, {})) for kind in tables), key=_rank, reverse=True)


def _likeness(header: Sequence[str], kind: Kind, remembered: Mapping[str, str]) -> Likeness:
    matches = matched(header, kind, remembered)
    required = {column.name for column in kind.columns if column.required}
    sure = {match.column for match in matches if match.how in {"exact", "normalised", "remembered"}}
    near = {match.column for match in matches if match.how == "suggested"}
    foreign = sum(match.how in {"unknown", "suggested", "scaled"} for match in matches)
    return Likeness(kind.key, len(required & sure), len(required & near), len(required), foreign)


def _rank(one: Likeness) -> tuple[bool, float, int, int]:
    """Whole kinds first, then by the part of the required columns that is there, then by how little is left over."""
    return one.is_whole, (one.found + one.suggested / 2) / one.required, one.found, -one.foreign


def _told(likely: Sequence[Likeness], name: str) -> Recognition:
    whole = [one for one in likely if one.is_whole]
    near = [one.kind for one in likely if one.found + one.suggested >= LEAST_NEAR * one.required]
    if not whole:
        return _unsure(_NO_KIND, near)
    best = [one for one in whole if _rank(one) == _rank(whole[0])] if len(whole) > 1 else whole
    if len(best) == 1:
        return Recognition(best[0].kind, _by_headers(best[0]), tuple(near))
    named = [one for one in best if _says(name, KINDS[one.kind])]
    if len(named) == 1:
        return Recognition(named[0].kind, _BY_NAME.filled(kind=KINDS[named[0].kind].name), tuple(near))
    return _unsure(_SEVERAL, [one.kind for one in best])


def _says(file_name: str, kind: Kind) -> bool:
    """Whether the name of a file holds the name of a kind, in either language."""
    stem = Path(file_name).stem.casefold()
    return any(name.casefold() in stem for name in (kind.key, *kind.name))


def _by_headers(one: Likeness) -> Text:
    return Text(
        f"All {one.required} required columns of {KINDS[one.kind].name.en} are there.",
        f"「{KINDS[one.kind].name.ja}」の必須の列 {one.required} 個がすべてあります。",
    )


_BY_NAME = Text(
    "The columns fit several kinds; the file's name says {kind}.", "列は複数の種類に合い、ファイル名が「{kind}」です。"
)
_EXPORT = Text("The file is an export of {kind}.", "{kind}のエクスポートです。")
_NO_KIND = Text("No kind of file has all its required columns here.", "必須の列がすべてそろう種類はありません。")
_SEVERAL = Text("The columns fit several kinds of files alike.", "列が複数の種類に同じように合います。")


def _of_json(path: Path) -> Recognition:
    _, first = next(works_of(path, lambda _done: None), (0, {}))
    for kind in KINDS.values():
        if kind.signs & first.keys():
            return _export(kind)
    if str(first.get("id", "")).startswith("https://openalex.org/W") or _SIGNS_OF_WORKS & first.keys():
        why = Text("The file holds works as OpenAlex gives them.", "OpenAlex の論文データです。")
        return Recognition(WORKS.key, why, (WORKS.key,))
    return _unsure(
        Text(
            f"JSON, but no works of OpenAlex and no export of researchmap. Accepted: {_READABLE.en}.",
            f"JSON ですが OpenAlex の論文でも researchmap のエクスポートでもありません。使えるのは{_READABLE.ja}です。",
        ),
        [WORKS.key],
    )


def _export(kind: Kind) -> Recognition:
    """A file that a database gives, known by what only it holds."""
    return Recognition(kind.key, _EXPORT.filled(kind=kind.name), (kind.key,))


def _unsure(why: Text, near: Sequence[str]) -> Recognition:
    return Recognition("", why, tuple(near))
