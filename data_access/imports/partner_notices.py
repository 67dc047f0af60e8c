"""Notices on partners: what a name was taken for, which names wait for somebody to decide, which ids were followed."""

from collections.abc import Iterable, Iterator

from data_access.imports.known import Known
from data_access.imports.report import Finding
from data_access.partner_names.meaning import Meaning, reason
from data_access.partners import Organization
from vocabulary.text import Text

MOST_NAMED = 3


def partner_notices(partners: Iterable[Organization], known: Known) -> Iterator[Finding]:
    """One notice for each partner of a file that is not simply what it says, in the first row that names it."""
    for partner in partners:
        key = (partner.ror_id or partner.name_en, partner.country)
        if key in known.told_of or (key in known.plain and partner.ror_id not in known.followed):
            continue
        message = _of_id(partner, known) if partner.ror_id else _of_name(partner, known)
        (known.plain if message is None else known.told_of).add(key)
        if message is not None:
            written = known.followed.get(partner.ror_id) or partner.ror_id or f"{partner.name_en} @ {partner.country}"
            yield Finding("partners", written, message, "notice")


def _of_id(partner: Organization, known: Known) -> Text | None:
    named = {"id": partner.ror_id, "name": partner.name_en}
    if partner.ror_id in known.followed:
        return _FOLLOWED.filled(**named, written=known.followed[partner.ror_id])
    return _INACTIVE.filled(**named) if known.registry.is_inactive(partner.ror_id) else None


def _of_name(partner: Organization, known: Known) -> Text | None:
    meaning = known.partner_names.meaning(partner.name_en, partner.country)
    if meaning.organization is not None:
        means = meaning.organization
        return _TAKEN_FOR.filled(id=means.ror_id, name=means.name_en, why=reason(meaning))
    return _waits(meaning) if meaning.waits else None


def _waits(meaning: Meaning) -> Text:
    found = [one.organization.name_en for one in meaning.match.found] if meaning.match else []
    if not found:
        return _NOTHING_LIKE_IT
    names = list(dict.fromkeys(found))[:MOST_NAMED]
    return _MAY_BE.filled(names=Text("; ".join(names), "、".join(names)))


_FOLLOWED = Text(
    "ROR withdrew {written}; its successor {id} ({name}) is stored.",
    "{written} は ROR から取り下げられたため、後継の {id}（{name}）として登録します。",
)
_INACTIVE = Text(
    "{id} ({name}) is inactive in ROR: it exists no more. It is kept as it is.",
    "{id}（{name}）は ROR で廃止された機関です。そのまま登録します。",
)
_TAKEN_FOR = Text(
    "Taken for {name} ({id}): {why}. The name is kept as written; the page Partner names can say otherwise.",
    "{name}（{id}）とみなします（{why}）。表記はそのまま残り、「連携機関の名寄せ」で変更できます。",
)
_MAY_BE = Text(
    "Not surely known; it may be: {names}. It is kept as written and waits on the page Partner names.",
    "機関を特定できません（候補：{names}）。表記のまま登録し、「連携機関の名寄せ」で確認を待ちます。",
)
_NOTHING_LIKE_IT = Text(
    "Nothing in the registry is like it. It is kept as written and waits on the page Partner names.",
    "ROR データに似た機関がありません。表記のまま登録し、「連携機関の名寄せ」で確認を待ちます。",
)
