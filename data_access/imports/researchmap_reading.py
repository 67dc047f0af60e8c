"""The records of a researchmap export, read: which become activities, what these say, and what is left out."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256

from data_access import reference
from data_access.imports.affiliations import departments_named, other_department
from data_access.imports.json_values import list_of, object_of, text_of
from data_access.imports.known import Known
from data_access.imports.report import Remarks, without_mail_addresses
from data_access.imports.researchmap_records import Record
from data_access.imports.work_reading import UNTITLED
from vocabulary.researchmap import KINDS_OF_RECORDS, LANGUAGES_OF_RECORDS
from vocabulary.text import Text

SOURCE = "researchmap"
PAPERS, COMMITTEES = "published_papers", "committee_memberships"
OPEN_END = "9999"
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.ASCII | re.IGNORECASE)
_CALLED_INTERNATIONAL = re.compile(r"international|国際|\bworld\b|世界", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One activity; several researchers of ours may share it."""

    number: int  # of the first line that says it
    texts: Mapping[str, str]
    departments: set[str]
    people: set[str]

    def cells(self, header: Sequence[str]) -> list[str]:
        joined = {"departments": ";".join(sorted(self.departments)), "people": ";".join(sorted(self.people))}
        return [{**self.texts, **joined}.get(name, "") for name in header]


@dataclass
class Reading:
    """The rows of a file by their record ids; `left_out` by list, `counted` by what there is to say of the file.

    `affiliations`: what the profiles say of each researcher; `home`: the country of the university.
    """

    known: Known
    remarks: Remarks
    affiliations: Mapping[str, Sequence[str]]
    home: str
    rows: dict[str, Row] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)

    def read(self, record: Record) -> None:
        """A paper becomes a publication, a seat abroad an international_committee; nothing else becomes anything."""
        if record.body.get("display", "disclosed") != "disclosed":
            self.counted["not disclosed"] += 1
        elif record.kind == PAPERS:
            self._paper(record)
        elif record.kind == COMMITTEES:
            self._committee(record)
        else:
            self.left_out[record.kind] += 1

    def _paper(self, record: Record) -> None:
        body = record.body
        dois = (_DOI.fullmatch(text_of(text)) for text in list_of(object_of(body.get("identifiers")).get("doi")))
        doi = next((found[1].lower() for found in dois if found), "")
        languages = (LANGUAGES_OF_RECORDS.get(text_of(code), "") for code in list_of(body.get("languages")))
        texts = {
            "record_id": f"doi:{doi}" if doi else "",
            "activity_type": "publication",
            "title": _either(body.get("paper_title")),
            "language": next(languages, ""),
            "url": f"https://doi.org/{doi}" if doi and without_mail_addresses(doi) == doi else "",
        }
        if self._keep(record, texts, "publication_date"):
            self.counted["international"] += body.get("is_international_collaboration") is True

    def _committee(self, record: Record) -> None:
        """A seat on a committee whose country is another than ours; a name alone does not make one international."""
        body = record.body
        country = _alpha_2().get(text_of(body.get("address_country")), "")
        names = (_either(body.get("committee_name")), _either(body.get("association")))
        title = without_mail_addresses(", ".join(filter(None, names)))
        if country in ("", self.home):
            self.counted["not abroad"] += 1
            if not country and _CALLED_INTERNATIONAL.search(title):
                message = _NO_COUNTRY.filled(title=title)
                self.remarks.notice(message, row=record.number, column="address_country")
            return
        end = text_of(body.get("to_date"))
        texts = {
            "activity_type": "international_committee",
            "title": title,
            "end_date": "" if end.startswith(OPEN_END) else _last_day(end),
            "countries": country,
        }
        self._keep(record, texts, "from_date")

    def _keep(self, record: Record, texts: dict[str, str], dated: str) -> bool:
        """Keeps a row, or another researcher's part in one that is there; False for a record without its month."""
        written = text_of(record.body.get(dated))
        day = _DAY.fullmatch(written)
        if day is None:
            message = _UNDATED.filled(kind=KINDS_OF_RECORDS[record.kind], column=dated)
            self.remarks.notice(message, row=record.number, column=dated, value=written)
            return False
        named = departments_named([*self.affiliations.get(record.owner, ()), record.member], self.known)
        self.counted["no department"] += not named
        key = texts.get("record_id") or record.key or _digest(record.kind, texts["title"], written)
        row = self.rows.get(key)
        if row is None:
            start = f"{day[1]}-{day[2]}-{day[3] or '01'}"
            title = without_mail_addresses(texts["title"]) or UNTITLED
            row = Row(
                record.number,
                {**texts, "source": SOURCE, "record_id": key, "title": title, "start_date": start},
                set(),
                set(),
            )
            self.rows[key] = row
        else:
            self.counted["shared"] += 1
        row.departments.update(named or [other_department(self.known)])
        row.people.update({record.member} - {""})
        return True


def _either(value: object) -> str:
    """A text in English, or else in Japanese."""
    texts = object_of(value)
    return text_of(texts.get("en")) or text_of(texts.get("ja")) or text_of(value)


def _last_day(written: str) -> str:
    """The last day of a month, or of a year; anything else as it is written."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", written, re.ASCII)
    if found is None or not int(found[1]):
        return written
    year, month = int(found[1]), int(found[2] or 12)
    return date(year, month, monthrange(year, month)[1]).isoformat()


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _alpha_2() -> dict[str, str]:
    """ISO 3166 alpha-2 by alpha-3, which researchmap writes."""
    return {country.code_3: country.code for country in reference.countries()}


_UNDATED = Text(
    "Left out of {kind}: {column} says no month, and a year alone decides no fiscal year.",
    "{kind}から除きます。{column} に月がなく、年だけでは年度が決まりません。",
)
_NO_COUNTRY = Text(
    "{title}: left out, for the record names no country, however international it is called. Add it in researchmap, or "
    "enter the seat as an activity.",
    "{title}：名称に国際とあっても国・地域の記載がないため除きます。"
    "researchmap に国・地域を追加するか、活動として登録してください。",
)
