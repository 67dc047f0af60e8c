"""Works: each work of OpenAlex becomes the row of an activities file that says the same, and is checked as one."""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from data_access.files.json_file import Work
from data_access.files.text_rows import TextRow, UnreadableError
from data_access.imports.activities import ACTIVITIES
from data_access.imports.affiliations import other_department, said_of
from data_access.imports.columns import Progress
from data_access.imports.doubles import same_doi_elsewhere
from data_access.imports.files import works_of
from data_access.imports.json_values import objects_of, text_of
from data_access.imports.known import Known
from data_access.imports.own_id import own_organization
from data_access.imports.report import MOST_NAMED, Remarks
from data_access.imports.work_reading import WorkReading
from vocabulary.text import Text

HEADER = (
    "source",
    "record_id",
    "activity_type",
    "title",
    "start_date",
    "departments",
    "lead",
    "partners",
    "countries",
    "people",
    "sdgs",
    "citation_percentile",
    "language",
    "url",
)
# Of the types of developers.openalex.org/api-reference/work-types those that are about a publication, or beside one.
NO_PUBLICATIONS = frozenset(
    {"dataset", "erratum", "libguides", "paratext", "peer-review", "retraction", "software", "supplementary-materials"}
)
RETRACTED = "retracted"
WHERE_LISTS_ARE_CUT = 100  # authors of a work in a list of the API
_MOST_HELD = 1_000  # works that wait until the university's id in OpenAlex is known


def works_as_activities(works: Iterator[tuple[int, Work]], known: Known, remarks: Remarks) -> Iterator[TextRow]:
    """A header, then one row of an activities file for each publication; what could not be kept is a notice.

    A work without its day is left out, for its year alone decides no fiscal year; so are retracted works, and what is
    no publication. A file of none but such is refused.
    """
    known = replace(known, home_ror=own_organization(known).ror_id)
    yield TextRow(1, list(HEADER))
    tally = _Tally(known, remarks)
    for number, work, home in _with_home(works, known.home_ror):
        if tally.keeps(work, number):
            reading = WorkReading(work, number, home, known, remarks)
            tally.notice_departments(reading)
            cells = reading.cells()
            yield TextRow(number, [cells[name] for name in HEADER])
    tally.tell()


def _with_home(works: Iterator[tuple[int, Work]], home_ror: str) -> Iterator[tuple[int, Work, Set[str]]]:
    """Each work with the university's ids in OpenAlex, which its institutes name and only its own works tell."""
    home: set[str] = set()
    held: list[tuple[int, Work]] = []
    for numbered in works:
        authorships = objects_of(numbered[1].get("authorships"))
        institutions = [one for authorship in authorships for one in objects_of(authorship.get("institutions"))]
        home |= {text_of(one.get("id")) for one in institutions if text_of(one.get("ror")) == home_ror} - {""}
        held.append(numbered)
        if home or len(held) > _MOST_HELD:
            yield from ((number, work, home) for number, work in held)
            held = []
    yield from ((number, work, home) for number, work in held)


