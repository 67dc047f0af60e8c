"""Works: each work of OpenAlex becomes the row of an activities file that says the same, and is checked as one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from data_access.imports.activities import ACTIVITIES
from data_access.imports.activity_cells import EXTERNAL
from data_access.imports.cells import LANGUAGES
from data_access.imports.columns import Kind
from data_access.imports.json_file import Work
from data_access.imports.known import Known
from data_access.imports.own_id import own_organization
from data_access.imports.report import Remarks, without_mail_addresses
from data_access.imports.text_rows import TextRow, UnreadableError
from data_access.partners import NotInRegistryError, Organization
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

SOURCE = "openalex"
UNTITLED = "[untitled]"
WORKS = Kind(
    key="works",
    name=Text("works", "論文"),
    identity=ACTIVITIES.identity,
    columns=ACTIVITIES.columns,
    check_row=ACTIVITIES.check_row,
    store=ACTIVITIES.store,
)
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
    "sdgs",
    "citation_percentile",
    "language",
    "url",
)
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_SDG = re.compile(r".*/sdg/([1-9]|1[0-7])/?", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://\S+")


def works_as_activities(works: Iterator[tuple[int, Work]], known: Known, remarks: Remarks) -> Iterator[TextRow]:
    """A header, then one row of an activities file for each work; what could not be kept is a notice.

    A work without its day is left out, for its year alone decides no fiscal year; a file of none but such is refused.
    """
    known = replace(known, home_ror=own_organization(known).ror_id)
    yield TextRow(1, list(HEADER))
    kept, number = 0, 0
    for number, work in works:
        reading = _Reading(work, number, known, remarks)
        if reading.cells["start_date"]:
            kept += 1
            yield TextRow(number, [reading.cells[name] for name in HEADER])
    if number and not kept:
        raise UnreadableError(
            "None of the works has a publication_date. Accepted: works with the day they appeared, as 2025-04-01.",
            "publication_date のある論文がありません。使えるのは公表日（例 2025-04-01）のある論文です。",
        )


class _Reading:
    """One work, read: `cells` is its row. Affiliation texts are looked at and never kept: they hold names."""

    def __init__(self, work: Work, number: int, known: Known, remarks: Remarks) -> None:
        self.known, self.number, self.remarks = known, number, remarks
        self.record_id = _text(work.get("id")).rpartition("/")[2]
        self.authorships = _objects(work.get("authorships"))
        self.home = self._home_ids()
        self.cells = {"start_date": _text(work.get("publication_date"))}
        if not self.cells["start_date"]:
            self._notice(
                "start_date",
                "",
                "The work has no publication_date and is left out: its year alone decides no fiscal year.",
                "publication_date がないため除きます。年だけでは年度が決まりません。",
            )
            return
        departments = self._departments(self.authorships)
        if not departments:
            self._notice(
                "departments",
                "",
                "No affiliation matches a pattern; the work goes to the university itself.",
                "所属がどのパターンにも一致しないため、大学全体の論文とします。",
            )
        self.cells |= {
            "source": SOURCE,
            "record_id": self.record_id,
            "activity_type": "publication",
            "title": self._title(work),
            "departments": ";".join(departments) or UNIVERSITY,
            "lead": self._lead(departments),
            "partners": ";".join(self._partners()),
            "countries": ";".join(self._countries()),
            "sdgs": ";".join(self._sdgs(work)),
            "citation_percentile": _percentile(work),
            "language": self._language(_text(work.get("language"))),
            "url": self._url(work),
        }

    def _home_ids(self) -> frozenset[str]:
        """OpenAlex ids of the home university in this work; its institutes name one of them in their lineage."""
        institutions = (one for authorship in self.authorships for one in _objects(authorship.get("institutions")))
        return frozenset(_text(one.get("id")) for one in institutions if _text(one.get("ror")) == self.known.home_ror)

    def _is_home(self, institution: Mapping[str, object]) -> bool:
        lineage = institution.get("lineage")
        return _text(institution.get("ror")) == self.known.home_ror or (
            isinstance(lineage, list) and not self.home.isdisjoint(_text(one) for one in lineage)
        )

    def _departments(self, authorships: Sequence[Mapping[str, object]]) -> list[str]:
        """The departments whose patterns occur; the university itself only where no department of it does."""
        texts = {
            _text(one).casefold()
            for authorship in authorships
            for one in _list(authorship.get("raw_affiliation_strings"))
        }
        found = {department for part, department in self.known.patterns if any(part in text for text in texts)}
        return sorted(found - {UNIVERSITY} or found)

    def _lead(self, departments: Sequence[str]) -> str:
        """The department of the corresponding authors; `external` where they are all somebody else's."""
        leading = [one for one in self.authorships if one.get("is_corresponding") is True]
        if not leading:
            return ""
        own = [
            one
            for one in leading
            if any(map(self._is_home, _objects(one.get("institutions")))) or self._departments([one])
        ]
        if not own:
            return EXTERNAL if departments or self.home else ""  # without anybody of ours, nobody can say who led
        found = self._departments(own)
        return found[0] if len(found) == 1 and found[0] in departments else ""

    def _partners(self) -> list[str]:
        found: dict[str, None] = {}
        for authorship in self.authorships:
            for institution in _objects(authorship.get("institutions")):
                ror_id = _text(institution.get("ror"))
                if not ror_id or self._is_home(institution):
                    continue
                partner = self._organization(ror_id)
                if partner and partner.ror_id != self.known.home_ror:  # ROR may have withdrawn the id for home's
                    found[partner.ror_id] = None
        return list(found)

    def _organization(self, ror_id: str) -> Organization | None:
        try:
            found = self.known.registry.by_id(ror_id)
        except NotInRegistryError:
            self._notice(
                "partners",
                ror_id,
                f"{ror_id} is not in the registry; only its country is kept.",
                f"{ror_id} は ROR データにないため、国だけを残します。",
            )
            return None
        if found.country not in self.known.countries:
            self._notice(
                "partners",
                ror_id,
                f"{found.country} is no country of ISO 3166; the partner is left out.",
                f"{found.country} は ISO 3166 にないため、機関を除きます。",
            )
            return None
        return found

    def _countries(self) -> list[str]:
        """Of the authors, and of institutions that say theirs."""
        found = {
            _text(code)
            for authorship in self.authorships
            for code in (
                *_list(authorship.get("countries")),
                *(one.get("country_code") for one in _objects(authorship.get("institutions"))),
            )
        }
        for code in sorted(found - self.known.countries - {""}):
            self._notice(
                "countries",
                code,
                f"{code} is no country of ISO 3166; it is left out.",
                f"{code} は ISO 3166 にないため除きます。",
            )
        return sorted(found & self.known.countries)

    def _sdgs(self, work: Work) -> list[str]:
        found = (_SDG.fullmatch(_text(one.get("id"))) for one in _objects(work.get("sustainable_development_goals")))
        return [match[1] for match in found if match]

    def _language(self, code: str) -> str:
        short = code.partition("-")[0]
        if short not in LANGUAGES and code:
            self._notice(
                "language",
                code,
                f"{code} is no ISO 639-1 code; it is left out.",
                f"{code} は ISO 639-1 にないため除きます。",
            )
        return short if short in LANGUAGES else ""

    def _url(self, work: Work) -> str:
        written = _text(work.get("doi"))
        address = without_mail_addresses(written)
        if address != written:
            self._notice(
                "url",
                address,
                "The address holds what reads as a mail address; it is left out.",
                "メールアドレスと読める部分があるため、URL を除きます。",
            )
            return ""
        return address if _WEB_ADDRESS.fullmatch(address) else ""

    def _title(self, work: Work) -> str:
        written = _text(work.get("title")) or _text(work.get("display_name"))
        title = without_mail_addresses(written)
        if title != written:
            self._notice(
                "title",
                title,
                "A mail address in the title is masked by ***@***.",
                "題名の中のメールアドレスを ***@*** で伏せました。",
            )
        return title or UNTITLED

    def _notice(self, column: str, value: str, en: str, ja: str) -> None:
        of = self.record_id
        self.remarks.notice(Text(f"{of}: {en}", f"{of}: {ja}"), row=self.number, column=column, value=value)


def _percentile(work: Work) -> str:
    """OpenAlex gives a share between 0 and 1; ours is 0 to 100."""
    found = work.get("citation_normalized_percentile")
    share = found.get("value") if isinstance(found, dict) else None
    return repr(round(100 * share, 6)) if isinstance(share, int | float) and not isinstance(share, bool) else ""


def _text(value: object) -> str:
    """The text of a JSON value, or nothing; control characters and halves of letters become spaces."""
    return _UNFIT.sub(" ", value).strip() if isinstance(value, str) else ""


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _objects(value: object) -> list[Mapping[str, object]]:
    return [one for one in _list(value) if _is_object(one)]


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)
