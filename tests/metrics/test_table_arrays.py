"""A table comes back from arrays as it was."""

import io

import numpy as np
import pandas as pd

from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.table_arrays import as_arrays, as_table
from metrics.tabulate import tabulate


def test_figures_come_back_to_the_last_digit(small: Ledger) -> None:
    table = tabulate(small, INDICATORS.values())
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **as_arrays(table))
    file.seek(0)
    with np.load(file, allow_pickle=False) as found:
        pd.testing.assert_frame_equal(as_table({name: found[name] for name in found.files}), table, check_exact=True)


def test_a_table_without_rows_keeps_its_columns(small: Ledger) -> None:
    table = tabulate(small, INDICATORS.values()).iloc[:0]
    pd.testing.assert_frame_equal(as_table(as_arrays(table)), table)
