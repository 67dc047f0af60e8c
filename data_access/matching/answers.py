"""What comes of a text: the organizations that it surely names, or may name, and what speaks for and against each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from data_access.matching.deciding import Doubt, Found
from data_access.partners import Organization

Status = Literal["sure", "doubtful", "none"]
# place in `Names.rows`, score, name, written, in country, in city, corrected, doubts: as `Candidate` has them
Bare = tuple[int, float, str, str, bool, bool, bool, tuple[Doubt, ...]]
Decided = tuple[Status, list[Bare]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One organization that a text may mean."""

    organization: Organization
    status: str  # of the registry: active or inactive
    score: float  # 0 to 1
    name: str  # the name of the registry that was found
    written: str  # the words of the text that mean it
    in_country: bool
    in_city: bool
    is_corrected: bool
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """What a text means: the organizations that it surely names, or those that it may name, the best first."""

    text: str
    country: str
    status: Status
    found: tuple[Candidate, ...] = ()

    @property
    def ror_id(self) -> str:
        """The full address of the organization that the text surely means first, else empty."""
        return self.found[0].organization.ror_id if self.status == "sure" else ""

    @property
    def score(self) -> float:
        return self.found[0].score if self.found else 0.0


def bare(status: Status, found: Iterable[Found]) -> Decided:
    """What was found as plain tuples, which go from process to process ten times as fast as what is made of them."""
    return status, [
        (
            one.place,
            one.score,
            one.name.text,
            one.written,
            one.in_country,
            one.in_city,
            one.is_corrected,
            one.doubts,
        )
        for one in found
    ]
