"""What every page asks for is made ready when the server starts, so that the first reader does not wait for it."""

from metrics.view import COUNTINGS
from pages.parts.counted import every_indicator, every_year_of
from pages.parts.lately import is_large
from pages.parts.store import ledger_of, store


def count_ahead() -> None:
    """Figures by every counting rule, and which of them are incomplete: of very many records pages wait for neither."""
    state = store()
    for rule in COUNTINGS:
        every_year_of(state, rule)
    if is_large(ledger_of(state)):
        return
    from pages.parts.quality.kept import completeness_of  # loads what most pages need, and no first figure waits for

    for rule in COUNTINGS:
        completeness_of(state, every_indicator(state), rule)
