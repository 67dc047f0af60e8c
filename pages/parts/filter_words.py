"""How the codes of filters are written: labels that tell them apart, and ranges of years."""

from collections import Counter
from collections.abc import Mapping

from pages.parts.language import current_language, literal
from vocabulary.text import Text


def labels(options: Mapping[str, Text | str], *, escape: bool) -> dict[str, str]:
    """What each code is called; two options of the same name are told apart by their codes."""
    language = current_language()
    names = {code: name.said_in(language) if isinstance(name, Text) else name for code, name in options.items()}
    seen = Counter(names.values())
    named = {code: f"{name} ({code})" if seen[name] > 1 else name for code, name in names.items()}
    return {code: literal(name) for code, name in named.items()} if escape else named


def span(words: str) -> tuple[int, int] | None:
    """The first and the last year of `2014-2023`; None where it is not written so."""
    first, dash, last = words.partition("-")
    if not (dash and first.isascii() and last.isascii() and first.isdigit() and last.isdigit()):
        return None
    return (int(first), int(last)) if int(first) <= int(last) else None
