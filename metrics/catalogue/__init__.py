"""The catalogue: every indicator by its key, in reading order, and the one that stands for each cell of the matrix."""

from collections.abc import Iterable

from metrics.catalogue.education_comprehensive import EDUCATION_COMPREHENSIVE
from metrics.catalogue.education_deepening import EDUCATION_DEEPENING
from metrics.catalogue.education_students import EDUCATION_STUDENTS
from metrics.catalogue.industry_comprehensive import INDUSTRY_COMPREHENSIVE
from metrics.catalogue.industry_deepening import INDUSTRY_DEEPENING
from metrics.catalogue.research_comprehensive import RESEARCH_COMPREHENSIVE
from metrics.catalogue.research_deepening import RESEARCH_DEEPENING
from metrics.catalogue.research_papers import RESEARCH_PAPERS
from metrics.catalogue.society_comprehensive import SOCIETY_COMPREHENSIVE
from metrics.catalogue.society_deepening import SOCIETY_DEEPENING
from metrics.indicator import Indicator


def by_key(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """The indicators by their keys, in the order given; a key said twice is an error."""
    found: dict[str, Indicator] = {}
    for indicator in indicators:
        if indicator.key in found:
            raise ValueError(f"two indicators have the key {indicator.key!r}; rename one of them in metrics/catalogue/")
        found[indicator.key] = indicator
    return found


INDICATORS: dict[str, Indicator] = by_key(
    (
        *EDUCATION_DEEPENING,
        *EDUCATION_STUDENTS,
        *EDUCATION_COMPREHENSIVE,
        *RESEARCH_PAPERS,
        *RESEARCH_DEEPENING,
        *RESEARCH_COMPREHENSIVE,
        *INDUSTRY_DEEPENING,
        *INDUSTRY_COMPREHENSIVE,
        *SOCIETY_DEEPENING,
        *SOCIETY_COMPREHENSIVE,
    )
)

HEADLINES: dict[tuple[str, str], str] = {
    ("education", "deepening"): "exchange_outbound",
    ("education", "comprehensive"): "international_student_share",
    ("research", "deepening"): "international_copublication_share",
    ("research", "comprehensive"): "foreign_researcher_share",
    ("industry", "deepening"): "overseas_industry_funding",
    ("industry", "comprehensive"): "internship_outbound_share",
    ("society", "deepening"): "global_issue_projects",
    ("society", "comprehensive"): "society_participation",
}


def of_cell(target: str, process: str) -> tuple[Indicator, ...]:
    """The indicators of one cell of the strategy's matrix, in reading order."""
    return tuple(indicator for indicator in INDICATORS.values() if indicator.place == (target, process))


def of_target(target: str) -> tuple[Indicator, ...]:
    """The indicators of one target, in reading order: deepening, then comprehensive."""
    return tuple(indicator for indicator in INDICATORS.values() if indicator.target == target)


__all__ = ["HEADLINES", "INDICATORS", "by_key", "of_cell", "of_target"]
