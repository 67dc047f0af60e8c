"""One work of OpenAlex, read: the cells of an activities file that say the same, and what could not be kept."""

import re
from collections.abc import Sequence, Set

from data_access.files.json_file import Work
from data_access.imports.activity_cells import EXTERNAL, LONGEST_NAME
from data_access.imports.affiliations import departments_named, other_department
from data_access.imports.cells import LANGUAGES
from data_access.imports.json_values import JsonObject, list_of, object_of, objects_of, text_of
from data_access.imports.known import Known
from data_access.imports.report import Remarks, without_mail_addresses
from data_access.partner_names.meaning import reason
from data_access.partners import NotInRegistryError, Organization
from vocabulary.text import Text

SOURCE = "openalex"
UNTITLED = "[untitled]"
LEAST_SCORE = 0.4  # of an SDG: from here on OpenAlex itself says that a work is about the goal
_SDG = re.compile(r".*/sdg/([1-9]|1[0-7])/?", re.ASCII)
_AUTHOR = re.compile(r"(?:https://openalex\.org/)?(A[1-9]\d{0,14})", re.ASCII)
_HARD_TO_NAME = re.compile(r"[;；、@＠\n\r\t]|ror\.org/|(?<!\w)0[a-z0-9]{6}\d\d(?!\w)", re.IGNORECASE)
_FROM_AFFILIATIONS = Text(
    "An affiliation without an institution in OpenAlex is taken for {name} ({id}): {why}.",
    "OpenAlex に機関のない所属を {name}（{id}）とみなします（{why}）。",
)
_WEB_ADDRESS = re.compile(r"https?://\S+")


