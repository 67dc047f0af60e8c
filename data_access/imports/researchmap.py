"""Researchmap: papers and seats on committees abroad of a researchmap export become rows of an activities file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from data_access.files.text_rows import TextRow, UnreadableError
from data_access.imports.activities import ACTIVITIES
from data_access.imports.affiliations import other_department, said_of
from data_access.imports.columns import Progress
from data_access.imports.doubles import same_doi_elsewhere
from data_access.imports.files import works_of
from data_access.imports.known import Known
from data_access.imports.own_id import own_organization
from data_access.imports.report import Remarks
from data_access.imports.researchmap_reading import Reading
from data_access.imports.researchmap_records import PROFILE, Record, affiliation_texts, records_of
from vocabulary.researchmap import KINDS_OF_RECORDS
from vocabulary.text import Text

HEADER = (
    "source",
    "record_id",
    "activity_type",
    "title",
    "start_date",
    "end_date",
    "departments",
    "countries",
    "people",
    "language",
    "url",
)


def researchmap_as_activities(path: Path, known: Known, remarks: Remarks, progress: Progress) -> Iterator[TextRow]:
    """A header, then one row for each paper and each seat on a committee abroad; what is left out is counted.

    No name is read. A researcher's departments are those whose patterns occur in the affiliations of the profile, or in
    the id; without any, all goes to the department that the import was told, else to the university. A paper of several
    researchers of ours (same DOI) is one row with all their departments.
    """
    affiliations: dict[str, list[str]] = {}
    for record in _records(path, lambda done: progress(done / 2)):
        if record.kind == PROFILE:
            affiliations.setdefault(record.owner, []).extend(affiliation_texts(record.body))
    reading = Reading(known, remarks, affiliations, own_organization(known).country)
    for record in _records(path, lambda done: progress((1 + done) / 2)):
        if record.kind != PROFILE:
            reading.read(record)
    yield TextRow(1, list(HEADER))
    yield from (TextRow(row.number, row.cells(HEADER)) for row in reading.rows.values())
    _tell(reading)


def _records(path: Path, progress: Progress) -> Iterator[Record]:
    for number, document in works_of(path, progress):
        yield from records_of(document, number)


def _tell(reading: Reading) -> None:
    """The notices on the file as a whole; raises UnreadableError where nothing of it is kept."""
    listed = [(KINDS_OF_RECORDS.get(kind, Text(kind, kind)), n) for kind, n in sorted(reading.left_out.items())]
    left_out = Text(
        ", ".join(f"{number:,} {kind.en}" for kind, number in listed),
        "、".join(f"{kind.ja} {number:,} 件" for kind, number in listed),
    )
    if listed:
        reading.remarks.summary(_LEFT_OUT.filled(left=left_out))
    where = said_of(other_department(reading.known))
    for what, message in _TOLD.items():
        if number := reading.counted[what]:
            reading.remarks.summary(message.filled(number=f"{number:,}", where=where))
    if not reading.rows:
        raise UnreadableError(*_NOTHING)


_LEFT_OUT = Text(
    "Left out, for no type of activity fits them: {left}.", "該当する活動種別がないため除いたもの：{left}。"
)
_TOLD = {
    "no department": Text(
        "Records of researchers whose profile is not in the file or fits no pattern: {number}; they go to {where}.",
        "プロフィールがファイルにないか、所属がどのパターンにも一致しない研究者の業績 {number} 件は{where}とします。",
    ),
    "shared": Text(
        "Papers that came again from another researcher of ours (same DOI): {number}; each counts once, for all.",
        "本学の複数の研究者から同じ DOI の論文が {number} 件ありました。1 件とし、全員の部局を付けます。",
    ),
    "international": Text(
        "Papers marked as international: {number}. researchmap does not say with which country, so no paper of it has "
        "a known country, and none is on either side of the international co-publication share.",
        "国際共著とされた論文が {number} 件ありますが、researchmap には相手国がありません。"
        "researchmap の論文は国不明とし、国際共著論文率の分子にも分母にも入りません。",
    ),
    "not abroad": Text(
        "Left out, seats on committees in our own country or without a country: {number}.",
        "国内の委員、または国・地域の記載がない委員歴 {number} 件を除きました。",
    ),
    "not disclosed": Text(
        "Left out, records that the researcher does not disclose to everybody: {number}.",
        "研究者が一般に公開していない業績 {number} 件を除きました。",
    ),
}
_NOTHING = Text(
    "Nothing in the file becomes an activity. Accepted: papers with their month, and seats on committees abroad.",
    "活動になる業績がありません。使えるのは年月のある論文と、国・地域が海外の委員歴です。",
)
RESEARCHMAP = replace(
    ACTIVITIES,
    key="researchmap",
    name=Text("researchmap", "researchmap"),
    check_together=same_doi_elsewhere,
    translate=researchmap_as_activities,
    signs=frozenset({"insert", "update", "@type", "@graph"}),
    shape=Text(
        "JSON or JSONL as researchmap exports it (V2 format, read 2026-11-28). Papers become publications, seats on "
        "committees whose country is abroad international committees, with the columns below; presentations and all "
        "else are counted and left out. No name is read. Departments come from the patterns of affiliations and the "
        "profiles in the file.",
        "researchmap がエクスポートする JSON・JSONL（V2 形式、2026-11-28 確認）。"
        "論文は活動（論文）に、国・地域が海外の委員歴は国際学会・編集委員になる（下の列）。"
        "講演などその他は件数だけを示して除く。氏名は読まない。"
        "部局はファイル内のプロフィールの所属と所属パターンで決まる。",
    ),
)
