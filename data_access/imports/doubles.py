"""Publications that stand in two sources: whoever imports the second one is told how many, and nothing is merged."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from data_access.imports.columns import Row, RowFinding
from data_access.imports.report import Finding
from data_access.tables import Activity
from vocabulary.text import Text

DOI = "https://doi.org/"
_AT_ONCE = 500


def same_doi_elsewhere(connection: Connection, rows: Sequence[Row]) -> Iterator[RowFinding]:
    """One notice where rows have the DOI of records that another source delivered: both count."""
    by_doi = {str(row.values["url"]).lower(): row for row in rows if str(row.values["url"]).lower().startswith(DOI)}
    written, doubles, first = list(by_doi), Counter[str](), None
    address = func.lower(Activity.url)
    for start in range(0, len(written), _AT_ONCE):
        query = select(address, Activity.source).where(address.in_(written[start : start + _AT_ONCE]))
        for doi, source in connection.execute(query):
            if source != by_doi[doi].values["source"]:
                doubles[source] += 1
                first = first or by_doi[doi]
    if first is not None:
        where = ", ".join(f"{source} ({number:,})" for source, number in doubles.most_common())
        message = _TWICE.filled(number=f"{doubles.total():,}", where=where)
        yield RowFinding(first.number, Finding("url", str(first.values["url"]), message, "notice"))


_TWICE = Text(
    "Publications with the DOI of one that another source delivered: {number}, {where}. Both are stored and both "
    "count; the page on quality lists them.",
    "他の情報源と同じ DOI の論文が {number} 件あります（{where}）。どちらも登録され、どちらも数えられます。"
    "データの品質のページに一覧があります。",
)
