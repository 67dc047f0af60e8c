"""Moments as the store keeps them: in UTC, to the second, without saying so."""

from datetime import UTC, datetime


def stored(moment: datetime) -> datetime:
    """A moment as it is stored; ValueError for one that does not say in which time zone it is."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} is no moment: it does not say in which time zone")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)


def read(moment: datetime) -> datetime:
    """A moment as it was stored, with its time zone (UTC)."""
    return moment.replace(tzinfo=UTC)
