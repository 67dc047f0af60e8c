"""Rows and cells that are no records although they stand among them: totals, notes, repeated headers, ditto marks."""

import re
from collections.abc import Sequence
from unicodedata import category

from data_access.files.pulling import pulled_by
from data_access.imports.cells import folded
from vocabulary.text import Text

_TOTALS = frozenset(  # as `_is_total` compares them
    ("合計", "総計", "小計", "計", "総合計", "累計", "平均", "total", "grandtotal", "subtotal", "sum", "average")
)
_DITTO = frozenset(
    ("〃", "〻", "仝", "同上", "同前", "同", "々", '"', "''", "”", "“", "″", "ditto", "do.", "same as above", "↓")
)
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.ASCII)
_BEGIN_FORMULAS = "=+-@"
_FEW = 2  # columns, of which one may well be filled alone
_PLAIN_SPACE = " "
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # the categories of Unicode whose letters nobody sees


def no_record(cells: Sequence[str], header: Sequence[str], refused: bool) -> Text | None:
    """What a row is instead of a record, where that is plain; `refused`: whether its cells are refused as well."""
    first = next(((place, text) for place, cell in enumerate(cells) if (text := cell.strip())), None)
    if first is None or not (refused or _repeats(header, *first) or _is_total(first[1])):
        return None  # as nearly every row
    filled = [(place, text) for place, cell in enumerate(cells) if (text := cell.strip())]
    if len(filled) > 1 and all(_repeats(header, place, cell) for place, cell in filled):
        return Text(
            "The row repeats the header, as where pages were pasted together. Accepted: the header in row 1 alone; "
            "delete this row.",
            "見出しが繰り返されています（ページを貼り合わせた表など）。"
            "見出しは 1 行目だけです。この行を削除してください。",
        )
    total = next((cell for _, cell in (filled if refused else filled[:1]) if _is_total(cell)), None)
    if total is not None:
        return Text(
            f'The row looks like one of totals ("{total}"). Accepted: one row for each record; delete this row.',
            f"合計行のようです（「{total}」）。1 件につき 1 行です。この行を削除してください。",
        )
    if len(filled) == 1 and refused and len(header) > _FEW and filled[0][1].isprintable():
        return Text(
            "Only one cell of the row is filled, as in a note or a title. Accepted: one row for each record; "
            "delete this row.",
            "1 つのセルだけに記入があり、注記や表題のようです。1 件につき 1 行です。この行を削除してください。",
        )
    return None


def is_plainly_a_record(first: str, header: str) -> bool:
    """Whether `no_record` has nothing to say of a row in order, by its first cell and the header of that."""
    return bool(first) and folded(first) != folded(header) and not _is_total(first)


def _repeats(header: Sequence[str], place: int, cell: str) -> bool:
    return place < len(header) and folded(cell) == folded(header[place])


def _is_total(cell: str) -> bool:
    return "".join(folded(cell).split()) in _TOTALS


def no_value(text: str, *, names_the_record: bool) -> Text | None:
    """Why a text is no value of any column; `names_the_record`: whether rows are told apart by it."""
    if folded(text) in _DITTO:
        return Text(
            f"The cell says the same as the one above ({text}). Accepted: the value itself in every row.",
            f"上のセルと同じという意味の記号です（{text}）。すべての行に値そのものを書いてください。",
        )
    if text[0] in _BEGIN_FORMULAS and (pulled := pulled_by(text[1:])):
        return Text(
            f"The text is a formula that fetches data from elsewhere ({pulled}). Accepted: values.",
            f"外部からデータを取得する数式です（{pulled}）。使えるのは値です。",
        )
    return _no_name(text) if names_the_record else None


def turned_into_a_day(text: str) -> Text:
    return Text(
        f"The cell holds the day {text}: Excel takes ids like 4-1 for days. "
        "Accepted: the id itself; let the column be text in Excel and type it anew.",
        f"セルの値が日付 {text} になっています。Excel は 4-1 のような ID を日付に変えます。"
        "列の表示形式を「文字列」にして ID を入力し直してください。",
    )


def unseen_in(text: str, *, seen: str = "") -> Text | None:
    """That a text holds what nobody sees, as a space without width; a plain space is seen, and so are those told."""
    if text.isprintable():
        return None
    plain = _PLAIN_SPACE + seen
    unseen = next((letter for letter in text if letter not in plain and category(letter) in _UNSEEN), None)
    if unseen is not None:
        return Text(
            f"The text holds a character that is not seen (U+{ord(unseen):04X}). "
            "Accepted: letters, digits, signs and plain spaces; type it anew.",
            f"目に見えない文字（U+{ord(unseen):04X}）が含まれています。入力し直してください。",
        )
    return None


def _no_name(text: str) -> Text | None:
    """Why a text cannot name a record: what is not seen in it would make two of one."""
    if unseen := unseen_in(text):
        return unseen
    if _SHORTENED.fullmatch(text):
        return Text(
            f"{text} is a long number as Excel shortens it; its digits are lost. "
            "Accepted: all digits; let the column be text in Excel and export it again.",
            f"{text} は Excel が短縮した長い数値で、桁が失われています。"
            "列の表示形式を「文字列」にして出力し直してください。",
        )
    return None


def without_result(formula: str) -> Text:
    """What is said of a formula that nobody calculated."""
    return Text(
        f"The cell holds the formula {formula} without its result. "
        "Accepted: workbooks saved by a spreadsheet program, or plain values.",
        f"計算結果のない数式 {formula} があります。値か、計算済みのブックにしてください。",
    )


def holds_error(error: str) -> Text:
    """What is said of a cell whose formula has no result but an error."""
    return Text(
        f"The cell holds the error {error}. Accepted: a value, or an empty cell.",
        f"エラー値 {error} があります。使えるのは値か空欄です。",
    )


def no_header(place: int) -> Text:
    """What is said of a row that holds something where the header has nothing."""
    return Text(
        f"Column {place} has no header, but this row holds something there. "
        "Accepted: a header above it, or an empty column.",
        f"{place} 列目には見出しがありませんが、この行に値があります。見出しを付けるか、空の列にしてください。",
    )
