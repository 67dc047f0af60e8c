"""Why a figure moved, in sentences that are worked out by hand, in both languages."""

from math import nan

import pandas as pd

from metrics.catalogue import INDICATORS
from metrics.change import UNJUDGED, Counted, Verdict, told_from_chance
from metrics.change_groups import COLUMNS
from metrics.change_split import ChangeSplit, LevelsAndDepartments
from metrics.change_words import (
    headline,
    levels_sentence,
    listed,
    number_sentence,
    reasons,
    sizes_that_add_up,
    values_that_agree,
)
from vocabulary.text import Text

SHARE, NUMBER = INDICATORS["international_student_share"], INDICATORS["exchange_outbound"]
UNIVERSITY = Text("the university", "全学")
NAMES = {
    "ENG": Text("School of Engineering", "工学部"),
    "SCI": Text("School of Science", "理学部"),
    "LAW": Text("School of Law", "法学部"),
    "several": Text("Several departments", "複数部局"),
}
Row = tuple[str, float, float, float, float]


def share(*rows: Row) -> ChangeSplit:
    table = pd.DataFrame(list(rows), columns=COLUMNS)
    return ChangeSplit(indicator=SHARE, stratification="department", years=(2014, 2025), groups=table)


def number(*rows: tuple[str, float, float]) -> ChangeSplit:
    table = pd.DataFrame([(code, a, nan, b, nan) for code, a, b in rows], columns=COLUMNS)
    return ChangeSplit(indicator=NUMBER, stratification="department", years=(2014, 2025), groups=table)


def english(texts: list[Text]) -> str:
    return " ".join(text.en for text in texts)


def japanese(texts: list[Text]) -> str:
    return "".join(text.ja for text in texts)


# ENG 4 % of 600, then 10 % of 500; SCI 20 % of 400, then 22 % of 500. The whole: 10.4 %, then 16 % of 1,000.
# Within: ENG .06 x .55 = 3.3, SCI .02 x .45 = 0.9 points, together 4.2. Mix about the mean rate of 13.2 %: ENG
# -.1 x (.07 - .132) = 0.62, SCI .1 x (.21 - .132) = 0.78, together 1.4. In all ENG 3.92, SCI 1.68, 5.6.
RISEN = share(("ENG", 24, 600, 50, 500), ("SCI", 80, 400, 110, 500))


def test_a_rise_is_told_with_what_happened_within_departments_and_to_their_weights() -> None:
    verdict = told_from_chance(SHARE, Counted(160, 1000), Counted(104, 1000), [0.1, 0.1])
    assert headline(RISEN, UNIVERSITY, verdict) == Text(
        "For the university, the share “International students” rose by 5.6 points (95 % interval +2.6 to +8.6 points) "
        "from 1 May 2014 (10.4 %) to 1 May 2025 (16.0 %).",
        "全学の「外国人留学生比率」は、2014年5月1日の10.4%から2025年5月1日の16.0%へ5.6ポイント上昇した"
        "（95%信頼区間：+2.6〜+8.6ポイント）。",
    )
    told = reasons(RISEN, NAMES.__getitem__)
    assert english(told) == (
        "Of this, +4.2 points (75 % of the change) because the rates of departments themselves rose and +1.4 points "
        "because departments with a high rate grew as a part of the whole (above all School of Science). "
        "By their own rates, School of Engineering (+3.3 points) and School of Science (+0.9 points) added most."
    )
    assert japanese(told) == (
        "内訳は、部局ごとの率そのものの上昇による分が+4.2ポイント（変化の75%）、率の高い部局の比重が増したことによる分が"
        "+1.4ポイント（主に理学部）。率そのものの変化による寄与が大きいのは工学部（+3.3ポイント）、理学部（+0.9ポイント）。"
    )


def test_a_change_that_can_be_chance_is_no_rise_and_its_parts_are_no_surer() -> None:
    verdict = told_from_chance(SHARE, Counted(12, 100), Counted(10, 100), [0.05, 0.05])
    split = share(("ENG", 5, 50, 6, 50), ("SCI", 5, 50, 6, 50))
    said = headline(split, UNIVERSITY, verdict)
    assert said.en.startswith(
        "For the university, the share “International students” shows no distinguishable change from 1 May 2014 "
        "(10.0 %) to 1 May 2025 (12.0 %): +2.0 points, 95 % interval −"
    )
    assert "有意とはいえない（+2.0ポイント、95%信頼区間：−" in said.ja
    (first, *_) = reasons(split, NAMES.__getitem__, unsure=True)
    assert first.en.startswith("Its parts, no surer than the whole: +2.0 points because the rates of departments")
    assert first.ja.startswith("内訳（全体と同様に不確か）は、")


