"""How the text of a cell becomes a day, and which day a text that is refused plainly means."""

import re
from datetime import date, timedelta
from unicodedata import normalize

from data_access.imports.columns import RefusalError
from data_access.imports.known import Known

EARLIEST_YEAR = 1800

_ISO = re.compile(r"\d{4}-\d\d-\d\d|\d{8}", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII)  # as Excel in Japan writes dates into CSV
_TIME_OF_DAY = re.compile(r"[ T]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$", re.ASCII)
_ZONE = re.compile(r"[ T]\d{1,2}:\d\d\S* ?(Z|[+-]\d\d(:?\d\d)?)$", re.ASCII | re.IGNORECASE)
_TIME = r"(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?"
_SPELT = re.compile(rf"(\d{{4}})\s?[-./年]\s?(\d{{1,2}})\s?[-./月]\s?(\d{{1,2}})日?{_TIME}", re.ASCII)
_ERA = re.compile(
    rf"(R|H|S|令和|平成|昭和)\.?\s?(\d{{1,2}}|元)\s?[-./年]\s?(\d{{1,2}})\s?[-./月]\s?(\d{{1,2}})日?{_TIME}",
    re.ASCII | re.IGNORECASE,
)
_ERAS = {"R": 2018, "令和": 2018, "H": 1988, "平成": 1988, "S": 1925, "昭和": 1925}  # the year before their first
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)  # days as Excel counts them, of 1954 to 2119
_BEFORE_SERIALS = date(1899, 12, 30)


def day(text: str, _known: Known) -> date:
    """A day in ISO 8601, `2025-04-01`, or with the year first as Excel writes it, `2025/4/1`.

    A time of day after it is left out; one with a time zone is refused, for the day may be another one here.
    """
    if _ZONE.search(text):
        raise RefusalError(
            f'"{text}" has a time zone, so its day may be another one here. Write the day alone.',
            f"「{text}」には時差の表記があり、日付が変わることがあります。日付だけを書いてください。",
        )
    written = _TIME_OF_DAY.sub("", text)
    slashed = _YEAR_FIRST.fullmatch(written)
    try:
        found = date.fromisoformat(written) if _ISO.fullmatch(written) else None
        if slashed:
            found = date(*map(int, slashed.groups()))
    except ValueError:
        raise RefusalError(f'"{text}" is not a day of the calendar.', f"「{text}」は暦にない日付です。") from None
    if found is None:
        meant = meant_by(text)
        raise RefusalError(
            f'"{text}" is not a date that is read here.' + (f" Write {meant}." if meant else ""),
            f"「{text}」は読み取れる日付ではありません。" + (f"{meant} と書いてください。" if meant else ""),
        )
    if found.year < EARLIEST_YEAR:
        raise RefusalError(
            f"The year {found.year} is before {EARLIEST_YEAR}.", f"{found.year}年は{EARLIEST_YEAR}年より前です。"
        )
    return found


def meant_by(text: str) -> date | None:
    """The day that a text plainly means: `2025.4.1`, `2025年4月1日`, `令和7年4月1日`, Excel's 45748; else nothing."""
    plain = normalize("NFKC", text)
    try:
        if _SERIAL.fullmatch(plain):
            return _BEFORE_SERIALS + timedelta(days=int(plain))
        if spelt := _SPELT.fullmatch(plain):
            return date(*map(int, spelt.groups()))
        if spelt := _ERA.fullmatch(plain):
            era, year, *rest = spelt.groups()
            return date(_ERAS[era.upper()] + int("1" if year == "元" else year), *map(int, rest))
    except ValueError:
        return None
    return None
