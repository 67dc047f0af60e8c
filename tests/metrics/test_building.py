"""The frames that tests build have the columns that the store gives, so that what a figure needs is there to test."""

import pytest

from data_access.tables import Table
from metrics.ledger import FRAMES
from tests.metrics.building import COUNTRIES, frames

STORED = {name: [column.name for column in table.columns] for name, table in Table.metadata.tables.items()}


@pytest.mark.parametrize("name", FRAMES)
def test_a_built_frame_has_no_column_that_the_store_lacks(name: str) -> None:
    assert set(frames()[name].columns) <= set(STORED[name])


def test_built_countries_have_every_column_of_the_table() -> None:
    assert list(frames(countries=COUNTRIES)["countries"].columns) == STORED["countries"]
