"""One activity as its cells are read, before it is stored."""

from datetime import date
from typing import TypedDict

from data_access.partners import Organization


class ActivityValues(TypedDict):
    """One activity, read."""

    source: str
    record_id: str
    activity_type: str
    title: str
    start_date: date
    end_date: date | None
    departments: tuple[tuple[str, float], ...]
    lead: str
    partners: tuple[Organization, ...]  # without a `ror_id`: kept as written
    countries: tuple[str, ...]
    people: tuple[str, ...]
    people_count: int | None
    level: str
    amount: float | None
    currency: str
    sdgs: tuple[int, ...]
    citation_percentile: float | None
    language: str
    url: str
