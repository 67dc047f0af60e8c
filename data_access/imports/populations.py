"""Populations: one row is one headcount of one department on one day, or its breakdown by country."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypedDict, cast

from sqlalchemy import Connection, select

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, Row, RowFinding
from data_access.imports.days import day
from data_access.imports.report import Finding
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import Population
from vocabulary.people import GROUPS, POPULATIONS
from vocabulary.text import Text

CENSUS = (5, 1)
ALL = "all"
COUNTED_OVER_THE_YEAR = "whole_year"  # not a part of those who are there on the day
FACULTY_CATEGORIES = ("foreign_national", "overseas_degree", "overseas_experience_1y", "overseas_experience_3y")


class PopulationValues(TypedDict):
    """One headcount, read."""

    department: str
    as_of: date
    population: str
    group: str
    country: str
    count: int


class _Whole(NamedTuple):
    """What is counted, where and when, whatever the group and country."""

    department: str
    as_of: date
    population: str


class _Count(NamedTuple):
    """One headcount and its row in the file, or no row where it is in the store already."""

    persons: int
    row: int | None


_Parts = dict[tuple[str, str], _Count]  # (group, country), the country empty where it is a total


def check_together(connection: Connection, rows: Sequence[Row]) -> Iterator[RowFinding]:
    """Parts are no more than their whole: countries, groups, and the disjoint categories of faculty."""
    in_file: dict[_Whole, _Parts] = defaultdict(dict)
    for row in rows:
        values = cast(PopulationValues, row.values)
        whole = _Whole(values["department"], values["as_of"], values["population"])
        in_file[whole][values["group"], values["country"]] = _Count(values["count"], row.number)
    in_store = _stored(connection, {whole.as_of for whole in in_file})
    for whole, parts in in_file.items():
        together = in_store.get(whole, {}) | parts
        yield from _countries(together)
        yield from _groups(together)
        if whole.population == "faculty":
            yield from _categories(together)
    yield from _other_days(in_file)


def _stored(connection: Connection, days: set[date]) -> dict[_Whole, _Parts]:
    columns = (Population.department, Population.as_of, Population.population)
    query = select(*columns, Population.group, Population.country, Population.count)
    found: dict[_Whole, _Parts] = defaultdict(dict)
    if days:
        query = query.where(Population.as_of.between(min(days), max(days)))
    for department, as_of, population, group, country, count in connection.execute(query):
        found[_Whole(department, as_of, population)][group, country] = _Count(count, None)
    return found


def _countries(parts: _Parts) -> Iterator[RowFinding]:
    by_country: dict[str, list[_Count]] = defaultdict(list)
    for (group, country), count in parts.items():
        if country:
            by_country[group].append(count)
    for group, counts in by_country.items():
        whole = parts.get((group, ""))
        named = [count.row for count in (*counts, *([whole] if whole else [])) if count.row]
        if whole is not None and named and sum(count.persons for count in counts) > whole.persons:
            yield _too_many(
                named[0],
                sum(count.persons for count in counts),
                Text(f"The sum of the rows of {group} with a country", f"国別の {group} の合計"),
                whole.persons,
                _without_country(whole),
            )


def _without_country(whole: _Count) -> Text:
    if whole.row:
        return Text(f"row {whole.row} says without a country", f"国のない {whole.row} 行目")
    return Text("the store says without a country", "登録済みの国のない行")


def _groups(parts: _Parts) -> Iterator[RowFinding]:
    for (group, country), count in parts.items():
        everybody = parts.get((ALL, country))
        if group in {ALL, COUNTED_OVER_THE_YEAR} or everybody is None:
            continue
        row = count.row or everybody.row  # of the file: what is stored already may be exceeded by lowering all
        if row is not None and count.persons > everybody.persons:
            stored = Text("" if count.row else " in the store", "" if count.row else "登録済みの")
            yield _too_many(
                row,
                count.persons,
                Text(f"The count of {group}{stored.en}", f"{stored.ja} {group} ".lstrip()),
                everybody.persons,
                _of_all(everybody),
            )


def _of_all(everybody: _Count) -> Text:
    if everybody.row:
        return Text(f"row {everybody.row} says of all", f"{everybody.row} 行目の all")
    return Text("the store says of all", "登録済みの all")


def _categories(parts: _Parts) -> Iterator[RowFinding]:
    """MEXT's four categories of faculty are disjoint: together they are no more than all."""
    everybody = parts.get((ALL, ""))
    found = {group: parts[group, ""] for group in FACULTY_CATEGORIES if (group, "") in parts}
    total = sum(count.persons for count in found.values())
    # One category that is too large by itself is told already.
    if everybody is None or total <= everybody.persons or any(c.persons > everybody.persons for c in found.values()):
        return
    named = Text(f"The sum of the disjoint categories {', '.join(found)}", f"重ならない区分 {'、'.join(found)} の合計")
    if last := max(count.row or 0 for count in found.values()) or everybody.row:
        yield _too_many(last, total, named, everybody.persons, _of_all(everybody))


