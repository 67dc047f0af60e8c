"""Clock and locale: fiscal years and days of Japan are right at every boundary, whatever zone the server lives in."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlalchemy import select

from assurance.promise import Outcome, Promise
from data_access.audit.reading import Asked, events
from data_access.engine import as_whole, connect, prepare, reading
from data_access.imports import store_rows
from data_access.tables import Activity, Import
from tests.data_access.imports.conftest import ACTIVITY, add_departments
from vocabulary.calendar import day_in_japan, fiscal_year

ZONES = ("UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Berlin")
LEAP_DAYS = ("2024-02-29", "2028-02-29", "2000-02-29")
NO_DAYS = ("2023-02-29", "1900-02-29", "2025-04-31")


@contextmanager
def server_in(zone: str) -> Iterator[None]:
    """The process as it runs on a server whose clock is set to a zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


def differences_in(zone: str, first: int, last: int) -> tuple[int, int]:
    """How many cases of these years were tried with the server in a zone, and in how many the answer was another."""
    with server_in(zone):
        told = [*_fiscal_years(first, last), *_days_of_japan(first, last), *_stored()]
    return len(told), told.count(False)


def _fiscal_years(first: int, last: int) -> Iterator[bool]:
    """Each day's fiscal year, counted anew: a year later every 1 April."""
    day, year = date(first, 4, 1), first
    while day.year < last:
        if (day.month, day.day) == (4, 1):
            year = day.year
        yield fiscal_year(day) == year
        day += timedelta(days=1)


def _days_of_japan(first: int, last: int) -> Iterator[bool]:
    """The second before and after midnight in Japan (15:00 UTC), where fiscal years, years and Februaries end."""
    for year in range(first, last):
        for day in (date(year, 4, 1), date(year, 3, 1), date(year, 1, 1)):
            midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("UTC")) - timedelta(hours=9)
            yield day_in_japan(midnight) == day
            yield day_in_japan(midnight - timedelta(seconds=1)) == day - timedelta(days=1)
            yield fiscal_year(day_in_japan(midnight)) == (year if day.month >= 4 else year - 1)


def _stored() -> Iterator[bool]:
    """Days as files write them are stored as they are, no day is refused; moments are stored in UTC."""
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'monitor.db'}")
        prepare(engine)
        add_departments(engine)
        days = [*LEAP_DAYS, "2026-03-31", "2026-04-01"]
        rows = [{**ACTIVITY, "record_id": day, "start_date": day} for day in days]
        began = datetime.now(UTC).replace(microsecond=0)
        yield store_rows(engine, "activities", rows, indicators={}, name="days").status == "stored"
        for day in NO_DAYS:
            row = {**ACTIVITY, "record_id": day, "start_date": day}
            yield store_rows(engine, "activities", [row], indicators={}, name="no days").status == "refused"
        with reading(engine) as connection:
            as_whole(connection)
            stored = connection.execute(select(Activity.record_id, Activity.start_date)).all()
            moments = list(connection.scalars(select(Import.imported_at)))
            today = day_in_japan(began)
            logged = events(connection, Asked(since=today, until=today + timedelta(days=1)))
        yield from (day.isoformat() == record for record, day in stored)
        yield len(stored) == len(days)
        late = timedelta(minutes=5)
        yield from (began <= moment.replace(tzinfo=UTC) <= began + late for moment in moments)
        yield from (began <= datetime.fromisoformat(at) <= began + late for at in logged["at"])
        yield len(logged) == len(moments)
        engine.dispose()


def keep_the_calendar(first: int = 1990, last: int = 2060) -> Outcome:
    """All zones, all days of these years."""
    found = [differences_in(zone, first, last) for zone in ZONES]
    cases, wrong = (sum(column) for column in zip(*found, strict=True))
    return Outcome(f"{cases:,} cases with the server in {len(ZONES)} zones", f"differences {wrong}", kept=not wrong)


PROMISES = (
    Promise(
        number=30,
        promise="Fiscal years, days of Japan and moments in UTC are right wherever the server is",
        explanation="Every day of seventy years, the seconds around midnight in Japan, leap days and days that do not "
        "exist, with the server's clock in five zones.",
        attempt=keep_the_calendar,
    ),
)
