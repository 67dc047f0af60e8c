"""The index of the international research network: over how many countries an institution's partners spread."""

import numpy as np
from numpy.typing import ArrayLike

from metrics.links import Floats, floats


def research_network_index(countries: ArrayLike, partners: ArrayLike, *, margalef: bool = False) -> float | Floats:
    """L / ln P: countries L of the partners, and partners P; NaN (not computable) for one partner or none.

    QS takes partners with three or more joint papers in five years (QS International Research Network index, since
    2020). `margalef` gives (L - 1) / ln P, as the regional editions of 2016 to 2019 had it (Margalef 1958). A number
    for numbers, an array for arrays. ValueError for negative counts.
    """
    wide, many = np.asarray(countries, dtype=np.float64), np.asarray(partners, dtype=np.float64)
    if np.any(wide < 0) or np.any(many < 0):
        raise ValueError(f"countries and partners are counted from 0, not {min(wide.min(), many.min())}")
    with np.errstate(divide="ignore", invalid="ignore"):
        index = np.where(many > 1, (wide - margalef) / np.log(many), np.nan)
    return float(index) if index.ndim == 0 else floats(index)