class WorkReading:
    """One work, read. Affiliation texts are looked at and never kept: they hold names; of authors the id is kept.

    `home`: OpenAlex ids of the university; its institutes name one of them in their lineage.
    """

    def __init__(self, work: Work, number: int, home: Set[str], known: Known, remarks: Remarks) -> None:
        self.work, self.number, self.home, self.known, self.remarks = work, number, home, known, remarks
        self.record_id = text_of(work.get("id")).rpartition("/")[2]
        self.authorships = objects_of(work.get("authorships"))
        self.own = [one for one in self.authorships if self._is_ours(one)]
        self.departments = self._departments(self.authorships)

    def cells(self) -> dict[str, str]:
        """The row of an activities file that says the same, by column."""
        return {
            "source": SOURCE,
            "record_id": self.record_id,
            "activity_type": "publication",
            "title": self._title(),
            "start_date": text_of(self.work.get("publication_date")),
            "departments": ";".join(self.departments) or other_department(self.known),
            "lead": self._lead(),
            "partners": ";".join(self._partners()),
            "countries": ";".join(self._countries()),
            "people": ";".join(self._people()),
            "sdgs": ";".join(self._sdgs()),
            "citation_percentile": self._percentile(),
            "language": self._language(),
            "url": self._url(),
        }

    def _is_home(self, institution: JsonObject) -> bool:
        lineage = map(text_of, list_of(institution.get("lineage")))
        return text_of(institution.get("ror")) == self.known.home_ror or not self.home.isdisjoint(lineage)

    def _is_ours(self, authorship: JsonObject) -> bool:
        institutions = objects_of(authorship.get("institutions"))
        return any(map(self._is_home, institutions)) or bool(self._departments([authorship]))

    def _departments(self, authorships: Sequence[JsonObject]) -> list[str]:
        texts = (text_of(text) for one in authorships for text in list_of(one.get("raw_affiliation_strings")))
        return departments_named(texts, self.known)

    def _lead(self) -> str:
        """The department of the corresponding authors; `external` where they are all somebody else's."""
        leading = [one for one in self.authorships if one.get("is_corresponding") is True]
        if not leading:
            return ""
        own = [one for one in leading if one in self.own]
        if not own:
            return EXTERNAL if self.own else ""  # without anybody of ours, nobody can say who led
        found = self._departments(own)
        return found[0] if len(found) == 1 and found[0] in self.departments else ""

    def _people(self) -> list[str]:
        """The own authors by their OpenAlex ids, which are no names; one whose id is none is left out."""
        ids = (_AUTHOR.fullmatch(text_of(object_of(one.get("author")).get("id"))) for one in self.own)
        return sorted({match[1] for match in ids if match})

    def _partners(self) -> list[str]:
        found: dict[str, None] = {}
        for authorship in self.authorships:
            institutions = objects_of(authorship.get("institutions"))
            for institution in institutions:
                if self._is_home(institution):
                    continue
                ror_id = text_of(institution.get("ror"))
                partner = self._organization(ror_id) if ror_id else None
                if partner and partner.ror_id != self.known.home_ror:  # ROR may have withdrawn the id for home's
                    found[partner.ror_id] = None
                elif not ror_id and (named := self._named(institution)):
                    found[named] = None
            if not institutions and authorship not in self.own:
                found |= dict.fromkeys(self._of_affiliations(authorship))
        return list(found)

    def _named(self, institution: JsonObject) -> str:
        """An institution without an id as a cell names a partner, where it can: `Name @ DE`."""
        name, country = text_of(institution.get("display_name")), text_of(institution.get("country_code"))
        fits = country in self.known.countries and len(name) <= LONGEST_NAME
        return f"{name} @ {country}" if fits and name and not _HARD_TO_NAME.search(name) else ""

    def _of_affiliations(self, authorship: JsonObject) -> list[str]:
        """The ids that affiliation texts surely mean, where OpenAlex names no institution; the texts are not kept."""
        countries = {text_of(code) for code in list_of(authorship.get("countries"))} & self.known.countries
        country = next(iter(countries)) if len(countries) == 1 else ""
        found = []
        for text in map(text_of, list_of(authorship.get("raw_affiliation_strings"))):
            if not text or self._names_home(text):
                continue
            meaning = self.known.partner_names.meaning(text, country)
            if meaning.organization and meaning.organization.country in self.known.countries:
                found.append(meaning.organization.ror_id)
                self._notice_once(meaning.organization, reason(meaning))
        return found

    def _names_home(self, text: str) -> bool:
        """Whether an affiliation names the university, of which whatever else it names may be a part."""
        home = self.known.registry.by_id(self.known.home_ror)
        return any(name and name.casefold() in text.casefold() for name in (home.name_en, home.name_ja))

    def _notice_once(self, organization: Organization, why: Text) -> None:
        key = (f"affiliation {organization.ror_id}", "")
        if key not in self.known.told_of:
            self.known.told_of.add(key)
            told = _FROM_AFFILIATIONS.filled(name=organization.name_en, id=organization.ror_id, why=why)
            self._notice("partners", organization.ror_id, told.en, told.ja)

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
        if not ror_id.endswith(found.ror_id.rpartition("/")[2]):
            self.known.followed[found.ror_id] = ror_id
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
            text_of(code)
            for authorship in self.authorships
            for code in (
                *list_of(authorship.get("countries")),
                *(one.get("country_code") for one in objects_of(authorship.get("institutions"))),
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

    def _sdgs(self) -> list[str]:
        """The goals that the work is about; one without a score was chosen by whoever delivered it."""
        goals = objects_of(self.work.get("sustainable_development_goals"))
        found = (_SDG.fullmatch(text_of(one.get("id"))) for one in goals if _score(one) >= LEAST_SCORE)
        return [match[1] for match in found if match]

    def _language(self) -> str:
        code = text_of(self.work.get("language"))
        short = code.partition("-")[0]
        if short not in LANGUAGES and code:
            self._notice(
                "language",
                code,
                f"{code} is no ISO 639-1 code; it is left out.",
                f"{code} は ISO 639-1 にないため除きます。",
            )
        return short if short in LANGUAGES else ""

    def _url(self) -> str:
        written = text_of(self.work.get("doi"))
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

    def _title(self) -> str:
        written = text_of(self.work.get("title")) or text_of(self.work.get("display_name"))
        title = without_mail_addresses(written)
        if title != written:
            self._notice(
                "title",
                title,
                "A mail address in the title is masked by ***@***.",
                "題名の中のメールアドレスを ***@*** で伏せました。",
            )
        return title or UNTITLED

    def _percentile(self) -> str:
        """The percentile within work type, year and subfield: a share between 0 and 1 there, 0 to 100 here."""
        share = object_of(self.work.get("citation_normalized_percentile")).get("value")
        return repr(round(100 * share, 6)) if isinstance(share, int | float) and not isinstance(share, bool) else ""

    def _notice(self, column: str, value: str, en: str, ja: str) -> None:
        of = self.record_id
        self.remarks.notice(Text(f"{of}: {en}", f"{of}: {ja}"), row=self.number, column=column, value=value)


def _score(goal: JsonObject) -> float:
    score = goal.get("score")
    return score if isinstance(score, int | float) else 1.0
