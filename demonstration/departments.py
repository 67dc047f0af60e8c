"""The departments: Tohoku University's real faculties, graduate schools and institutes, and how they differ."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data_access.reference import DepartmentRecord
from data_access.reference import departments as register
from demonstration.chance import Whole
from demonstration.rows import DEPARTMENT_COLUMNS, Row
from vocabulary.departments import UNIVERSITY

TABLES = Path(__file__).with_name("tables")
PARENT_OF = {"faculty": "FAC", "graduate_school": "GRAD", "institute": "INST"}
GROUPS: tuple[tuple[str, str, str], ...] = (
    ("FAC", "Faculties", "学部"),
    ("GRAD", "Graduate schools", "研究科"),
    ("INST", "Institutes", "附置研究所"),
)
LEVELS = ("undergraduate", "master", "doctoral")


def read(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _empty(code: str, parent: str, name_en: str, name_ja: str, kind: str) -> Row:
    return dict(zip(DEPARTMENT_COLUMNS, (code, parent, name_en, name_ja, kind, "", "", ""), strict=True))


def department_rows() -> list[Row]:
    """The university, three groups, and the 31 departments below them."""
    profiles = {row["code"]: row for row in read(TABLES / "department_profiles.csv")}
    rows = [_empty(UNIVERSITY, "", "Tohoku University", "東北大学", "university")]
    rows += [_empty(code, UNIVERSITY, en, ja, "group") for code, en, ja in GROUPS]
    for record in register():
        own = _empty(record.code, PARENT_OF[record.kind], record.name_en, record.name_ja, record.kind)
        own["discipline"] = profiles[record.code]["discipline"]
        own["opened"] = profiles[record.code]["opened"]
        rows.append(own)
    return rows


@dataclass(frozen=True, kw_only=True)
class Profiles:
    """What makes the departments differ; every array holds one number for each department, in the order of `codes`."""

    codes: tuple[str, ...]
    disciplines: tuple[str, ...]
    places: dict[str, Whole]
    """Places by level: entry quota times years of study."""
    weights: dict[str, Whole]
    """Columns of department_profiles.csv."""

    def where(self, code: str) -> int:
        return self.codes.index(code)


def _places(record: DepartmentRecord) -> tuple[int, int, int]:
    quotas = record.entry_quotas
    professional_years = 3 if record.code == "GLAW" else 2
    return (
        4 * quotas.get("bachelor_4y", 0) + 6 * quotas.get("bachelor_6y", 0),
        2 * quotas.get("master_2y", 0) + professional_years * quotas.get("professional", 0),
        3 * quotas.get("doctoral_3y", 0) + 4 * quotas.get("doctoral_4y", 0),
    )


def profiles() -> Profiles:
    """The departments' sizes (from the real entry quotas) and habits (from the demonstration's own table)."""
    records, habits = register(), read(TABLES / "department_profiles.csv")
    if [record.code for record in records] != [row["code"] for row in habits]:
        raise ValueError("department_profiles.csv and tohoku_departments.csv do not hold the same departments in order")
    places = np.array([_places(record) for record in records], dtype=np.int64).T
    numbers = [name for name in habits[0] if name not in ("code", "discipline", "opened")]
    return Profiles(
        codes=tuple(row["code"] for row in habits),
        disciplines=tuple(row["discipline"] for row in habits),
        places=dict(zip(LEVELS, places, strict=True)),
        weights={name: np.array([int(row[name]) for row in habits], dtype=np.int64) for name in numbers},
    )
