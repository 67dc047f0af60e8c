"""Rows of a table as a frame: each column gets the one dtype that its declaration in `tables/` calls for."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series, StringDtype, concat
from sqlalchemy import Boolean, Column, Date, DateTime, Double, Integer, Text

TEXT = StringDtype("pyarrow", na_value=np.nan)  # `str` of very many rows; that of pages is another, see `metrics`
AnyColumn = Column[object]
Rows = Sequence[tuple[object, ...]]


def frame_of(columns: Sequence[AnyColumn], parts: Iterable[Rows]) -> DataFrame:
    """The rows, which come in parts as the driver gives them, as a frame, one column each.

    Text is `str` (where it may be missing: object, with None), a day or moment is datetime64[s] (NaT), a truth value
    is bool, a number is int64 where it cannot be missing, else float64 (NaN). A day or moment may come as ISO 8601.
    """
    typed = [
        [_typed(column, values) for column, values in zip(columns, zip(*rows, strict=True), strict=True)]
        for rows in parts
    ]
    typed = typed or [[_typed(column, ()) for column in columns]]
    return DataFrame(
        {column.name: _together(parts) for column, parts in zip(columns, zip(*typed, strict=True), strict=True)}
    )


def _typed(column: AnyColumn, values: tuple[object, ...]) -> "NDArray[np.generic] | Series[str]":
    match column.type:
        case Text() if column.nullable:
            return Series(values, dtype=object)  # an array of objects would be read as text, and None become NaN
        case Text():
            return Series(values, dtype=TEXT)
        case Date() | DateTime():
            return np.array(values, dtype="datetime64[s]")
        case Boolean():
            return np.array(values, dtype=np.bool_)
        case Double():
            return np.array(values, dtype=np.float64)
        case Integer():
            return np.array(values, dtype=np.float64 if column.nullable else np.int64)
    raise TypeError(f"{column} has type {column.type!r}, for which no dtype is agreed; add it to data_access/frames.py")


def _together(parts: Sequence["NDArray[np.generic] | Series[str]"]) -> "NDArray[np.generic] | Series[str]":
    """The parts of one column, one after the other."""
    series = [part for part in parts if isinstance(part, Series)]
    return concat(series, ignore_index=True) if series else np.concatenate(parts)
