"""Many texts at once: each distinct one is matched once, by several processes where the command line may have them."""

import multiprocessing
from collections.abc import Iterable, Sequence

from data_access.many_rows import no_search_for_cycles
from data_access.matching.answers import Decided, Match
from data_access.matching.matcher import Matcher

WORTH_IT = 4_000  # distinct texts; fewer are done before other processes have begun
AT_ONCE = 500
Given = tuple[str, str]  # a text, and the country that it is said to be in, or nothing

_matcher: list[Matcher] = []  # the one that processes forked off this one match with


def match_many(matcher: Matcher, texts: Iterable[str | Given], processes: int = 1) -> list[Match]:
    """A match for each text, or each (text, country), in their order.

    `processes`: over how many processes the distinct texts are shared out. More than one is for the command line: a
    server that serves others meanwhile does not fork.
    """
    given = [(one, "") if isinstance(one, str) else one for one in texts]
    distinct = list(dict.fromkeys(given))
    if processes == 1 or len(distinct) < WORTH_IT:
        return matcher.match_all(given)
    distinct.sort(key=_end)
    with no_search_for_cycles():
        decided = _shared_out(matcher, distinct, processes)
        known = {one: matcher.match_of(*one, said) for one, said in zip(distinct, decided, strict=True)}
    return [known[one] for one in given]


def _end(given: Given) -> list[str]:
    """Texts of one country and city come together, so that one process learns their names once."""
    return given[0].split(",")[::-1]


def _shared_out(matcher: Matcher, distinct: Sequence[Given], processes: int) -> list[Decided]:
    matcher.prepare()
    parts = [distinct[first : first + AT_ONCE] for first in range(0, len(distinct), AT_ONCE)]
    _matcher.append(matcher)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return [decided for part in pool.imap(_part, parts) for decided in part]
    finally:
        _matcher.pop()


def _part(part: Sequence[Given]) -> list[Decided]:
    return [_matcher[-1].decide(*one) for one in part]
