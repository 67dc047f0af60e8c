"""What every page asks for is made ready when the server starts, so that the first reader does not wait for it."""

from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Selection
from pages.parts.counted import every_indicator, every_year_of
from pages.parts.lately import is_large
from pages.parts.store import ledger_of, store
from vocabulary.departments import UNIVERSITY


def count_ahead() -> None:
    """Figures by every counting rule, which of them are incomplete, and what a choice of countries is looked up in.

    Of very many records pages do not wait for what is incomplete.
    """
    state = store()
    for rule in COUNTINGS:
        every_year_of(state, rule)
    ledger, indicators = ledger_of(state), every_indicator(state)
    if not is_large(ledger):
        from pages.parts.quality.kept import completeness_of  # loads what most pages need; no first figure waits for it

        for rule in COUNTINGS:
            completeness_of(state, indicators, rule)
    any_country = frozenset(ledger.country_codes[:1])
    tabulate(ledger, indicators.values(), selection=Selection(departments=(UNIVERSITY,), countries=any_country))
