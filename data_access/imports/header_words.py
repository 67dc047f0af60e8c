"""What is said of a header: how one of its cells was read, that it stands too far down, or above nothing."""

from data_access.imports.columns import Column
from vocabulary.text import Text

NO_ROWS = Text(
    "There is a header and no row below it, so there is nothing to store. Accepted: one row per record below it.",
    "見出しの下に行がないため、登録するものがありません。2 行目から 1 件につき 1 行で記入してください。",
)


def read_as(column: Column) -> Text:
    """That a header of another wording was taken for a column, for whoever reads the report."""
    return Text(f"This column was read as {column.name}.", f"この列は「{column.name_ja}」として読みました。")


def not_first(row: int) -> Text:
    return Text(
        f"The header is not in the first row; row {row} looks like it. "
        "Accepted: the header in row 1; delete the rows above it.",
        f"1 行目が見出しではなく、{row} 行目が見出しのようです。{row} 行目より上の行を削除してください。",
    )
