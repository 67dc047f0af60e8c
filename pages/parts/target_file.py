"""The figures of a target's page as a file: the table that `manage.py figures` gives, of what is shown."""

import pandas as pd

from pages.parts import data
from pages.parts.code_names import names_beside, with_names
from pages.parts.language import say
from pages.parts.narrowing import Narrowing, in_words
from pages.parts.tables import Column, Kind, downloads, file_name
from vocabulary.activity_types import TARGETS
from vocabulary.text import Text

COUNTS: tuple[str, ...] = ("numerator", "denominator", "known", "unknown")
NAMES = (
    *("indicator", "department", "fiscal_year", "numerator", "denominator", "value"),
    *("low", "high", "known", "unknown", "status"),
)  # codes in either language, as the command line writes them; their names stand beside them


def figures_file(history: pd.DataFrame, target: str, narrowed: Narrowing) -> None:
    """Buttons for the figures of the target's indicators in the years of the trends: shares as fractions, yen."""
    kinds: dict[str, Kind] = dict.fromkeys(COUNTS, "count")
    columns = {name: Column(name=Text(name, name), kind=kinds.get(name, "text")) for name in NAMES}
    first, last = narrowed.years
    filters = {
        Text("Target", "目標"): say(TARGETS[target]),
        Text("Department", "部局"): say(data.department_names()[narrowed.department]),
        **{label: say(words) for label, words in in_words(narrowed).items()},
    }
    name = file_name(target, narrowed.department, first, last)
    downloads(history, with_names(columns), name, filters, names_beside(columns))
