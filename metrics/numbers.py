"""How numbers are written: `11.9 %`, `¥1.42 bn`, `14.2億円`, `+0.4 points`, `1,234人`."""

import math
from collections.abc import Iterable

from metrics.indicator import CountOf, Unit
from vocabulary.text import Language, Text

UNIT_NAMES: dict[Unit, Text] = {
    "share": Text("%", "%"),
    "count": Text("number", "件数"),
    "persons": Text("persons", "人"),
    "yen": Text("yen", "円"),
    "index": Text("index", "指数"),
}
COUNTERS_JA: dict[Unit, str] = {"count": "件", "persons": "人"}
ROUNDING = 1e-9  # of a path that is worked out
MOST_DECIMALS = 4  # more than usual, to tell two values apart
NONE = "–"
MINUS = "−"
SCALES_EN = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, " k"))
SCALES_JA = ((1e12, "兆円"), (1e8, "億円"), (1e4, "万円"))


def show(value: float, unit: Unit, language: Language, more: int = 0) -> str:
    """A value with its unit as a person writes it; a dash where there is none (NaN). `more` decimals than usual."""
    if math.isnan(value):
        return NONE
    words = _positive(abs(value), unit, language, more)
    return f"{MINUS}{words}" if value < 0 and not _is_nought(words) else words


def said(value: float, unit: Unit, more: int = 0) -> Text:
    """The same in both languages."""
    return Text(show(value, unit, "en", more), show(value, unit, "ja", more))


def change(value: float, before: float, unit: Unit) -> Text:
    """The change from `before` to `value` with its sign; shares in percentage points, money and counts as such."""
    if math.isnan(value) or math.isnan(before):
        return Text(NONE, NONE)
    if unit == "share":
        size_in_points = points(value - before)
        return Text(f"{size_in_points} points", f"{size_in_points}ポイント")
    size = abs(value - before)
    en, ja = (signed(value - before, _positive(size, unit, language)) for language in ("en", "ja"))
    return Text(en, ja)


def points(difference: float) -> str:
    """A difference of shares (a fraction) in percentage points, with its sign and no unit: `+0.4`."""
    return signed(difference, _significant(abs(difference) * 100))


def sign_of(difference: float) -> str:
    return "+" if difference > 0 else MINUS if difference < 0 else "±"


def signed(difference: float, size: str) -> str:
    """A size as it is written, with the sign of its difference: none where it is written as nought and is not."""
    return size if difference and _is_nought(size) else sign_of(difference) + size


def _is_nought(words: str) -> bool:
    """Whether a number is written as 0, whatever it is: `0.00`."""
    return "0" in words and not any(digit in words for digit in "123456789")


def moved(value: float, before: float, unit: Unit) -> Text:
    """The change as it is said: `up 0.4 points`, `0.4ポイント増`, `unchanged`."""
    words = change(value, before, unit)
    size = Text(words.en.lstrip(f"+{MINUS}±"), words.ja.lstrip(f"+{MINUS}±"))
    if value == before:
        return Text("unchanged", "増減なし")
    if _is_nought(size.en):
        return Text("practically unchanged", "ほぼ増減なし")
    if value > before:
        return Text(f"up {size.en}", f"{size.ja}増")
    return Text(f"down {size.en}", f"{size.ja}減")


def apart(one: float, other: float, unit: Unit) -> tuple[Text, Text]:
    """Two values that stand together, with more decimals where they differ and would read the same.

    `0.41 %` beside `0.44 %`, not `0.4 %` twice.
    """
    en, ja = (_apart(one, other, unit, language) for language in ("en", "ja"))
    return Text(en[0], ja[0]), Text(en[1], ja[1])


def decimals_apart(pairs: Iterable[tuple[float, float]], unit: Unit) -> int:
    """How many more decimals than usual a list of pairs takes, so that each two values that differ read differently.

    One number for all: a value has the same decimals in every row of the list. Pairs without a value (NaN) ask none.
    """
    different = [(one, other) for one, other in pairs if one != other and not math.isnan(one + other)]
    languages: tuple[Language, ...] = ("en", "ja")

    def fit(more: int) -> bool:
        return all(
            show(a, unit, language, more) != show(b, unit, language, more)
            for a, b in different
            for language in languages
        )

    return next((more for more in range(MOST_DECIMALS) if fit(more)), MOST_DECIMALS)


