"""The policy on small numbers: what of each indicator is protected, from whom it is withheld, and from how few on.

What an indicator counts decides, not a list: persons and headcounts of persons are protected, agreements, papers,
courses and money are public facts. The catalogue's own mark (`Indicator.protected`) can add to that and not take away.
"""

from collections.abc import Mapping
from typing import Literal

from metrics.disclosure.rounding import LEAST_DENOMINATOR, MOST_NOT_AVERAGED
from metrics.disclosure.suppression import THRESHOLD
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.indicator import Indicator
from metrics.measures import Activities, Measure, Money, OfActivities, Persons
from vocabulary.text import Text

Protection = Literal["persons", "index", "mixed", "public"]
THINGS = frozenset({"course", "degree_programme", "syllabus"})  # populations that are not of persons
OF_A_PERSON = frozenset(  # activity types whose records are what single persons did or were given
    {
        *("student_exchange_outbound", "student_exchange_inbound", "joint_supervision", "study_abroad_credit"),
        *("short_programme_outbound", "short_programme_inbound", "intercultural_course", "international_scholarship"),
        *("researcher_visit_outbound", "researcher_visit_inbound", "international_recruitment", "early_career_abroad"),
        *("international_internship_outbound", "international_internship_inbound", "entrepreneurship_programme"),
        "capacity_building",
    }
)
PROTECTIONS: Mapping[Protection, Text] = {
    "persons": Text("Persons: protected", "人数：秘匿の対象"),
    "index": Text("Index of persons: protected", "人数に基づく指数：秘匿の対象"),
    "mixed": Text("Public facts, and what persons did", "公開情報と個人の活動の合算"),
    "public": Text("Public facts", "公開情報"),
}
EXPLAINED: Mapping[Protection, Text] = {
    "persons": Text(
        "It counts persons. Readers who are not entitled to the records see the university by fiscal year only: never"
        " by country or level, no count of 1 to {most}, no percentage of fewer than {least} persons, and nothing from"
        " which one of these could be worked out.",
        "人を数える。元の記録の閲覧権限のない者には全学の年度別の値だけを示し、国別・課程別等には示さない。"
        "1〜{most}人の人数、{least}人未満を分母とする割合、およびこれらを逆算できる値は示さない。",
    ),
    "index": Text(
        "It is worked out from counts of persons. Readers who are not entitled to the records see the university's by"
        " fiscal year, to two digits, where it rests on at least {least} persons of other departments.",
        "人数から計算する。元の記録の閲覧権限のない者には、他部局の{least}人以上に基づく場合に限り、"
        "全学の年度別の値を有効数字2桁で示す。",
    ),
    "mixed": Text(
        "It counts public facts together with what single persons did. Readers who are not entitled to the records see "
        "the university by fiscal year, and never by country or level.",
        "公開情報と個人の活動を合わせて数える。元の記録の閲覧権限のない者には全学の年度別の値を示し、"
        "国別・課程別等には示さない。",
    ),
    "public": Text(
        "It counts what anybody may know: agreements, papers, projects, courses, money. Of the university nothing is "
        "withheld.",
        "協定、論文、プロジェクト、授業科目、金額など公開されている事実を数える。全学の値は秘匿しない。",
    ),
}
NUMBERS = {"most": THRESHOLD - 1, "least": int(LEAST_DENOMINATOR) + 1, "averaged": MOST_NOT_AVERAGED + 1}


def protection(indicator: Indicator) -> Protection:
    """What the policy makes of an indicator, from what it counts."""
    found = {_of_measure(part) for part in indicator.measured}
    if "index" in found or (indicator.protected and "persons" not in found):
        return "index"
    return "persons" if "persons" in found else "mixed" if "mixed" in found else "public"


def is_protected(indicator: Indicator) -> bool:
    """Whether anything of it is ever withheld."""
    return protection(indicator) != "public"


def explained(indicator: Indicator) -> Text:
    """What readers who are not entitled to the records see of it, in words."""
    return EXPLAINED[protection(indicator)].filled(**NUMBERS)


def _of_measure(measure: Measure) -> Protection:
    if isinstance(measure, Headcount):
        return "public" if THINGS.issuperset(measure.populations) else "persons"
    if isinstance(measure, EffectiveOrigins):
        return "index"
    if isinstance(measure, Persons):
        return "persons"
    read = {*measure.types, *(measure.read_with if isinstance(measure, OfActivities) else ())}
    if isinstance(measure, Money) or not OF_A_PERSON.intersection(read):
        return "public"
    if not OF_A_PERSON.issuperset(read):
        return "mixed"
    return "persons" if isinstance(measure, Activities) else "index"
