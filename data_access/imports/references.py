"""References: one row is what a published table counts in one stratum, for others to be compared with."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, Row, Values
from data_access.imports.known import Known
from data_access.imports.report import Finding
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import ReferenceRate
from vocabulary.strata import NAMES, OPEN, SEVERAL, STRATA
from vocabulary.text import Text

MOST = 1e12
DIMENSIONS: dict[str, Text] = {code: NAMES[code] for code in STRATA}


def check_row(values: Values, known: Known) -> Iterator[Finding]:
    """The stratum is one of its dimension; a share counts some of those at risk, of whom there are some."""
    dimension, stratum = str(values["dimension"]), str(values["stratum"])
    yield from _not_of(dimension, stratum)
    counted, at_risk = float(str(values["numerator"])), float(str(values["denominator"]))
    if at_risk == 0:
        message = Text(
            "Nobody is at risk, so there is no rate. Accepted: a number above 0, or no row for the stratum.",
            "分母が 0 のため割合になりません。0 より大きい数にするか、この区分の行を削除してください。",
        )
        yield Finding("denominator", f"{at_risk:g}", message)
    elif known.indicators[str(values["indicator"])] and counted > at_risk:
        message = Text(
            f"{counted:g} are more than the {at_risk:g} of which they are a share. Accepted: at most {at_risk:g}.",
            f"{counted:g} が分母 {at_risk:g} を超えています。{at_risk:g} 以下にしてください。",
        )
        yield Finding("numerator", f"{counted:g}", message)


def _not_of(dimension: str, stratum: str) -> Iterator[Finding]:
    """That a stratum is none of its dimension; departments' fields and kinds are whatever the register says."""
    strata = {code: name for one, names in STRATA.items() if one == dimension for code, name in names.items()}
    if stratum in strata or stratum == SEVERAL or dimension in OPEN:
        return
    thing = Text(f"a stratum of {dimension}", f" {dimension} の区分")
    accepted = Text(", ".join([*strata, SEVERAL]), "、".join([*strata, SEVERAL]))
    wrong = cells.no_such(stratum, thing, strata).message
    message = Text(f"{wrong.en} Accepted: {accepted.en}.", f"{wrong.ja}使えるのは {accepted.ja} です。")
    yield Finding("stratum", stratum, message)


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(connection, ReferenceRate, [(row.number, row.values) for row in rows], import_id)


REFERENCES = Kind(
    key="references",
    name=Text("references", "参照値"),
    identity=("source", "indicator", "dimension", "stratum", "fiscal_year"),
    columns=(
        Column(
            name="indicator",
            name_ja="指標",
            required=True,
            read=cells.indicator,
            accepted=Text("a key of the catalogue of indicators", "指標カタログのキー"),
        ),
        Column(
            name="dimension",
            name_ja="区分軸",
            required=True,
            read=cells.one_of(DIMENSIONS, Text("a dimension", "区分軸")),
            accepted=Text(", ".join(DIMENSIONS), "、".join(DIMENSIONS)),
        ),
        Column(
            name="stratum",
            name_ja="区分",
            required=True,
            read=cells.text_up_to(100),
            accepted=Text(
                "a code of the dimension, as master for level, science for field, company for partner",
                "区分軸のコード（例 level なら master、field なら science、partner なら company）",
            ),
        ),
        Column(
            name="fiscal_year",
            name_ja="年度",
            required=True,
            read=cells.fiscal_year,
            accepted=Text("the year in which it begins, as 2024", "年度の西暦（例 2024）"),
        ),
        Column(
            name="numerator",
            name_ja="分子",
            required=True,
            read=cells.number_between(0, MOST),
            accepted=Text("a number, 0 or more: how many were counted", "0 以上の数（数えられた人数・件数）"),
        ),
        Column(
            name="denominator",
            name_ja="分母",
            required=True,
            read=cells.number_between(0, MOST),
            accepted=Text("a number above 0: of how many", "0 より大きい数（全体の人数・件数）"),
        ),
        Column(
            name="source",
            name_ja="出典",
            required=True,
            read=cells.text_up_to(200),
            accepted=Text(
                "a text of at most 200 letters: who published it where", "200 文字以内の文字列（公表者と資料名）"
            ),
        ),
    ),
    check_row=check_row,
    store=store,
)
