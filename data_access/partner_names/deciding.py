"""Deciding what names mean: a person of the office says it once, it holds from then on, and it can be taken back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, select

from data_access.audit import Actor, record, refused
from data_access.engine import as_whole, reading
from data_access.imports.imports_kept import lock_imports, raise_data_version
from data_access.partner_names.meaning import (
    NOT_IN_REGISTRY,
    ORGANIZATION,
    TAKEN_BACK,
    Meaning,
    PartnerNames,
    held_decisions,
    name_key,
)
from data_access.partner_names.standing import stand_for
from data_access.partners import NotInRegistryError, registry
from data_access.scope import Scope
from data_access.tables import Country, Partner, PartnerDecision
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """One decision that was made about a name; `holds` says whether it is the last about it."""

    name: str
    country: str
    verdict: str  # organization, not_in_registry, taken_back
    ror_id: str
    decided_by: str
    decided_at: datetime  # UTC
    holds: bool


class NotDecidedError(ValueError):
    """A decision that cannot be; `text` says why, in both languages. Nothing was stored."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def decide(
    engine: Engine, name: str, country: str, *, ror_id: str, by: str, scope: Scope, actor: Actor | None = None
) -> int:
    """A name in a country means an organization of the registry, or (without an id) none of them.

    Holds for all partners stored under the name, however they write it in case, width and marks, and for later
    imports. Gives the number of partners whose meaning changed. `by`: who decides; `actor`: the same for the audit
    log. Raises NotDecidedError, also where somebody decided otherwise meanwhile: that is taken back first.
    """
    organization = None
    if ror_id:
        try:
            organization = registry().by_id(ror_id)
        except NotInRegistryError as error:
            raise NotDecidedError(Text(f"{error.text.en}.", f"{error.text.ja}。")) from None
    verdict = ORGANIZATION if organization else NOT_IN_REGISTRY
    meaning = Meaning(organization=organization, said_by="decision")
    decision = _Decision(name, country, verdict, organization.ror_id if organization else "")
    return _keep(engine, decision, meaning, by, actor or Actor.named(by), scope)


def take_back(engine: Engine, name: str, country: str, *, by: str, scope: Scope, actor: Actor | None = None) -> int:
    """What was decided about a name holds no more; it means what the matcher is sure of, else it waits again."""
    key = (name_key(name), country)
    with reading(engine) as connection:
        if key not in held_decisions(as_whole(connection)):
            raise NotDecidedError(_NOTHING_HELD.filled(name=name, country=country))
    meaning = PartnerNames(registry(), {}).meaning(name, country)
    return _keep(engine, _Decision(name, country, TAKEN_BACK), meaning, by, actor or Actor.named(by), scope)


def apply_sure_matches(engine: Engine, *, by: str, scope: Scope, actor: Actor | None = None) -> int:
    """Let every stored name that nobody decided about stand for what the matcher is sure of; gives how many changed.

    Imports do so themselves; this is for names that were stored before there was a matcher, or under an older registry.
    """
    who = actor or Actor.named(by)
    _refuse_others(engine, who, scope, "sure partner names")
    with reading(engine) as connection:
        written = _written(as_whole(connection))
        names = PartnerNames(registry(), held_decisions(connection))
    meanings = {number: names.meaning(name, country) for number, name, country in written}
    with engine.begin() as connection:
        lock_imports(as_whole(connection))
        still = held_decisions(connection)
        unheld = {n: meanings[n] for n, name, country in written if (name_key(name), country) not in still}
        sure = {n: (one.organization, one.said_by) for n, one in unheld.items() if one.organization is not None}
        changed = stand_for(connection, sure)
        if changed:
            raise_data_version(connection)
        record(connection, who, "sure partner names", scope=scope.code, rows=changed)
    return changed


def decisions(connection: Connection) -> list[Decided]:
    """All that was decided about names, the newest first."""
    held = {one.decision_id for one in held_decisions(connection).values()}
    rows = connection.execute(
        select(*PartnerDecision.__table__.columns).order_by(PartnerDecision.decision_id.desc())
    ).mappings()
    return [
        Decided(
            holds=row["decision_id"] in held,
            **{key: row[key] for key in ("name", "country", "verdict", "ror_id", "decided_by", "decided_at")},
        )
        for row in rows
    ]


