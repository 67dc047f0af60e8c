"""What the checks look at: the ledger, the activities as they were written, and how findings are made from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.ledger import Ledger
from metrics.links import Bools, Ints
from metrics.years import fiscal_years

NOBODY = -1
Words = Sequence[object] | pd.Series | np.ndarray
HEADCOUNTS = "populations"  # the source of every headcount
COLUMNS = ("activity", "unit", "fiscal_year", "source", "subject", "value", "beside", "other")
"""One row is one finding.

`activity` is the position of the record (-1: none), `unit` that of the department where no record says it, `subject`
what else it is about (`master/international`), `value` and `beside` what was found and what it is compared with, as
written in any language, `other` the position of another record.
"""


@dataclass(frozen=True, eq=False)
class Holdings:
    """All that is held of one university; made once for all checks."""

    ledger: Ledger
    written: pd.DataFrame | None = None  # the activities as the store gives them; None: not read

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame]) -> "Holdings":
        """What the frames of `Records` hold."""
        return cls(Ledger.of(frames), frames["activities"])

    @cached_property
    def activities(self) -> pd.DataFrame:
        """One row is one activity as it was written, in the order of the ledger's positions."""
        if self.written is None:
            raise LookupError("these holdings were made without the activities as they were written")
        order = np.argsort(self.written["activity_id"].to_numpy())
        place = np.argsort(np.argsort(self.ledger.activity_ids.narrow))
        return self.written.take(order[place]).reset_index(drop=True)

    @cached_property
    def started(self) -> Ints:
        """The fiscal year in which each activity starts."""
        return fiscal_years(pd.Series(self.ledger.start_day.whole.astype("datetime64[D]")))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that records come from, in the order of their names."""
        return self.ledger.sources

    @cached_property
    def source(self) -> Ints:
        """The position of the source of each activity."""
        return self.ledger.source.whole

    @cached_property
    def today(self) -> pd.Timestamp:
        """The day up to which something was delivered: what nobody could have delivered yet is not missed."""
        return pd.Timestamp(self.ledger.delivered)

    def of_records(
        self,
        found: Bools | Ints,
        value: Words | None = None,
        beside: Words | None = None,
        other: Ints | None = None,
    ) -> pd.DataFrame:
        """Findings on records: `found` are those (a mask or positions), the rest stands beside them."""
        at = np.flatnonzero(found) if found.dtype == bool else found
        written = self.activities.iloc[at]
        return pd.DataFrame(
            {
                "activity": at,
                "unit": np.full(len(at), NOBODY),
                "fiscal_year": self.started[at],
                "source": written["source"].to_numpy(dtype=object),
                "subject": np.full(len(at), "", dtype=object),
                "value": _words(value, len(at)),
                "beside": _words(beside, len(at)),
                "other": np.full(len(at), NOBODY) if other is None else other,
            }
        )

    def of_units(
        self,
        unit: Ints,
        fiscal_year: Ints,
        source: Sequence[str] | str,
        subject: Sequence[str] | str,
        value: Words,
        beside: Words,
    ) -> pd.DataFrame:
        """Findings on departments."""
        n = len(unit)
        return pd.DataFrame(
            {
                "activity": np.full(n, NOBODY),
                "unit": unit,
                "fiscal_year": fiscal_year,
                "source": _words([source] * n if isinstance(source, str) else source, n),
                "subject": _words([subject] * n if isinstance(subject, str) else subject, n),
                "value": _words(value, n),
                "beside": _words(beside, n),
                "other": np.full(n, NOBODY),
            }
        )


def day(when: pd.Series) -> list[str]:
    """Days as ISO 8601; nothing for none."""
    return [str(one) for one in when.dt.strftime("%Y-%m-%d").fillna("")]


def number(values: Iterable[float]) -> list[str]:
    """Numbers as a table writes them: `12,345`, `12.3`."""
    return [f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}" for value in values]


def _words(values: Words | None, n: int) -> np.ndarray:
    words = np.full(n, "", dtype=object)
    if values is not None:
        words[:] = [str(value) for value in values]
    return words
