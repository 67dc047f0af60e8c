"""What tests of pages share: the demonstration with its readers, and its records as no page has touched them."""

from collections.abc import Iterator

import pytest

from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.ledger import FRAMES, Ledger


@pytest.fixture(scope="module")
def demonstration(demonstration_url: str) -> Iterator[None]:
    """Pages show the demonstration, to any of its readers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", demonstration_url)
        patch.setenv("MONITOR_DEMONSTRATION_READERS", "yes")
        yield


@pytest.fixture(scope="session")
def every_record(demonstration_url: str) -> Records:
    """All records of the demonstration."""
    return Records(connect(demonstration_url), WHOLE_UNIVERSITY)


@pytest.fixture(scope="session")
def whole_ledger(every_record: Records) -> Ledger:
    """The ledger of all of them, to recompute by itself what a page says."""
    return Ledger.of({name: getattr(every_record, name)() for name in FRAMES})
