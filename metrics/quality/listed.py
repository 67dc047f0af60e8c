"""Findings as rows that a person reads: which record or headcount, whose it is to mend, and what is wrong, in words."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.ledger import Ledger
from metrics.links import Bools, Ints
from metrics.quality.check import OWNERS
from metrics.quality.holdings import HEADCOUNTS, NOBODY, Holdings
from metrics.quality.registry import CHECKS
from vocabulary.people import GROUPS, POPULATIONS
from vocabulary.text import Language, Text

ANOTHERS = Text("a record of another department", "他部局の記録")
BETWEEN = ";"
COLUMNS = (
    *("check", "severity", "owner", "department", "fiscal_year", "source", "record_id", "title", "counted", "wrong"),
)


def listed(held: Holdings, found: pd.DataFrame, language: Language, readable: Bools | None = None) -> pd.DataFrame:
    """One row is one finding, with `COLUMNS`.

    `owner` and `department` are codes (`ENG;SCI`; `office`), `counted` the headcount in words, `wrong` what is wrong.
    `readable` says which records (by position) the reader may read: others are not named as what a record repeats.
    """
    of_record = found["activity"].to_numpy() != NOBODY
    at = np.where(of_record, found["activity"], 0)
    departments = np.where(of_record, _departments(held, at), _units(held, found["unit"].to_numpy()))
    checks = [CHECKS[key] for key in found["check"]]
    other = _others(held, found["other"].to_numpy(), language, readable)
    told = zip(checks, found["value"], found["beside"], other, strict=True)
    return pd.DataFrame(
        {
            "check": found["check"].to_numpy(),
            "severity": [check.severity for check in checks],
            "owner": np.where([check.owner == "office" for check in checks], "office", departments),
            "department": departments,
            "fiscal_year": found["fiscal_year"].to_numpy(),
            "source": found["source"].to_numpy(),
            "record_id": np.where(of_record, _of_records(held, "record_id", at), ""),
            "title": np.where(of_record, _of_records(held, "title", at), ""),
            "counted": [counted(str(subject), language) for subject in found["subject"]],
            "wrong": [
                check.told.said_in(language).format(value=value, beside=beside, other=name)
                for check, value, beside, name in told
            ],
        }
    )


def counted(subject: str, language: Language) -> str:
    """`master/international` in words; several groups are joined by +."""
    population, _, groups = subject.partition("/")
    if not groups:
        return ""
    names = [GROUPS[group].said_in(language) for group in groups.split("+")]
    return f"{POPULATIONS[population].said_in(language)}: " + ", ".join(names)


def owner_names(codes: str, departments: Mapping[str, Text], language: Language) -> str:
    """Who mends it: the departments by name, or the Strategy Office."""
    if codes == "office":
        return OWNERS["office"].said_in(language)
    between = Text("; ", "、").said_in(language)
    return between.join(departments[code].said_in(language) for code in codes.split(BETWEEN))


def office_only(ledger: Ledger, found: pd.DataFrame, own: Bools) -> Bools:
    """Which findings departments (by position) cannot mend with files of their own.

    The checks whose owner is the office (as percentiles, which come for all), and records that others share.
    """
    of_office = found["check"].map({key: check.owner == "office" for key, check in CHECKS.items()}).to_numpy(dtype=bool)
    rows = found["activity"].to_numpy()
    of_record = rows != NOBODY
    shared = np.zeros(len(found), dtype=bool)
    shared[of_record] = ledger.departments.any_of(~own)[rows[of_record]]
    return np.asarray(of_office | shared)


def records_of(found: pd.DataFrame) -> np.ndarray:
    """The positions of the records in findings, each once."""
    rows = found["activity"].to_numpy()
    return np.unique(rows[rows != NOBODY])


def headcounts_of(held: Holdings, found: pd.DataFrame) -> pd.DataFrame:
    """The rows of `populations` that findings are about, as they were imported; one row is one headcount."""
    wanted = {
        (held.ledger.units[unit], int(year), population, group)
        for unit, year, subject in found.loc[
            found["source"] == HEADCOUNTS, ["unit", "fiscal_year", "subject"]
        ].to_numpy()
        for population, _, groups in [str(subject).partition("/")]
        for group in groups.split("+")
    }
    rows = held.ledger.written["populations"]
    keys = zip(rows["department"], rows["as_of"].dt.year, rows["population"], rows["group"], strict=True)
    return rows[[key in wanted for key in keys]]


def of_departments(ledger: Ledger, found: pd.DataFrame) -> Ints:
    """For each department (by position) the findings that are its to mend: on its records, and its own."""
    rows, unit = found["activity"].to_numpy(), found["unit"].to_numpy()
    _, departments = ledger.departments.joined(rows[rows != NOBODY])
    return np.bincount(np.concatenate([departments, unit[unit != NOBODY]]), minlength=len(ledger.units))


def _of_records(held: Holdings, column: str, at: np.ndarray) -> np.ndarray:
    values = np.array([*held.activities[column], ""], dtype=object)  # where there is no record at all, the last one
    return np.asarray(values[np.minimum(at, len(values) - 1)])


def _departments(held: Holdings, at: np.ndarray) -> np.ndarray:
    links, units = held.ledger.departments, held.ledger.units
    if len(links.starts) < 2:
        return np.full(len(at), "", dtype=object)
    ends = zip(links.starts[at].tolist(), links.starts[at + 1].tolist(), strict=True)
    return np.array([BETWEEN.join(units[code] for code in links.codes[a:b].tolist()) for a, b in ends], dtype=object)


def _units(held: Holdings, unit: np.ndarray) -> np.ndarray:
    return np.asarray(np.array([*held.ledger.units, ""], dtype=object)[unit])


def _others(held: Holdings, other: np.ndarray, language: Language, readable: Bools | None) -> list[str]:
    written = held.activities
    names = (written["source"].astype(str) + ":" + written["record_id"].astype(str)).to_numpy(dtype=object)
    hidden = ANOTHERS.said_in(language)
    return [
        "" if place == NOBODY else str(names[place]) if readable is None or readable[place] else hidden
        for place in other.tolist()
    ]
