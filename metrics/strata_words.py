"""Which strata an indicator can be split into, why not into others, and what strata are called."""

from collections.abc import Mapping

from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator, headcounts_in, parts
from metrics.ledger import Ledger
from metrics.measures import Activities, Measure, Money, OfActivities, Persons
from metrics.splitting import without_levels
from metrics.strata import OF_DEPARTMENTS
from vocabulary.departments import word
from vocabulary.partner_types import PARTNER_TYPES
from vocabulary.people import LEVELS
from vocabulary.strata import SEVERAL, STRATA, STRATIFICATIONS, UNKNOWN, Stratification
from vocabulary.text import Text

ONLY_PARTNERS = Text("{kind} only", "{kind}のみ")
PLURAL = {
    "education": "Universities",
    "facility": "Facilities",
    "company": "Companies",
    "government": "Government",
    "nonprofit": "Non-profits",
    "healthcare": "Hospitals",
    "funder": "Funders",
    "archive": "Archives",
    "other": "Other organizations",
}
UNKNOWN_NAMES: dict[Stratification, Text] = {
    "level": Text("Level not recorded", "課程・職位の記載なし"),
    "field": Text("Field not known", "分野不明"),
    "kind": Text("Kind not known", "種類不明"),
    "department": Text("Not of one department", "部局に属さないもの"),
    "partner": Text("No partner known", "連携先不明"),
    "activity_type": Text("Type not known", "種類不明"),
}
SEVERAL_NAMES: dict[Stratification, Text] = {
    "level": Text("Several levels", "複数の課程・職位"),
    "field": Text("Several fields", "複数分野"),
    "kind": Text("Several kinds of departments", "複数種類の部局"),
    "department": Text("Several departments", "複数部局"),
    "partner": Text("Several kinds of partners", "複数種類の連携先"),
    "activity_type": Text("Several types", "複数種類の活動"),
}
NOT_ADDITIVE = Text(
    "it counts different things once, which do not add up over parts",
    "異なるものの数を重複なく数える指標で、区分ごとの値を足し上げられないため",
)
NO_LEVELS = Text("its records do not say of what level the people are", "記録に課程・職位の記載がないため")
ONE_LEVEL = Text("it is about people of one level", "一つの課程・職位だけを数える指標であるため")
NO_PEOPLE = Text("the headcounts it rests on have no levels", "もとになる人数や科目数に課程・職位の区分がないため")
OF_A_DAY = Text(
    "it rests on headcounts, which have neither partners nor types of activity",
    "在籍者数等に基づく指標で、連携先や活動の種類の区分がないため",
)
IMPLIED = Text("it asks of what kind the partners are", "連携先の種類そのものを問う指標であるため")
ASKS_FOR_PARTNERS = ("company", "company_abroad", "public_partner")
ONE_TYPE = Text("it counts one type of activity", "一種類の活動だけを数える指標であるため")
NOT_REGISTERED = Text("the register of departments does not say them", "部局の登録情報に記載がないため")


def stratifications(ledger: Ledger, indicator: Indicator) -> tuple[Stratification, ...]:
    """How an indicator's numerator and denominator can both be split, exactly."""
    return tuple(one for one in STRATIFICATIONS if why_not(ledger, indicator, one) is None)


def mixes(ledger: Ledger, indicator: Indicator) -> tuple[Stratification, ...]:
    """What can be taken out of a share or rate of persons or records to compare departments fairly; else nothing."""
    if indicator.unit != "share" or not (indicator.is_proportion or indicator.is_rate):
        return ()
    return tuple(one for one in stratifications(ledger, indicator) if one != "department")


def why_not(ledger: Ledger, indicator: Indicator, stratification: Stratification) -> Text | None:
    """Why an indicator cannot be split so (said after "because"); None where it can."""
    if any(not isinstance(part, Activities | Persons | Money | Headcount) for part in indicator.measured):
        return NOT_ADDITIVE
    if stratification == "level":
        return _no_levels(ledger, indicator)
    if stratification in OF_DEPARTMENTS:
        said = {"field": ledger.tree.discipline, "kind": ledger.tree.kind}.get(stratification, ledger.units)
        return None if any(said[1:]) else NOT_REGISTERED
    if any(headcounts_in(part) for part in indicator.measured):
        return OF_A_DAY
    if stratification == "partner" and any(set(ASKS_FOR_PARTNERS) & {*_conditions(p)} for p in indicator.measured):
        return IMPLIED
    return ONE_TYPE if stratification == "activity_type" and len(indicator.types) < 2 else None


def _conditions(part: Measure) -> tuple[str, ...]:
    return part.only if isinstance(part, OfActivities) else ()


def _no_levels(ledger: Ledger, indicator: Indicator) -> Text | None:
    if any(without_levels(ledger, part) for part in indicator.measured):
        return NO_LEVELS
    for measure in (indicator.numerator, indicator.denominator):
        counted = {
            population
            for part in (parts(measure) if measure else ())
            for headcount in headcounts_in(part)
            for population in headcount.populations
        }
        if counted - {*LEVELS}:
            return NO_PEOPLE
        if len(counted) == 1:
            return ONE_LEVEL
    return None


def stratum_name(stratification: Stratification, stratum: str, departments: Mapping[str, Text] | None = None) -> Text:
    """What a stratum is called: `Master's`, `Companies only`, `Several fields`; a code without a name is its own."""
    if stratum in (UNKNOWN, SEVERAL):
        return (UNKNOWN_NAMES if stratum == UNKNOWN else SEVERAL_NAMES)[stratification]
    if stratification == "partner":
        name = word(stratum, PARTNER_TYPES)
        return Text(ONLY_PARTNERS.en.format(kind=PLURAL.get(stratum, name.en)), ONLY_PARTNERS.ja.format(kind=name.ja))
    name = word(stratum, {**STRATA.get(stratification, {}), **(departments or {})})
    return Text(name.en.removeprefix("the ").capitalize(), name.ja) if stratification == "field" else name
