"""What a filter cannot split is not applicable: a share that the filter implies, a type without levels."""

import pytest

from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.measures import Activities, Persons
from metrics.splitting import unsplit
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.metrics.asking import declared

PAPERS = Activities(types=("publication",))
KNOWN = Activities(types=("publication",), only=("known_country",))
ABROAD = Activities(types=("publication",), only=("international",))
LED_ABROAD = Activities(types=("publication",), only=("international", "led_here"))
SENT = Persons(types=("student_exchange_outbound",))
GERMANY, HOME = Selection(countries=frozenset({"DE"})), Selection(countries=frozenset({"JP"}))


@pytest.mark.parametrize(
    ("indicator", "selection", "why"),
    [
        (declared(ABROAD, KNOWN), GERMANY, "country"),  # every paper with Germany is international
        (declared(ABROAD, PAPERS), GERMANY, "country"),
        (declared(KNOWN, PAPERS), GERMANY, "country"),
        (declared(ABROAD, KNOWN), HOME, None),  # of papers with a partner at home some are international
        (declared(ABROAD, KNOWN), Selection(), None),
        (declared(ABROAD, KNOWN), Selection(countries=frozenset({"DE"}), country_rule="none"), None),
        (declared(LED_ABROAD, KNOWN), GERMANY, None),  # led from here is not implied
        (declared(ABROAD), GERMANY, None),  # a number says how many
        (declared(PAPERS), Selection(levels=frozenset({"doctoral"})), "level"),
        (declared(SENT), Selection(levels=frozenset({"master"})), None),
    ],
)
def test_what_cannot_be_split_is_not_applicable(
    indicator: Indicator, selection: Selection, why: str | None, small: Ledger
) -> None:
    assert unsplit(small, indicator, selection) == why
    table = tabulate(small, [indicator], selection=selection)
    year = table[(table["department"] == "*") & (table["fiscal_year"] == 2022)].iloc[0]
    assert year["status"] == ("not applicable" if why else "ok")
