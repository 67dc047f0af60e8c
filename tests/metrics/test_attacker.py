"""A brute-force attacker over every filter of a small university derives no count of few; broken guards are found.

Counts by department ENG, SCI, LAW, MED; LAW and MED lie below GRP. To the head of ENG the others have 3 international
doctoral students in 2023, whom all levels less the other levels would tell; to the head of SCI 3 students sent on
exchange in 2024, whom the exchange balance would.
"""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.disclosure import audit, policy, published, seen
from metrics.disclosure.policy import Protection
from metrics.disclosure.seen import Asked
from metrics.disclosure.unknowns import counted
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from tests.metrics.attacker import Forms, attack, forms_of, questions
from tests.metrics.building import Activity, Department, Headcount, frames

YEARS = (2023, 2024)
DEPARTMENTS = ("ENG", "SCI", "LAW", "MED")
HEADS = {**{code: (code,) for code in DEPARTMENTS}, "GRP": ("GRP", "LAW", "MED")}
HEADS_TRIED = ("ENG", "SCI", "GRP")
Class = tuple[str, str, str]  # activity type, country, level; or population, group, nothing
COUNTS: dict[Class, tuple[tuple[int, ...], tuple[int, ...]]] = {
    ("student_exchange_outbound", "DE", "undergraduate"): ((6, 1, 0, 0), (0, 9, 2, 1)),
    ("student_exchange_outbound", "NP", "master"): ((1, 7, 0, 0), (0, 8, 0, 1)),
    ("student_exchange_outbound", "", "undergraduate"): ((2, 0, 0, 0), (0, 6, 0, 0)),
    ("student_exchange_inbound", "DE", "undergraduate"): ((9, 3, 5, 0), (0, 8, 1, 2)),
    ("student_exchange_inbound", "FR", "master"): ((0, 6, 0, 4), (7, 0, 1, 0)),
    ("study_abroad_credit", "NP", "undergraduate"): ((4, 0, 2, 0), (0, 5, 0, 3)),
    ("researcher_visit_outbound", "DE", "faculty"): ((5, 0, 1, 2), (3, 8, 0, 0)),
    ("researcher_visit_inbound", "FR", "faculty"): ((0, 7, 0, 0), (1, 2, 6, 0)),
    ("international_recruitment", "DE", "faculty"): ((3, 0, 0, 1), (0, 4, 1, 0)),
    ("international_recruitment", "JP", "faculty"): ((9, 0, 8, 9), (9, 9, 8, 1)),
    ("undergraduate", "all", ""): ((300, 200, 150, 40), (310, 190, 150, 45)),
    ("undergraduate", "international", ""): ((12, 9, 13, 0), (14, 1, 2, 0)),
    ("master", "all", ""): ((90, 60, 30, 20), (95, 60, 25, 20)),
    ("master", "international", ""): ((20, 16, 5, 2), (22, 14, 6, 1)),
    ("doctoral", "all", ""): ((50, 40, 24, 10), (50, 42, 26, 10)),
    ("doctoral", "international", ""): ((20, 1, 0, 2), (3, 15, 0, 2)),
    ("faculty", "all", ""): ((60, 50, 30, 20), (60, 50, 30, 2)),
    ("faculty", "foreign_national", ""): ((6, 1, 1, 1), (5, 8, 0, 1)),
    ("faculty", "overseas_degree", ""): ((3, 9, 0, 2), (3, 9, 2, 0)),
    ("researcher", "all", ""): ((70, 60, 30, 24), (70, 60, 30, 24)),
    ("researcher", "foreign_national", ""): ((9, 0, 3, 0), (2, 2, 11, 0)),
}
CLASSES = {f"K{place:02}": one for place, one in enumerate(COUNTS)}
LINEAR = [
    one
    for one in INDICATORS.values()
    if one.key
    in {
        *("exchange_outbound", "exchange_inbound", "exchange_outbound_share", "exchange_balance"),
        *("study_abroad_credit_share", "international_student_share", "undergraduate_international_share"),
        *("master_international_share", "doctoral_international_share", "foreign_researcher_share"),
        *("foreign_faculty_share", "foreign_and_trained_abroad_share", "researcher_outbound_share"),
        *("researcher_inbound_rate", "long_stay_share", "international_recruitment_share", "publications"),
    }
]


