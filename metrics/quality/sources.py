"""Sources that are silent for longer than their rhythm lets one expect."""

import numpy as np
import pandas as pd

from metrics.ledger import UNIVERSITY
from metrics.quality.check import Check
from metrics.quality.holdings import HEADCOUNTS, Holdings
from metrics.quality.touching import by_anything
from vocabulary.calendar import fiscal_year
from vocabulary.text import Text

ROUND = 12  # months between deliveries, of a source of which fewer than three are known
GRACE = 3  # months
CENSUS_MONTH = 5


def find_stale(holdings: Holdings) -> pd.DataFrame:
    """Sources whose newest record is older than their own rhythm explains, and a census day without headcounts.

    A source is waited for: its round (the median of the months between its deliveries; a year where fewer than three
    are known) + the longest it was usually without a record (95th percentile of the months between records, at
    least 1) + 3 months. Months are counted to the newest import.
    """
    rows = [_of_source(holdings, place) for place in range(len(holdings.sources))]
    rows.append(_of_census(holdings))
    late = [row for row in rows if row is not None]
    unit = np.full(len(late), holdings.ledger.unit_position[UNIVERSITY])
    years = np.array([year for year, *_ in late], dtype=np.int64)
    source, value, beside = ([str(row[place]) for row in late] for place in (1, 2, 3))
    return holdings.of_units(unit, years, source, "", value, beside)


def _of_source(holdings: Holdings, place: int) -> tuple[int, str, str, str] | None:
    """Fiscal year of the silence, source, day of its newest record, months waited for; None where it is in time."""
    mine = holdings.activities[holdings.source == place]
    days = mine["start_date"].to_numpy().astype("datetime64[M]")
    months = np.unique(days[days <= np.datetime64(holdings.today, "M")]).astype(np.int64)
    if not len(months):
        return None
    waited = round_of(holdings, mine) + _usual_gap(months) + GRACE
    silent = int(np.datetime64(holdings.today, "M").astype(np.int64)) - int(months[-1])
    if silent <= waited:
        return None
    newest = mine.loc[mine["start_date"] <= holdings.today, "start_date"].max()
    return fiscal_year(newest.date()) + 1, holdings.sources[place], f"{newest:%Y-%m-%d}", str(waited)


def round_of(holdings: Holdings, records: pd.DataFrame) -> int:
    """The usual number of months between deliveries of a source, from the imports that its records came with."""
    imports = holdings.ledger.written["imports"]
    days = imports.loc[imports["import_id"].isin(records["import_id"].unique()), "imported_at"]
    delivered = np.unique(days.to_numpy().astype("datetime64[M]")).astype(np.int64)
    return max(round(float(np.median(np.diff(delivered)))), 1) if len(delivered) > 2 else ROUND


def _usual_gap(months: np.ndarray) -> int:
    return max(int(np.ceil(np.quantile(np.diff(months), 0.95))), 1) if len(months) > 1 else ROUND


def _of_census(holdings: Holdings) -> tuple[int, str, str, str] | None:
    """The latest census day that is over by three months and that nobody has delivered a headcount for."""
    rows = holdings.ledger.headcounts.rows
    if rows.empty:
        return None
    newest = rows["as_of"].max()
    expected = pd.Timestamp(holdings.today.year, CENSUS_MONTH, 1)
    if holdings.today < expected + pd.DateOffset(months=GRACE):
        expected -= pd.DateOffset(years=1)
    if newest >= expected:
        return None
    return fiscal_year(newest.date()) + 1, HEADCOUNTS, f"{newest:%Y-%m-%d}", str(ROUND + GRACE)


CHECKS = (
    Check(
        key="stale_source",
        family="sources",
        severity="missing",
        owner="office",
        name=Text("Source silent for too long", "更新の途絶えた情報源"),
        rule=Text(
            "Sources whose newest record is older, in months, than: their round (the median between deliveries; 12 "
            "where fewer than three are known) + their usual pause (95th percentile of the months between records, at "
            "least 1) + 3. Headcounts are expected within 3 months of each 1 May. Counted to the day of the newest "
            "import.",
            "最新の記録が、提出間隔（中央値。3回未満なら12か月）＋通常の空白（記録のある月の間隔の95パーセンタイル、"
            "最低1か月）＋3か月より古い情報源。人数は毎年5月1日から3か月以内。最新の取り込みの日までの月数で数える。",
        ),
        row=Text("one source", "情報源1つ"),
        told=Text("Newest: {value}. Expected within {beside} months.", "最新は{value}（見込みは{beside}か月以内）。"),
        mend=Text(
            "Ask whoever keeps the source for its export, and import it; if it was given up, nothing is to be done.",
            "情報源の担当者に出力を依頼して取り込む。廃止された情報源であれば対応は不要。",
        ),
        touches=by_anything,
        find=find_stale,
    ),
)
