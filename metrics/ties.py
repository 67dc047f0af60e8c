"""Whom a department works with, and what it does with each: activities by partner and by country, by their types."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from metrics.codes import TYPE_CODES
from metrics.links import Ints
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


def partner_ties(portfolio: Portfolio) -> list[Tie]:
    """The partner institutions of a portfolio, those with most activities first."""
    shared = _shared(portfolio, portfolio.partner_pairs)
    named = portfolio.ledger.partner_table.iloc[[place for place, _ in shared]]
    columns = (named[name].tolist() for name in ("partner_id", "name_en", "name_ja", "country"))
    return [
        Tie(code=str(code), name=_name(en, ja), country=str(country), kinds=kinds)
        for code, en, ja, country, (_, kinds) in zip(*columns, shared, strict=True)
    ]


def country_ties(portfolio: Portfolio) -> list[Tie]:
    """The countries of a portfolio, those with most activities first."""
    table, codes = portfolio.ledger.country_table, portfolio.ledger.country_codes
    columns = (table[name].tolist() for name in ("code", "name_en", "name_ja"))
    names = {code: _name(en, ja) for code, en, ja in zip(*columns, strict=True)}
    return [
        Tie(code=codes[place], name=names[codes[place]], country=codes[place], kinds=kinds)
        for place, kinds in _shared(portfolio, portfolio.country_pairs)
    ]


def _shared(portfolio: Portfolio, linked: Pairs) -> list[tuple[int, dict[str, int]]]:
    """For each linked code (position) the activities by type; most activities first, then in the order of codes."""
    activity, code = linked
    pairs, times = np.unique(code * len(TYPE_CODES) + portfolio.ledger.kind[activity], return_counts=True)
    return _sorted(pairs, times)


def _sorted(pairs: Ints, times: Ints) -> list[tuple[int, dict[str, int]]]:
    found: dict[int, dict[str, int]] = {}
    for place in np.argsort(-times, kind="stable"):
        code, kind = divmod(int(pairs[place]), len(TYPE_CODES))
        found.setdefault(code, {})[TYPE_CODES[kind]] = int(times[place])
    return sorted(found.items(), key=lambda item: (-sum(item[1].values()), item[0]))


def _name(en: object, ja: object) -> Text:
    return Text(str(en), str(ja) or str(en))
