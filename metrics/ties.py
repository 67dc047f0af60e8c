"""Whom a department works with, and what it does with each: activities by partner and by country, by their types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.codes import TYPE_CODES
from metrics.links import runs, times
from metrics.portfolio import Pairs, Portfolio
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.text import Text

MOST_KINDS = 3  # activity types that are told of one tie


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A partner or a country, and how many activities of each type are shared with it, the most frequent first."""

    code: str  # the partner's number, or the country's alpha-2 code
    name: Text
    country: str
    kinds: Mapping[str, int]

    @property
    def activities(self) -> int:
        """All activities shared; one with several partners counts with each of them."""
        return sum(self.kinds.values())

    @property
    def text(self) -> Text:
        """`Publication 42, Academic agreement 3`, `論文42件、学術交流協定3件`."""
        told = list(self.kinds.items())[:MOST_KINDS]
        rest = self.activities - sum(number for _, number in told)
        en = [f"{ACTIVITY_TYPES[kind].name.en} {number:,}" for kind, number in told]
        ja = [f"{ACTIVITY_TYPES[kind].name.ja}{number:,}件" for kind, number in told]
        if rest:
            en, ja = [*en, f"other {rest:,}"], [*ja, f"その他{rest:,}件"]
        return Text(", ".join(en), "、".join(ja))


class Ties(NamedTuple):
    """How many partners or countries there are, and those with most activities, the largest first."""

    number: int
    largest: list[Tie]


def partner_ties(portfolio: Portfolio, most: int) -> Ties:
    """The partner institutions of a portfolio."""
    return _ties(portfolio, portfolio.partner_pairs, portfolio.ledger.partner_table, "partner_id", "country", most)


def country_ties(portfolio: Portfolio, most: int) -> Ties:
    """The countries of a portfolio."""
    return _ties(portfolio, portfolio.country_pairs, portfolio.ledger.country_table, "code", "code", most)


def _ties(portfolio: Portfolio, linked: Pairs, table: pd.DataFrame, code: str, country: str, most: int) -> Ties:
    """Those of the codes of a table, whose rows are in their order, with what its columns say of them."""
    number, shared = _shared(portfolio, linked, most)
    places = np.array(list(shared), dtype=np.int64)
    told = zip(
        *(table[name].array.take(places).tolist() for name in (code, "name_en", "name_ja", country)), strict=True
    )
    largest = [
        Tie(code=str(one), name=_name(en, ja), country=str(of), kinds=kinds)
        for (one, en, ja, of), kinds in zip(told, shared.values(), strict=True)
    ]
    return Ties(number, largest)


def _shared(portfolio: Portfolio, linked: Pairs, most: int) -> tuple[int, dict[int, dict[str, int]]]:
    """How many codes (positions) are linked, and of the largest the activities by type; of equals the first codes."""
    activity, code = linked
    pairs, often = times(code * len(TYPE_CODES) + portfolio.ledger.kind[activity])
    first = runs(pairs // len(TYPE_CODES))
    ends = np.append(first[1:], len(pairs))
    totals = np.add.reduceat(often, first) if len(first) else first
    found: dict[int, dict[str, int]] = {}
    for place in np.argsort(-totals, kind="stable")[:most]:
        mine = slice(first[place], ends[place])
        kinds = (pairs[mine] % len(TYPE_CODES)).tolist()
        order = np.argsort(-often[mine], kind="stable").tolist()
        found[int(pairs[first[place]]) // len(TYPE_CODES)] = {
            TYPE_CODES[kinds[at]]: int(often[mine][at]) for at in order
        }
    return len(first), found


def _name(en: object, ja: object) -> Text:
    return Text(str(en), str(ja) or str(en))
