"""How authors write the departments: parts of affiliations, none of which is part of another department's."""

from data_access.reference import DepartmentRecord, departments
from demonstration.rows import Row


def affiliation_rows() -> list[Row]:
    """One row a pattern and the department that it means."""
    return [
        {"pattern": pattern, "department": record.code} for record in departments() for pattern in _patterns(record)
    ]


def _patterns(record: DepartmentRecord) -> tuple[str, ...]:
    """The names in both languages, with as much around them as tells `School` from `Graduate School`."""
    english, japanese = record.name_en, record.name_ja
    if record.kind == "graduate_school":
        return english, f"大学院{japanese}"
    if english.startswith("School of"):
        return f", {english}", f"Tohoku University {english}", f"東北大学{japanese}"
    if record.kind == "faculty":
        return english, f"東北大学{japanese}"
    return english, japanese
