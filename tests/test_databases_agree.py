"""PostgreSQL and SQLite give equal figures: the demonstration in both, through every layer, to the last digit."""

from collections.abc import Callable

import pandas as pd
import pytest
from sqlalchemy import Engine

import demonstration
import manage
from data_access.audit.chain import LAST
from data_access.data_mark import DATABASE_ID, MARK
from data_access.engine import connect, prepare
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.declared import declared
from metrics.ledger import FRAMES, Ledger
from metrics.tabulate import OK, tabulate


def frames_of(engine: Engine) -> dict[str, pd.DataFrame]:
    """What every figure is counted from, but for the mark of the data and the end of the log, which are of each."""
    with Records(engine, WHOLE_UNIVERSITY).at_one_moment() as records:
        frames = {name: getattr(records, name)() for name in FRAMES}
    state = frames["state"]
    return frames | {"state": state[~state["name"].isin([MARK, DATABASE_ID, LAST])].reset_index(drop=True)}


@pytest.mark.postgres
def test_postgresql_and_sqlite_give_equal_figures_and_print_the_same_bytes(
    demonstration_url: str,
    fresh_postgres: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    urls = demonstration_url, fresh_postgres()
    lite, post = map(connect, urls)
    prepare(post)
    demonstration.load(post)
    frames = frames_of(lite), frames_of(post)
    for name in FRAMES:  # what every figure is counted from; the two were imported at other times
        found, expected = (frame[name].drop(columns="imported_at", errors="ignore") for frame in frames)
        pd.testing.assert_frame_equal(found, expected, check_exact=True, obj=name)
    ledgers = Ledger.of(frames[0]), Ledger.of(frames[1])
    own, of_post = (
        declared(Records(engine, WHOLE_UNIVERSITY).declared_indicators()).indicators for engine in (lite, post)
    )
    assert own == of_post
    assert len(own) > 0
    every = [*INDICATORS.values(), *own.values()]
    expected, found = (tabulate(ledger, every, counting="fractional") for ledger in ledgers)
    pd.testing.assert_frame_equal(found, expected, check_exact=True, obj="figures of fractional counting")
    assert set(found.loc[found["status"] == OK, "indicator"]) >= {*INDICATORS, *own} - {"outreach_languages"}
    assert len(found) == len(every) * len(ledgers[0].units) * len(ledgers[0].fiscal_years)
    printed = []
    for url in urls:
        monkeypatch.setenv("DATABASE_URL", url)
        assert manage.main(["figures"]) == 0
        printed.append(capfdbinary.readouterr().out)
    assert printed[0] == printed[1]
    series = len(INDICATORS) * len(ledgers[0].units) + len(own)  # each of these has one department
    assert printed[0].count(b"\n") == 1 + series * len(ledgers[0].fiscal_years)
    lite.dispose()
    post.dispose()
