"""How numbers are written: `11.9 %`, `¥1.42 bn`, `14.2億円`, `+0.4 points`, `1,234人`."""

import math

from metrics.indicator import Unit
from vocabulary.text import Language, Text

UNIT_NAMES: dict[Unit, Text] = {
    "share": Text("%", "%"),
    "count": Text("number", "件数"),
    "persons": Text("persons", "人"),
    "yen": Text("yen", "円"),
    "index": Text("index", "指数"),
}
COUNTERS_JA: dict[Unit, str] = {"count": "件", "persons": "人"}
NONE = "–"
MINUS = "−"
SCALES_EN = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, " k"))
SCALES_JA = ((1e12, "兆円"), (1e8, "億円"), (1e4, "万円"))


def show(value: float, unit: Unit, language: Language) -> str:
    """A value with its unit as a person writes it; a dash where there is none (NaN)."""
    if math.isnan(value):
        return NONE
    sign = MINUS if value < 0 else ""
    return sign + _positive(abs(value), unit, language)


def said(value: float, unit: Unit) -> Text:
    """The same in both languages."""
    return Text(show(value, unit, "en"), show(value, unit, "ja"))


def change(value: float, before: float, unit: Unit) -> Text:
    """The change from `before` to `value` with its sign; shares in percentage points, money and counts as such."""
    if math.isnan(value) or math.isnan(before):
        return Text(NONE, NONE)
    difference = value - before
    sign = "+" if difference > 0 else MINUS if difference < 0 else "±"
    if unit == "share":
        points = _significant(abs(difference) * 100)
        return Text(f"{sign}{points} points", f"{sign}{points}ポイント")
    size = abs(difference)
    return Text(sign + _positive(size, unit, "en"), sign + _positive(size, unit, "ja"))


def moved(value: float, before: float, unit: Unit) -> Text:
    """The change as it is said: `up 0.4 points`, `0.4ポイント増`, `unchanged`."""
    words = change(value, before, unit)
    size = Text(words.en.lstrip(f"+{MINUS}±"), words.ja.lstrip(f"+{MINUS}±"))
    if value == before:
        return Text("unchanged", "増減なし")
    if value > before:
        return Text(f"up {size.en}", f"{size.ja}増")
    return Text(f"down {size.en}", f"{size.ja}減")


def scaled(value: float, unit: Unit) -> float:
    """The value as an axis or a table of the page shows it: shares in percent, money in million yen."""
    return value * {"share": 100.0, "yen": 1e-6}.get(unit, 1.0)


def axis_unit(unit: Unit) -> Text:
    """The unit of `scaled` values."""
    return Text("million yen", "百万円") if unit == "yen" else UNIT_NAMES[unit]


def _positive(value: float, unit: Unit, language: Language) -> str:
    if unit == "share":
        return f"{_significant(value * 100)}{' %' if language == 'en' else '%'}"
    if unit == "yen":
        return _money(value, language)
    if unit == "index":
        return f"{value:.2f}"
    number = f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"
    if language == "ja":
        return number + COUNTERS_JA[unit]
    return number


def _significant(percent: float) -> str:
    """One decimal; two below 0.1, so that a small share is not written as nothing."""
    return f"{percent:.2f}" if 0 < percent < 0.095 else f"{percent:,.1f}"


def _money(value: float, language: Language) -> str:
    scales = SCALES_EN if language == "en" else SCALES_JA
    for size, name in scales:
        if value >= size * 0.9995:
            number = value / size
            digits = f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
            return f"¥{digits}{name}" if language == "en" else f"{digits}{name}"
    return f"¥{value:,.0f}" if language == "en" else f"{value:,.0f}円"
