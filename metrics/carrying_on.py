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

from metrics.links import Bools, Ints, Links, distinct, frozen, ints, stretched
from metrics.posting import Census, Positions, Postings, Years, all_years, counted_years, in_order_of_type, post
from metrics.small import Coded, Column, Patches, Steps
from metrics.table_arrays import Array
from metrics.tree import Tree

Frames = Mapping[str, pd.DataFrame]
NUMBERS = ("activity_ids", "kind", "first_year", "span", "level", "led_by", "language", "source", "start_day")
ANSWERS = ("unconverted", "ranked", "most_cited", "lasting", "long")
COMMON = {"anonymous": 0.0, "yen": np.nan}  # what most activities have
ROWS = (*NUMBERS, *ANSWERS, *COMMON)
LINKS = ("countries", "abroad", "partners", "people", "sdgs", "departments")
MOST_CHANGED = 0.2  # of the activities: beyond this, posting all of them takes no longer


@dataclass(frozen=True, eq=False)
class Posted:
    """What was posted of activities, and what its positions stand for.

    `arrays`: those of `ROWS` by name, an element an activity; `partners.codes` and other links, and `shares` beside
    `departments.codes`, each as it is kept small; and as `of.units`, `of.years`, ... what positions stand for.
    """

    arrays: Mapping[str, Array]

    @classmethod
    def of(cls, postings: Postings) -> "Posted":
        """What can be kept of postings; shares their arrays."""
        partners, rates = postings.partner_table, postings.written["rates"]
        kept: dict[str, Array] = {name: getattr(postings, name) for name in ANSWERS}
        for name in (*NUMBERS, *COMMON, "shares"):
            kept |= _parts(name, getattr(postings, name))
        for name in LINKS:
            links: Links = getattr(postings, name)
            kept |= _parts(f"{name}.starts", links.starts) | _parts(f"{name}.codes", links.codes)
        kept |= {
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
        return len(self.numbers("activity_ids"))

    def numbers(self, name: str) -> Column:
        return Column(**self._parts(name))

    def row(self, name: str) -> Array:
        """What was posted of each activity."""
        if name in ANSWERS:
            return self.arrays[name]
        return (self.patches(name) if name in COMMON else self.numbers(name)).whole

    def patches(self, name: str) -> Patches:
        return Patches(length=len(self), **self._parts(name))

    @property
    def shares(self) -> Coded:
        return Coded(**self._parts("shares"))

    def links(self, name: str) -> Links:
        return Links(Steps(**self._parts(f"{name}.starts")), self.numbers(f"{name}.codes"))

    def _parts(self, name: str) -> dict[str, Array]:
        return {key.rpartition(".")[2]: array for key, array in self.arrays.items() if key.rpartition(".")[0] == name}


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
    kept = ~np.isin(before.row("activity_ids"), changed)
    years = _years(before, kept, frames, census, today)
    if years[0][-1] != before.arrays["of.years"][-1]:  # what is in force reaches to the last one
        return None
    fresh = post(frames, home, census, today, years)
    return _as_before(before, fresh) if _stays(before, fresh, changed) else _merged(before, fresh, kept)


def _stays(before: Posted, fresh: Postings, changed: Ints) -> bool:
    """Whether all of before can be taken as it is: nothing changed, and its positions stand for the same."""
    of = before.arrays
    partners = fresh.partner_table["partner_id"].to_numpy()[: len(of["of.partners"])]
    return not len(changed) and fresh.years[0] == of["of.years"][0] and np.array_equal(partners, of["of.partners"])


def _as_before(before: Posted, fresh: Postings) -> Postings:
    """What was posted before, with everything else as it is now: a start finds most often that nothing changed."""
    of = before.arrays
    posted: dict[str, Any] = {name: frozen(of[name]) for name in ANSWERS}
    posted |= {name: before.numbers(name) for name in NUMBERS}
    posted |= {name: before.patches(name) for name in COMMON}
    posted |= {name: before.links(name) for name in LINKS}
    return replace(
        fresh,
        **posted,
        shares=before.shares,
        languages=tuple(of["of.languages"].tolist()),
        sources=tuple(of["of.sources"].tolist()),
        person_ids=frozen(of["of.people"]),
    )


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


def _years(before: Posted, kept: Bools, frames: Frames, census: Census, today: date) -> Years:
    """Those of what is kept and of what changed together."""
    activities, kind = in_order_of_type(frames["activities"])
    first = counted_years(activities, kind, census)[1]
    kinds = np.concatenate([before.row("kind")[kept], kind])
    firsts = np.concatenate([before.row("first_year")[kept] + int(before.arrays["of.years"][0]), first])
    return all_years(kinds, firsts, frames["populations"], today)


def _merged(before: Posted, fresh: Postings, kept: Bools) -> Postings:
    """What is kept of postings and what was posted anew, as one."""
    of = before.arrays
    languages = tuple(dict.fromkeys((*of["of.languages"].tolist(), *fresh.languages)))
    spoken = np.array([*(languages.index(one) for one in fresh.languages), -1])
    person_ids = distinct(np.concatenate([ints(of["of.people"]), fresh.person_ids]))
    recoded = {  # what the codes of before, and those of what was posted anew, are now
        "partners": (Positions.of(fresh.partner_table["partner_id"]).of_ids(pd.Series(ints(of["of.partners"]))), None),
        "people": tuple(np.searchsorted(person_ids, ids) for ids in (of["of.people"], fresh.person_ids)),
    }
    old, new = {name: before.row(name)[kept] for name in ROWS}, {name: getattr(fresh, name)[:] for name in ROWS}
    old["first_year"] += int(of["of.years"][0]) - fresh.years[0]
    new["language"] = spoken[new["language"]]
    named = sorted({*of["of.sources"][distinct(old["source"])].tolist(), *fresh.sources})
    old["source"], new["source"] = (
        ints([named.index(one) if one in named else -1 for one in sources])[codes]
        for sources, codes in ((of["of.sources"].tolist(), old["source"]), (fresh.sources, new["source"]))
    )
    rows = {name: np.concatenate([old[name], new[name]]) for name in ROWS}
    order = np.lexsort((rows["activity_ids"], rows["kind"]))
    merged: dict[str, Any] = {name: Column.of(rows[name][order]) for name in NUMBERS}
    merged |= {name: Patches.of(rows[name][order], common) for name, common in COMMON.items()}
    merged |= {name: frozen(rows[name][order]) for name in ANSWERS}
    places = {}
    for name in LINKS:
        both = before.links(name), getattr(fresh, name)
        places[name], starts = _places(*both, kept, order)
        codes = [_recoded(one.codes, now) for one, now in zip(both, recoded.get(name, (None, None)), strict=True)]
        merged[name] = Links(Steps.of(starts), Column.of(np.concatenate(codes)[places[name]]))
    return replace(
        fresh,
        **merged,
        shares=Coded.of(np.concatenate([before.shares.whole, fresh.shares.whole])[places["departments"]]),
        languages=languages,
        sources=tuple(named),
        person_ids=frozen(person_ids),
    )


def _places(old: Links, new: Links, kept: Bools, order: Ints) -> tuple[Ints, Ints]:
    """Where each link of the kept and the new activities, in their order, stands among the old and the new links.

    And where the links of each of these activities start.
    """
    begin, end = (
        np.concatenate([old.starts.whole[part][kept], new.starts.whole[part] + len(old.codes)])[order]
        for part in (slice(None, -1), slice(1, None))
    )
    return stretched(begin, end)[1], np.append(0, np.cumsum(end - begin))


def _recoded(codes: Column, now: Ints | None) -> Ints:
    return codes.whole if now is None else now[codes.narrow]


def _parts(name: str, small: Column | Steps | Coded | Patches) -> dict[str, Array]:
    """What something small is kept as."""
    return {f"{name}.{part}": array for part, array in vars(small).items() if isinstance(array, np.ndarray)}


def _texts(words: Iterable[str]) -> Array:
    return np.array([*words], dtype=np.str_)