def _too_many(row: int, count: int, part: Text, most: int, whole: Text) -> RowFinding:
    message = Text(
        f"{part.en} is {count:,}, more than the {most:,} that {whole.en}. Accepted: at most {most:,}.",
        f"{part.ja}が {count:,} で、{whole.ja}の {most:,} を超えています。{most:,} 以下にしてください。",
    )
    return RowFinding(row, Finding("count", str(count), message))


def _other_days(in_file: dict[_Whole, _Parts]) -> Iterator[RowFinding]:
    """One notice for the file: stock figures are read on the census day only."""
    rows = {
        count.row: whole.as_of
        for whole, parts in in_file.items()
        if (whole.as_of.month, whole.as_of.day) != CENSUS
        for (group, _), count in parts.items()
        if group != COUNTED_OVER_THE_YEAR
    }
    if rows:
        first = min(row for row in rows if row is not None)
        message = Text(
            f"{len(rows):,} rows count on another day than 1 May, the census day: they enter no stock figure.",
            f"基準日が 5 月 1 日でない行が {len(rows):,} 行あり、在籍数の指標には使われません。",
        )
        yield RowFinding(first, Finding("as_of", rows[first].isoformat(), message, "notice"))


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(connection, Population, [(row.number, row.values) for row in rows], import_id)


_DEPARTMENT = Text("the code of a department, or * for the university", "部局コード、または *（大学全体）")
HEADCOUNTS = Kind(
    key="populations",
    name=Text("populations", "人数"),
    identity=("department", "as_of", "population", "group", "country"),
    columns=(
        Column(name="department", name_ja="部局", required=True, read=cells.department, accepted=_DEPARTMENT),
        Column(
            name="as_of",
            name_ja="基準日",
            required=True,
            read=day,
            accepted=Text(
                "a date as 2025-05-01 or 2025/5/1, or an Excel date", "2025-05-01 か 2025/5/1 の形の日付か Excel の日付"
            ),
        ),
        Column(
            name="population",
            name_ja="母集団",
            required=True,
            read=cells.one_of(POPULATIONS, Text("a population", "母集団のコード")),
            accepted=Text(", ".join(POPULATIONS), "、".join(POPULATIONS)),
        ),
        Column(
            name="group",
            name_ja="区分",
            required=True,
            read=cells.one_of(GROUPS, Text("a group", "区分のコード")),
            accepted=Text(", ".join(GROUPS), "、".join(GROUPS)),
        ),
        Column(
            name="count",
            name_ja="人数",
            required=True,
            read=cells.whole_number(0, cells.MOST_PERSONS),
            accepted=Text("a whole number, 0 or more", "0 以上の整数"),
        ),
        Column(
            name="country",
            name_ja="国",
            read=cells.country,
            accepted=Text(
                "an ISO 3166 alpha-2 code, as DE, or nothing", "ISO 3166 の 2 文字国コード（例 DE）、または空欄"
            ),
        ),
    ),
    check_together=check_together,
    store=store,
)
