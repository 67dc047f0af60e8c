"""What records lack: countries, ROR ids, people, who leads, amounts, rates, percentiles, goals."""

import numpy as np
import pandas as pd

from metrics.catalogue import INDICATORS
from metrics.codes import TYPE_CODES
from metrics.indicator import parts
from metrics.links import Bools
from metrics.measures import Money, OfActivities
from metrics.quality.check import Check
from metrics.quality.holdings import Holdings, number
from metrics.quality.touching import by_conditions, by_countries, by_lead, by_money, by_partners, by_persons
from metrics.quality.words import A_RECORD, at_the_source
from metrics.record_list import names_people
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.text import Text

WITH_MONEY = tuple(
    dict.fromkeys(
        kind
        for indicator in INDICATORS.values()
        for part in indicator.measured
        if isinstance(part, Money)
        for kind in part.types
    )
)
"""Types whose amounts some figure adds up."""
WITH_PERCENTILE = tuple(
    dict.fromkeys(
        kind
        for indicator in INDICATORS.values()
        for measure in (indicator.numerator, indicator.denominator)
        for part in (parts(measure) if measure else ())
        if isinstance(part, OfActivities) and "with_percentile" in part.only
        for kind in part.types
    )
)
WITH_GOALS = tuple(code for code, kind in ACTIVITY_TYPES.items() if kind.target == "society")
"""Activities for social issues: each serves at least one of the Sustainable Development Goals."""


def find_unknown_country(holdings: Holdings) -> pd.DataFrame:
    """Records with neither a partner nor a country."""
    return holdings.of_records(holdings.ledger.countries.counts == 0)


def find_unmatched_partners(holdings: Holdings) -> pd.DataFrame:
    """Records with a partner that has no ROR id; one row a record, with the first such name."""
    ledger, table = holdings.ledger, holdings.ledger.partner_table
    known = table["ror_id"].notna() & (table["ror_id"] != "")
    row, partner = ledger.partners.pairs
    lost = ~known.to_numpy(dtype=bool)[partner]
    at, first, count = np.unique(row[lost], return_index=True, return_counts=True)
    names = (table["name_en"].astype(str) + " @ " + table["country"].astype(str)).to_numpy(dtype=object)
    return holdings.of_records(at, names[partner[lost][first]], count)


def find_without_people(holdings: Holdings) -> pd.DataFrame:
    """Records of types that name people, with neither ids nor a number: each counts as one person."""
    ledger = holdings.ledger
    silent = (ledger.people.counts == 0) & holdings.activities["people_count"].isna().to_numpy()
    return holdings.of_records(silent & names_people(ledger)[ledger.kind.whole])


def find_without_lead(holdings: Holdings) -> pd.DataFrame:
    """Records of several departments that do not say who leads: in lead counting they count nowhere."""
    several = holdings.ledger.departments.counts
    found = np.flatnonzero((several > 1) & (holdings.activities["lead"] == "").to_numpy())
    return holdings.of_records(found, several[found])


def find_without_amount(holdings: Holdings) -> pd.DataFrame:
    """Records of types whose money is added up, without an amount: they add nothing."""
    return holdings.of_records(_of_types(holdings, WITH_MONEY) & holdings.activities["amount"].isna().to_numpy())


def find_without_rate(holdings: Holdings) -> pd.DataFrame:
    """Records whose amount is in a currency without a rate for its fiscal year: they are left out of sums."""
    found = np.flatnonzero(holdings.ledger.unconverted)
    written = holdings.activities.iloc[found]
    return holdings.of_records(found, number(written["amount"]), written["currency"])


def find_without_percentile(holdings: Holdings) -> pd.DataFrame:
    """Papers without a citation percentile: no figure on the most cited takes them."""
    return holdings.of_records(_of_types(holdings, WITH_PERCENTILE) & ~holdings.ledger.ranked)


def find_without_goal(holdings: Holdings) -> pd.DataFrame:
    """Activities for social issues without a Sustainable Development Goal."""
    return holdings.of_records(_of_types(holdings, WITH_GOALS) & (holdings.ledger.sdgs.counts == 0))


def _of_types(holdings: Holdings, types: tuple[str, ...]) -> Bools:
    return np.isin(holdings.ledger.kind, [TYPE_CODES.index(kind) for kind in types])


