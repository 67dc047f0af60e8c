"""What the ledger says of activities without asking for figures."""

import numpy as np

from metrics.ledger import Ledger
from tests.metrics.building import Activity, Department, frames


def test_the_latest_come_first_and_of_one_day_that_with_the_lower_id() -> None:
    days = ("2022-04-01", "2023-05-01", "2022-04-01", "2021-01-01", "1969-12-31")
    papers = [Activity(kind="publication", start=day, departments="A") for day in days]
    ledger = Ledger.of(frames([Department("A")], papers))
    asked = np.array([4, 3, 2, 1, 0])
    assert ledger.activity_ids[ledger.latest(asked, 10)].tolist() == [2, 1, 3, 4, 5]
    assert ledger.activity_ids[ledger.latest(asked, 2)].tolist() == [2, 1]
