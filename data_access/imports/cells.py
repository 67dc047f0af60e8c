"""How the text of one cell becomes a day, a number, a code or an address; each says what it refuses."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from math import isfinite

from babel import Locale
from babel.numbers import list_currencies

from data_access.imports.columns import RefusalError
from data_access.imports.known import Known
from vocabulary.text import NOTHING, Text

MOST_PERSONS = 1_000_000_000
EARLIEST_YEAR = 1800
CURRENCIES = frozenset(list_currencies()) - {"XXX", "XTS"}  # "no currency" and "for tests only"
LANGUAGES = frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)
_OFTEN_MEANT = {"UK": "GB", "EL": "GR"}

_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0{1,18})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#.][^\s]*", re.IGNORECASE)


def as_written(text: str, _known: Known) -> str:
    return text


def text_up_to(longest: int) -> Callable[[str, Known], str]:
    """Reads a text that names a row: an index holds it, and PostgreSQL's entries are at most 2,704 bytes long."""

    def read(text: str, _known: Known) -> str:
        if len(text) > longest:
            raise RefusalError(f"The text is longer than {longest} letters.", f"{longest} 文字を超えています。")
        return text

    return read


def parts(text: str) -> list[str]:
    """The parts of a list in a cell, separated by `;`; empty parts are left out."""
    return [part for part in (piece.strip() for piece in text.split(";")) if part]


def suggestion(text: str, choices: Mapping[str, Text] | Collection[str]) -> Text:
    """` Did you mean master?`, where a code, or the name of one in either language, is near; else nothing."""
    names = {code.casefold(): code for code in choices}
    if isinstance(choices, Mapping):
        names |= {name.casefold(): code for code, both in choices.items() for name in both}
    near = get_close_matches(text.casefold(), names, n=1, cutoff=0.6)
    return Text(f" Did you mean {names[near[0]]}?", f"{names[near[0]]} でしょうか。") if near else NOTHING


def no_such(text: str, thing: Text, choices: Mapping[str, Text] | Collection[str]) -> RefusalError:
    """The refusal of a code that is not among the choices, with the nearest that is."""
    near = suggestion(text, choices)
    return RefusalError(f'"{text}" is not {thing.en}.{near.en}', f"「{text}」は{thing.ja}ではありません。{near.ja}")


def one_of(choices: Mapping[str, Text], thing: Text) -> Callable[[str, Known], str]:
    """Reads a code of a vocabulary."""

    def read(text: str, _known: Known) -> str:
        if text not in choices:
            raise no_such(text, thing, choices)
        return text

    return read


def day(text: str, _known: Known) -> date:
    """A day in ISO 8601, `2025-04-01`."""
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        raise RefusalError(f'"{text}" is not a day of the calendar.', f"「{text}」は暦にない日付です。") from None
    if found is None:
        raise RefusalError(f'"{text}" is not a date in ISO 8601.', f"「{text}」は ISO 8601 の日付ではありません。")
    if found.year < EARLIEST_YEAR:
        raise RefusalError(
            f"The year {found.year} is before {EARLIEST_YEAR}.", f"{found.year}年は{EARLIEST_YEAR}年より前です。"
        )
    return found


def fiscal_year(text: str, _known: Known) -> int:
    """The four digits of the year in which a fiscal year begins."""
    if not _YEAR.fullmatch(text) or not EARLIEST_YEAR < int(text) < 2200:
        raise RefusalError(f'"{text}" is not a fiscal year.', f"「{text}」は年度ではありません。")
    return int(text)


def whole_number(least: int, most: int) -> Callable[[str, Known], int]:
    """Reads an integer between two bounds; `12.0` is 12, as exports write it."""

    def read(text: str, _known: Known) -> int:
        if not _WHOLE.fullmatch(text):
            raise RefusalError(f'"{text}" is not a whole number.', f"「{text}」は整数ではありません。")
        found = int(text.partition(".")[0])
        if not least <= found <= most:
            raise RefusalError(
                f"{found} is not between {least} and {most}.", f"{found} は {least} 以上 {most} 以下ではありません。"
            )
        return found

    return read


def number_in(text: str) -> float:
    """A finite number with a decimal point and without thousands separators."""
    found = float(text) if _NUMBER.fullmatch(text) else None
    if found is None or not isfinite(found):
        plain = text.replace(",", "").replace("，", "")
        write = _NUMBER.fullmatch(plain) and plain != text
        raise RefusalError(
            f'"{text}" is not a number.' + (f" Write {plain}." if write else ""),
            f"「{text}」は数値ではありません。" + (f"{plain} と書いてください。" if write else ""),
        )
    return found


def number(text: str, _known: Known) -> float:
    return number_in(text)


def number_between(least: float, most: float) -> Callable[[str, Known], float]:
    """Reads a number between two bounds."""

    def read(text: str, _known: Known) -> float:
        found = number_in(text)
        if not least <= found <= most:
            raise RefusalError(
                f"{text} is not between {least:g} and {most:g}.",
                f"{text} は {least:g} 以上 {most:g} 以下ではありません。",
            )
        return found

    return read


def country(text: str, known: Known) -> str:
    """An ISO 3166 alpha-2 code that exists."""
    if text in known.countries:
        return text
    meant = _OFTEN_MEANT.get(text.upper()) or known.country_names.get(text.casefold()) or text.upper()
    near = meant if meant in known.countries else None
    raise RefusalError(
        f'"{text}" is not a country code.' + (f" Did you mean {near}?" if near else ""),
        f"「{text}」は国コードではありません。" + (f"{near} でしょうか。" if near else ""),
    )


def countries(text: str, known: Known) -> tuple[str, ...]:
    return tuple(sorted({country(part, known) for part in parts(text)}))


def department(text: str, known: Known) -> str:
    """The code of a department that is in the store, or `*`."""
    if text not in known.departments:
        raise no_such(text, Text("the code of a department", "登録された部局コード"), known.departments)
    return text


def currency(text: str, _known: Known) -> str:
    """An ISO 4217 code."""
    if text not in CURRENCIES:
        near = text.upper() if text.upper() in CURRENCIES else None
        raise RefusalError(
            f'"{text}" is not a currency code.' + (f" Did you mean {near}?" if near else ""),
            f"「{text}」は通貨コードではありません。" + (f"{near} でしょうか。" if near else ""),
        )
    return text


def language(text: str, _known: Known) -> str:
    """An ISO 639-1 code."""
    if text not in LANGUAGES:
        raise no_such(text, Text("a language code", "言語コード"), LANGUAGES)
    return text


def web_address(text: str, _known: Known) -> str:
    """An http or https address."""
    if not _WEB_ADDRESS.fullmatch(text):
        raise RefusalError(f'"{text}" is not a web address.', f"「{text}」はウェブアドレスではありません。")
    return text
