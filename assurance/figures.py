"""Figures worked out once more, slowly, by an oracle that shares no code with what tabulates them."""

from dataclasses import replace

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assurance.promise import Outcome, Promise
from metrics.tabulate import tabulate
from metrics.view import Counting, Dimension, Selection
from tests.metrics import test_oracle as oracle
from tests.metrics.strategies import University, countings, selections, universities

EXAMPLES = 400  # some thousand figures each
AT_LEAST = 10_000


def recompute(examples: int, at_least: int = AT_LEAST) -> Outcome:
    """Figures of so many random universities, filters and counting rules, and whether filters partition them."""
    compared = 0

    @settings(oracle.STEADY, max_examples=examples, derandomize=False, phases=(Phase.generate,))
    @given(universities(), selections, countings, st.sampled_from(oracle.GRAINS))
    def agree(university: University, asked: Selection, counting: Counting, by: tuple[Dimension, ...]) -> None:
        nonlocal compared
        ledger = university.ledger()
        years = tuple(year for year in oracle.YEARS if year in ledger.years)
        wanted = oracle.cells(oracle.labels_of(ledger, by, years), years)
        indicators = [*oracle.concerning(university)[:: oracle.PARTS], *oracle.own_indicators(university)]
        table = tabulate(ledger, indicators, by=by, selection=replace(asked, fiscal_years=years), counting=counting)
        rows, slowly = oracle.rows_of(table, by), university.oracle(asked, counting)
        for indicator in indicators:
            oracle.assert_equal(indicator, slowly, wanted, rows.get(indicator.key, {}))
            compared += len(wanted)

    different = ""
    try:
        agree()
        oracle.test_country_filters_partition_what_is_added_up()
    except AssertionError as error:
        different = str(error).partition("\n")[0] or "a figure that is not the oracle's"
    tried = f"{compared:,} figures of {examples} random universities"
    return Outcome(tried, f"differences {different or 0}", kept=not different and compared >= at_least)


PROMISES = (
    Promise(
        number=4,
        promise="A figure shown is the figure recomputed from the records",
        explanation="Random universities are tabulated as pages and commands do it, under random filters and counting "
        "rules, and every figure is worked out again record by record; countries asked for, countries left out and "
        "countries unknown add up to the whole. That a page writes what the command prints is among the tests.",
        attempt=lambda: recompute(EXAMPLES),
    ),
)
