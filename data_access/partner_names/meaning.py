"""What a partner's name means: what a person decided about it, else what the matcher is sure of, else nothing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from data_access.matching import Match, matcher_over, why
from data_access.partners import NotInRegistryError, Organization, Registry
from data_access.tables import PartnerDecision
from vocabulary.text import Text

ORGANIZATION, NOT_IN_REGISTRY, TAKEN_BACK = "organization", "not_in_registry", "taken_back"
_MARKS = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """The same for all ways of writing a name that differ in letter case, width, spaces and punctuation only."""
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What a name means in a country. Without an organization it is kept as written, and waits where nobody decided."""

    organization: Organization | None
    said_by: Literal["match", "decision", ""]
    match: Match | None = None  # what the matcher said, where it was asked

    @property
    def waits(self) -> bool:
        """Whether a person should look at it: nobody decided, and nothing is sure."""
        return self.organization is None and self.said_by == ""


class PartnerNames:
    """What names mean by the decisions that hold; the matcher is asked about each other name once."""

    def __init__(self, registry: Registry, held: Mapping[tuple[str, str], PartnerDecision]) -> None:
        self._registry = registry
        self._held = held
        self._known: dict[tuple[str, str], Meaning] = {}

    def meaning(self, name: str, country: str) -> Meaning:
        """What a name means that is said to be in a country (alpha-2)."""
        key = (name_key(name), country)
        known = self._known.get((name, country))
        if known is None:
            decision = self._held.get(key)
            known = self._decided(decision) if decision is not None else None
            known = self._known[name, country] = known or self._matched(name, country)
        return known

    def matched_anywhere(self, name: str) -> Meaning:
        """What a name without a country means to the matcher; nobody decides on such a name."""
        return self._matched(name, "")

    def is_decided(self, name: str, country: str) -> bool:
        """Whether a person said what the name means."""
        return (name_key(name), country) in self._held

    def _decided(self, decision: PartnerDecision) -> Meaning | None:
        """What was decided; nothing where the organization has left the registry since without one successor."""
        if decision.verdict == NOT_IN_REGISTRY:
            return Meaning(organization=None, said_by="decision")
        try:
            return Meaning(organization=self._registry.by_id(decision.ror_id), said_by="decision")
        except NotInRegistryError:
            return None

    def _matched(self, name: str, country: str) -> Meaning:
        match = matcher_over(self._registry).match(name, country)
        if match.status != "sure" or len(match.found) != 1:
            return Meaning(organization=None, said_by="", match=match)
        return Meaning(organization=match.found[0].organization, said_by="match", match=match)


def reason(meaning: Meaning) -> Text:
    """Why a name means its organization, or what it may mean, in words without a full stop."""
    if meaning.said_by == "decision":
        return Text("as was decided on the page Partner names", "「連携機関の名寄せ」での判断による")
    return why(meaning.match.found[0]) if meaning.match and meaning.match.found else Text("", "")


def held_decisions(connection: Connection) -> dict[tuple[str, str], PartnerDecision]:
    """The decision that holds for each (key of a name, country); one taken back holds no more."""
    last = select(func.max(PartnerDecision.decision_id)).group_by(PartnerDecision.name_key, PartnerDecision.country)
    columns = PartnerDecision.__table__.columns
    rows = connection.execute(select(*columns).where(PartnerDecision.decision_id.in_(last))).mappings()
    held = [PartnerDecision(**row) for row in rows]
    return {(one.name_key, one.country): one for one in held if one.verdict != TAKEN_BACK}
