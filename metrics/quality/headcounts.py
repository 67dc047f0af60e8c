"""What is wrong in headcounts: jumps, parts above their whole, parents that differ, groups without all and back."""

import numpy as np
import pandas as pd

from metrics.headcounts import WHOLE_YEAR
from metrics.links import Floats
from metrics.quality.check import Check
from metrics.quality.headcount_cube import ALL, KEYS, Cube, not_delivered
from metrics.quality.holdings import Holdings
from metrics.quality.touching import by_headcounts
from metrics.quality.words import A_HEADCOUNT, IMPORT_AGAIN
from vocabulary.people import DISJOINT_GROUPS
from vocabulary.text import Text

LEAST = 20
"""A headcount below this, in both years, may do as it likes."""
CHANGES = 4
"""So many other changes of its own it takes to know how a headcount usually changes."""
LIMIT = 3.5
"""Of the modified z-score, as published (Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers, p. 12)."""
TIMES = 1.3
"""And a jump takes at least so many times as many, or as few: a tenth more of many thousands is no slip."""
USUAL = 0.6745  # of the normal distribution: the median of |z|


def find_jumps(holdings: Holdings) -> pd.DataFrame:
    """Headcounts that changed from one census day to the next as they never do.

    r = ln((n + 1/2) / (n' + 1/2)) of neighbouring years; a jump has 0.6745 * |r| / median |r'| above 3.5, r' being the
    other changes of the same headcount: the modified z-score about no change, as some headcounts go up and down in
    turn. Chance alone moves small numbers: the median is at least 0.6745 * sqrt(1/n + 1/n'). The year after, when it
    jumps back, is left out.
    """
    cube = Cube(holdings)
    counts = cube.counts
    now, before = counts[:, 1:] + 0.5, counts[:, :-1] + 0.5
    change = np.log(now / before)
    score = _scores(change, np.sqrt(1 / now + 1 / before))
    large = np.fmax(now, before) > LEAST
    jumps = large & (score > LIMIT) & (np.abs(change) > np.log(TIMES))
    back = np.zeros_like(jumps)
    for year in range(1, jumps.shape[1]):  # one year after the other: of three jumps in a row the second is back
        returned = jumps[:, year - 1] & ~back[:, year - 1] & (change[:, year] * change[:, year - 1] < 0)
        back[:, year] = jumps[:, year] & returned
    where = np.zeros(counts.shape, dtype=bool)
    where[:, 1:] = jumps & ~back
    return cube.found(holdings, where, counts, np.roll(counts, 1, axis=1))


def _scores(change: Floats, by_chance: Floats) -> Floats:
    """The modified z-score of each change beside the others of its row; 0 where there are too few others."""
    score = np.zeros_like(change)
    for year in range(change.shape[1]):
        others = np.delete(change, year, axis=1)
        enough = (~np.isnan(others)).sum(axis=1) >= CHANGES
        if not enough.any():
            continue
        rows = np.flatnonzero(enough & ~np.isnan(change[:, year]))
        usual = np.maximum(np.nanmedian(np.abs(others[rows]), axis=1), USUAL * by_chance[rows, year])
        with np.errstate(divide="ignore", invalid="ignore"):
            score[rows, year] = np.nan_to_num(USUAL * np.abs(change[rows, year]) / usual)
    return score


def find_above_all(holdings: Holdings) -> pd.DataFrame:
    """Groups that are larger than all of whom they are part, and disjoint groups that are together."""
    cube = Cube(holdings)
    some_of_all = ~np.isin(cube.group, [ALL, WHOLE_YEAR])[:, None]
    single = cube.found(holdings, some_of_all & (cube.counts > cube.all_of_row), cube.counts, cube.all_of_row)
    return pd.concat([single, _together_above_all(holdings, cube)], ignore_index=True)


