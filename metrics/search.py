"""Finding indicators by words in either language."""

import unicodedata
from collections.abc import Iterable

from metrics.catalogue.lookalikes import lookalikes_of
from metrics.indicator import Indicator
from metrics.sources import source_text


def matching(indicators: Iterable[Indicator], words: str) -> tuple[Indicator, ...]:
    """The indicators whose name, key, definition or source holds every word, in either language, in their order.

    So do the codes of references (`SGU 4`), and what is not collected beside an indicator. Capitals, and full or half
    width, make no difference. No words find everything.
    """
    wanted = folded(words).split()
    return tuple(indicator for indicator in indicators if all(word in _held(indicator) for word in wanted))


def folded(text: str) -> str:
    """The text as it is compared."""
    return unicodedata.normalize("NFKC", text).casefold()


def _held(indicator: Indicator) -> str:
    missing = [text for family in lookalikes_of(indicator.key) for text in family.not_collected]
    codes = [f"{one.scheme} {one.number}" for one in indicator.references]
    texts = (
        *(indicator.key, *indicator.name, *indicator.definition, indicator.source, *source_text(indicator)),
        *(*codes, *missing),
    )
    return folded("\n".join(texts))
