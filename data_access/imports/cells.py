"""How the text of one cell becomes a number, a code or an address; each says what it refuses."""

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from functools import cache
from math import isfinite
from unicodedata import normalize

from babel import Locale
from babel.numbers import list_currencies

from data_access.imports.columns import RefusalError
from data_access.imports.days import EARLIEST_YEAR
from data_access.imports.known import Known
from vocabulary.text import NOTHING, Text

MOST_PERSONS = 1_000_000_000
CURRENCIES = frozenset(list_currencies()) - {"XXX", "XTS"}  # "no currency" and "for tests only"
LANGUAGES = frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)
_OFTEN_MEANT = {"UK": "GB", "EL": "GR"}
_WORDS_FOR_YEN = {"円": "JPY", "yen": "JPY", "¥": "JPY"}
SHORTEST_PART = 4  # letters of a name that are enough to suggest it
_NAMES_ALIKE = 0.8  # what the university named itself is suggested only where it is nearly the same

_OTHER_SEPARATORS = re.compile(r"[,，、；\n\r\t]")
_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0{1,18})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SIGNS_OF_UNITS = re.compile(r"^¥|[円人名件]$")
_BELOW_ZERO = re.compile(r"[△▲−]\s?([\d.,]+)|\(([\d.,]+)\)", re.ASCII)  # as accounts write what is below zero
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


def codes(text: str) -> list[str]:
    """The parts of a list of codes: `ENG；SCI` and `ENG,SCI` are refused, for no code holds what separates others."""
    for part in parts(text):
        if _OTHER_SEPARATORS.search(part):
            write = ";".join(filter(None, map(str.strip, _OTHER_SEPARATORS.split(part))))
            raise RefusalError(
                f'"{part}" is not separated by ;. Write {write}.',
                f"「{part}」の区切りが半角の ; ではありません。{write} と書いてください。",
            )
    return parts(text)


def suggestion(text: str, choices: Mapping[str, Text] | Collection[str], alike: float = 0.6) -> Text:
    """` Did you mean master?`, where it is the name of a code in either language, or a code or name is near.

    `alike`: how near a name must be, from 0 to 1; 工学部 and 理学部 are alike by two thirds.
    """
    written = folded(text)
    known = {folded(code): code for code in choices}
    names: dict[str, str] = {}
    if isinstance(choices, Mapping):
        names = {folded(name): code for code, both in choices.items() for name in both if name}
    meant = (
        names.get(written)
        or _nearest(written, known, 0.6)
        or _nearest(written, names, alike)
        or _only_one_that_holds(written, names)
    )
    return Text(f" Did you mean {meant}?", f"{meant} でしょうか。") if meant else NOTHING


def _only_one_that_holds(written: str, names: Mapping[str, str]) -> str:
    """The code whose name, and no other's, holds what is written: `Economics` is the School of Economics."""
    if len(written) < (SHORTEST_PART if written.isascii() else 2):
        return ""
    found = {code for name, code in names.items() if written in name}
    return found.pop() if len(found) == 1 else ""


def _nearest(written: str, names: Mapping[str, str], alike: float) -> str:
    near = get_close_matches(written, names, n=1, cutoff=alike)
    return names[near[0]] if near else ""


def folded(text: str) -> str:
    """Without the differences of capitals and of full width, which no reader means."""
    return text.casefold() if text.isascii() else normalize("NFKC", text).casefold()


def no_such(text: str, thing: Text, choices: Mapping[str, Text] | Collection[str], alike: float = 0.6) -> RefusalError:
    """The refusal of a code that is not among the choices, with the nearest that is."""
    near = suggestion(text, choices, alike)
    return RefusalError(f'"{text}" is not {thing.en}.{near.en}', f"「{text}」は{thing.ja}ではありません。{near.ja}")


def one_of(choices: Mapping[str, Text], thing: Text) -> Callable[[str, Known], str]:
    """Reads a code of a vocabulary."""

    def read(text: str, _known: Known) -> str:
        if text not in choices:
            raise no_such(text, thing, choices)
        return text

    return read


