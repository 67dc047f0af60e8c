"""Files that can be imported again: what a reader may see of a kind, in the columns of its format, as CSV or XLSX."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from data_access.batches.stored_as import ACTIVITIES, KEYS, STORED
from data_access.imports import KINDS
from data_access.records import Records
from data_access.tables import ActivityPartner

Cell = str | int | float
Cells = Sequence[Cell]
FORMATS = ("csv", "xlsx")
EXPORTED = tuple(KEYS)  # what came from works, researchmap or KAKEN is activities


def table_of(records: Records, kind: str) -> Iterator[Cells]:
    """The header of a kind, then every row of it that the reader may see, each as wide as the header.

    Lists are separated by `;`, an absent value is an empty text, days are in ISO 8601. KeyError for a kind that is
    not among `EXPORTED`.
    """
    with records.at_one_moment() as now:
        frame = _activities(now) if kind == ACTIVITIES else now.read(STORED[kind].model)
    names = [column.name for column in KINDS[kind].columns]
    yield names
    yield from zip(*(_cells(frame[name]) for name in names), strict=True)


def _cells(values: pd.Series) -> list[Cell]:
    return [_cell(value) for value in values.astype(object)]


def _cell(value: object) -> Cell:
    match value:
        case str() | int():
            return value
        case date() if not pd.isna(value):  # a missing day is one of them, too
            return value.isoformat()[: len("2025-04-01")]
        case float() if not pd.isna(value):
            return int(value) if value.is_integer() else value
    return ""


def _activities(records: Records) -> pd.DataFrame:
    """One row is one activity, with its departments, partners, countries, people and goals in one cell each.

    Partners are as they were written; only readers of the whole university see the ids of people.
    """
    frame = records.activities()
    lists = {
        "departments": _departments(records),
        "partners": _listed(records.read(ActivityPartner), "partner_id", _names_of_partners(records)),
        "countries": _listed(records.activity_countries(), "country"),
        "people": _listed(records.activity_people(), "person_id", _pseudonyms(records)),
        "sdgs": _listed(records.activity_sdgs(), "sdg"),
    }
    return frame.assign(**{name: [of.get(key, "") for key in frame["activity_id"]] for name, of in lists.items()})


def _names_of_partners(records: Records) -> dict[object, str]:
    frame = records.partners()
    columns = (frame["partner_id"], frame["ror_id"], frame["name_en"], frame["country"])
    return {key: ror_id or f"{name} @ {country}" for key, ror_id, name, country in zip(*columns, strict=True)}


def _pseudonyms(records: Records) -> dict[object, str]:
    frame = records.people()
    return dict(zip(frame["person_id"], frame["pseudonym"], strict=True))


def _listed(links: pd.DataFrame, column: str, names: Mapping[object, str] | None = None) -> dict[int, str]:
    """Activity -> what it is linked with, separated by `;`; what has no name for the reader is left out."""
    found: dict[int, list[str]] = {}
    for activity, one in zip(links["activity_id"], links[column], strict=True):
        name = str(one) if names is None else names.get(one)
        if name is not None:
            found.setdefault(activity, []).append(name)
    return {activity: ";".join(listed) for activity, listed in found.items()}


def _departments(records: Records) -> dict[int, str]:
    """Activity -> its departments; their shares are written out where they are not equal."""
    links = records.activity_departments()
    found: dict[int, dict[str, float]] = {}
    for activity, code, share in zip(links["activity_id"], links["department"], links["share"], strict=True):
        found.setdefault(activity, {})[code] = share
    return {activity: _with_shares(shares) for activity, shares in found.items()}


def _with_shares(shares: Mapping[str, float]) -> str:
    if all(share == 1 / len(shares) for share in shares.values()):
        return ";".join(shares)
    return ";".join(f"{code}:{np.format_float_positional(share, trim='-')}" for code, share in shares.items())
