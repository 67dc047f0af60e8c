"""KAKEN: grants for joint international research of a list of KAKENHI projects become rows of an activities file.

Built to the CSV that the search of KAKEN (kaken.nii.ac.jp, the database of Grants-in-Aid for Scientific Research of the
National Institute of Informatics) gives, as read on 2026-11-28: one row is one project; read are its columns
研究課題/領域番号, 研究課題名, 研究種目, 研究期間 (年度), 研究機関, 研究代表者, 総配分額, or the same in English.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from unicodedata import normalize

from data_access.files.text_rows import TextRow, UnreadableError
from data_access.imports.activities import ACTIVITIES
from data_access.imports.activity_cells import EXTERNAL
from data_access.imports.affiliations import departments_named, other_department
from data_access.imports.cells import folded
from data_access.imports.columns import Progress
from data_access.imports.files import rows_of
from data_access.imports.known import Known
from data_access.imports.own_id import own_organization
from data_access.imports.report import Remarks, without_mail_addresses
from data_access.partners import Organization
from vocabulary.text import Text

SOURCE = "kaken"
HEADER = (
    "source",
    "record_id",
    "activity_type",
    "title",
    "start_date",
    "end_date",
    "departments",
    "lead",
    "partners",
    "countries",
    "amount",
    "url",
)
NUMBER, TITLE, CATEGORY, PERIOD = "研究課題/領域番号", "研究課題名", "研究種目", "研究期間 (年度)"
INSTITUTION, LEADER, AMOUNT, PARTNERS, COUNTRIES = "研究機関", "研究代表者", "総配分額", "連携機関", "国"
REQUIRED = (NUMBER, TITLE, CATEGORY, PERIOD)
COLUMNS = {  # as the Japanese list names it: as it may be named, too
    NUMBER: ("研究課題番号", "課題番号", "Project/Area Number", "Project Number"),
    TITLE: ("Project Title", "Research Project", "Title"),
    CATEGORY: ("Research Category",),
    PERIOD: ("研究期間", "Project Period (FY)", "Project Period"),
    INSTITUTION: ("Research Institution",),
    LEADER: ("Principal Investigator",),
    AMOUNT: ("配分額", "Budget Amount", "Total Cost"),
    PARTNERS: ("partners",),  # these two are the office's own, for KAKEN names no partner
    COUNTRIES: ("countries",),
}
# The fund whose projects are joint research with abroad by their terms: 国際共同研究強化 and its (A) and (B),
# 海外連携研究, 国際先導研究, 帰国発展研究, 国際活動支援班.
JOINT_INTERNATIONAL = re.compile(
    "国際共同研究加速基金|国際共同研究強化|海外連携研究|国際先導研究|帰国発展研究"
    "|PromotionofJointInternationalResearch",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"(\d{4})(-\d\d-\d\d)?(?:年度)?(?:[–—―‐~〜-](\d{4})(-\d\d-\d\d)?(?:年度)?)?", re.ASCII)
_EXPECTED = re.compile(r"\((?:予定|estimated|planned)\)", re.IGNORECASE)
_AMOUNT = re.compile(r"[¥]?(\d{1,3}(?:,\d{3})+|\d+)(千円|円)?(?:\(.*)?", re.ASCII)
_NUMBER_OF_A_PROJECT = re.compile(r"[0-9A-Z]{5,12}", re.ASCII)


def kaken_as_activities(path: Path, known: Known, remarks: Remarks, progress: Progress) -> Iterator[TextRow]:
    """A header, then one row for each project of joint international research; the others are counted.

    The principal investigator's affiliation says the department; names and researcher numbers are not kept.
    """
    rows = rows_of(path, {SOURCE}, remarks.notice, progress)
    header = next(rows, None)
    reading = _Reading(known, remarks, own_organization(known), _places(header.cells if header else []))
    yield TextRow(1, list(HEADER))
    for row in rows:
        cells = reading.read(row)
        if cells is not None:
            yield TextRow(row.number, [cells.get(name, "") for name in HEADER])
    reading.tell()


def _places(header: list[str]) -> dict[str, tuple[int, str]]:
    """Of each column that is there its place, and its header as the file writes it."""
    named = {folded(name): column for column, others in COLUMNS.items() for name in (column, *others)}
    places: dict[str, tuple[int, str]] = {}
    for place, written in enumerate(header):
        if column := named.get(folded(written.strip())):
            places.setdefault(column, (place, written.strip()))
    for column in REQUIRED:
        if column not in places:
            english = COLUMNS[column][-1]
            raise UnreadableError(
                f"The column {column} ({english}) is missing. Accepted: the list of projects that KAKEN gives as CSV.",
                f"列「{column}」がありません。使えるのは KAKEN の研究課題の検索結果（CSV）です。",
                row=1,
                column=column,
            )
    return places


@dataclass
class _Reading:
    known: Known
    remarks: Remarks
    own: Organization
    places: Mapping[str, tuple[int, str]]
    left_out: Counter[str] = field(default_factory=Counter)  # by research category
    kept: int = 0
    nowhere: int = 0

    def read(self, row: TextRow) -> dict[str, str] | None:
        """The cells of one activity; None for a project of another category, and for one that is refused."""
        written = {column: self._cell(row, column) for column in COLUMNS}
        category = re.sub(r"\s", "", normalize("NFKC", written[CATEGORY]))
        if not JOINT_INTERNATIONAL.search(category):
            self.left_out[category or "-"] += 1
            return None
        period, amount = days_of(written[PERIOD]), yen_of(written[AMOUNT])
        if period is None:
            self._refuse(row, PERIOD, written[PERIOD], _NO_PERIOD)
        if amount is None:
            self._refuse(row, AMOUNT, written[AMOUNT], _NO_AMOUNT)
        if period is None or amount is None:
            return None
        self.kept += 1
        self.nowhere += not (written[PARTNERS] or written[COUNTRIES])
        number = written[NUMBER]
        departments = departments_named([written[LEADER], written[INSTITUTION]], self.known)
        return {
            "source": SOURCE,
            "record_id": number,
            "activity_type": "joint_research_project",
            "title": without_mail_addresses(written[TITLE]),
            "start_date": period[0],
            "end_date": period[1],
            "departments": ";".join(departments) or other_department(self.known),
            "lead": "" if self._is_ours(written[INSTITUTION]) else EXTERNAL,
            "partners": written[PARTNERS],
            "countries": written[COUNTRIES],
            "amount": amount,
            "url": f"https://kaken.nii.ac.jp/ja/grant/KAKENHI-PROJECT-{number}/"
            if _NUMBER_OF_A_PROJECT.fullmatch(number)
            else "",
        }

    def _cell(self, row: TextRow, column: str) -> str:
        place, _ = self.places.get(column, (len(row.cells), ""))
        return row.cells[place].strip() if place < len(row.cells) else ""

    def _is_ours(self, institution: str) -> bool:
        """Whether the institution of the project is the university; where none is named, nobody says otherwise."""
        names = [name for name in (self.own.name_ja, self.own.name_en) if name]
        return not institution or not names or any(folded(name) in folded(institution) for name in names)

    def _refuse(self, row: TextRow, column: str, value: str, message: Text) -> None:
        header = self.places[column][1] if column in self.places else column
        self.remarks.error(message.filled(value=value), row=row.number, column=header, value=value)

    def tell(self) -> None:
        """The notices on the list as a whole."""
        if self.left_out:
            listed = [f"{category} {number:,}" for category, number in self.left_out.most_common()]
            self.remarks.summary(_LEFT_OUT.filled(left=Text(", ".join(listed), "、".join(listed))))
        if self.nowhere:
            self.remarks.summary(_NOWHERE.filled(number=f"{self.nowhere:,}", all=f"{self.kept:,}"))
        if not self.kept and not self.remarks.has_errors:
            raise UnreadableError(*_NOTHING)


def days_of(written: str) -> tuple[str, str] | None:
    """First and last day of a period, which is written in days or in fiscal years (April to March)."""
    plain = re.sub(r"\s", "", _EXPECTED.sub("", normalize("NFKC", written)))
    found = _PERIOD.fullmatch(plain)
    if found is None:
        return None
    first, first_day, last, last_day = found.groups()
    days = f"{first}{first_day or '-04-01'}", f"{last}{last_day}" if last_day else f"{int(last or first) + 1}-03-31"
    try:
        return days if date.fromisoformat(days[0]) <= date.fromisoformat(days[1]) else None
    except ValueError:
        return None


def yen_of(written: str) -> str | None:
    """The amount in yen; nothing where nothing is written, None for what is no amount."""
    found = _AMOUNT.fullmatch(re.sub(r"\s", "", normalize("NFKC", written)))
    if found is None:
        return None if written else ""
    return str(int(found[1].replace(",", "")) * (1_000 if found[2] == "千円" else 1))


_NO_PERIOD = Text(
    '"{value}" is no period. Accepted: days as 2025-04-01 – 2028-03-31, or fiscal years as 2025 – 2027.',
    "「{value}」は期間として読めません。使えるのは日付（2025-04-01 – 2028-03-31）か年度（2025 – 2027）です。",
)
_NO_AMOUNT = Text(
    '"{value}" is no amount. Accepted: yen as 4290000 or 4,290,000, or thousands as 4,290千円.',
    "「{value}」は金額として読めません。使えるのは円（4290000、4,290,000）か千円（4,290千円）です。",
)
_LEFT_OUT = Text(
    "Left out, of other categories than the Fund for the Promotion of Joint International Research: {left}.",
    "国際共同研究加速基金の研究種目でないため除いたもの：{left}。",
)
_NOWHERE = Text(
    "KAKEN names no partner: {number} of {all} projects have neither partner nor country, and are not counted as "
    "international until one is known. Add the column 国 (countries) or 連携機関 (partners) to the list.",
    "KAKEN には相手機関がありません。{all} 件中 {number} 件は連携機関も国もなく、分かるまで国際として数えません。"
    "一覧に「国」または「連携機関」の列を追加してください。",
)
_NOTHING = Text(
    "No project of the list is joint international research. Accepted: projects of the Fund for the Promotion of Joint "
    "International Research (国際共同研究加速基金).",
    "国際共同研究加速基金の研究課題がありません。使えるのは同基金の研究課題を含む一覧です。",
)
KAKEN = replace(
    ACTIVITIES,
    key="kaken",
    name=Text("KAKEN", "科研費（KAKEN）"),
    translate=kaken_as_activities,
    signs=frozenset(name for column in (NUMBER, CATEGORY) for name in (column, *COLUMNS[column])),
    shape=Text(
        "The list of projects that KAKEN's search gives as CSV (read 2026-11-28), in Japanese or English. Projects of "
        "the Fund for the Promotion of Joint International Research become joint research projects with the columns "
        "below; the others are counted and left out. No name is kept. KAKEN names no partners: add the columns 国 or "
        "連携機関.",
        "KAKEN の研究課題検索が出力する CSV（2026-11-28 確認、日本語・英語）。"
        "国際共同研究加速基金の課題は国際共同研究になり（下の列）、その他の研究種目は件数だけを示して除く。氏名は保存しない。"
        "KAKEN に相手機関はないため、「国」か「連携機関」の列を加える。",
    ),
)
