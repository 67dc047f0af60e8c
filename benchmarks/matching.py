"""How right and how fast names and affiliations are matched with the registry: precision, recall, strings a second."""

import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from babel import Locale

from benchmarks.labelled_affiliations import DEPARTMENTS, Labelled, Named, doubles, invented, positives
from data_access.matching import Match, Matcher, match_many
from data_access.partners import Registry, RegistryRow, organization

SEED = 20_261  # held out: tuning used others
STRINGS = 6_000
MANY = 24_000
BATCH = 20_000
MORE = 0.5  # of the texts of a batch have another department in front
LEFT_OUT = 0.12  # of the organizations that strings are made of, the registry of the matcher lacks these
SHARES = {"education": 0.5, "facility": 0.15, "healthcare": 0.12, "company": 0.1, "government": 0.06, "nonprofit": 0.07}
HEAD = f"{'affiliations':<28}{'strings':>9}{'precision':>11}{'recall':>9}"


class Labels(NamedTuple):
    """A labelled set, and the rows of the registry that a matcher may know for it."""

    labelled: list[Labelled]
    rows: list[RegistryRow]


class Rate(NamedTuple):
    """Of some strings: `sure` matches, those of them `right`, and the strings that mean something `known`."""

    strings: int
    known: int
    sure: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.sure if self.sure else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.known if self.known else 1.0


def labels(registry: Registry, count: int, seed: int) -> Labels:
    """About `count` strings: organizations that the rows hold, some that they lack, and what exists nowhere."""
    draw = random.Random(seed)  # noqa: S311  the same strings on every run
    chosen = _chosen(registry.rows(), count, draw)
    lacking = {row.ror_id for row in chosen if draw.random() < LEFT_OUT}
    kept = [row for row in registry.rows() if row.ror_id not in lacking]
    named = [_named(row) for row in chosen]
    known = [one for one in named if one.organization.ror_id not in lacking]
    unknown = [one for one in named if one.organization.ror_id in lacking]
    pairs = known[: len(known) // 8]
    labelled = [
        *positives(known, seed),
        *doubles(pairs, seed),
        *(replace(one, right=frozenset()) for one in positives(unknown, seed)),
        *invented(count // 12, [(one.organization.city, one.country_name) for one in named], seed),
    ]
    draw.shuffle(labelled)
    return Labels(labelled, kept)


def rated(labelled: Sequence[Labelled], matches: Sequence[Match]) -> Rate:
    """What came of some strings."""
    sure = [(one, match) for one, match in zip(labelled, matches, strict=True) if match.status == "sure"]
    right = sum(match.ror_id in one.right for one, match in sure)
    return Rate(len(labelled), sum(bool(one.right) for one in labelled), len(sure), right)


def measure() -> Iterator[str]:
    """The lines of the table: all strings, then by kind of noise, then the speed."""
    registry = Registry()
    registry.rows()
    labelled, rows = labels(registry, STRINGS, SEED)
    started = time.perf_counter()
    matcher = Matcher(registry, rows)
    built = time.perf_counter() - started
    texts = [(one.text, one.country) for one in labelled]
    started, worked = time.perf_counter(), time.process_time()
    matches = matcher.match_all(texts)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    yield HEAD
    yield _line("all", rated(labelled, matches))
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(labelled):
        kinds[one.noise if one.right else f"none: {one.noise if one.noise == 'invented' else 'left out'}"].append(place)
    for kind, places in sorted(kinds.items()):
        yield _line(f"  {kind}", rated([labelled[p] for p in places], [matches[p] for p in places]))
    distinct = len(set(texts))
    yield f"{distinct / seconds:,.0f} strings a second in one process, {distinct / worked:,.0f} a second of CPU"
    yield f"the index of names is built in {built:.2f} s"
    many = labels(registry, MANY, SEED + 1).labelled
    yield from _in_processes("hardly any twice", Matcher(registry, rows), [(one.text, one.country) for one in many])
    yield from _in_processes("partners repeat", Matcher(registry, rows), repeated(many, BATCH, SEED))


def repeated(labelled: Sequence[Labelled], count: int, seed: int) -> list[tuple[str, str]]:
    """Texts as the papers of one university give them: few partners often, in other departments, and many once."""
    draw = random.Random(seed)  # noqa: S311  the same strings on every run
    weights = [1 / rank for rank in range(1, len(labelled) + 1)]  # Zipf's law
    drawn = draw.choices(labelled, weights, k=count)
    return [
        (f"{draw.choice(DEPARTMENTS)}, {one.text}" if draw.random() < MORE else one.text, one.country) for one in drawn
    ]


def _in_processes(what: str, matcher: Matcher, texts: Sequence[tuple[str, str]]) -> Iterator[str]:
    processes = os.cpu_count() or 1
    started, worked = time.perf_counter(), _worked()
    match_many(matcher, texts, processes)
    seconds, worked = time.perf_counter() - started, _worked() - worked
    yield (
        f"{len(texts):,} in {processes} processes, {what} ({len(set(texts)):,} distinct): "
        f"{len(texts) / seconds:,.0f} a second, {len(texts) / worked:,.0f} a second of CPU (manage.py match)"
    )


def _worked() -> float:
    """Seconds of CPU of this process and of those that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _line(what: str, rate: Rate) -> str:
    recall = f"{rate.recall:.3f}" if rate.known else f"{rate.sure} sure"
    precision = f"{rate.precision:.3f}" if rate.known else ""
    return f"{what:<28}{rate.strings:>9,}{precision:>11}{recall:>9}"


def _chosen(rows: Sequence[RegistryRow], count: int, draw: random.Random) -> list[RegistryRow]:
    """Active organizations in the shares in which partners are of each type; no name of two in one country."""
    names: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        if row.status == "active":
            names[row.name.casefold(), row.country_code] += 1
    chosen: dict[str, RegistryRow] = {}
    for kind, share in SHARES.items():
        fit = [
            r
            for r in rows
            if r.status == "active" and kind in r.types and names[r.name.casefold(), r.country_code] == 1
        ]
        chosen |= {row.ror_id: row for row in draw.sample(fit, round(count * share))}
    found = list(chosen.values())
    draw.shuffle(found)
    return found


def _named(row: RegistryRow) -> Named:
    return Named(
        organization=organization(row),
        aliases=tuple(filter(None, row.aliases.split("|"))),
        acronyms=tuple(filter(None, row.acronyms.split("|"))),
        country_name=Locale("en").territories.get(row.country_code, row.country_code),
    )
