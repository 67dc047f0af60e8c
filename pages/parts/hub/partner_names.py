"""What partners are called and where they are, for tables whose rows are partners by their position in the ledger."""

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


def partner_name(position: int) -> Text:
    """One partner in both languages; most institutions abroad have no Japanese name."""
    row = data.ledger().partner_table.iloc[[position]]
    return Text(*(str(institution_names(row, which).iloc[0]) for which in ("en", "ja")))


def country_name(position: int) -> Text:
    """One country by its position in the ledger."""
    return data.country_names()[data.ledger().country_codes[position]]
