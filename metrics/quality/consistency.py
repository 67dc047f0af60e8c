"""What does not fit together in a record: shares, days, the life of its department, amounts, people on one day."""

import numpy as np
import pandas as pd

from metrics.codes import IN_FORCE, TYPE_CODES
from metrics.links import Floats
from metrics.quality.check import Check
from metrics.quality.holdings import Holdings, day, number
from metrics.quality.touching import by_activities, by_departments, by_money, by_persons
from metrics.quality.words import A_RECORD, at_the_source
from vocabulary.text import Text

TOLERANCE = 0.001
"""Shares may be off by so much: a third is written as 0.333."""
FLOATING = 1e-9
YEARS_IN_FORCE = 30
MOST_ON_ONE_DAY = 5
"""Activities that one person may begin on one day."""
FEWEST_AMOUNTS = 20
LIMIT = 3.5  # of the modified z-score, as for headcounts
USUAL = 0.6745
THOUSAND = 3.0  # powers of ten


def find_shares(holdings: Holdings) -> pd.DataFrame:
    """Records whose departments' shares do not add up to 1 within 0.001."""
    links, shares = holdings.ledger.departments, holdings.ledger.shares.whole
    running = np.concatenate([[0.0], np.cumsum(shares)])
    total = np.diff(running[links.starts.whole])
    found = np.flatnonzero((np.abs(total - 1) > TOLERANCE + FLOATING) & (links.counts > 0))
    return holdings.of_records(found, [f"{one:.4g}" for one in total[found]])


def find_end_before_start(holdings: Holdings) -> pd.DataFrame:
    """Records that end before they begin: what is in force counts on no day."""
    written = holdings.activities
    found = np.flatnonzero((written["end_date"] < written["start_date"]).to_numpy())
    rows = written.iloc[found]
    return holdings.of_records(found, day(rows["end_date"]), day(rows["start_date"]))


def find_outside_life(holdings: Holdings) -> pd.DataFrame:
    """Records that begin before a department of theirs opened, or after it closed; one row a record."""
    ledger, written = holdings.ledger, holdings.activities
    lives = holdings.ledger.written["departments"].set_index("code").reindex(ledger.units)
    row, unit = ledger.departments.pairs
    start = written["start_date"].to_numpy()[row]
    early, late = start < lives["opened"].to_numpy()[unit], start > lives["closed"].to_numpy()[unit]
    at, first = np.unique(row[early | late], return_index=True)
    whose = unit[early | late][first]
    codes = np.array(ledger.units, dtype=object)[whose]
    bound = np.where(early[early | late][first], lives["opened"].to_numpy()[whose], lives["closed"].to_numpy()[whose])
    return holdings.of_records(at, day(written["start_date"].iloc[at]), codes + " " + np.array(day(pd.Series(bound))))


def find_long_in_force(holdings: Holdings) -> pd.DataFrame:
    """What is in force for more than 30 years, to its end or, without one, to the newest import."""
    written, stock = holdings.activities, IN_FORCE[holdings.ledger.kind.whole]
    end = written["end_date"].fillna(holdings.today)
    found = np.flatnonzero(stock & (end > written["start_date"] + pd.DateOffset(years=YEARS_IN_FORCE)).to_numpy())
    rows = written.iloc[found]
    return holdings.of_records(found, day(rows["start_date"]), [one or "…" for one in day(rows["end_date"])])


def find_in_the_future(holdings: Holdings) -> pd.DataFrame:
    """Records that begin after the newest import: nobody knows yet whether they will."""
    start = holdings.activities["start_date"]
    found = np.flatnonzero((start > holdings.today).to_numpy())
    return holdings.of_records(found, day(start.iloc[found]), [f"{holdings.today:%Y-%m-%d}"] * len(found))


def find_crowded_days(holdings: Holdings) -> pd.DataFrame:
    """Records of a person id that begins more than five activities on one day; one row a record."""
    row, person = holdings.ledger.people.pairs
    days = holdings.activities["start_date"].to_numpy().astype("datetime64[D]").astype(np.int64)[row]
    pair = (person << 32) + (days - days.min() if len(days) else days)
    _, place, times = np.unique(pair, return_inverse=True, return_counts=True)
    crowded = times[place] > MOST_ON_ONE_DAY
    most = pd.Series(times[place][crowded]).groupby(row[crowded]).max()
    return holdings.of_records(most.index.to_numpy(dtype=np.int64), most.to_list())


def find_amounts(holdings: Holdings) -> pd.DataFrame:
    """Amounts that look like yen written as thousands of yen, or thousands as yen.

    Of the amounts of one type (in yen, at least 20 of them) those with a modified z-score above 3.5 on the scale of
    powers of ten that come to within it when multiplied, or divided, by 1,000.
    """
    yen, kind = holdings.ledger.yen.whole, holdings.ledger.kind.whole
    counted = yen > 0
    size = np.log10(np.where(counted, yen, 1.0))
    found, usual = [], np.ones(len(yen))
    for of_type in range(len(TYPE_CODES)):
        mine = np.flatnonzero(counted & (kind == of_type))
        if len(mine) >= FEWEST_AMOUNTS:
            middle = float(np.median(size[mine]))
            score = _scores(size[mine], middle)
            shifted = size[mine] - THOUSAND * np.sign(size[mine] - middle)
            found.append(mine[(score > LIMIT) & (_scores(shifted, middle, size[mine]) <= LIMIT)])
            usual[mine] = 10**middle
    at = np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    return holdings.of_records(at, number(yen[at]), number(usual[at]))


