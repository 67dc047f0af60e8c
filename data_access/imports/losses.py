"""What records that are stored would lose: fields that hold something and become empty, told before anybody stores."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from data_access.batches.field_changes import FieldChange
from data_access.batches.stored_as import ACTIVITIES, stored_as
from data_access.imports.columns import Column, Kind
from data_access.imports.report import MOST_NAMED, named_records
from vocabulary.text import Text

NO_COLUMN = Text(
    "In {n} of the stored records the value of {column} is lost, for the file has no such column: {records} To keep "
    "it, add the column with its values, or correct only the columns of this file (--update; a box on the page).",
    "登録済みの {n} 件で{column}が消えます。ファイルにこの列がないためです：{records}"
    "残すには、列と値を加えるか、このファイルの列だけの修正（--update、画面ではチェック欄）を指定してください。",
)
NO_COLUMN_OF_OTHERS = Text(
    "In {n} of the stored records the value of {column} is lost, for the file has no such column: {records} To keep "
    "it, add the column with its values.",
    "登録済みの {n} 件で{column}が消えます。ファイルにこの列がないためです：{records}"
    "残すには、列と値を加えてください。",
)
NO_VALUE = Text(
    "In {n} of the stored records the value of {column} is lost, for the cell is empty: {records} To keep it, fill in "
    "the cell.",
    "登録済みの {n} 件で{column}が消えます。セルが空欄のためです：{records}残すには、セルに値を記入してください。",
)


def losses(kind: Kind, changes: Sequence[FieldChange], absent: Collection[str]) -> Iterator[Text]:
    """For each column in which records lose something: how many, which, and how to keep it."""
    columns: Mapping[str, Column] = {column.name: column for column in kind.columns}
    lost: dict[str, list[str]] = {}
    only_id = stored_as(kind.key).kind == ACTIVITIES
    for change in changes:
        if change.lost:
            lost.setdefault(change.column, []).append(change.key[-1] if only_id else " ".join(filter(None, change.key)))
    for name, records in lost.items():
        column = columns.get(name)
        told = Text(name, f"「{column.name_ja}」" if column else name)
        no_column = NO_COLUMN if kind.key == ACTIVITIES else NO_COLUMN_OF_OTHERS  # these alone can be corrected so
        words = no_column if name in absent else NO_VALUE
        which = named_records(len(records), records[:MOST_NAMED])
        yield words.filled(n=f"{len(records):,}", column=told, records=which)