def _together_above_all(holdings: Holdings, cube: Cube) -> pd.DataFrame:
    """The categories of faculty are disjoint: what they add up to stands at the row of `all`."""
    faculty = (cube.keys["population"] == "faculty").to_numpy()
    sums = np.zeros_like(cube.counts)
    for row in np.flatnonzero(faculty & np.isin(cube.group, DISJOINT_GROUPS)):
        sums[cube.unit == cube.unit[row]] += np.nan_to_num(cube.counts[row])
    where = (faculty & (cube.group == ALL))[:, None] & (sums > cube.counts)
    return cube.found(holdings, where, sums, cube.counts, np.full(len(sums), "faculty/" + "+".join(DISJOINT_GROUPS)))


def find_countries_above_total(holdings: Holdings) -> pd.DataFrame:
    """Breakdowns by country that add up to more than the row without a country."""
    cube, rows = Cube(holdings), holdings.ledger.headcounts.rows
    by_country = rows[rows["country"] >= 0].groupby([*KEYS, "year"])[["count"]].sum().reset_index()
    at = pd.MultiIndex.from_frame(cube.keys).get_indexer(pd.MultiIndex.from_frame(by_country[KEYS]))
    there = at >= 0
    sums = np.zeros_like(cube.counts)
    sums[at[there], by_country["year"].to_numpy()[there]] = by_country["count"].to_numpy()[there]
    return cube.found(holdings, sums > cube.counts, sums, cube.counts)


def find_parents_that_differ(holdings: Holdings) -> pd.DataFrame:
    """Rows of a parent that are less than the sum of the departments below it: its own row holds."""
    headcounts, tree = holdings.ledger.headcounts, holdings.ledger.tree
    cube = Cube(holdings)
    below = np.full_like(cube.counts, np.nan)
    for row in np.flatnonzero(~tree.leaves[cube.unit]):
        population, group = cube.keys.loc[row, ["population", "group"]]
        children = np.flatnonzero(tree.parent == cube.unit[row])
        counted = headcounts.of_group(str(population), str(group))[children]
        below[row] = np.where(np.isnan(counted).all(axis=0), np.nan, np.nansum(counted, axis=0))
    return cube.found(holdings, cube.counts < below, cube.counts, below)


def find_group_without_all(holdings: Holdings) -> pd.DataFrame:
    """Groups that were delivered while `all` of the same day was not: they have nothing to be a share of."""
    cube = Cube(holdings)
    where = (cube.group != ALL)[:, None] & (cube.group != WHOLE_YEAR)[:, None]
    where = where & ~np.isnan(cube.counts) & np.isnan(cube.all_of_row)
    return cube.found(holdings, where, cube.counts, np.zeros_like(cube.counts))


def find_not_delivered(holdings: Holdings) -> pd.DataFrame:
    """Headcounts that a department delivered for one of the two census days before, and not for this one."""
    cube = Cube(holdings)
    where, before = not_delivered(holdings, cube)
    kept = where & ~((cube.group == WHOLE_YEAR)[:, None])
    return cube.found(holdings, kept, np.zeros_like(before), before)