def ledger(counts: Mapping[Class, tuple[dict[str, int], ...]], departments: list[Department]) -> Ledger:
    """A university in which each record is one person; `counts` by class, year and department."""
    activities, heads, person = [], [], 0
    for (kind, country, level), years in counts.items():
        for year, of in zip(YEARS, years, strict=True):
            for code, number in of.items():
                if not level:
                    heads.append(Headcount(code, f"{year}-05-01", kind, country, number))
                    continue
                for _ in range(number):
                    person += 1
                    where = (country,) if country else ()
                    activities.append(
                        Activity(
                            kind=kind,
                            start=f"{year}-06-01",
                            end=f"{year}-09-01",
                            departments=code,
                            countries=where,
                            people=(person,),
                            level=level,
                        )
                    )
    return Ledger.of(frames(departments, activities, heads))


@cache
def university() -> Ledger:
    tree = [Department("ENG"), Department("SCI"), Department("GRP"), Department("LAW", "GRP"), Department("MED", "GRP")]
    by_name = {one: tuple(dict(zip(DEPARTMENTS, row, strict=True)) for row in rows) for one, rows in COUNTS.items()}
    return ledger(by_name, tree)


@cache
def classes() -> Ledger:
    """Every class of persons in a department of its own, one person each year."""
    alone = {one: ({code: 1}, {code: 1}) for code, one in CLASSES.items()}
    return ledger(alone, [Department(code) for code in CLASSES])


UNFILTERED = (Asked(), Asked(counting="fractional"))
ASKED = tuple(questions(YEARS, ("DE", "NP"), ("undergraduate", "master")))


@cache
def every_figure(asked: Asked) -> pd.DataFrame:
    return tabulate(university(), LINEAR, asked.by, asked.selection, asked.counting)


@cache
def class_forms(asked: Asked) -> Forms:
    return forms_of(classes(), LINEAR, asked)


def leaks(head: str, asked: tuple[Asked, ...] = ASKED) -> list[tuple[str, int, str, object]]:
    """Counts of one to four persons who are not the head's, of which the head can tell more than that they are few."""
    own, by_key = HEADS[head], {one.key: one for one in LINEAR}
    told = published.published(university(), LINEAR, own)

    def read(question: Asked) -> pd.DataFrame:
        return seen.seen(every_figure(question), by_key, own.__contains__, told, question)

    books = attack(read, class_forms, head, asked)
    found: list[tuple[str, int, str, object]] = []
    for year, book in books.items():
        for name, form, rest in secrets(own, year):
            low, high = book.interval(form)
            somebody = low >= 1 and tuple(form) not in book.few
            if low > 1 or high < 4 or somebody or book.differences(form):
                found.append((head, year, name, (rest, low, high)))
    return found


def secrets(own: tuple[str, ...], year: int) -> list[tuple[str, np.ndarray, int]]:
    """Each class, and each figure's upper line, of which one to four persons are elsewhere."""
    at, others = YEARS.index(year), [place for place, code in enumerate(DEPARTMENTS) if code not in own]
    rest = np.array([sum(rows[at][place] for place in others) for rows in COUNTS.values()])
    every = {"/".join(one): form for one, form in zip(COUNTS, np.eye(len(COUNTS)), strict=True)}
    unfiltered = class_forms(Asked())
    every |= {one.key: unfiltered[one.key, year]["numerator"] for one in LINEAR if (one.key, year) in unfiltered}
    return [
        (name, form, int(form @ rest)) for name, form in every.items() if (form >= 0).all() and 1 <= form @ rest <= 4
    ]


@pytest.mark.parametrize("head", HEADS_TRIED)
def test_no_head_derives_a_count_of_few_persons(head: str) -> None:
    assert secrets(HEADS[head], 2023)  # there is something to find
    assert leaks(head) == []