def _scores(sizes: Floats, middle: float, of: Floats | None = None) -> Floats:
    """Modified z-scores of sizes about the middle; the spread is that of `of`, where it is another."""
    spread = float(np.median(np.abs((sizes if of is None else of) - middle)))
    return USUAL * np.abs(sizes - middle) / max(spread, 1e-6)


CHECKS = (
    Check(
        key="shares",
        family="consistency",
        severity="wrong",
        owner="department",
        name=Text("Shares that do not add up", "割合の合計が1でない"),
        rule=Text(
            "Records whose departments' shares do not add up to 1 within 0.001.",
            "部局の割合の合計が1にならない記録（許容差0.001）。",
        ),
        row=A_RECORD,
        told=Text("The shares add up to {value}.", "割合の合計が{value}。"),
        mend=at_the_source("Write shares that add up to 1.", "合計が1になるよう割合を改める。"),
        touches=by_departments,
        find=find_shares,
    ),
    Check(
        key="end_before_start",
        family="consistency",
        severity="wrong",
        owner="department",
        name=Text("End before start", "終了日が開始日より前"),
        rule=Text(
            "Records that end before they begin. What is in force then counts on no day.",
            "終了日が開始日より前の記録。継続中の活動としてはどの日にも数えない。",
        ),
        row=A_RECORD,
        told=Text("Ends {value}, begins {beside}.", "終了{value}、開始{beside}。"),
        mend=at_the_source("Correct the days.", "日付を改める。"),
        touches=by_activities,
        find=find_end_before_start,
    ),
    Check(
        key="amounts",
        family="consistency",
        severity="doubtful",
        owner="department",
        name=Text("Amount off by a thousand", "金額の千倍の違い"),
        rule=Text(
            "Amounts that would be usual for their type if multiplied or divided by 1,000 (yen and thousand yen mixed "
            "up): the modified z-score of log10 is above 3.5 as written, and not above it then. 20 amounts of the type "
            "at least.",
            "1,000倍または1,000分の1にすると同種の金額の通常の範囲に入るもの（円と千円の取り違え）。"
            "log10の修正zスコアが3.5を超え、換算後は超えないもの。同種の金額が20件以上ある場合に調べる。",
        ),
        row=A_RECORD,
        told=Text("¥{value}; usual for the type is ¥{beside}.", "{value}円（同種の中央値は{beside}円）。"),
        mend=at_the_source("Write the amount in units of the currency.", "金額を円（通貨の単位）で記入する。"),
        touches=by_money,
        find=find_amounts,
    ),
    Check(
        key="crowded_days",
        family="consistency",
        severity="doubtful",
        owner="department",
        name=Text("Too much on one day", "同じ日の活動が多すぎる参加者"),
        rule=Text(
            "Records of a person id that begins more than five activities on one day: an id that stands for many, or a "
            "day that stands for any.",
            "同じ参加者IDが同じ日に6件以上の活動を開始している記録。複数人で共用のIDや仮の日付の疑いがある。",
        ),
        row=A_RECORD,
        told=Text(
            "Somebody in it begins {value} activities on that day.",
            "参加者の一人が同じ日に{value}件の活動を開始している。",
        ),
        mend=at_the_source("Write the ids of the persons, and the day itself.", "本人のIDと実際の開始日を記入する。"),
        touches=by_persons,
        find=find_crowded_days,
    ),
    Check(
        key="outside_life",
        family="consistency",
        severity="doubtful",
        owner="department",
        name=Text("Before its department opened, or after it closed", "部局の設置前・廃止後の記録"),
        rule=Text(
            "Records that begin when a department of theirs did not exist. They count there all the same.",
            "開始日に部局が存在しない記録。そのままその部局に数えている。",
        ),
        row=A_RECORD,
        told=Text("Begins {value}; opened or closed: {beside}.", "開始{value}（設置・廃止：{beside}）。"),
        mend=at_the_source(
            "Name the department of that time, or correct the day.", "当時の部局を記入するか、日付を改める。"
        ),
        touches=by_activities,
        find=find_outside_life,
    ),
    Check(
        key="long_in_force",
        family="consistency",
        severity="doubtful",
        owner="department",
        name=Text("In force for over 30 years", "30年を超えて継続中"),
        rule=Text(
            "Agreements, programmes, laboratories and seats that last over 30 years: perhaps nobody wrote their end.",
            "期間が30年を超える協定・課程・ラボ・委員等。終了日が記入されていない疑いがある。",
        ),
        row=A_RECORD,
        told=Text("From {value} to {beside}.", "{value}から{beside}まで。"),
        mend=at_the_source("Add the last day, if it is over.", "終了していれば終了日を追記する。"),
        touches=by_activities,
        find=find_long_in_force,
    ),
    Check(
        key="in_the_future",
        family="consistency",
        severity="doubtful",
        owner="department",
        name=Text("Begins in the future", "開始日が未来"),
        rule=Text("Records that begin after the day of the newest import.", "最新の取り込みの日より後に開始する記録。"),
        row=A_RECORD,
        told=Text("Begins {value}, after {beside}.", "開始{value}は{beside}より後。"),
        mend=at_the_source("Correct the year, or wait until it has begun.", "年を改めるか、開始後に登録する。"),
        touches=by_activities,
        find=find_in_the_future,
    ),
)
