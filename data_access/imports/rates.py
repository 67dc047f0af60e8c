"""Rates: one row is the value in yen of one unit of a currency in one fiscal year."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, RefusalError, Row, Values
from data_access.imports.known import Known
from data_access.imports.report import Finding
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import Rate
from vocabulary.text import Text

MOST_YEN = 1_000_000  # an ounce of gold, the dearest unit of ISO 4217, is well below


def yen(text: str, _known: Known) -> float:
    found = cells.number_in(text)
    if found <= 0:
        raise RefusalError(f"{text} is not above 0.", f"{text} は 0 より大きくありません。")
    if found > MOST_YEN:
        raise RefusalError(f"{text} is more than {MOST_YEN:,}.", f"{text} は {MOST_YEN:,} を超えています。")
    return found


def check_row(values: Values, _known: Known) -> Iterator[Finding]:
    if values["currency"] == "JPY" and values["jpy"] != 1:
        message = Text(
            "A yen is one yen. Accepted: 1, or no row for JPY.", "円は 1 円です。1 とするか、行を削除してください。"
        )
        yield Finding("jpy", str(values["jpy"]), message)


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(connection, Rate, [(row.number, row.values) for row in rows], import_id)


RATES = Kind(
    key="rates",
    name=Text("rates", "換算レート"),
    identity=("currency", "fiscal_year"),
    columns=(
        Column(
            name="currency",
            name_ja="通貨",
            required=True,
            read=cells.currency,
            accepted=Text("an ISO 4217 code, as USD", "ISO 4217 の通貨コード（例 USD）"),
        ),
        Column(
            name="fiscal_year",
            name_ja="年度",
            required=True,
            read=cells.fiscal_year,
            accepted=Text("the year in which it begins, as 2025", "年度の西暦（例 2025）"),
        ),
        Column(
            name="jpy",
            name_ja="円換算",
            required=True,
            read=yen,
            accepted=Text(
                f"yen for one unit of the currency, above 0 and up to {MOST_YEN:,}, as 150.5",
                f"1 通貨単位あたりの円（0 より大きく {MOST_YEN:,} 以下、例 150.5）",
            ),
        ),
    ),
    check_row=check_row,
    store=store,
)