@pytest.mark.parametrize("head", HEADS_TRIED)
def test_rounded_no_count_of_few_persons_is_told_exactly(head: str) -> None:
    """Each number alone leaves five counts; sums of several, less the own, must leave two at least."""
    own, by_key = HEADS[head], {one.key: one for one in LINEAR}
    told = published.published(university(), LINEAR, own, "round")

    def read(question: Asked) -> pd.DataFrame:
        return seen.seen(every_figure(question), by_key, own.__contains__, told, question)

    books = attack(read, class_forms, head, UNFILTERED, rounded=True)
    found = [(name, book.interval(form)) for year, book in books.items() for name, form, _ in secrets(own, year)]
    assert [name for name, (low, high) in found if low == high] == []
    shown = read(Asked())
    shown = shown[(shown["department"] == "*") & shown["indicator"].map(lambda key: by_key[key].protected)]
    lines = shown[["numerator", "denominator"]].to_numpy(dtype=float)
    told_of = lines[~np.isnan(lines)]
    assert len(told_of) > 30
    assert set(np.abs(told_of) % 5) == {0}


# Guards broken one by one: each time somebody is found


BY_PLACE = tuple(one for one in ASKED if len(one.by) > 2)
Patch = Callable[[pytest.MonkeyPatch], None]


def nothing_beside(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(audit, "withhold", lambda _rows, hidden, _secrets, _known: (hidden, []))


def not_even_few(patch: pytest.MonkeyPatch) -> None:
    nothing_beside(patch)
    patch.setattr(audit.Audit, "_must_hide", lambda _self, _figure: False)


def no_difference_of_part_and_whole(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(audit, "forms_of_persons", lambda _figures, unknowns: list(np.eye(len(unknowns))))


def own_numbers_forgotten(patch: pytest.MonkeyPatch) -> None:
    nobody = {False: 0.0, True: 1.0}
    patch.setattr(
        published,
        "counted",
        lambda ledger, measures, units=("*",): counted(ledger, measures) * nobody[units == ("*",)],
    )


def balance_for_everybody(patch: pytest.MonkeyPatch) -> None:
    for module in (published, seen):
        patch.setattr(
            module,
            "protection",
            lambda one: "public" if one.key == "exchange_balance" else policy.protection(one),
        )


def open_filters(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Asked, "is_published", lambda _self, _indicator: True)


Columns = dict[str, np.ndarray]


def left(patch: pytest.MonkeyPatch, *names: str) -> None:
    told = seen._told

    def with_them(rows: pd.DataFrame, kinds: Mapping[str, Protection], status: np.ndarray, method: str) -> Columns:
        return told(rows, kinds, status, method) | {name: rows[name].to_numpy() for name in names}

    patch.setattr(seen, "_told", with_them)


def intervals_left(patch: pytest.MonkeyPatch) -> None:
    left(patch, "low", "high")


def records_left(patch: pytest.MonkeyPatch) -> None:
    left(patch, "known", "unknown")


def rows_of_somebody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seen, "SPARSE", ())


@pytest.mark.parametrize(
    ("broken", "head", "asked"),
    [
        (nothing_beside, "ENG", UNFILTERED),
        (not_even_few, "ENG", UNFILTERED),
        (no_difference_of_part_and_whole, "ENG", UNFILTERED),
        (own_numbers_forgotten, "ENG", UNFILTERED),
        (balance_for_everybody, "SCI", UNFILTERED),
        (open_filters, "ENG", ASKED[:40]),
        (intervals_left, "ENG", UNFILTERED),
        (records_left, "ENG", UNFILTERED),
        (rows_of_somebody, "MED", BY_PLACE),
    ],
)
def test_without_a_guard_somebody_is_found(
    monkeypatch: pytest.MonkeyPatch, broken: Patch, head: str, asked: tuple[Asked, ...]
) -> None:
    broken(monkeypatch)
    assert leaks(head, asked)
