"""What is said of a header and of rows below it: how a cell was read, what is missing, which rows say the same."""

from collections.abc import Collection, Sequence

from data_access.imports.cells import folded, suggestion
from data_access.imports.columns import Column, Kind
from vocabulary.text import Text

EMPTY = Text(
    "The file is empty. Accepted: a header row, then one row per record.",
    "空のファイルです。1 行目は見出し、2 行目からは記録です。",
)
NO_ROWS = Text(
    "There is a header and no row below it, so there is nothing to store. Accepted: one row per record below it.",
    "見出しの下に行がないため、登録するものがありません。2 行目から 1 件につき 1 行で記入してください。",
)


def read_as(column: Column) -> Text:
    """That a header of another wording was taken for a column, for whoever reads the report."""
    return Text(f"This column was read as {column.name}.", f"この列は「{column.name_ja}」として読みました。")


def not_known(written: str, kind: Kind) -> Text:
    """That a header means no column, and the one that is near."""
    near = suggestion(written, {column.name: Text(column.name, column.name_ja) for column in kind.columns})
    return Text(
        f"The column {written} is not known and was not read.{near.en}",
        f"列「{written}」は定義されていないため読みませんでした。{near.ja}",
    )


def not_first(row: int) -> Text:
    return Text(
        f"The header is not in the first row; row {row} looks like it. "
        "Accepted: the header in row 1; delete the rows above it.",
        f"1 行目が見出しではなく、{row} 行目が見出しのようです。{row} 行目より上の行を削除してください。",
    )


def separated_otherwise(header: Sequence[str], known: Collection[str]) -> Text | None:
    """What to say of a header that is one cell, for its names are separated by tabs or semicolons.

    `known`: the headers that mean a column, folded.
    """
    for mark, name in (("\t", Text("tabs", "タブ")), (";", Text("semicolons", "セミコロン"))):
        names = header[0].split(mark)
        if len(header) == 1 and sum(folded(one.strip()) in known for one in names) > 1:
            return Text(
                f"The cells are separated by {name.en}. Accepted: commas; save the file as CSV (comma delimited).",
                f"セルが{name.ja}で区切られています。使えるのはカンマです。CSV（コンマ区切り）で保存してください。",
            )
    return None


def said_twice(first: int, second: int, kind: Kind, identity: Sequence[object]) -> Text:
    """That two rows of a file name the same."""
    named = ", ".join(f"{name} {value}" for name, value in zip(kind.identity, identity, strict=True) if value != "")
    return Text(
        f"Rows {first} and {second} both say {named}. Accepted: one row for each.",
        f"{first} 行目と {second} 行目がどちらも {named} です。1 件につき 1 行にしてください。",
    )
