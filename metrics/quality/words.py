"""Sentences that the declarations of checks share."""

from vocabulary.text import Text

A_RECORD = Text("one record", "活動記録1件")
A_HEADCOUNT = Text("one headcount of one department and census day", "部局・基準日ごとの人数1件")
AT_THE_SOURCE = Text(
    "Correct the record in the source system (or in the file downloaded here) and import it again: the same source and "
    "record id replace the earlier version.",
    "情報源のシステム（またはここでダウンロードしたファイル）で修正し、再度取り込む。"
    "情報源と記録IDが同じ記録は置き換わる。",
)
IMPORT_AGAIN = Text(
    "Correct the row and import it again: the same department, day, population and group replace it.",
    "行を修正して再度取り込む。部局・基準日・母集団・区分が同じ行は置き換わる。",
)


def at_the_source(en: str, ja: str) -> Text:
    """What to do, then where."""
    return Text(f"{en} {AT_THE_SOURCE.en}", f"{ja}{AT_THE_SOURCE.ja}")