def limits_said(low: float, high: float, unit: Unit) -> tuple[Text, Text]:
    """The limits of an interval; of persons and items from ten on whole, away from the value."""
    if unit in COUNTERS_JA and low >= 10:
        low, high = math.floor(low), math.ceil(high)
    return said(low, unit), said(high, unit)


def planned(value: float, unit: Unit, *, upward: bool = True) -> float:
    """A planned value as it is said: persons and items are whole, rounded to the side on which the goal lies."""
    if unit not in COUNTERS_JA or math.isnan(value):
        return value
    return float(math.ceil(value - ROUNDING) if upward else math.floor(value + ROUNDING))


def needed(pace: float, unit: Unit) -> Text:
    """A change a year that is needed, with its sign; persons and items are whole, so 64.5 takes `+65人`."""
    return change(planned(pace, unit, upward=pace > 0), 0.0, unit)


def averaged(pace: float, unit: Unit) -> Text:
    """An average change a year, with its sign; persons and items from ten on without decimals, which are cut off."""
    whole = unit in COUNTERS_JA and abs(pace) >= 10
    return change(float(math.trunc(pace)) if whole else pace, 0.0, unit)


def many(number: int, one: str, several: str) -> Text:
    """A number with the English word that agrees with it (`1 goal`, `12 goals`; `1 is`, `12 are`), bare in Japanese."""
    return Text(f"{number:,} {one if number == 1 else several}", f"{number:,}")


def scaled(value: float, unit: Unit) -> float:
    """The value as an axis or a table of the page shows it: shares in percent, money in million yen."""
    return value * {"share": 100.0, "yen": 1e-6}.get(unit, 1.0)


def axis_unit(unit: Unit) -> Text:
    """The unit of `scaled` values."""
    return Text("million yen", "百万円") if unit == "yen" else unit_name(unit)


def unit_name(unit: Unit) -> Text:
    """What a unit is called beside numbers that are written without it: `persons`, `件数`, `社`."""
    name = UNIT_NAMES[unit]
    return Text(name.en, unit.counter) if isinstance(unit, CountOf) else name


def _counter(unit: Unit) -> str:
    return unit.counter if isinstance(unit, CountOf) else COUNTERS_JA[unit]


def _apart(one: float, other: float, unit: Unit, language: Language) -> tuple[str, str]:
    for more in range(MOST_DECIMALS + 1):
        first, second = (show(value, unit, language, more) for value in (one, other))
        if first != second:
            return first, second
    return show(one, unit, language), show(other, unit, language)


def _positive(value: float, unit: Unit, language: Language, more: int = 0) -> str:
    if unit == "share":
        return f"{_significant(value * 100, more)}{' %' if language == 'en' else '%'}"
    if unit == "yen":
        return _money(value, language, more)
    if unit == "index":
        return f"{value:.{2 + more}f}"
    whole = abs(value - round(value)) < 0.05 and not more
    number = f"{value:,.0f}" if whole else f"{value:,.{max(more, 1)}f}"
    if language == "ja":
        return number + _counter(unit)
    return number


def _significant(percent: float, more: int = 0) -> str:
    """One decimal; two below 0.1, so that a small share is not written as nothing."""
    return f"{percent:,.{(2 if 0 < percent < 0.095 else 1) + more}f}"


def _money(value: float, language: Language, more: int = 0) -> str:
    scales = SCALES_EN if language == "en" else SCALES_JA
    for size, name in scales:
        if value >= size * 0.9995:
            number = value / size
            digits = f"{number:,.{(0 if number >= 100 else 1 if number >= 10 else 2) + more}f}"
            return f"¥{digits}{name}" if language == "en" else f"{digits}{name}"
    return f"¥{value:,.0f}" if language == "en" else f"{value:,.0f}円"
