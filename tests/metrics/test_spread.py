"""Departments about the university's value: quartiles by hand, and intervals that hold it or do not."""

from collections.abc import Hashable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.spread import Reference, Spread, own_sentence, reason, sentences, to_median
from vocabulary.text import Text

SHARE, PAPERS = INDICATORS["international_student_share"], INDICATORS["publications"]
ENG = Text("Engineering", "工学部")

COUNTS: dict[Hashable, object] = {"numerator": 30.0, "denominator": 100.0}


def rows(*found: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=["value", "low", "high"])


def test_an_interval_that_holds_the_university_s_value_decides_nothing() -> None:
    """At 20 %: one wholly above, two wholly below, one that holds it, one that ends at it, one without an interval."""
    nan = np.nan
    found = rows((0.3, 0.25, 0.35), (0.1, 0.05, 0.15), (0, 0, 0.1), (0.2, 0.1, 0.3), (0.15, 0.1, 0.2), (0.4, nan, nan))
    spread = Spread.of(pd.concat([found, rows((nan, nan, nan))]), 0.2)
    assert (spread.above, spread.below, spread.undecided) == (1, 2, 2)
    assert spread.ordered == (0, 0.1, 0.15, 0.2, 0.3, 0.4)


def test_half_of_the_departments_lie_between_the_quartiles() -> None:
    five = rows(*((value, np.nan, np.nan) for value in (0.5, 0.4, 0.3, 0.2, 0.1)))
    said = sentences(SHARE, 2025, 0.2, replace(Spread.of(five, 0.2), above=3, below=1, undecided=1))
    assert [text.en for text in said] == [
        "For the university, the share “International students” stands at 20.0 % (1 May 2025).",
        "Of 5 departments with a value, half lie between 20.0 % and 40.0 %; the middle one is at 30.0 %.",
        "Clearly above the university: 3; clearly below: 1; not to be told apart: 1.",
    ]
    assert said[0].ja == "2025年5月1日の「外国人留学生比率」は全学で20.0%。"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "No department has a value."),
        ((7.0,), "One department has a value: 7."),
        ((1.0, 2.0, 9.0), "3 departments have a value, from 1 to 9."),
    ],
)
def test_few_departments_have_no_quartiles(values: tuple[float, ...], said: str) -> None:
    assert [text.en for text in sentences(PAPERS, 2025, np.nan, Spread(ordered=values))] == [
        "The university has no value of “Publications” (FY2025).",
        said,
    ]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.25, 0.35, "Engineering: 30.0 %, clearly above the university."),
        (0.31, 0.5, "Engineering: 30.0 %, clearly above the university."),
        (0.0, 0.1, "Engineering: 30.0 %, clearly below the university."),
        (0.2, 0.4, "Engineering: 30.0 %, which cannot be told apart from the university."),
        (np.nan, np.nan, "Engineering: 30.0 %."),
    ],
)
def test_the_own_department_is_told_with_its_interval(low: float, high: float, said: str) -> None:
    row: dict[Hashable, object] = {"status": "ok", "value": 0.3, "low": low, "high": high} | COUNTS
    assert own_sentence(ENG, SHARE, row, Reference(value=0.2), Text("", "")).en == said


def test_of_an_own_department_that_counts_few_the_count_leads() -> None:
    few: dict[Hashable, object] = {
        "status": "ok",
        "value": 3 / 11,
        "low": 0.1,
        "high": 0.56,
        "numerator": 3.0,
        "denominator": 11.0,
    }
    told = own_sentence(ENG, SHARE, few, Reference(value=0.2), Text("", ""))
    assert told.en == "Engineering: 3 of 11 (27.3 %), which cannot be told apart from the university."
    assert told.ja == "工学部は11人のうち3人（27.3%）で、全学と差があるとはいえない。"


@pytest.mark.parametrize(("value", "said"), [(0.4, "above"), (0.3004, "at"), (0.1, "below")])
def test_the_own_department_is_told_beside_the_middle_one(value: float, said: str) -> None:
    spread = Spread.of_values((0.1, 0.2, 0.3, 0.4, 0.5))
    told = to_median(SHARE, value, spread)
    assert told is not None
    assert told.en == f"It is {said} the departments' median of 30.0 %."
    assert told.ja.startswith("部局の中央値30.0%")
    assert to_median(SHARE, value, Spread.of_values((0.1, 0.2, 0.3))) is None


