"""Rows of a table as a frame: each column gets the one dtype that its declaration in `tables/` calls for."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series
from sqlalchemy import Boolean, Column, Date, DateTime, Double, Integer, Row, Text

AnyColumn = Column[object]
AnyRow = Row[*tuple[object, ...]]


def frame_of(columns: Sequence[AnyColumn], rows: Sequence[AnyRow]) -> DataFrame:
    """The rows as a frame, one column each.

    Text is `str` (where it may be missing: object, with None), a day or moment is datetime64[s] (NaT), a truth value
    is bool, a number is int64 where it cannot be missing, else float64 (NaN).
    """
    values: Sequence[tuple[object, ...]] = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return DataFrame({column.name: _typed(column, held) for column, held in zip(columns, values, strict=True)})


def _typed(column: AnyColumn, values: tuple[object, ...]) -> "NDArray[np.generic] | Series[str]":
    match column.type:
        case Text() if column.nullable:
            return Series(values, dtype=object)  # an array of objects would be read as text, and None become NaN
        case Text():
            return Series(values, dtype="str")
        case Date() | DateTime():
            return np.array(values, dtype="datetime64[s]")
        case Boolean():
            return np.array(values, dtype=np.bool_)
        case Double():
            return np.array(values, dtype=np.float64)
        case Integer():
            return np.array(values, dtype=np.float64 if column.nullable else np.int64)
    raise TypeError(f"{column} has type {column.type!r}, for which no dtype is agreed; add it to data_access/frames.py")
