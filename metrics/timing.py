"""When an indicator is read: over the fiscal year, on the census day, or both."""

from metrics.headcounts import WHOLE_YEAR
from metrics.indicator import Indicator
from metrics.members import headcounts_behind
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.calendar import fiscal_year_name, fiscal_years_name
from vocabulary.text import Text

FLOW = Text("flow: what begins during the fiscal year", "フロー：年度内に開始したもの")
STOCK = Text("stock: what is in force on 1 May", "ストック：5月1日現在で継続中のもの")
HEADCOUNT = Text("stock: headcounts of 1 May", "ストック：5月1日現在の人数等")
YEAR_COUNT = Text("flow: headcount over the whole fiscal year", "フロー：年度を通じた人数")
COMPARED = Text("{above}, compared with headcounts of 1 May", "{above}。5月1日現在の人数等と比べる")
BOTH = Text(
    "what begins during the fiscal year and what is in force on 1 May", "年度内に開始したものと5月1日現在で継続中のもの"
)
CENSUS = Text("1 May {year}", "{year}年5月1日")
WITH_CENSUS = Text("{year} (headcount of {day})", "{year}（人数等は{day}現在）")
IN_FORCE = Text("{year} (in force on {day})", "{year}（継続中のものは{day}現在）")


def timing(indicator: Indicator) -> Text:
    """Stock or flow, in words."""
    counted = {ACTIVITY_TYPES[kind].counted for kind in indicator.types}
    groups = [group for _, group in headcounts_behind(indicator)]
    if not counted:
        return YEAR_COUNT if WHOLE_YEAR in groups else HEADCOUNT
    above = BOTH if len(counted) == 2 else FLOW if "event" in counted else STOCK
    return COMPARED.filled(above=above) if groups else above


def is_on_census_day(indicator: Indicator) -> bool:
    """Whether all of it is read on the census day."""
    events = any(ACTIVITY_TYPES[kind].counted == "event" for kind in indicator.types)
    return not events and all(group != WHOLE_YEAR for _, group in headcounts_behind(indicator))


def when_read(indicator: Indicator, first: int, last: int) -> Text:
    """The day or the years of a figure: `1 May 2025`, `FY2025 (headcount of 1 May 2025)`."""
    years = fiscal_years_name(first, last)
    if first != last:
        return years
    day = CENSUS.filled(year=first)
    if is_on_census_day(indicator):
        return day
    if indicator.types and headcounts_behind(indicator):
        return WITH_CENSUS.filled(year=fiscal_year_name(first), day=day)
    mixed = {ACTIVITY_TYPES[kind].counted for kind in indicator.types} == {"event", "in force"}
    return IN_FORCE.filled(year=fiscal_year_name(first), day=day) if mixed else years