def test_why_there_is_no_value_is_said_in_words() -> None:
    assert reason(SHARE, "ok", 2025, existed=True) == Text("", "")
    assert reason(SHARE, "not applicable", 2025, existed=False).en == "it did not exist in FY2025"
    assert reason(SHARE, "no data", 2025, existed=True).ja == "2025年度のデータが未提出"
    assert reason(SHARE, "suppressed", 2025, existed=True).en == "withheld to protect individuals"
    assert reason(SHARE, "fewer than 5", 2025, existed=True).ja == "5人未満"
    assert reason(SHARE, "not applicable", 2025, existed=True).en.startswith(
        "there is nothing to divide by: all students"
    )
    assert reason(PAPERS, "not applicable", 2025, existed=True).en == "it has none of what the indicator counts"
    without = own_sentence(
        ENG, SHARE, {"status": "no data"}, Reference(value=0.2), reason(SHARE, "no data", 2025, existed=True)
    )
    assert without.en == "Engineering has no value: nothing was delivered for FY2025."


def test_where_single_values_are_not_told_the_half_is_told_about() -> None:
    told = Spread(ordered=(), quartiles=(0.02, 0.03, 0.05), unlisted=8)
    assert [text.en for text in sentences(SHARE, 2025, np.nan, told, kind="faculty", withheld=True)] == [
        "What the share “International students” is for the university (1 May 2025) is withheld to protect "
        "individuals.",
        "Of 8 faculties with enough people to be shown, half lie between about 2.0 % and 5.0 %; the middle one is at "
        "about 3.0 %.",
        "Values of single departments are not shown, to protect individuals and departments.",
    ]
    assert to_median(SHARE, 0.031, told) is None  # of a rounded middle nobody can say on which side a value is
    nothing = sentences(SHARE, 2025, 0.2, Spread(ordered=(), unlisted=0))
    assert nothing[1].ja == "個人や部局の特定を防ぐため、部局ごとの値は示さない。"


def test_faculties_are_measured_against_the_faculties() -> None:
    faculties = Reference(value=0.02, kind="faculty", departments=10)
    spread = replace(Spread.of_values((0.01, 0.02, 0.02, 0.03)), above=1, below=1, undecided=2)
    opening, middle, apart = sentences(SHARE, 2025, 0.13, spread, faculties, kind="faculty")
    assert opening.en.endswith("stands at 13.0 % (1 May 2025); for 10 faculties together it is 2.0 %.")
    assert middle.en.startswith("Of 4 faculties with a value, half lie")
    assert apart.en.startswith("Clearly above the faculties together: 1;")
    row: dict[Hashable, object] = {"status": "ok", "value": 0.03, "low": 0.025, "high": 0.04} | COUNTS
    assert own_sentence(ENG, SHARE, row, faculties, Text("", "")).ja == "工学部は3.0%で、学部全体より明らかに高い。"


def test_one_faculty_with_a_value_is_not_called_the_faculties_together() -> None:
    alone = Reference(value=1.0, kind="faculty", departments=1)
    opening = sentences(SHARE, 2025, 0.13, Spread(ordered=()), alone, kind="faculty")[0]
    assert opening.en.endswith("; for the one faculty with a value it is 100.0 %.")
    assert opening.ja.endswith("、値のある学部は1部局で100.0%。")


def test_what_the_faculties_come_to_is_not_told_where_it_tells_of_a_few() -> None:
    withheld = Reference(value=np.nan, kind="faculty", departments=10, withheld=True)
    opening = sentences(SHARE, 2025, 0.13, Spread(ordered=()), withheld, kind="faculty")[0]
    assert opening.en.endswith(
        "; for the faculties together it is withheld, as it rests on fewer than 3 others with a value, or would tell "
        "what one of them or a few persons come to."
    )
    row: dict[Hashable, object] = {"status": "ok", "value": 0.03, "low": 0.025, "high": 0.04} | COUNTS
    assert own_sentence(ENG, SHARE, row, withheld, Text("", "")).en == "Engineering: 3.0 %."