def fiscal_year(text: str, _known: Known) -> int:
    """The four digits of the year in which a fiscal year begins."""
    if not _YEAR.fullmatch(text) or not EARLIEST_YEAR < int(text) < 2200:
        raise _no_number(text, Text("a fiscal year", "年度"), plain_number(text))
    return int(text)


def whole_number(least: int, most: int) -> Callable[[str, Known], int]:
    """Reads an integer between two bounds; `12.0` is 12, as exports write it."""

    def read(text: str, _known: Known) -> int:
        if not _WHOLE.fullmatch(text):
            write = plain_number(text)
            raise _no_number(text, Text("a whole number", "整数"), write if _WHOLE.fullmatch(write) else "")
        found = int(text.partition(".")[0])
        if not least <= found <= most:
            raise RefusalError(
                f"{found} is not between {least} and {most}.", f"{found} は {least} 以上 {most} 以下ではありません。"
            )
        return found

    return read


def number_in(text: str, unit: str = "") -> float:
    """A finite number with a decimal point and without thousands separators; `unit` is what was cut off behind it."""
    found = float(text) if _NUMBER.fullmatch(text) else None
    if found is None or not isfinite(found):
        write = plain_number(text)
        raise _no_number(text + unit, Text("a number", "数値"), write + unit if write else "")
    return found


def plain_number(text: str) -> str:
    """What a number in full width, with thousands separators, as `¥5`, `△5` or `(5)` plainly means; else nothing."""
    plain = _SIGNS_OF_UNITS.sub("", normalize("NFKC", text)).strip()
    if below_zero := _BELOW_ZERO.fullmatch(plain):
        plain = f"-{below_zero[1] or below_zero[2]}"
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    return plain if plain != text and _NUMBER.fullmatch(plain) else ""


def _no_number(text: str, thing: Text, write: str) -> RefusalError:
    return RefusalError(
        f'"{text}" is not {thing.en}.' + (f" Write {write}." if write else ""),
        f"「{text}」は{thing.ja}ではありません。" + (f"{write} と書いてください。" if write else ""),
    )


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
    written = folded(text)
    meant = (
        _OFTEN_MEANT.get(text.upper())
        or known.country_names.get(written)
        or (written.upper() if written.upper() in known.countries else "")
        or _nearest(written, known.country_names, _NAMES_ALIKE)
        or _only_one_that_holds(written, known.country_names)
    )
    near = meant if meant in known.countries else None
    raise RefusalError(
        f'"{text}" is not a country code.' + (f" Did you mean {near}?" if near else ""),
        f"「{text}」は国コードではありません。" + (f"{near} でしょうか。" if near else ""),
    )


def countries(text: str, known: Known) -> tuple[str, ...]:
    return tuple(sorted({country(part, known) for part in codes(text)}))


def indicator(text: str, known: Known) -> str:
    """The key of an indicator of the catalogue."""
    if text not in known.indicators:
        choices = {key: known.indicator_names.get(key, NOTHING) for key in known.indicators}
        raise no_such(text, Text("the key of an indicator", "指標のキー"), choices, _NAMES_ALIKE)
    return text


def department(text: str, known: Known) -> str:
    """The code of a department that is in the store, or `*`."""
    if text not in known.departments:
        raise no_such(text, Text("the code of a department", "登録された部局コード"), known.departments, _NAMES_ALIKE)
    return text


def currency(text: str, _known: Known) -> str:
    """An ISO 4217 code."""
    if text not in CURRENCIES:
        near = text.upper() if text.upper() in CURRENCIES else _currency_names().get(folded(text))
        raise RefusalError(
            f'"{text}" is not a currency code.' + (f" Did you mean {near}?" if near else ""),
            f"「{text}」は通貨コードではありません。" + (f"{near} でしょうか。" if near else ""),
        )
    return text


@cache
def _currency_names() -> Mapping[str, str]:
    """The words for currencies in both languages -> code, for suggestions only."""
    every = [(name, code) for words in ("en", "ja") for code, name in Locale(words).currencies.items()]
    return {folded(name): code for name, code in every if code in CURRENCIES} | _WORDS_FOR_YEN


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
