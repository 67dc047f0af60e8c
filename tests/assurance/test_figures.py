"""The promise on figures, tried on a few universities, and broken with figures that are off by one."""

import pandas as pd
import pytest

from assurance import figures
from metrics.tabulate import tabulate


def test_figures_are_those_of_the_oracle() -> None:
    outcome = figures.recompute(5, at_least=500)
    assert outcome.kept, outcome


def test_a_count_that_is_off_by_one_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_more(*asked: object, **how: object) -> pd.DataFrame:
        table = tabulate(*asked, **how)  # type: ignore[arg-type]  # as it is called
        return table.assign(numerator=table["numerator"] + 1)

    monkeypatch.setattr(figures, "tabulate", one_more)
    outcome = figures.recompute(5, at_least=0)
    assert not outcome.kept
    assert "differences 0" not in outcome.result
