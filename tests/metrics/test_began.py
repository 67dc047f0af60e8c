"""The latest of some activities, by hand."""

import numpy as np
import pandas as pd

from metrics.began import Began

DAYS = {9: "2021-01-01", 3: "2022-04-01", 5: "2023-05-01", 7: "2022-04-01"}
ALL = Began.of(pd.DataFrame({"activity_id": list(DAYS), "start_date": pd.to_datetime(list(DAYS.values()))}))


def test_the_latest_come_first_and_of_one_day_the_lowest_number() -> None:
    assert ALL.latest(np.array([9, 7, 5, 3]), most=3).tolist() == [5, 3, 7]


def test_what_is_not_there_is_left_out() -> None:
    assert ALL.latest(np.array([10, 9, 4, 1]), most=8).tolist() == [9]
    assert Began.of(pd.DataFrame({"activity_id": [], "start_date": []})).latest(np.array([1]), most=8).tolist() == []
