"""The words of a report on an import: what became of a file, its counts, where a remark belongs."""

from vocabulary.text import Text

STATUSES: dict[str, Text] = {
    "stored": Text("stored", "登録"),
    "unchanged": Text("unchanged", "変更なし"),
    "refused": Text("refused", "不受理"),
    "rolled_back": Text("undone", "取消済み"),
    "roll_back": Text("undoes an import", "取り消し"),
}
WOULD_BE_STORED = Text("would be stored", "登録予定")
SEVERITIES: dict[str, Text] = {"error": Text("error", "エラー"), "notice": Text("notice", "注意")}
COUNTS = {
    "rows_read": Text("read", "読込"),
    "rows_new": Text("new", "新規"),
    "rows_changed": Text("changed", "変更"),
    "rows_unchanged": Text("unchanged", "同じ"),
    "rows_withdrawn": Text("withdrawn", "取り下げ"),
    "rows_refused": Text("refused", "不受理"),
}


def place(row: int | None, column: str, value: str) -> Text:
    """Where a remark belongs: `row 2, column level, value "masters"`, as far as it says."""
    parts = [Text(f"row {row}", f"{row}行目")] if row is not None else []
    parts += [Text(f"column {column}", f"列 {column}")] if column else []
    parts += [Text(f'value "{value}"', f"値「{value}」")] if value else []
    return Text(", ".join(part.en for part in parts), "、".join(part.ja for part in parts))
