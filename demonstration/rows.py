"""Rows as the import files hold them: text under the column names of the formats."""

from collections.abc import Mapping, Sequence

Row = dict[str, str]

ACTIVITY_COLUMNS = (
    "record_id", "source", "activity_type", "title", "start_date", "end_date", "departments", "lead", "partners",
    "countries", "people", "people_count", "level", "amount", "currency", "sdgs", "citation_percentile", "language",
    "url",
)  # fmt: skip
POPULATION_COLUMNS = ("department", "as_of", "population", "group", "country", "count")
DEPARTMENT_COLUMNS = ("code", "parent_code", "name_en", "name_ja", "kind", "discipline", "opened", "closed")


def activity_rows(count: int, columns: Mapping[str, Sequence[str] | str]) -> list[Row]:
    """One row for each position of the columns; a column given as one text holds it in every row, others are empty."""
    unknown = set(columns) - set(ACTIVITY_COLUMNS)
    if unknown:
        raise KeyError(f"no such column of activities: {sorted(unknown)}; there are {ACTIVITY_COLUMNS}")
    lists: list[Sequence[str]] = []
    for name in ACTIVITY_COLUMNS:
        values = columns.get(name, "")
        lists.append([values] * count if isinstance(values, str) else values)
    return [dict(zip(ACTIVITY_COLUMNS, values, strict=True)) for values in zip(*lists, strict=True)]
