"""With which countries we work more than expected: the ratios with their intervals, and all indices in a table."""

import pandas as pd
import streamlit as st

from metrics.country_reference import AS_EXPECTED, LESS, MORE, UNKNOWN, Reference, countries_beside, reference_of
from metrics.hub_findings import AGAINST
from pages.parts import data
from pages.parts.charts import Ratio, draw, ratios
from pages.parts.hub import kept
from pages.parts.hub.asked import PAPERS, Asked, told
from pages.parts.language import literal, say
from pages.parts.partners.asked import file_of
from pages.parts.portfolios import portfolio_of
from pages.parts.reading import helps
from pages.parts.tables import Column, downloads, table
from vocabulary.calendar import fiscal_years_name
from vocabulary.text import Text

MOST = 25  # rows of the chart
INDICES = Text("Other indices of the same countries", "同じ国・地域のその他の指数")
TITLE = Text("With whom more than expected?", "見込みより連携の多い国・地域")
CHART = Text("Joint papers over those expected, by country", "国・地域別：共著論文数の見込みに対する比")
BASIS = Text(
    "Papers of {years}, whole counting: one with several countries counts in each. Expected: our {n} papers with "
    "partners abroad times each country's share in {against}, {periods} (source: {source}; its years need not be "
    "fiscal years). Lines: 95 % intervals (Poisson); triangles: more or fewer beyond chance. Where nothing is special, "
    "about one country in twenty still stands out.",
    "{years}の論文、整数カウント（複数国の論文は各国で1件）。見込み＝本学の海外との共著論文{n}件×{against}に占める各国の"
    "割合（{periods}、出典：{source}。年の区切りは出典による）。線は95%区間（ポアソン）、三角は偶然の範囲を超えて多い・"
    "少ないもの。特別な関係がなくても20か国に1か国ほどは範囲を外れる。",
)
ONLY_PAPERS = Text(
    "What is expected is known of papers only: choose papers above.",
    "見込みとの比較は論文についてのみ示す。上で論文を選択。",
)
NO_MATRIX = Text(
    "No matrix of countries has been imported, so what is to be expected is not known. The page of imports describes "
    "the file.",
    "国際共著行列が未登録のため、見込みとの比較はできない。ファイルの形式は取り込みのページを参照。",
)
NOTHING = Text("No paper with a partner abroad meets these filters.", "この条件に当てはまる海外との共著論文はない。")
WORDS = {
    MORE: Text("more", "多い"),
    AS_EXPECTED: Text("as expected", "見込みどおり"),
    LESS: Text("fewer", "少ない"),
    UNKNOWN: Text("unknown", "不明"),
}
COLOURS = {MORE: "blue", AS_EXPECTED: "gray", LESS: "orange", UNKNOWN: "gray"}
INDEX = Text(
    "Share of the country in our international papers over its share in the world's (observed/expected, the NSF's "
    "index of international collaboration).",
    "本学の国際共著に占める割合÷世界の国際共著に占める割合（観測値/期待値、NSFの国際共同研究指数）。",
)
HOME_INDEX = Text("The same index for our country as a whole.", "自国全体についての同じ指数。")
RIC = Text(
    "Relative intensity: share of the country in our papers over its share in the papers of all others (Fuchs, "
    "Sivertsen & Rousseau 2021).",
    "相対的強度：本学の論文に占める割合÷本学以外の論文に占める割合（Fuchs, Sivertsen & Rousseau 2021）。",
)
SALTON = Text(
    "Salton's cosine: joint papers over the root of the product of both totals; in per cent of the most possible.",
    "Saltonのコサイン：共著数÷双方の国際共著論文数の積の平方根（最大100%）。",
)


def beside(asked: Asked) -> pd.DataFrame | None:
    """Our papers with each country beside what is expected; None where nothing is known to compare with."""
    reference = _reference(asked)
    if reference is None:
        return None
    frame = countries_beside(portfolio_of(asked.wide), reference, asked.against)
    return frame if asked.narrowed.countries is None else frame[frame["country"].isin(asked.narrowed.countries)]


def show_compared(asked: Asked, found: pd.DataFrame | None, papers: int) -> None:
    """The chart of the largest countries, and the table of all."""
    st.subheader(say(TITLE), anchor=False)
    reference = _reference(asked)
    if found is None or reference is None or found.empty:
        st.info(say(ONLY_PAPERS if asked.what != PAPERS else NO_MATRIX if found is None else NOTHING))
        return
    years = asked.wide.fiscal_years
    basis = {
        "years": fiscal_years_name(min(years), max(years)),
        "n": f"{papers:,}",
        "against": AGAINST[asked.against],
        "periods": ", ".join(reference.periods),
        "source": reference.source,
    }
    names = data.country_names()
    rows = found[found["verdict"] != UNKNOWN][:MOST]
    limits = zip(*(rows[name] for name in ("country", "ratio", "low", "high", "verdict")), strict=True)
    drawn = [Ratio(names[code], ratio, low, high, verdict) for code, ratio, low, high, verdict in limits]
    frame = found.assign(
        name=[say(names[code]) for code in found["country"]],
        word=found["verdict"].map(_words()),
        expected=found["expected"].round(1),
    )
    left, right = st.columns([2, 3], gap="medium")
    with left:
        draw(ratios(CHART, drawn), key="compared")
    with right:
        table(frame, _columns(), alt=CHART, key="compared-table", height=620)
    st.caption(literal(say(BASIS.filled(**basis))))
    with st.expander(say(INDICES), icon=":material/table_chart:"):
        table(frame, _indices(), alt=INDICES, key="indices")
        st.caption("  \n".join(helps(_indices(), *_indices())))
    code = {"country": Column(name=Text("Code", "コード"))}
    downloads(frame, code | _columns() | _indices(), file_of("hub-countries", asked.wide), told(asked))


def _reference(asked: Asked) -> Reference | None:
    matrix = kept.country_matrix()
    if asked.what != PAPERS or not asked.source:
        return None
    return reference_of(matrix, asked.wide.fiscal_years, data.ledger().home, asked.source)


def _words() -> dict[str, str]:
    return {code: say(word) for code, word in WORDS.items()}


def _columns() -> dict[str, Column]:
    marks = {say(word): COLOURS[code] for code, word in WORDS.items()}
    return {
        "name": Column(name=Text("Country or region", "国・地域"), width=(118, 110)),
        "word": Column(name=Text("Verdict", "判定"), kind="status", marks=marks, width=100),
        "joint": Column(name=Text("Joint", "共著"), kind="count", width=66),
        "expected": Column(name=Text("Expected", "見込み"), kind="count", width=80),
        "ratio": Column(name=Text("Ratio", "比"), kind="index", width=60),
        "low": Column(name=Text("95 % from", "95%下限"), kind="index", width=80),
        "high": Column(name=Text("to", "上限"), kind="index", width=60),
    }


def _indices() -> dict[str, Column]:
    return {
        "name": Column(name=Text("Country or region", "国・地域"), width=(130, 110)),
        "share": Column(name=Text("Share", "割合"), kind="share", width=80),
        "index": Column(name=Text("World index", "世界比指数"), kind="index", help=INDEX, width=86),
        "home_index": Column(name=Text("Our country", "自国の指数"), kind="index", help=HOME_INDEX, width=86),
        "relative_intensity": Column(name=Text("RIC", "RIC"), kind="index", help=RIC, width=60),
        "salton": Column(name=Text("Salton", "Salton"), kind="share", help=SALTON, width=90),
    }
