"""The order of activities by age: the latest first, and of what is not there the end."""

import numpy as np
import pandas as pd

from metrics.ledger import Ledger
from metrics.quality.holdings import Holdings


def test_the_latest_come_first_and_of_one_day_that_written_first(small: Ledger) -> None:
    days = pd.to_datetime(["2022-04-01", "2023-05-01", "2022-04-01", "2021-01-01"])
    held = Holdings(small, pd.DataFrame({"activity_id": [3, 5, 7, 9], "start_date": days}))
    asked = np.array([9, 7, 8, 5, 3])
    assert asked[np.argsort(held.age(asked))].tolist() == [5, 3, 7, 9, 8]
