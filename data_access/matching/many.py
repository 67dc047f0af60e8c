"""Many texts at once: each distinct one is matched once, by several processes where the command line may have them."""

import multiprocessing
from collections.abc import Iterable, Sequence

from data_access.many_rows import no_search_for_cycles
from data_access.matching.matcher import Match, Matcher

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
    known = dict(zip(distinct, _shared_out(matcher, distinct, processes), strict=True))
    return [known[one] for one in given]


def _shared_out(matcher: Matcher, distinct: Sequence[Given], processes: int) -> list[Match]:
    matcher.prepare()
    parts = [distinct[first : first + AT_ONCE] for first in range(0, len(distinct), AT_ONCE)]
    _matcher.append(matcher)
    try:
        with no_search_for_cycles(), multiprocessing.get_context("fork").Pool(processes) as pool:
            return [match for part in pool.imap(_part, parts) for match in part]
    finally:
        _matcher.pop()


def _part(part: Sequence[Given]) -> list[Match]:
    return [_matcher[-1].match(*one) for one in part]
