"""How the cells of an activity are read that hold more than one value: departments, partners, people, goals."""

import re
from collections.abc import Mapping
from dataclasses import replace
from unicodedata import normalize

from data_access.imports import cells
from data_access.imports.columns import RefusalError
from data_access.imports.known import Known
from data_access.imports.personal import NAME, no_id
from data_access.partners import NotInRegistryError, Organization
from data_access.persons import HASHED
from vocabulary.text import Text

EXTERNAL = "external"
TOLERANCE = 0.001
LONGEST_NAME = 300

_ROR = re.compile(r"(?:https?://)?(?:www\.)?ror\.org/\S+|0[0-9a-z]{6}\d\d", re.IGNORECASE | re.ASCII)
_SHARE = re.compile(r"(?:0|1|0?\.\d{1,17}|1\.0{1,17})", re.ASCII)
_BARE_ROR = re.compile(r"(?<!\w)0[a-hj-km-np-tv-z0-9]{6}\d\d(?!\w)", re.IGNORECASE | re.ASCII)
_OTHER_SEPARATORS = re.compile(r"[；、\n\r\t]")  # a comma may be part of a name
_SEPARATORS_OF_IDS = re.compile(r"[,，、；\n\r\t]")
_HELD_COUNTRY = re.compile(r"[@＠]\s*[A-Za-z]{2}(?![A-Za-z])|[@＠]\s+\S")
_PSEUDONYM = re.compile(r"[\w.:/+=#$~-]{1,128}", re.ASCII)
_NO_PERSON = re.compile(
    r"[\W_]*|0+|#?n/?a|none|null|nil|nan|unknown|unk|tb[ac]|tbd|anonymous|not (?:available|applicable|known)"
    r"|(?:該当)?(?:なし|無し)|無|不明|未定|未記入|未入力|匿名",
    re.IGNORECASE,
)


def departments(text: str, known: Known) -> tuple[tuple[str, float], ...]:
    """Departments with their shares, equal ones where none are written; in order of their codes."""
    written = cells.codes(text)
    if not written:
        raise RefusalError("No department is written.", "部局がありません。")
    codes = [part.partition(":")[0].strip() for part in written]
    shares = [part.partition(":")[2].strip() for part in written]
    for code in codes:
        cells.department(code, known)
        if codes.count(code) > 1:
            raise RefusalError(f"{code} is written twice.", f"{code} が重複しています。")
    if not any(":" in part for part in written):
        return tuple((code, 1 / len(codes)) for code in sorted(codes))
    return tuple(sorted(zip(codes, _shares(codes, shares), strict=True)))


def _shares(codes: list[str], written: list[str]) -> list[float]:
    for code, share in zip(codes, written, strict=True):
        if not share:
            raise RefusalError(f"{code} has no share, others have.", f"{code} に割合がなく、他の部局にはあります。")
        if not _SHARE.fullmatch(share) or not float(share):
            raise RefusalError(
                f'The share "{share}" of {code} is not above 0 and up to 1.',
                f"{code} の割合「{share}」は 0 より大きく 1 以下の数ではありません。",
            )
    shares = [float(share) for share in written]
    total = sum(shares)
    if abs(total - 1) > TOLERANCE + 1e-9:
        raise RefusalError(
            f"The shares add up to {total:.4g}, not to 1.", f"割合の合計が 1 ではなく {total:.4g} です。"
        )
    return shares


def partners(text: str, known: Known) -> tuple[Organization, ...]:
    """ROR ids, and names with their country, each resolved to ROR where that is sure."""
    found = {
        (one.ror_id, one.name_en, one.country): one for one in (_partner(part, known) for part in cells.parts(text))
    }
    return tuple(found[key] for key in sorted(found))


def _partner(text: str, known: Known) -> Organization:
    found = known.partners.get(text)
    if found is None:
        found = _looked_up(text, known)
        if found.ror_id not in known.followed:  # by which text is to be told
            known.partners[text] = found
    return found