CHECKS = (
    Check(
        key="unknown_country",
        family="missing",
        severity="missing",
        owner="department",
        name=Text("Country not known", "国が不明"),
        rule=Text("Records with neither a partner nor a country.", "連携機関も国も記載のない記録。"),
        row=A_RECORD,
        told=Text("Neither a partner nor a country is written.", "連携機関も国も記載がない。"),
        mend=at_the_source("Add the partner (ROR id) or the country.", "連携機関（ROR ID）または国を追記する。"),
        touches=by_countries,
        find=find_unknown_country,
    ),
    Check(
        key="unmatched_partner",
        family="missing",
        severity="missing",
        owner="department",
        name=Text("Partner without a ROR id", "ROR IDのない連携機関"),
        rule=Text(
            "Records with a partner that is known by a name only, so that its kind of organization is not known.",
            "名称だけで登録され、機関の種類が分からない連携機関を含む記録。",
        ),
        row=A_RECORD,
        told=Text(
            "{value} has no ROR id (such partners in the record: {beside}).",
            "{value}にROR IDがない（この記録に{beside}機関）。",
        ),
        mend=at_the_source(
            "Write the partner's ROR id (ror.org) in place of its name.", "名称の代わりにROR ID（ror.org）を記入する。"
        ),
        touches=by_partners,
        find=find_unmatched_partners,
    ),
    Check(
        key="without_people",
        family="missing",
        severity="missing",
        owner="department",
        name=Text("Nobody named", "参加者の記載なし"),
        rule=Text(
            "Records with neither person ids nor a number of people, of types that name people elsewhere. Each counts "
            "as one person.",
            "参加者を記載する種別で、参加者IDも参加人数もない記録。1件を1人と数えている。",
        ),
        row=A_RECORD,
        told=Text("Neither ids nor a number of people: counted as one.", "参加者IDも人数もなく、1人と数えている。"),
        mend=at_the_source("Add the person ids, or the number of people.", "参加者IDまたは参加人数を追記する。"),
        touches=by_persons,
        find=find_without_people,
    ),
    Check(
        key="without_lead",
        family="missing",
        severity="missing",
        owner="department",
        name=Text("Several departments, nobody leads", "複数部局で主担当が不明"),
        rule=Text(
            "Records of two departments or more without a lead. Lead counting counts them nowhere.",
            "部局が2つ以上あり主担当の記載がない記録。主担当による計数ではどこにも数えない。",
        ),
        row=A_RECORD,
        told=Text("{value} departments, no lead.", "部局が{value}つあるが、主担当の記載がない。"),
        mend=at_the_source(
            "Name the leading department, or external.", "主担当の部局コード、または external を記入する。"
        ),
        touches=by_lead,
        find=find_without_lead,
    ),
    Check(
        key="without_amount",
        family="missing",
        severity="missing",
        owner="department",
        name=Text("No amount", "金額の記載なし"),
        rule=Text(
            "Records of types whose money is added up, without an amount: they add nothing.",
            "金額を合計する種別で、金額のない記録。0円として扱われる。",
        ),
        row=A_RECORD,
        told=Text("No amount is written: it adds nothing.", "金額の記載がなく、合計に入らない。"),
        mend=at_the_source("Add the amount and its currency.", "金額と通貨を追記する。"),
        touches=by_money,
        find=find_without_amount,
    ),
    Check(
        key="without_rate",
        family="missing",
        severity="missing",
        owner="office",
        name=Text("Currency without a rate", "換算率のない通貨"),
        rule=Text(
            "Amounts in a currency of which no rate was imported for the fiscal year: sums leave them out.",
            "その年度の換算率が取り込まれていない通貨の金額。合計から除いている。",
        ),
        row=A_RECORD,
        told=Text("{value} {beside}: there is no rate for the year.", "{value} {beside}：この年度の換算率がない。"),
        mend=Text(
            "Import the rate of the currency and year (kind rates: currency, fiscal_year, jpy).",
            "その通貨・年度の換算率（種類「換算レート」）を取り込む。",
        ),
        touches=by_money,
        find=find_without_rate,
    ),
    Check(
        key="without_percentile",
        family="missing",
        severity="missing",
        owner="office",
        name=Text("No citation percentile", "被引用パーセンタイルなし"),
        rule=Text(
            "Papers without a citation percentile. Shares of the most cited papers are made of the others alone.",
            "被引用パーセンタイルのない論文。高被引用論文の割合は、それ以外の論文だけから計算する。",
        ),
        row=A_RECORD,
        told=Text("No citation percentile.", "被引用パーセンタイルがない。"),
        mend=Text(
            "Papers of the last two years get one later: fetch them again from the citation database, and import them.",
            "直近2年の論文には後から付く。引用データベースから再取得して取り込む。",
        ),
        touches=by_conditions("with_percentile", "top_10_percent"),
        find=find_without_percentile,
    ),
    Check(
        key="without_goal",
        family="missing",
        severity="missing",
        owner="department",
        name=Text("No SDG", "SDGsの記載なし"),
        rule=Text(
            "Activities for social issues without a Sustainable Development Goal.",
            "社会課題への取り組みで、SDGsの番号がない記録。",
        ),
        row=A_RECORD,
        told=Text("No Sustainable Development Goal is written.", "SDGsの番号の記載がない。"),
        mend=at_the_source("Add the goals, as 3;13.", "目標の番号を追記する（例 3;13）。"),
        touches=by_conditions("sdg"),
        find=find_without_goal,
    ),
)
