"""What a question found goes when its answer is there, and not when Python next looks for circles."""

import gc
import weakref

import pytest

from metrics import tabulate as answering
from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Counting, Dimension, Selection, View


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize(
    ("by", "selection"),
    [
        (("department", "fiscal_year"), None),
        (("department",), Selection(countries=frozenset({"US"}))),
        (("fiscal_year", "level"), Selection(levels=frozenset({"doctoral"}))),
    ],
)
def test_no_view_outlives_its_table(
    small: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    counting: Counting,
    by: tuple[Dimension, ...],
    selection: Selection | None,
) -> None:
    views: list[weakref.ref[View]] = []

    class Watched(View):
        def __init__(self, **asked: object) -> None:
            super().__init__(**asked)  # type: ignore[arg-type]
            views.append(weakref.ref(self))

    monkeypatch.setattr(answering, "View", Watched)
    gc.disable()
    try:
        tabulate(small, INDICATORS.values(), by, selection, counting)
        assert [view for view in views if view() is not None] == []
    finally:
        gc.enable()
    assert views
