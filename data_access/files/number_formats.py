"""What the format of a number says it is: a day, a time, a span, a percentage, a code with zeros, or a number."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

Shown = Literal["number", "day", "time", "span", "percent"] | int  # an integer: so many digits, with zeros before

_BUILT_IN: dict[int, Shown] = {  # with those of Japanese workbooks, 27 to 36 and 50 to 58
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)), "day"),
    **dict.fromkeys((*range(18, 22), 32, 33, 45, 47), "time"),
    46: "span",
}
_NO_CODE = re.compile(r'"[^"]*"?|\\.|_.|\*.|GENERAL|E[+-]|\[(?!(?:H+|M+|S+)\])[^\]]*\]')  # of a format in capitals
_SPAN = re.compile(r"\[(?:H+|M+|S+)\]")
_ZEROS = re.compile("0{2,30}")
_OF_DAYS = re.compile(r"[YDGE]|A{3,}")
_OF_TIMES = re.compile(r"[HS]")
_FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_NO_DAY = 60  # Excel believes in 29 February 1900
_MILLISECONDS = 86_400_000


def built_in(number: int) -> Shown:
    """What one of the formats shows that every spreadsheet program knows by a number."""
    return _BUILT_IN.get(number, "number")


def shown_by(code: str) -> Shown:
    """What a format of a workbook's own shows: `yyyy/m/d`, `[h]:mm`, `0.0%`, `0000`, `#,##0"人"`."""
    plain = _NO_CODE.sub("", code.upper()).split(";")[0]
    if _SPAN.search(plain):
        return "span"
    if _OF_DAYS.search(plain):
        return "day"
    if _OF_TIMES.search(plain):
        return "time"
    if "M" in plain:
        return "day"
    if _ZEROS.fullmatch(plain):
        return len(plain)
    return "percent" if "%" in plain else "number"


def as_percentage(number: float) -> str:
    """A share as it is shown, with all its digits: 0.125 is `12.5%`."""
    return f"{(Decimal(repr(number)) * 100).normalize():f}%"


def as_day(serial: float, shown: Shown, from_1904: bool) -> str | None:
    """The day or the time of a serial number as text in ISO 8601; nothing where there is no such day."""
    days, milliseconds = divmod(round(serial * _MILLISECONDS), _MILLISECONDS)
    moment = timedelta(milliseconds=milliseconds)
    if shown == "span":
        return str(timedelta(days=days) + moment)
    clock = (datetime(1, 1, 1) + moment).time()  # noqa: DTZ001  Excel knows no zones
    if days == 0 and (shown == "time" or not from_1904):
        return clock.isoformat()
    if days < 0 or (days == _NO_DAY and not from_1904):
        return None
    try:
        found = _FIRST_DAY[from_1904] + timedelta(days=days + (days < _NO_DAY and not from_1904))
    except OverflowError:
        return None
    return found.isoformat() if clock == time() else f"{found.isoformat()}T{clock.isoformat()}"
