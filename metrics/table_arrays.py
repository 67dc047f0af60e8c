"""A table as arrays, so that it can lie in a file that holds nothing but arrays, and as a table again."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[Any]
_TEXTS, _CODES = ".texts", ".codes"


def as_arrays(table: pd.DataFrame) -> dict[str, Array]:
    """Its columns by name; one of texts as the different ones, and which of them stands in each row."""
    arrays: dict[str, Array] = {}
    for name, column in table.items():
        if column.dtype == "str":
            codes, texts = pd.factorize(column)
            arrays |= {f"{name}{_TEXTS}": np.array(texts, dtype=np.str_), f"{name}{_CODES}": codes.astype(np.int32)}
        else:
            arrays[str(name)] = column.to_numpy()
    return arrays


def as_table(arrays: Mapping[str, Array]) -> pd.DataFrame:
    """The table that `as_arrays` took apart."""
    columns: dict[str, Array | pd.Series] = {}
    for name, array in arrays.items():
        if name.endswith(_TEXTS):
            codes = arrays[name.removesuffix(_TEXTS) + _CODES]
            columns[name.removesuffix(_TEXTS)] = pd.Series(array, dtype="str").take(codes).reset_index(drop=True)
        elif not name.endswith(_CODES):
            columns[name] = array
    return pd.DataFrame(columns)
