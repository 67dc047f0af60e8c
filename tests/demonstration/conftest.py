"""The demonstration's rows, generated once for its tests."""

import pytest

import demonstration
from tests.demonstration.reading import Rows


@pytest.fixture(scope="session")
def rows() -> Rows:
    return demonstration.generate()