def _looked_up(text: str, known: Known) -> Organization:
    if _holds_several(text):
        raise RefusalError(
            f'"{text}" holds more than one entry. Partners are separated by ;, and a ROR id stands alone.',
            f"「{text}」に複数の記載があります。連携機関は半角の ; で区切り、ROR ID は単独で書いてください。",
        )
    if _ROR.fullmatch(text):
        try:
            found = known.registry.by_id(text)
        except NotInRegistryError as error:
            raise RefusalError(f"{error.text.en}.", f"{error.text.ja}。") from None
        if found.country not in known.countries:
            raise RefusalError(
                f"{text} is in {found.country}, which is no country of ISO 3166.",
                f"{text} の国 {found.country} は ISO 3166 にありません。",
            )
        if not found.ror_id.endswith(text.rstrip("/").rpartition("/")[2].lower()):
            known.followed[found.ror_id] = text
        return found
    name, at, country = (part.strip() for part in text.rpartition("@"))
    if at and not name:
        raise RefusalError(
            f"\"{text}\" has no name before the @. Write the partner's name, @ and its country's code.",
            f"「{text}」は @ の前に名称がありません。「名称 @ 国コード」のように書いてください。",
        )
    if not at:
        name = text.rpartition("＠")[0].strip() or text
        raise _without_country(text, name, known)
    if len(name) > LONGEST_NAME:
        raise RefusalError(f"The name has over {LONGEST_NAME} letters.", f"名称が {LONGEST_NAME} 文字を超えています。")
    return _named(name, cells.country(country, known), known)


def _without_country(text: str, name: str, known: Known) -> RefusalError:
    """The refusal of a name alone; it proposes the country where the row, or the registry, leaves no choice."""
    written = text.rpartition("＠")[2].strip().upper()
    match = known.partner_names.matched_anywhere(name)
    found = written if written in known.countries else match.organization.country if match.organization else ""

    def told(country: str) -> Text:
        return Text(
            f'"{text}" does not say its country. Write the name, @ and the country\'s code: {name} @ {country}.',
            f"「{text}」に国がありません。「{name} @ {country}」のように国コードを付けてください。",
        )

    def beside(texts: Mapping[str, str]) -> Text | None:
        said = cells.parts(texts.get("countries", ""))
        return told(said[0]) if found != written and len(said) == 1 and said[0] in known.countries else None

    general = Text(
        f'"{text}" does not say its country. Write "{name} @ CC", with the alpha-2 code of its country for CC.',
        f"「{text}」に国がありません。「{name} @ 国コード」のように、その機関の国の 2 文字コードを付けてください。",
    )
    return RefusalError(*(told(found) if found else general), beside=beside)


def _named(name: str, country: str, known: Known) -> Organization:
    """What a name surely means by being it; else the name as written, with what it is otherwise known to mean."""
    names = known.partner_names
    exact = None if names.is_decided(name, country) else known.registry.named(name, country)
    if exact is not None:
        return exact
    meaning = names.meaning(name, country)
    return replace(as_written(name, country), stands_for=meaning.organization, said_by=meaning.said_by)


def _holds_several(text: str) -> bool:
    """Whether a text that no `;` divides names several partners all the same: they would be stored as one."""
    name, _, _ = text.rpartition("@")
    return bool(
        _OTHER_SEPARATORS.search(text)
        or _HELD_COUNTRY.search(name)
        or len(_BARE_ROR.findall(text)) > 1
        or (("ror.org/" in text.casefold() or _BARE_ROR.search(text)) and not _ROR.fullmatch(text))
    )


def as_written(name: str, country: str) -> Organization:
    """A partner that is not (surely) in the registry."""
    return Organization(
        ror_id="", name_en=name, name_ja="", country=country, city="", types="", latitude=None, longitude=None
    )


def people(text: str, known: Known) -> tuple[str, ...]:
    """Ids of persons, each once, as the file writes them: they are stored as keyed hashes (`data_access.persons`)."""
    found = cells.parts(text)
    for place, person in enumerate(found, start=1):
        if person in known.persons:
            continue
        if _NO_PERSON.fullmatch(normalize("NFKC", person)):
            raise RefusalError(
                f"Entry {place} of the list stands for nobody. Leave out who has no id, or leave the cell empty.",
                f"{place} 番目は誰の ID でもありません。ID のない人は書かず、誰もいなければ空欄にしてください。",
            )
        if _SEPARATORS_OF_IDS.search(person):
            raise RefusalError(
                f"Entry {place} of the list looks like a name, or like ids that are not separated by ;.",
                f"{place} 番目が氏名、または半角の ; で区切られていない複数の ID のように見えます。",
            )
        reads_as = NAME if not _PSEUDONYM.fullmatch(person) else None if HASHED.fullmatch(person) else no_id(person)
        if reads_as:
            raise RefusalError(f"Entry {place} of the list {reads_as.en}.", f"{place} 番目が{reads_as.ja}。")
        known.persons.add(person)
    return tuple(sorted(set(found)))


def sdgs(text: str, known: Known) -> tuple[int, ...]:
    """Numbers of Sustainable Development Goals, each once."""
    goal = cells.whole_number(1, 17)
    return tuple(sorted({goal(part, known) for part in cells.codes(text)}))


def lead(text: str, known: Known) -> str:
    return text if text == EXTERNAL else cells.department(text, known)