def test_groups_that_came_went_or_have_no_denominator_are_named() -> None:
    """ENG stays at 10 % but is half of all after being all; SCI is new at 30 %; two papers of several become six."""
    told = english(reasons(share(("ENG", 10, 100, 5, 50), ("SCI", 0, 0, 15, 50), ("several", 2, 0, 6, 0)), NAMES.get))  # type: ignore[arg-type]
    assert "because departments with a high rate grew as a part of the whole (above all School of Science)" in told
    assert "+4.0 points from what has no denominator of its own (Several departments)." in told
    assert told.endswith("New, with none in FY2014: School of Science.")
    gone = reasons(share(("ENG", 10, 100, 5, 50), ("LAW", 5, 50, 0, 0)), NAMES.__getitem__)
    assert gone[-1] == Text("Vanished, with none left in FY2025: School of Law.", "2025年度になくなったもの：法学部。")


def test_a_number_is_told_by_who_added_to_it_and_who_went_against_it() -> None:
    split = number(("ENG", 10, 60), ("SCI", 40, 30), ("LAW", 0, 10))
    verdict = told_from_chance(NUMBER, Counted(100), Counted(50), [10.0, 10.0])
    assert headline(split, UNIVERSITY, verdict).en.startswith(
        "For the university, “Students sent on exchange” rose by 50 ("
    )
    assert headline(split, UNIVERSITY, UNJUDGED).ja == (
        "全学の「交換留学による派遣学生」は、2014年度の50人から2025年度の100人へ50人増えた。"
    )
    assert english(reasons(split, NAMES.__getitem__)) == (
        "Most of the change comes from School of Engineering (+50) and School of Law (+10). Against it go School of "
        "Science (−10). New, with none in FY2014: School of Law."
    )


def test_a_figure_that_stayed_is_said_to_have_stayed() -> None:
    split = number(("ENG", 5, 7), ("SCI", 7, 5))
    unsaid = Verdict(measured="nothing")
    assert headline(split, UNIVERSITY, unsaid) == Text(
        "For the university, “Students sent on exchange” was the same at FY2014 and FY2025: 12.",
        "全学の「交換留学による派遣学生」は、2014年度と2025年度で変わらず12人。",
    )


def test_the_number_behind_a_rate_is_told_by_rate_weights_and_size() -> None:
    """20 of 100 to 45 of 150 in one group: L = 25 / ln 2.25; rate L ln 1.5 and size L ln 1.5, 12.5 each."""
    split = share(("ENG", 20, 100, 45, 150))
    assert split.factors is not None
    assert number_sentence(split, split.factors).en == (
        "As a number, 20 became 45 (+25): +13 because the rate changed within departments and +12 because the "
        "denominator (all students (undergraduate, master's, doctoral)) grew."
    )
    through = number_sentence(split, split.factors, of_count=True)
    assert through.ja.startswith("「外国人留学生比率」を通してみると、+25人の内訳は、部局ごとの率の変化による分が+13人")


def test_levels_and_departments_at_once() -> None:
    found = LevelsAndDepartments(levels=0.009, departments=0.0, rates=0.035)
    assert levels_sentence(found, "share", "department") == Text(
        "A second split, by level and department at once: +3.5 points from the rates, +0.9 points from the mix of "
        "levels, ±0.0 points from the mix of departments within each level. The split above is by departments alone, "
        "so its mix is not one of these two.",
        "別の分け方として課程と部局を同時にみると、率の変化による分が+3.5ポイント、課程構成の変化による分が+0.9ポイント、"
        "課程ごとの部局構成の変化による分が±0.0ポイント。上の内訳は部局だけで分けたもので、その比重の変化はこの二つの構成の変化とは異なる。",
    )


def test_parts_that_are_read_aloud_add_up() -> None:
    sizes, total = sizes_that_add_up([0.0364, 0.0124], 0.0488, "share")
    assert ([size.en for size in sizes], total.en) == (["+3.64 points", "+1.24 points"], "+4.88 points")
    assert [size.ja for size in sizes_that_add_up([0.036, 0.014], 0.05, "share")[0]] == ["+3.6ポイント", "+1.4ポイント"]
    assert [size.en for size in sizes_that_add_up([12.5, 12.5, -0.4], 24.6, "yen")[0]] == ["+¥12", "+¥12", "¥0"]
    assert [size.en for size in sizes_that_add_up([633.7, 147.7, 16.6], 798, "persons")[0]] == ["+633", "+148", "+17"]


def test_values_and_their_difference_agree_as_they_are_read() -> None:
    assert [text.en for text in values_that_agree(0.1124, 0.1166, "share")] == ["11.24 %", "11.66 %", "0.42 points"]
    assert [text.ja for text in values_that_agree(0.087, 0.131, "share")] == ["8.7%", "13.1%", "4.4ポイント"]
    assert [text.en for text in values_that_agree(0.074, 0.027, "index")] == ["0.074", "0.027", "0.047"]


def test_names_in_a_row_end_with_how_many_more_there_are() -> None:
    texts = [Text(name, name) for name in "ABCDE"]
    assert listed(texts[:1]) == Text("A", "A")
    assert listed(texts[:3]) == Text("A, B and C", "A、B、C")
    assert listed(texts, most=3) == Text("A, B, C and 2 more", "A、B、C、ほか2件")