@dataclass(frozen=True)
class _Tally:
    """What became of the works of a file, and the notices that say it."""

    known: Known
    remarks: Remarks
    kept: Counter[str] = field(default_factory=Counter)  # by type, as OpenAlex names it
    left_out: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)

    def keeps(self, work: Work, number: int) -> bool:
        kind = text_of(work.get("type"))
        no_publication = "paratext" if work.get("is_paratext") is True else kind
        if work.get("is_retracted") is True:
            self.left_out[RETRACTED] += 1
        elif no_publication in NO_PUBLICATIONS:
            self.left_out[no_publication] += 1
        elif not text_of(work.get("publication_date")):
            self.seen["undated"] += 1
            name = text_of(work.get("id")).rpartition("/")[2]
            self.remarks.notice(_UNDATED.filled(name=name), row=number, column="start_date")
        else:
            self.kept[kind or "-"] += 1
            cut = work.get("is_authors_truncated") is True
            self.seen["cut"] += cut or len(objects_of(work.get("authorships"))) == WHERE_LISTS_ARE_CUT
            return True
        return False

    def notice_departments(self, reading: WorkReading) -> None:
        """Says that a work goes to the university; without any pattern all do, and the first are enough."""
        if reading.departments:
            return
        self.seen["unmatched"] += 1
        if self.known.patterns or self.seen["unmatched"] <= MOST_NAMED:
            where = said_of(other_department(self.known))
            message = _UNMATCHED.filled(name=reading.record_id, where=where)
            self.remarks.notice(message, row=reading.number, column="departments")

    def tell(self) -> None:
        """The notices on the file as a whole; raises UnreadableError where nothing of it is kept."""
        named = {kind: _RETRACTED if kind == RETRACTED else Text(kind, kind) for kind in self.left_out}
        left_out = Text(
            ", ".join(f"{number:,} {named[kind].en}" for kind, number in sorted(self.left_out.items())),
            "、".join(f"{named[kind].ja} {number:,} 件" for kind, number in sorted(self.left_out.items())),
        )
        if not self.kept and self.seen["undated"] + self.left_out.total():
            raise UnreadableError(*(_NONE_KEPT.filled(left=left_out) if left_out.en else _NONE_DATED))
        if left_out.en:
            kept = Text(
                ", ".join(f"{number:,} {kind}" for kind, number in self.kept.most_common()),
                "、".join(f"{kind} {number:,} 件" for kind, number in self.kept.most_common()),
            )
            self.remarks.summary(_LEFT_OUT.filled(left=left_out, kept=kept))
        if self.seen["cut"]:
            self.remarks.summary(_CUT.filled(number=f"{self.seen['cut']:,}", most=WHERE_LISTS_ARE_CUT))
        if not self.known.patterns and self.seen["unmatched"] > MOST_NAMED:
            self.remarks.summary(
                _NO_PATTERNS.filled(number=self.seen["unmatched"], where=said_of(other_department(self.known)))
            )


_UNDATED = Text(
    "{name}: The work has no publication_date and is left out: its year alone decides no fiscal year.",
    "{name}: publication_date がないため除きます。年だけでは年度が決まりません。",
)
_UNMATCHED = Text(
    "{name}: No affiliation matches a pattern; the work goes to {where}.",
    "{name}: 所属がどのパターンにも一致しないため、{where}の論文とします。",
)
_NONE_DATED = Text(
    "None of the works has a publication_date. Accepted: works with the day they appeared, as 2025-04-01.",
    "publication_date のある論文がありません。使えるのは公表日（例 2025-04-01）のある論文です。",
)
_NONE_KEPT = Text(
    "None of the works is a publication with its day ({left}). Accepted: works with publication_date that are neither "
    "retracted nor about a publication.",
    "公表日のある論文がありません（{left}）。使えるのは publication_date があり、撤回されていない論文です。",
)
_RETRACTED = Text("retracted", "撤回済み")
_LEFT_OUT = Text(
    "No publications, left out: {left}. Kept, by type: {kept}.",
    "論文として数えず除いたもの：{left}。登録したもの（種別ごと）：{kept}。",
)
_CUT = Text(
    "Works that name {most} authors, where OpenAlex cuts its lists: {number}; partners, countries and own authors "
    "beyond that are missing.",
    "著者が {most} 人の論文が {number} 件あります。OpenAlex の一覧は {most} 人で切られるため、"
    "それより後の連携機関・国・本学の著者は含まれません。",
)
_NO_PATTERNS = Text(
    "No patterns of affiliations are stored: {number:,} work{number:|s} {number:goes|go} to {where}, the first are "
    "listed. Import departments and affiliations, then the works again, to share them out.",
    "所属パターンが登録されていないため、{number:,} 件すべてを{where}の論文とします（最初の分のみ表示）。"
    "部局と所属パターンを登録してから論文を再度取り込むと、部局に割り振られます。",
)
_SHAPE = Text(
    "JSON, JSONL or JSONL.GZ as OpenAlex gives it; `--ror ID --from YEAR` fetches it. Each work becomes a publication "
    "with the columns below, but for datasets, paratext and the like, and retracted works; a work whose affiliations "
    "match no pattern goes to the university itself.",
    "OpenAlex の JSON、JSONL、JSONL.GZ（`--ror ID --from YEAR` で取得もできる）。"
    "各論文は下の列をもつ活動（論文）になる。"
    "データセットや前付などと撤回された論文は除く。所属がどのパターンにも一致しないものは大学全体の論文とする。",
)


def _translate(path: Path, known: Known, remarks: Remarks, progress: Progress) -> Iterator[TextRow]:
    return works_as_activities(works_of(path, progress), known, remarks)


WORKS = replace(
    ACTIVITIES,
    key="works",
    name=Text("works", "論文"),
    check_together=same_doi_elsewhere,
    translate=_translate,
    shape=_SHAPE,
)