CHECKS = (
    Check(
        key="headcount_not_delivered",
        family="coverage",
        severity="missing",
        owner="department",
        name=Text("Headcount not delivered", "人数の未提出"),
        rule=Text(
            "Headcounts that a department delivered for one of the two census days before (not 0) and did not deliver "
            "now. A group whose `all` is there stays in the denominator of the shares of all above it.",
            "過去2回の基準日のいずれかに提出（0を除く）された人数で、今回提出のないもの。"
            "「all」だけが提出された場合、上位の割合の分母にはその部局が残る。",
        ),
        row=A_HEADCOUNT,
        told=Text("Nothing delivered; the last time {beside}.", "提出なし（前回は{beside}）。"),
        mend=Text(
            "Import the headcount of the department and census day (0 where there is nobody).",
            "部局・基準日の人数を取り込む（該当者がなければ0）。",
        ),
        touches=by_headcounts,
        find=find_not_delivered,
    ),
    Check(
        key="above_all",
        family="headcounts",
        severity="wrong",
        owner="department",
        name=Text("Group larger than all", "全体を超える区分"),
        rule=Text(
            "Groups that count more than `all` of the same population and day, and the four disjoint categories of "
            "faculty where they do together.",
            "同じ母集団・基準日の「all」を超える区分。教員の重ならない4区分は合計で比べる。",
        ),
        row=A_HEADCOUNT,
        told=Text("{value}, but only {beside} in all.", "{value}（全体は{beside}）。"),
        mend=IMPORT_AGAIN,
        touches=by_headcounts,
        find=find_above_all,
    ),
    Check(
        key="countries_above_total",
        family="headcounts",
        severity="wrong",
        owner="department",
        name=Text("Countries above the total", "合計を超える国別の内訳"),
        rule=Text(
            "Breakdowns by country that add up to more than the row without a country.",
            "国別の行の合計が、国のない行を超えるもの。",
        ),
        row=A_HEADCOUNT,
        told=Text("Countries add up to {value}, the total is {beside}.", "国別の合計{value}、全体{beside}。"),
        mend=IMPORT_AGAIN,
        touches=by_headcounts,
        find=find_countries_above_total,
    ),
    Check(
        key="parent_differs",
        family="headcounts",
        severity="wrong",
        owner="department",
        name=Text("Parent below the sum of its departments", "構成部局の合計を下回る上位部局"),
        rule=Text(
            "Headcounts of a group of departments, or of the university, below the sum of those under it. Its own row "
            "holds; it may be more than the sum (headquarters), never less.",
            "部局群または全学の人数が、構成部局の合計を下回るもの。本部などの分だけ上回ることはあるが、下回ることはない。",
        ),
        row=A_HEADCOUNT,
        told=Text("{value}, but its departments add up to {beside}.", "{value}（構成部局の合計は{beside}）。"),
        mend=IMPORT_AGAIN,
        touches=by_headcounts,
        find=find_parents_that_differ,
    ),
    Check(
        key="group_without_all",
        family="headcounts",
        severity="missing",
        owner="department",
        name=Text("Group without all", "全体のない区分"),
        rule=Text(
            "Groups that were delivered while `all` of the same population and day was not: there is nothing that they "
            "are a share of.",
            "同じ母集団・基準日の「all」がないのに提出された区分。割合の分母がない。",
        ),
        row=A_HEADCOUNT,
        told=Text("{value}, of an unknown number in all.", "{value}（全体の人数が未提出）。"),
        mend=Text("Import the row of the group `all`.", "区分「all」の行を取り込む。"),
        touches=by_headcounts,
        find=find_group_without_all,
    ),
    Check(
        key="headcount_jump",
        family="headcounts",
        severity="doubtful",
        owner="department",
        name=Text("Headcount that jumps", "人数の急変"),
        rule=Text(
            "Headcounts whose change r = ln((n + ½) / (n' + ½)) from one census day to the next has a modified "
            "z-score about no change, 0.6745 |r| / median |r'|, above 3.5 (Iglewicz & Hoaglin 1993), r' the other "
            "changes of the same headcount (at least four), and that grow or fall by 30 % at least, from or to 20 at "
            "least. The median is at least what chance gives: 0.6745 √(1/n + 1/n').",
            "前回の基準日からの変化 r＝ln((n＋½)／(n'＋½)) の修正zスコア 0.6745|r|／中央値|r'|（r'は同じ人数の"
            "他の年の変化、4つ以上）が3.5を超え（Iglewicz & Hoaglin 1993、変化なしを中心とする）、3割以上増減したもの。"
            "いずれかの年に20以上。分母の下限は偶然の変動 0.6745√(1/n＋1/n') とする。",
        ),
        row=A_HEADCOUNT,
        told=Text("{value}, after {beside} the year before.", "{value}（前年は{beside}）。"),
        mend=Text(
            f"Ask the department. {IMPORT_AGAIN.en} If it is right, an annotation tells readers why.",
            f"部局に確認する。{IMPORT_AGAIN.ja}正しい場合は、注記で理由を示す。",
        ),
        touches=by_headcounts,
        find=find_jumps,
    ),
)
