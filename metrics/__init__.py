"""Figures: what is counted from records, and what follows from it."""

import pandas as pd

# Tables of figures are small and cut many times a page: texts that are Python's own take half the time of Arrow's.
pd.set_option("mode.string_storage", "python")
