"""Whether a page answers otherwise to the name of what is another's than to that of what there is not."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from assurance.canary_marks import text
from assurance.canary_readers import Prober

FOREIGN = "AGR"
NAMED: Mapping[str, tuple[tuple[str, str], ...]] = {  # by word of an address: what is another's, and what is not at all
    "record": (
        (f"{text(FOREIGN)}:{text(FOREIGN)}publication2025n1", f"{text(FOREIGN)}:{text(FOREIGN)}publication2025n9"),
        (f"{text(FOREIGN)}:{text(FOREIGN)}publication2025n1", "ZqNOSOURCEqZ:ZqNOTHINGqZ"),
    ),
    "import": (("2", "918273645"), ("8", "918273645")),
    "indicator": ((f"own_{FOREIGN.lower()}", "own_nowhere"),),
    "source": ((text(FOREIGN), "ZqNOSOURCEqZ"),),
}
_OF_THE_RUN = re.compile(r'^\s*(?:id|url|element_hash|form_id): ".*"\n', re.MULTILINE)


def told_apart(reader: Prober, pages: tuple[str, ...]) -> tuple[int, list[str]]:
    """How many pairs of names were asked for as a reader, and those whose two answers differ but for the name."""
    asked, found = 0, []
    for page in pages:
        for word, foreign, nowhere in _pairs():
            asked += 1
            answer = _answer(reader, page, word, nowhere)
            for missing, there in zip(nowhere.split(":"), foreign.split(":"), strict=True):
                answer = answer.replace(missing, there)
            if answer != _answer(reader, page, word, foreign):
                found.append(f"{reader.name} {page}?{word}={foreign}")
    return asked, found


def _pairs() -> Iterator[tuple[str, str, str]]:
    return ((word, *pair) for word, pairs in NAMED.items() for pair in pairs)


def _answer(reader: Prober, page: str, word: str, value: str) -> str:
    """What is on the page in a tab of its own, without what is new in every run and the signs of Markdown in names."""
    with reader.opened() as tab:
        tab.go(page, urlencode({"language": "en", word: value}))
        tab.redraw()
        return _OF_THE_RUN.sub("", "\n".join(map(str, tab.elements()))).replace("\\", "")
