"""Country matrix: one row is the international papers that two countries share, that one has, or that the world has."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from sqlalchemy import Connection, select

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, RefusalError, Row, RowFinding, Values
from data_access.imports.days import EARLIEST_YEAR
from data_access.imports.known import Known
from data_access.imports.report import MOST_NAMED, Finding
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import JointPapers
from vocabulary.text import Text

MOST_PAPERS = 1_000_000_000
LAST_YEAR = 2200
_PERIOD = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)


class _Papers(NamedTuple):
    """A number of papers and its row in the file, or no row where it is in the store already."""

    number: int
    row: int | None


_Pair = tuple[str, str]  # two countries in the order of their codes; a country and nothing; nothing twice: the world
_Matrix = dict[_Pair, _Papers]


def period(text: str, _known: Known) -> str:
    """`2025`, or `2021-2025` from the first year to the last; years as the source counts them."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        plain = re.sub(r"\s*[-–—~〜/]\s*", "-", normalize("NFKC", text)).replace("年", "").replace("FY", "").strip()
        write = Text(f" Write {plain}.", f"{plain} と書いてください。") if _PERIOD.fullmatch(plain) else Text("", "")
        raise RefusalError(f'"{text}" is not a period.{write.en}', f"「{text}」は期間ではありません。{write.ja}")
    first, last = int(found[1]), int(found[2] or found[1])
    if not EARLIEST_YEAR < first <= last < LAST_YEAR:
        raise RefusalError(
            f'"{text}" does not run from an earlier year to a later one.',
            f"「{text}」は始めの年から終わりの年になっていません。",
        )
    return f"{first}-{last}" if last > first else str(first)


def check_row(values: Values, _known: Known) -> Iterator[Finding]:
    """Puts the two countries of a pair in the order of their codes, so that each pair has one row."""
    a, b = str(values["country_a"]), str(values["country_b"])
    if b and not a:
        message = Text(
            f"{b} stands in country_b alone. Accepted: a country's own papers in country_a, country_b empty.",
            f"{b} が国2 だけにあります。1 か国の論文数は国1 に書き、国2 を空欄にしてください。",
        )
        yield Finding("country_a", "", message)
    elif a and a == b:
        message = Text(
            f"{a} stands on both sides. Accepted: two countries, or country_b empty for the papers of one.",
            f"国1 と国2 がどちらも {a} です。1 か国の論文数は国2 を空欄にしてください。",
        )
        yield Finding("country_b", b, message)
    elif b:
        values["country_a"], values["country_b"] = sorted((a, b))


def check_together(connection: Connection, rows: Sequence[Row]) -> Iterator[RowFinding]:
    """No two countries share more papers than either has, and none has more than the world."""
    in_file: dict[tuple[str, str], _Matrix] = defaultdict(dict)
    for number, values in rows:
        pair = str(values["country_a"]), str(values["country_b"])
        in_file[str(values["source"]), str(values["period"])][pair] = _Papers(_whole(values["papers"]), number)
    missing: set[str] = set()
    for matrix, papers in in_file.items():
        together = _stored(connection, *matrix) | papers
        for (a, b), here in together.items():
            wholes = [(a, ""), (b, "")] if b else [("", "")] if a else []
            missing |= {country for country, _ in wholes if country and (country, "") not in together}
            yield from (
                _too_many(here, a, b, whole, together[whole]) for whole in wholes if _over(here, together, whole)
            )
    if missing and rows:
        yield RowFinding(rows[0].number, Finding("country_a", "", _without_total(sorted(missing)), "notice"))


def _over(here: _Papers, together: _Matrix, whole: _Pair) -> bool:
    """Whether papers are more than the whole that they are a part of, and a row of the file is to blame."""
    there = together.get(whole)
    return there is not None and here.number > there.number and bool(here.row or there.row)


def _too_many(here: _Papers, a: str, b: str, whole: _Pair, there: _Papers) -> RowFinding:
    part = Text(f"{a} and {b} share", f"{a} と {b} の共著") if b else Text(f"{a} has", f"{a} の論文")
    of = Text(f"{whole[0]} has", f"{whole[0]} の論文数") if whole[0] else Text("the world has", "世界全体の論文数")
    where = Text(f"row {there.row}", f"{there.row} 行目") if there.row else Text("the store", "登録済み")
    message = Text(
        f"{part.en} {here.number:,} papers, more than the {there.number:,} that {of.en} ({where.en}). "
        f"Accepted: at most {there.number:,}.",
        f"{part.ja} {here.number:,} 本が、{of.ja} {there.number:,} 本（{where.ja}）を超えています。"
        f"{there.number:,} 以下にしてください。",
    )
    return RowFinding(here.row or there.row or 0, Finding("papers", str(here.number), message))


def _without_total(countries: Sequence[str]) -> Text:
    named = ", ".join(countries[:MOST_NAMED]) + (", …" if len(countries) > MOST_NAMED else "")
    return Text(
        f"{len(countries)} countries have pairs but no row of their own (country_b empty): {named}. What their papers "
        "are compared with is not known.",
        f"{len(countries)} か国・地域は、国2 が空欄の行（その国の論文数）がありません：{named}。"
        "比較の基準がないため指標は計算されません。",
    )


def _stored(connection: Connection, source: str, period: str) -> _Matrix:
    columns = (JointPapers.country_a, JointPapers.country_b, JointPapers.papers)
    query = select(*columns).where(JointPapers.source == source, JointPapers.period == period)
    return {(a, b): _Papers(number, None) for a, b, number in connection.execute(query)}


def _whole(value: object) -> int:
    return int(str(value))


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(connection, JointPapers, [(row.number, row.values) for row in rows], import_id)


_COUNTRY = Text("an ISO 3166 alpha-2 code, as DE, or nothing", "ISO 3166 の 2 文字国コード（例 DE）、または空欄")
COUNTRY_MATRIX = Kind(
    key="country_matrix",
    name=Text("country matrix", "国際共著行列"),
    identity=("source", "period", "country_a", "country_b"),
    columns=(
        Column(name="country_a", name_ja="国1", read=cells.country, accepted=_COUNTRY),
        Column(name="country_b", name_ja="国2", read=cells.country, accepted=_COUNTRY),
        Column(
            name="period",
            name_ja="期間",
            required=True,
            read=period,
            accepted=Text("a year as 2025, or years as 2021-2025", "年（例 2025）か、期間（例 2021-2025）"),
        ),
        Column(
            name="papers",
            name_ja="論文数",
            required=True,
            read=cells.whole_number(0, MOST_PAPERS),
            accepted=Text(
                "a whole number, 0 or more: international papers of the two countries together; of country_a where "
                "country_b is empty; of the world where both are",
                "0 以上の整数。2 か国の国際共著論文数。国2 が空欄なら国1 の、両方空欄なら世界全体の国際共著論文数",
            ),
        ),
        Column(
            name="source",
            name_ja="出典",
            required=True,
            read=cells.text_up_to(200),
            accepted=Text("a text of at most 200 letters: who counted what", "200 文字以内の文字列（集計者と対象）"),
        ),
    ),
    check_row=check_row,
    check_together=check_together,
    store=store,
)
