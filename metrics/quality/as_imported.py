"""Records and headcounts as the rows of the import files that say the same, to be corrected and imported again."""

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from metrics.ledger import Ledger
from metrics.links import Ints, Links
from metrics.quality.holdings import Holdings, day

ACTIVITY_COLUMNS = (
    *("record_id", "source", "activity_type", "title", "start_date", "end_date", "departments", "lead", "partners"),
    *("countries", "people", "people_count", "level", "amount", "currency", "sdgs", "citation_percentile", "language"),
    "url",
)
POPULATION_COLUMNS = ("department", "as_of", "population", "group", "count", "country")
BETWEEN = ";"


def activities_as_imported(
    held: Holdings, positions: Ints, people: pd.DataFrame, people_ids: Mapping[int, str]
) -> pd.DataFrame:
    """The records at some positions of the ledger, as text under the columns of `activities`.

    `people` are their links (activity_id, person_id), `people_ids` what imports call each person. KeyError for a person
    that has no such id: a row without its people would take them away.
    """
    ledger, written = held.ledger, held.activities.iloc[positions]
    ids = written["activity_id"].to_numpy()
    named = people.assign(person=[people_ids[int(one)] for one in people["person_id"]])
    table = pd.DataFrame(
        {
            **{name: written[name].to_numpy(dtype=object) for name in _PLAIN},
            "start_date": day(written["start_date"]),
            "end_date": day(written["end_date"]),
            "departments": [_departments(ledger, int(place)) for place in positions],
            "partners": _joined(ledger.partners, positions, _partners(ledger)),
            "countries": _joined(ledger.abroad, positions, list(ledger.country_codes)),
            "people": _of(named, "person", ids),
            "sdgs": _joined(ledger.sdgs, positions, [str(number) for number in range(18)]),
            **{name: [_number(value) for value in written[name]] for name in _NUMBERS},
        }
    )
    return table[list(ACTIVITY_COLUMNS)]


def headcounts_as_imported(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `populations` as text under the columns of that kind."""
    return rows.assign(as_of=day(rows["as_of"]), count=rows["count"].astype(str))[list(POPULATION_COLUMNS)]


_PLAIN = ("record_id", "source", "activity_type", "title", "lead", "level", "currency", "language", "url")
_NUMBERS = ("people_count", "amount", "citation_percentile")


def _departments(ledger: Ledger, place: int) -> str:
    """`ENG`, `ENG;SCI` where the shares are equal, else `ENG:0.6;SCI:0.4`."""
    start, end = ledger.departments.starts[place : place + 2]
    codes = [ledger.units[unit] for unit in ledger.departments.codes[start:end]]
    shares = ledger.shares[start:end].tolist()
    if np.allclose(shares, 1 / len(codes), rtol=0, atol=1e-12):
        return BETWEEN.join(codes)
    return BETWEEN.join(f"{code}:{_number(share)}" for code, share in zip(codes, shares, strict=True))


def _partners(ledger: Ledger) -> list[str]:
    """Each partner by its ROR id, or as `Name @ CC`."""
    table = ledger.partner_table
    rows = zip(table["ror_id"].fillna(""), table["name_en"], table["country"], strict=True)
    return [str(ror or f"{name} @ {country}") for ror, name, country in rows]


def _joined(links: Links, positions: Ints, names: list[str]) -> list[str]:
    ends = zip(links.starts[positions].tolist(), links.starts[positions + 1].tolist(), strict=True)
    return [BETWEEN.join(names[code] for code in links.codes[start:end].tolist()) for start, end in ends]


def _of(links: pd.DataFrame, column: str, ids: np.ndarray) -> list[str]:
    found: dict[Hashable, str] = (
        dict(links.groupby("activity_id")[column].agg(BETWEEN.join).items()) if len(links) else {}
    )
    return [found.get(number, "") for number in ids.tolist()]


def _number(value: float) -> str:
    """A number in the shortest way that reads as the same; nothing for none."""
    if np.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