class _Decision(NamedTuple):
    """What is decided about a name."""

    name: str
    country: str
    verdict: str
    ror_id: str = ""


def _keep(engine: Engine, decision: _Decision, meaning: Meaning, by: str, actor: Actor, scope: Scope) -> int:
    """The decision and all that follows from it, in one transaction."""
    _refuse_others(engine, actor, scope, "partner name")
    name, country, verdict, ror_id = decision
    key = name_key(name)
    if not key or not by.strip():
        raise NotDecidedError(_NO_NAME)
    with engine.begin() as connection:
        lock_imports(as_whole(connection))
        if connection.scalar(select(Country.code).where(Country.code == country)) is None:
            raise NotDecidedError(_NO_COUNTRY.filled(country=country))
        _refuse_unseen(held_decisions(connection).get((key, country)), decision)
        now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)  # stored in UTC
        row = {"name": name, "name_key": key, "country": country, "verdict": verdict, "ror_id": ror_id}
        stored = connection.execute(insert(PartnerDecision), row | {"decided_by": by, "decided_at": now})
        meant = [
            number for number, written, there in _written(connection) if (name_key(written), there) == (key, country)
        ]
        changed = stand_for(connection, dict.fromkeys(meant, (meaning.organization, meaning.said_by)))
        raise_data_version(connection)
        number = stored.inserted_primary_key[0] if stored.inserted_primary_key else 0
        told = {"verdict": verdict, "ror_id": ror_id, "country": country}
        record(
            connection, actor, "partner name", object=f"decision {number}", scope=scope.code, details=told, rows=changed
        )
    return changed


def _refuse_unseen(held: PartnerDecision | None, decision: _Decision) -> None:
    """Who decides on a name that waits has not seen what somebody else decided meanwhile; who takes back, has."""
    if decision.verdict == TAKEN_BACK and held is None:
        raise NotDecidedError(_NOTHING_HELD.filled(name=decision.name, country=decision.country))
    if decision.verdict != TAKEN_BACK and held is not None:
        same = (held.verdict, held.ror_id) == (decision.verdict, decision.ror_id)
        if not same:
            raise NotDecidedError(_DECIDED_MEANWHILE.filled(name=decision.name, by=held.decided_by))


def _written(connection: Connection) -> list[tuple[int, str, str]]:
    """The partners kept as they were written: number, name, country."""
    columns = select(Partner.partner_id, Partner.name_en, Partner.country)
    return [
        (int(n), str(name), str(country))
        for n, name, country in connection.execute(columns.where(Partner.ror_id.is_(None)))
    ]


def _refuse_others(engine: Engine, actor: Actor, scope: Scope, action: str) -> None:
    if not scope.whole_university:
        refused(engine, actor, action, scope=scope.code)
        raise NotDecidedError(_NOT_YOURS)


_NOT_YOURS = Text(
    "Only the International Strategy Office decides what partners' names mean.",
    "連携機関名の判断は国際戦略室のみが行えます。",
)
_NO_NAME = Text(
    "A decision needs a name with a letter in it, and who decides.", "判断には、文字を含む名称と判断者が必要です。"
)
_NO_COUNTRY = Text(
    "{country!r} is no country of ISO 3166; write its alpha-2 code, as DE.",
    "{country!r} は ISO 3166 の国コードではありません。DE のような 2 文字で書いてください。",
)
_DECIDED_MEANWHILE = Text(
    "{name} was decided otherwise meanwhile, by {by}. Nothing was stored: take that decision back first.",
    "{name} については、その間に {by} が別の判断を登録しました。何も登録していません。"
    "変更するには、先にその判断を取り消してください。",
)
_NOTHING_HELD = Text(
    "Nothing that holds was decided about {name} ({country}).", "{name}（{country}）について有効な判断はありません。"
)
