"""The sentences on participation say what was counted, what cannot be known, and no more."""

from datetime import date

import pytest

from metrics.ledger import Ledger
from metrics.participation import POPULATIONS, movement, number_of_targets, participation, share_trend, unevenness
from metrics.participation_answer import NAMES, Told, answer, same_few
from tests.metrics.building import Activity, Department, Headcount, frames
from vocabulary.text import Text

FACULTY = Text("the Faculty of Engineering", "工学部")


def did(year: int, *people: int, kind: str = "publication", count: int | None = None, level: str = "") -> Activity:
    day = f"{year}-05-01"
    return Activity(
        kind=kind, start=day, departments="ENG", countries=("DE",), people=people, people_count=count, level=level
    )


@pytest.fixture(scope="module")
def eng() -> Ledger:
    """Twenty researchers: 2, then 5 take part; ten master's students, a class of eight of them by number only."""
    rows = [
        did(2019, 9),
        did(2022, 1, 2),
        did(2023, 1, 3, 4, 5),
        did(2023, 6),
        did(2023, 1, kind="global_issue_project"),
    ]
    rows += [did(2023, 7, kind="study_abroad_credit", level="master")]
    rows += [did(2023, kind="intercultural_course", level="master", count=8)]
    heads = [Headcount("ENG", f"{year}-05-01", "researcher", "all", 20) for year in (2022, 2023)]
    heads += [Headcount("ENG", "2023-05-01", name, "all", n) for name, n in (("master", 10), ("faculty", 4))]
    return Ledger.of(frames([Department("ENG")], rows, heads), today=date(2024, 3, 1))


def told(ledger: Ledger, population: str, year: int = 2023) -> Told:
    of = participation(ledger, "ENG")
    return Told(
        year=year,
        who=FACULTY,
        population=population,
        trend=share_trend(of, population),
        by_number=number_of_targets(of, year, population),
        uneven=unevenness(of, year, population),
        movement=movement(of, population),
        history=of.history,
    )


def test_the_answer_says_how_many_in_how_many_targets_how_unevenly_and_who_is_new(eng: Ledger) -> None:
    sentences = answer(told(eng, "researcher"))
    assert [one.en for one in sentences] == [
        "Whether it is the same few is not judged of fewer than 10 people.",
        "In FY2023, 5 of 20 researchers of the Faculty of Engineering (25.0 %; 95 % interval 11.2 % to 46.9 %) took "
        "part in activities with a partner or country abroad: no distinguishable change since FY2022 (+15.0 points; "
        "95 % interval −9.4 to +38.0 points).",
        "Of 5 whom records name, 1 took part in two or more of the four targets.",
        "4 of them are new, in nothing in the three years before; 1 who took part in those years did not in FY2023.",
    ]
    assert sentences[1].ja.startswith(
        "2023年度に海外の機関・国との活動に参加したのは、工学部の研究者20人のうち5人（25.0%、"
    )
    assert sentences[3].ja == "前3年度に参加のない新規の者は4人、前3年度に参加したが2023年度は参加しなかった者は1人。"


def test_where_many_are_told_by_number_only_the_share_lies_between_two(eng: Ledger) -> None:
    _, *sentences = [one.en for one in answer(told(eng, "master"))]
    assert sentences[0] == (
        "In FY2023, between 1 (10.0 %) and 9 (90.0 %) of 10 master's students of the Faculty of Engineering took "
        "part in activities with a partner or country abroad: 8 are told by number only, and may come again in several "
        "records."
    )
    assert sentences[1].startswith("Of 1 whom records name")


def test_what_cannot_be_known_is_said_with_its_reason(eng: Ledger) -> None:
    (faculty, *_) = answer(told(eng, "faculty"))
    assert faculty.en == (
        "For faculty of the Faculty of Engineering there is no share in FY2023: no record tells of their level, or "
        "they were not counted on 1 May."
    )
    early = [one.en for one in answer(told(eng, "researcher", 2019))]
    assert early[-1] == "Who is new cannot be told before FY2022: that takes three years of records."


def test_whose_papers_say_no_level_take_part_at_least_so_much_and_have_no_interval() -> None:
    rows = [did(2023, 1, 2, kind="study_abroad_credit", level="faculty"), did(2023, 3)]
    heads = [Headcount("ENG", "2023-05-01", "faculty", "all", 10)]
    _, share, more, *_ = answer(
        told(Ledger.of(frames([Department("ENG")], rows, heads), today=date(2024, 3, 1)), "faculty")
    )
    assert share == Text(
        "In FY2023, at least 2 of 10 faculty of the Faculty of Engineering (20.0 %) took part in activities with a "
        "partner or country abroad.",
        "2023年度に海外の機関・国との活動に参加したのは、工学部の教員10人のうち少なくとも2人（20.0%）。",
    )
    assert more.en == "More may have: records of papers say no level."


def test_everyone_or_the_same_few_is_said_by_what_the_most_active_tenth_carries() -> None:
    verdicts = [same_few(*one).en for one in ((0.5, 0.9), (0.3, 0.9), (0.29, 0.5), (0.29, 0.49), (0.29, float("nan")))]
    assert verdicts == [
        "The same few",
        "Not only the same few, but a core carries much",
        "Most take part, and not the same few",
        "Neither everyone nor the same few",
        "Not the same few",
    ]


def test_every_population_has_its_name() -> None:
    assert list(NAMES) == list(POPULATIONS)
