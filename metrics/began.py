"""When activities began: which of some are the latest, without reading more of them than is shown."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.links import Ints, frozen, ints


@dataclass(frozen=True, eq=False)
class Began:
    """All activities by id, and the place of each among them: the latest first, of one day the lowest id first."""

    ids: Ints
    place: Ints

    @classmethod
    def of(cls, activities: pd.DataFrame) -> "Began":
        """From `activity_id` and `start_date`."""
        by_id = activities.sort_values("activity_id", ignore_index=True)
        order = by_id.sort_values("start_date", ascending=False, kind="stable").index
        return cls(frozen(ints(by_id["activity_id"])), frozen(np.argsort(order.to_numpy())))

    def latest(self, ids: Ints, most: int) -> Ints:
        """The ids of so many of these activities, the latest first; without those that are not there."""
        at = np.searchsorted(self.ids, ids)
        at = at[np.append(self.ids, -1)[at] == ids]
        return ints(self.ids[at[np.argsort(self.place[at])[:most]]])
