"""Who delivered what and when: records by source and by department over the fiscal years, with the silent ones."""

import pandas as pd
import streamlit as st

from metrics.quality.holdings import HEADCOUNTS
from metrics.quality.listed import counted
from metrics.quality.summary import by_department, by_source
from pages.parts import data
from pages.parts.language import current_language, literal, say
from pages.parts.quality.asked import ALL_SOURCES, Asked, source_name
from pages.parts.tables import Column, Columns, downloads, file_name, table
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

TITLE = Text("Who delivered what, and when", "提出状況")
RULE = Text(
    "Records by the fiscal year in which they begin; headcounts by census day, in rows. Shown: {source}.",
    "記録は開始日の年度別の件数、人数は基準日別の行数（{source}）。",
)
BY_SOURCE, BY_DEPARTMENT = Text("By source", "情報源別"), Text("By department", "部局別")
SILENT = Text("{year}: {n} of about {expected} ({source})", "{year}：{n}件（見込み約{expected}件、{source}）")
MISSING = Text("{year}: {what}", "{year}：{what}")
LATE: Columns = {
    "silent": Column(name=Text("Fewer records than expected", "記録が見込みを下回る年度"), width=200),
    "not_delivered": Column(name=Text("Headcounts not delivered", "人数の未提出"), width=200),
}
ALT_SOURCES = Text("Records by source and fiscal year", "情報源・年度別の記録数")
ALT_DEPARTMENTS = Text("Records by department and fiscal year", "部局・年度別の記録数")


def coverage_tables(asked: Asked) -> None:
    """Both tables; by department only where there is more than one."""
    held, units = asked.seen.holdings, asked.seen.units
    source = say(source_name(asked.source) if asked.source else ALL_SOURCES)
    st.subheader(say(TITLE), anchor=False)
    st.caption(literal(say(RULE.filled(source=source))))
    sources = by_source(held, units)
    if asked.source:
        sources = sources[sources["source"] == asked.source]
    sources = sources.assign(name=[say(source_name(code)) for code in sources["source"]])
    _table(asked, sources, Text("Source", "情報源"), ALT_SOURCES, "sources")
    departments = by_department(held, units, asked.source)
    if asked.source != HEADCOUNTS and len(departments) > 1:
        names = data.department_names()
        departments = departments.assign(
            name=[say(names[code]) for code in departments["department"]],
            silent=["; ".join(_silent(asked, one) for one in found) for found in departments["silent"]],
            not_delivered=["; ".join(map(_missing, found)) for found in departments["not_delivered"]],
        )
        _table(asked, departments, Text("Department", "部局"), ALT_DEPARTMENTS, "departments", silent=True)


def _table(asked: Asked, rows: pd.DataFrame, first: Text, alt: Text, name: str, *, silent: bool = False) -> None:
    years = [str(year) for year in asked.seen.holdings.ledger.fiscal_years]
    columns: Columns = {
        "name": Column(name=first, width=(210, 170)),
        "trend": Column(name=Text("Trend", "推移"), kind="trend", width=90),
        **(LATE if silent else {}),
        **{year: Column(name=fiscal_year_name(int(year)), kind="count", width=78) for year in reversed(years)},
    }
    rows = rows.assign(trend=pd.Series(rows[years].to_numpy().tolist(), index=rows.index, dtype=object))
    table(rows, columns, alt=alt)
    downloads(rows, columns, file_name(f"coverage-{name}", asked.department), {Text("Source", "情報源"): asked.source})


def _silent(asked: Asked, found: tuple[int, int, int, float]) -> str:
    year, source, n, expected = found
    name = source_name(asked.seen.holdings.sources[source])
    return say(SILENT.filled(year=fiscal_year_name(year), n=n, expected=f"{expected:,.0f}", source=name))


def _missing(found: tuple[int, str]) -> str:
    year, subject = found
    return say(MISSING.filled(year=fiscal_year_name(year), what=counted(subject, current_language())))
