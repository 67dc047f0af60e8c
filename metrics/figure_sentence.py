"""One figure in words: its value, or the count where n is small; what it is made of, of whom, when, how counted."""

from math import isnan

from metrics.breadth import ActiveDepartments, Departments
from metrics.exchange_measures import FlowPartners, Reciprocity
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator, Unit, counted_in, parts
from metrics.measures import Distinct, Measure, Money, Persons
from metrics.numbers import said
from metrics.tabulate import FEW, OK, SUPPRESSED
from metrics.timing import when_read
from metrics.view import Counting
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.text import NOTHING, Text

SENTENCE = Text("{name}, {who}, {when}: {value}{details}.", "{when}の{who}の{name}は{value}{details}。")
OF = Text("{top} of {bottom}", "{bottom}のうち{top}")
COMPARED = Text("{top} compared with {bottom}", "{bottom}に対し{top}")
OVER = Text("{top} over {bottom}", "{top}÷{bottom}")
NONE = Text("{name}, {who}, {when}: no figure, because {why}.", "{when}の{who}の{name}は値なし。{why}。")
REASONS = {
    FEW: Text(
        "it counts fewer than 5 persons, and the records are not yours to read",
        "5人未満のため、記録の閲覧権限のない者には表示しない",
    ),
    SUPPRESSED: Text(
        "it is withheld to protect individuals, as the records are not yours to read",
        "個人の特定を防ぐため、記録の閲覧権限のない者には秘匿している",
    ),
    "no data": Text("nobody delivered what it is made of", "元になるデータが提出されていない"),
    "not applicable": Text(
        "there is nothing that it could describe, nothing to divide by, or too little to work it out",
        "対象となるものがない、分母が0である、または少なすぎるため計算できない",
    ),
}
FEW_IN_ALL, FEW_OF_IT = 30, 5  # below: the count says more than a percentage, which one person moves by points
LEADING = Text("{count} ({value})", "{count}（{value}）")
COUNTERS = {"countries": "か国・地域", "partners": "機関", "companies": "社", "languages": "言語", "sdgs": "目標"}
THINGS_COUNTED = ("course", "degree_programme", "syllabus")  # populations of no persons


def figure_sentence(
    indicator: Indicator,
    who: Text,
    years: tuple[int, int],
    counting: Counting,
    *,
    status: str,
    value: float,
    numerator: float,
    denominator: float,
) -> Text:
    """`International co-publications, School of Engineering, FY2025: 36.6 % (301 of 822; whole counting).`"""
    name = Text(indicator.name.en, indicator.in_a_sentence.ja)
    place = {"name": name, "who": who, "when": when_read(indicator, *years)}
    if status != OK:
        return NONE.filled(**place, why=REASONS[status])
    shown = leading(indicator, value, numerator, denominator)
    small = is_small(indicator, numerator, denominator)
    beside = said(value, indicator.unit) if small else made_of(indicator, numerator, denominator)
    details = [] if isnan(denominator) else [beside]
    if indicator.follows_counting:
        details.append(_lower(COUNTING_RULES[counting]))
    return SENTENCE.filled(**place, value=shown, details=_in_brackets(details))


def is_small(indicator: Indicator, numerator: float, denominator: float) -> bool:
    """Whether a share rests on so few that the count takes the lead: of under 30, or under 5 of any number.

    Never where numerator and denominator count different things, or the one is not some of the other.
    """
    few = denominator < FEW_IN_ALL or numerator < FEW_OF_IT
    return bool(few and 0 <= numerator <= denominator > 0 and indicator.is_proportion and _alike(indicator))


def leading(indicator: Indicator, value: float, numerator: float, denominator: float) -> Text:
    """A figure as cards show it: `11.9 %`, and where n is small `3 of 11`."""
    if is_small(indicator, numerator, denominator):
        return made_of(indicator, numerator, denominator)
    return said(value, indicator.unit)


def in_full(indicator: Indicator, value: float, numerator: float, denominator: float) -> Text:
    """The same in a sentence: where n is small `3 of 11 (27.3 %)`."""
    return count_first(indicator, said(value, indicator.unit), numerator, denominator)


def count_first(indicator: Indicator, value: Text, numerator: float, denominator: float) -> Text:
    """A value that is said already, behind its count where n is small."""
    if not is_small(indicator, numerator, denominator):
        return value
    return LEADING.filled(count=made_of(indicator, numerator, denominator), value=value)


def unit_of(measure: Measure) -> Unit:
    """What a numerator or a denominator counts."""
    first = parts(measure)[0]
    if isinstance(first, Money):
        return "yen"
    if isinstance(first, Headcount):
        return "count" if set(first.populations) & set(THINGS_COUNTED) else "persons"
    if isinstance(first, Departments | ActiveDepartments):
        return counted_in("部局")
    if isinstance(first, Distinct):
        return counted_in(COUNTERS[first.of])
    if isinstance(first, FlowPartners):
        return counted_in(COUNTERS["partners"])
    if isinstance(first, Reciprocity):
        return "index"
    return "persons" if isinstance(first, Persons) else "count"


def made_of(indicator: Indicator, numerator: float, denominator: float) -> Text:
    """What a figure rests on: `2,330 of 17,850`, `17,850人のうち2,330人`."""
    above, below = indicator.numerator, indicator.denominator or indicator.numerator
    words = OVER if indicator.unit == "index" else OF if _alike(indicator) else COMPARED
    return words.filled(top=said(numerator, unit_of(above)), bottom=said(denominator, unit_of(below)))


def _alike(indicator: Indicator) -> bool:
    """Whether the numerator counts some of what the denominator counts."""
    below = indicator.denominator
    return below is not None and not indicator.is_rate and unit_of(indicator.numerator) == unit_of(below)


def _in_brackets(details: list[Text]) -> Text:
    if not details:
        return NOTHING
    return Text(f" ({'; '.join(one.en for one in details)})", f"（{'、'.join(one.ja for one in details)}）")


def _lower(text: Text) -> Text:
    return Text(text.en[:1].lower() + text.en[1:], text.ja)
