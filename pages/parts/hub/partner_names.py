"""What partners are called and where they are, for tables whose rows are partners by their position in the ledger."""

from collections.abc import Sequence

import pandas as pd

from metrics.partner_findings import institution_names
from pages.parts import data
from pages.parts.language import current_language, say
from vocabulary.text import Text


def with_names(rows: pd.DataFrame, column: str = "partner") -> pd.DataFrame:
    """The rows with `name` and `place` in the reader's language."""
    table = data.ledger().partner_table.iloc[rows[column].to_numpy()]
    countries = {code: say(name) for code, name in data.country_names().items()}
    names = institution_names(table, current_language()).to_list()
    return rows.assign(name=names, place=table["country"].map(countries).to_list())


def partner_names(positions: Sequence[int]) -> list[Text]:
    """Partners in both languages; most institutions abroad have no Japanese name."""
    rows = data.ledger().partner_table.iloc[list(positions)]
    both = (institution_names(rows, language) for language in ("en", "ja"))
    return [Text(str(en), str(ja)) for en, ja in zip(*both, strict=True)]


def country_names(positions: Sequence[int]) -> list[Text]:
    """Countries by their positions in the ledger."""
    names, codes = data.country_names(), data.ledger().country_codes
    return [names[codes[position]] for position in positions]
