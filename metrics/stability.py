"""How far a publication share depends on some of its papers: the Leiden Ranking's stability interval of a figure."""

from zlib import crc32

from metrics.contributions import contributions
from metrics.indicator import Indicator, parts
from metrics.intervals import Interval, stability_interval
from metrics.ledger import Ledger
from metrics.links import floats
from metrics.measures import Activities
from metrics.view import Counting, Selection

PUBLICATIONS = ("publication",)


def is_publication_share(indicator: Indicator) -> bool:
    """Whether the indicator is the share of some publications in more of them."""
    below = indicator.denominator
    counted = [*parts(indicator.numerator), *parts(below)] if below is not None else []
    alike = all(isinstance(part, Activities) and part.types == PUBLICATIONS for part in counted)
    return bool(counted) and alike and indicator.is_proportion


def stability_of(
    ledger: Ledger,
    indicator: Indicator,
    *,
    department: str,
    fiscal_year: int,
    counting: Counting = "whole",
    selection: Selection | None = None,
) -> Interval[float]:
    """The 95 % stability interval of one figure (1,000 replicates); ValueError for what is no publication share.

    Each publication of the denominator is drawn with its weight under the counting rule, and is worth what it adds to
    the numerator. The draws are the same each time: they begin from the figure's key, department and year.
    """
    if indicator.denominator is None or not is_publication_share(indicator):
        raise ValueError(f"{indicator.key} is no share of publications, which a stability interval is of")
    top, bottom = (
        contributions(
            ledger,
            measure,
            department=department,
            fiscal_years=(fiscal_year,),
            selection=selection,
            counting=counting,
        )
        for measure in (indicator.numerator, indicator.denominator)
    )
    added = dict(zip(top.activity_ids.tolist(), top.counts_as.tolist(), strict=True))
    worth = floats([added.get(number, 0.0) for number in bottom.activity_ids.tolist()])
    seed = crc32(f"{indicator.key} {department} {fiscal_year}".encode())
    return stability_interval(worth / bottom.counts_as, bottom.counts_as, seed=seed)
