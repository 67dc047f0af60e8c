"""Postings carried on: of very many activities a few changed, and only these are posted anew.

What was posted of the others is kept as arrays alone (`Posted`), so that it can lie in a file from one start of the
monitor to the next. Everything else that postings hold (departments, partners, headcounts) is small and comes anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.links import Bools, Ints, Links, distinct, frozen, ints, stretched
from metrics.posting import Census, Positions, Postings, Years, all_years, counted_years, in_order_of_type, post
from metrics.table_arrays import Array
from metrics.tree import Tree

Frames = Mapping[str, pd.DataFrame]
ROWS = (
    *("activity_ids", "kind", "first_year", "span", "level", "led_by", "anonymous", "yen", "unconverted"),
    *("percentile", "days", "language", "source", "start_day"),
)
LINKS = ("countries", "partners", "people", "sdgs", "departments")
MOST_CHANGED = 0.2  # of the activities: beyond this, posting all of them takes no longer


@dataclass(frozen=True, eq=False)
class Posted:
    """What was posted of activities, and what its positions stand for.

    `arrays`: those of `ROWS` by name, an element an activity; the links as `partners.starts` and `partners.codes`, and
    `shares` beside `departments.codes`; the countries that were written; and as `of.units`, `of.years`, ... what
    positions stand for.
    """

    arrays: Mapping[str, Array]

    @classmethod
    def of(cls, postings: Postings) -> "Posted":
        """What can be kept of postings; shares their arrays."""
        partners, rates = postings.partner_table, postings.written["rates"]
        abroad = postings.written["activity_countries"]
        country = {code: i for i, code in enumerate(postings.country_codes)}
        kept: dict[str, Array] = {name: getattr(postings, name) for name in (*ROWS, "shares")}
        for name in LINKS:
            links: Links = getattr(postings, name)
            kept |= {f"{name}.starts": links.starts, f"{name}.codes": links.codes}
        kept |= {
            "abroad.activity": ints(abroad["activity_id"]),
            "abroad.country": ints(abroad["country"].map(country)).astype(np.int32),
            "of.years": np.array(postings.years),
            "of.units": _texts(postings.tree.units),
            "of.countries": _texts(postings.country_codes),
            "of.languages": _texts(postings.languages),
            "of.sources": _texts(postings.sources),
            "of.people": postings.person_ids,
            "of.partners": ints(partners["partner_id"]),
            "of.partners.country": _texts(partners["country"]),
            "of.rates.currency": _texts(rates["currency"]),
            "of.rates.fiscal_year": ints(rates["fiscal_year"]),
            "of.rates.jpy": rates["jpy"].to_numpy(np.float64),
        }
        return cls(kept)

    def __len__(self) -> int:
        return len(self.arrays["activity_ids"])

    def links(self, name: str) -> Links:
        return Links(self.arrays[f"{name}.starts"], self.arrays[f"{name}.codes"])


def carried_on(
    before: Posted, frames: Frames, changed: Ints, home: str | None, census: Census, today: date
) -> Postings | None:
    """The postings of now, from those of before and what changed since.

    `frames` are those of `Ledger.of`, but of activities and their links those alone of the activities `changed` (ids)
    that are still there. None where all have to be posted anew: departments, countries or rates are others, a partner
    is somewhere else, the last year that can be asked for is another one, or very many activities changed.
    """
    if len(changed) > MOST_CHANGED * len(before) or not _on_the_same_ground(before.arrays, frames):
        return None
    kept = ~np.isin(before.arrays["activity_ids"], changed)
    years = _years(before.arrays, kept, frames, census, today)
    if years[0][-1] != before.arrays["of.years"][-1]:  # what is in force reaches to the last one
        return None
    return _merged(before, post(frames, home, census, today, years), kept)


def _on_the_same_ground(before: Mapping[str, Array], frames: Frames) -> bool:
    """Whether what activities were posted by is as it was; partners may have come."""
    rates, located = frames["rates"], frames["partners"].set_index("partner_id")["country"]
    return (
        list(Tree.of(frames["departments"]).units) == before["of.units"].tolist()
        and sorted(frames["countries"]["code"]) == before["of.countries"].tolist()
        and located.reindex(before["of.partners"]).tolist() == before["of.partners.country"].tolist()
        and all(
            rates[name].tolist() == before[f"of.rates.{name}"].tolist() for name in ("currency", "fiscal_year", "jpy")
        )
    )


def _years(before: Mapping[str, Array], kept: Bools, frames: Frames, census: Census, today: date) -> Years:
    """Those of what is kept and of what changed together."""
    activities, kind = in_order_of_type(frames["activities"])
    first = counted_years(activities, kind, census)[1]
    kinds = np.concatenate([ints(before["kind"][kept]), kind])
    firsts = np.concatenate([ints(before["first_year"][kept]) + int(before["of.years"][0]), first])
    return all_years(kinds, firsts, frames["populations"], today)


def _merged(before: Posted, fresh: Postings, kept: Bools) -> Postings:
    """What is kept of postings and what was posted anew, as one."""
    of = before.arrays
    languages = tuple(dict.fromkeys((*of["of.languages"].tolist(), *fresh.languages)))
    spoken = np.array([*(languages.index(one) for one in fresh.languages), -1], np.int32)
    person_ids = distinct(np.concatenate([ints(of["of.people"]), fresh.person_ids]))
    recoded = {  # what the codes of before, and those of what was posted anew, are now
        "partners": (Positions.of(fresh.partner_table["partner_id"]).of_ids(pd.Series(ints(of["of.partners"]))), None),
        "people": tuple(np.searchsorted(person_ids, ids) for ids in (of["of.people"], fresh.person_ids)),
    }
    old, new = {name: of[name][kept] for name in ROWS}, {name: getattr(fresh, name) for name in ROWS}
    old["first_year"] += np.int32(of["of.years"][0] - fresh.years[0])
    new["language"] = spoken[fresh.language]
    named = sorted({*of["of.sources"][distinct(old["source"])].tolist(), *fresh.sources})
    old["source"], new["source"] = (
        np.array([named.index(one) if one in named else -1 for one in sources], np.int32)[codes]
        for sources, codes in ((of["of.sources"].tolist(), old["source"]), (fresh.sources, fresh.source))
    )
    rows = {name: np.concatenate([old[name], new[name]]) for name in ROWS}
    order = np.lexsort((rows["activity_ids"], rows["kind"]))
    merged: dict[str, Any] = {name: frozen(column[order]) for name, column in rows.items()}
    places = {}
    for name in LINKS:
        both = before.links(name), getattr(fresh, name)
        places[name], starts = _places(*both, kept, order)
        codes = [_recoded(one.codes, now) for one, now in zip(both, recoded.get(name, (None, None)), strict=True)]
        merged[name] = Links(frozen(starts), frozen(np.concatenate(codes)[places[name]]))
    return replace(
        fresh,
        **merged,
        shares=frozen(np.concatenate([of["shares"], fresh.shares])[places["departments"]]),
        languages=languages,
        sources=tuple(named),
        person_ids=frozen(person_ids),
        written={**fresh.written, "activity_countries": _abroad(of, fresh, kept)},
    )


def _places(old: Links, new: Links, kept: Bools, order: Ints) -> tuple[Ints, NDArray[np.int32]]:
    """Where each link of the kept and the new activities, in their order, stands among the old and the new links.

    And where the links of each of these activities start.
    """
    begin, end = (
        np.concatenate([one[kept], other + len(old.codes)])[order]
        for one, other in ((old.starts[:-1], new.starts[:-1]), (old.starts[1:], new.starts[1:]))
    )
    return stretched(begin, end)[1], np.append(0, np.cumsum(end - begin)).astype(np.int32)


def _recoded(codes: NDArray[np.int32], now: Ints | None) -> NDArray[np.int32]:
    return codes if now is None else now.astype(np.int32)[codes]


def _abroad(of: Mapping[str, Array], fresh: Postings, kept: Bools) -> pd.DataFrame:
    """The countries that were written, as the store gives them."""
    new = fresh.written["activity_countries"]
    still = np.isin(of["abroad.activity"], of["activity_ids"][kept])
    codes = np.array(fresh.country_codes, dtype=object)[of["abroad.country"][still]]
    old = pd.DataFrame({"activity_id": of["abroad.activity"][still], "country": pd.Series(codes, dtype="str")})
    return pd.concat([old, new]).sort_values(["activity_id", "country"], ignore_index=True)


def _texts(words: Iterable[str]) -> Array:
    return np.array([*words], dtype=np.str_)
