"""The departments in the order of the register, and the mix of the marked one: the numbers behind the sentences."""

import streamlit as st

from metrics.fairness_words import MIX_OF, VERDICTS, spread_measured
from metrics.reconciliation import unit_counted
from pages.parts.expectation.choices import SAME_YEAR
from pages.parts.expectation.figures import Fair
from pages.parts.language import literal, say
from pages.parts.tables import Column, Columns, Kind, downloads, table, telling
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.strata import NAMES
from vocabulary.text import Text

TITLE = Text("The departments", "部局別")
OWN_MIX = Text("The {mix} of {name}", "{name}の{mix}")
ORDER = Text(
    "In the order of the register, which is no ranking. Observed / expected is 1 where a department has what its mix "
    "leads to expect.",
    "部局の登録順であり、順位ではない。観測値÷見込みが1であれば、構成からの見込みどおりであることを示す。",
)
EXPECTED_OF = Text(
    "Expected is n times the reference's rate of each stratum; added up, {expected}.",
    "見込みは各区分のnに参照値を掛けたもので、合計{expected}となる。",
)
WITHHELD = Text(
    "Reference rates that would tell of few people or of single departments are not shown, and what rests on them is "
    "left out.",
    "少人数または個別の部局の値が分かる参照値は示さず、その区分は比較から除いている。",
)
ALT = Text("{name} by department in {year}, observed and expected", "部局別の{name}（{year}）、観測値と見込み")
ALT_MIX = Text("{name} of {department} by stratum", "{department}の{name}（区分別）")
COUNTED, AT_RISK = Text("Observed", "観測値"), Text("n", "n")
BY_CHANCE = Text(
    "95 % interval of observed / expected: as far as chance alone could move it (Wilson; of rates Byar, exact below "
    "10)",
    "観測値÷見込みの95%信頼区間。偶然だけで動きうる幅（割合はウィルソン法、率はByar法、10未満は正確法）",
)


NAME_OF_IT = Column(name=Text("Department", "部局"), width=(250, 130))
JUDGED, RATES = Text("Observed and expected", "観測値と見込み"), Text("Rates", "割合の比較")
EXPECTED_RATE = Text(
    "The reference's rate of each stratum, weighted by how many the department has of it",
    "各区分の参照の割合を部局の構成で加重した値",
)
INDIRECT = Text(
    "Observed / expected times the reference's rate (indirectly standardised)",
    "観測値÷見込み×参照の割合（間接標準化）",
)
DIRECT = Text(
    "The department's rates in the reference's mix, over the strata that the department has; not computed for fewer "
    "than 10 counted (directly standardised)",
    "部局の区分別の割合を参照の構成で加重した値。部局にある区分のみで計算し、観測値10未満は計算しない（直接標準化）",
)
IN_THE_MIX = {
    True: Text("If it had the university's mix", "全学と同じ構成なら"),
    False: Text("If it had the reference's mix", "基準と同じ構成なら"),
}
STRATA_USED = Text(
    "How many strata the rate in the reference's mix is computed from", "基準と同じ構成とした割合の計算に用いた区分の数"
)
SHRUNKEN = Text(
    "The rate drawn towards what is expected, the more the smaller the department (shrunken, empirical Bayes)",
    "小さい部局ほど見込みに近づけた割合（縮小推定、経験ベイズ法）",
)
READ = Text(
    "To judge a department, read its own rate against what is expected from its mix; to set departments side by side, "
    "its rate with the mix taken out or in the same mix; of a small department, its rate steadied for small numbers.",
    "部局を判断するには「部局の割合」を「構成からの見込み」と、部局どうしを並べるには「構成の違いを除いた割合」か"
    "「同じ構成なら」の割合を、小さい部局は「小人数のぶれを抑えた割合」を見る。",
)


