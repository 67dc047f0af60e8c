"""What an indicator is counted from: records of which types, and headcounts of whom."""

from collections.abc import Iterable

from metrics.indicator import Indicator
from metrics.measures import OfActivities
from metrics.members import headcounts_behind
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.people import GROUPS, POPULATIONS
from vocabulary.text import Text

EVERYTHING = Text("records of every type", "全種別の活動記録")
RECORDS = Text("records: {kinds}", "活動記録：{kinds}")
LOOKED_AT = Text("records looked at beside them: {kinds}", "あわせて参照する活動記録：{kinds}")
HEADCOUNTS = Text("headcounts: {populations} ({groups})", "人数等：{populations}（{groups}）")
DEPARTMENTS = Text("the departments that exist in the fiscal year", "当該年度に存在する部局")


def counted_from(indicator: Indicator) -> Text:
    """`records: Student exchange (outbound); headcounts: undergraduate students, ... (all, ...)`."""
    told = []
    if set(indicator.types) == set(ACTIVITY_TYPES):
        told.append(EVERYTHING)
    elif indicator.types:
        told.append(RECORDS.filled(kinds=_named(indicator.types)))
    beside = {kind for part in indicator.measured if isinstance(part, OfActivities) for kind in part.read_with}
    if beside:
        told.append(LOOKED_AT.filled(kinds=_named(kind for kind in ACTIVITY_TYPES if kind in beside)))
    pairs = headcounts_behind(indicator)
    if pairs:
        populations = _listed(POPULATIONS[one] for one in dict.fromkeys(population for population, _ in pairs))
        groups = _listed(GROUPS[one] for one in dict.fromkeys(group for _, group in pairs))
        told.append(HEADCOUNTS.filled(populations=populations, groups=groups))
    return Text("; ".join(one.en for one in told), "；".join(one.ja for one in told)) if told else DEPARTMENTS


def _named(types: Iterable[str]) -> Text:
    return _listed(ACTIVITY_TYPES[kind].name for kind in types)


def _listed(texts: Iterable[Text]) -> Text:
    said = list(texts)
    return Text(", ".join(one.en for one in said), "・".join(one.ja for one in said))
