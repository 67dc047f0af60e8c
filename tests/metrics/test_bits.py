"""Sets as bits: the same as sets of Python, of any number of members, none and more than a word holds among them."""

import random

import numpy as np
import pytest

from metrics.bits import counted, has, together, words_of


@pytest.mark.parametrize("members", [1, 7, 64, 65, 130])
def test_sets_are_put_together_and_counted_as_sets_are(members: int) -> None:
    chance = random.Random(members)  # noqa: S311  the same on any machine
    groups = [{chance.randrange(members) for _ in range(chance.randrange(4))} for _ in range(9)]
    pairs = [(group, member) for group, held in enumerate(groups) for member in held]
    group, member = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    sets = words_of(group, member, len(groups), members)
    links = [(chance.randrange(5), chance.randrange(len(groups))) for _ in range(30)]
    thing, of = (np.array(column, dtype=np.int64) for column in zip(*links, strict=True))
    things, unions = together(thing, of, sets)
    wanted = {
        one: set().union(*(groups[group] for there, group in links if there == one)) for one in set(thing.tolist())
    }
    assert things.tolist() == sorted(wanted)
    for one in range(members):
        assert has(unions, np.full(len(things), one)).tolist() == [one in wanted[thing] for thing in things.tolist()]
    place = things % 2
    counts = [[sum(m in wanted[t] for t in wanted if t % 2 == p) for m in range(members)] for p in range(2)]
    assert counted(unions, place, 2, members).tolist() == counts


def test_without_members_nothing_is_counted() -> None:
    none = np.empty(0, dtype=np.int64)
    sets = words_of(none, none, 3, 0)
    things, unions = together(np.array([2, 0]), np.array([1, 1]), sets)
    assert counted(unions, things, 3, 0).shape == (3, 0)