def departments(shown: Fair) -> None:
    """The tables of departments that the reader may see: verdicts, and rates; with one file of all of it."""
    st.subheader(say(TITLE), anchor=False)
    st.caption(literal(say(ORDER)))
    rows = shown.rows.assign(
        name=[say(shown.departments[code].name) for code in shown.rows["department"]],
        verdict=[say(VERDICTS[verdict]) for verdict in shown.rows["verdict"]],
        expected_rate=shown.rows["expected"] / shown.rows["n"].where(shown.rows["n"] > 0),
    )
    verdicts, rates = _verdicts(shown), dict(telling(_rates(shown), rows))
    alt = ALT.filled(name=shown.indicator.name, year=fiscal_year_name(shown.year))
    first, second = st.tabs([say(JUDGED), say(RATES)])
    with first:
        table(rows, verdicts, alt=alt, key=f"fair:{shown.indicator.key}", height="content")
        measured = say(spread_measured(shown.found.spread))
        if measured:
            st.caption(literal(measured))
    with second:
        st.caption(literal(say(READ)))
        table(rows, rates, alt=alt, key=f"rates:{shown.indicator.key}", height="content")
    downloads(rows, verdicts | rates, f"expectation-{shown.indicator.key}-{shown.mix}-{shown.year}", _filters(shown))


def own_mix(shown: Fair) -> None:
    """The strata of the marked department: what each leads to expect."""
    rows = shown.own_mix
    if shown.own is None or rows.empty:
        return
    st.subheader(say(OWN_MIX.filled(mix=MIX_OF[shown.mix], name=shown.own.name)), anchor=False)
    expected = f"{rows['expected'].sum():,.1f}"
    st.caption(
        literal(
            say(EXPECTED_OF.filled(expected=expected))
            + (say(Text(f" {WITHHELD.en}", WITHHELD.ja)) if shown.found.withheld else "")
        )
    )
    columns = _columns_of_mix(shown)
    alt = ALT_MIX.filled(name=shown.indicator.name, department=shown.own.name)
    table(rows, columns, alt=alt, key=f"mix:{shown.indicator.key}:{shown.mix}", height="content")
    downloads(rows, columns, f"expectation-{shown.own.code}-{shown.mix}-{shown.year}", _filters(shown))


def _verdicts(shown: Fair) -> dict[str, Column]:
    below = shown.indicator.denominator
    return {
        "name": NAME_OF_IT,
        "verdict": Column(name=Text("Verdict", "判定"), width=(190, 210)),
        "ratio": Column(name=Text("Observed / expected", "観測値÷見込み"), kind="index"),
        "low": Column(name=Text("From", "区間下限"), kind="index", help=BY_CHANCE),
        "high": Column(name=Text("To", "区間上限"), kind="index", help=BY_CHANCE),
        "compared": Column(name=COUNTED, kind=unit_counted(shown.indicator), help=shown.indicator.numerator.text),
        "expected": Column(name=Text("Expected", "見込み"), kind="index"),
        "n": Column(name=AT_RISK, kind="count", help=below.text if below else None),
    }


def _rates(shown: Fair) -> dict[str, Column]:
    kind: Kind = shown.indicator.unit
    return {
        "name": NAME_OF_IT,
        "rate": Column(name=Text("Own rate", "部局の割合"), kind=kind),
        "expected_rate": Column(name=Text("Expected from its mix", "構成からの見込み"), kind=kind, help=EXPECTED_RATE),
        "adjusted": Column(name=Text("With its mix taken out", "構成の違いを除いた割合"), kind=kind, help=INDIRECT),
        "direct": Column(name=IN_THE_MIX[shown.reference.code == SAME_YEAR], kind=kind, help=DIRECT),
        "strata": Column(name=Text("Strata used", "用いた区分数"), kind="count", help=STRATA_USED),
        "shrunken": Column(
            name=Text("Own rate, steadied for small numbers", "小人数のぶれを抑えた割合"), kind=kind, help=SHRUNKEN
        ),
    }


def _columns_of_mix(shown: Fair) -> Columns:
    kind: Kind = shown.indicator.unit
    return {
        "name": Column(name=Text("Stratum", "区分"), width=(180, 130)),
        "denominator": Column(name=AT_RISK, kind="count"),
        "numerator": Column(name=COUNTED, kind=unit_counted(shown.indicator)),
        "rate": Column(name=Text("Own rate", "部局の割合"), kind=kind),
        "reference_rate": Column(name=Text("Reference rate", "参照の割合"), kind=kind),
        "expected": Column(name=Text("Expected", "見込み"), kind="index"),
    }


def _filters(shown: Fair) -> dict[Text, str]:
    return {
        Text("Indicator", "指標"): say(shown.indicator.name),
        Text("Fiscal year", "年度"): say(fiscal_year_name(shown.year)),
        Text("Counting", "計数方法"): say(COUNTING_RULES[shown.counting]),
        Text("Taken out", "そろえた条件"): say(NAMES[shown.mix]),
        Text("Compared with", "比較の基準"): say(shown.reference.name),
    }
