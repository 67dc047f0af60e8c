"""The rules that hold for all figures: counting, known and unknown, the census day, how sure a figure is."""

import streamlit as st

from metrics.figure_sentence import FEW_IN_ALL, FEW_OF_IT
from pages.parts.language import literal, say
from vocabulary.counting_rules import COUNTING_EXPLAINED, COUNTING_RULES
from vocabulary.text import Text

TITLE = Text("Rules that hold for all figures", "すべての値に共通する規則")
PERSONS = Text("Persons and money", "人数と金額")
RULES = {
    PERSONS: Text(
        "Counting rules apply to activities. Persons, partners and countries are counted once each at the grain asked "
        "for, whatever the rule. Money goes whole to each department (once to the university), and by shares under "
        "fractional counting. A record without personal ids adds its number of persons, or one.",
        "計数方法は活動に適用する。人・機関・国はどの計数方法でも、集計単位ごとに1回だけ数える。"
        "金額は各部局に全額（全学では1回）、分数カウントでは割合に応じて計上する。"
        "個人IDのない記録は、記載の人数（なければ1人）を加える。",
    ),
    Text("Known and unknown", "判明と不明"): Text(
        "A record whose partners and countries are both empty is of unknown country. It is never counted as "
        "international. Shares over known countries leave it out above and below the line; every page says how many "
        "there are, and nothing is guessed.",
        "連携機関も国も空欄の記録は国が不明とする。国際的な活動には数えない。"
        "国が判明しているものに対する割合では分子にも分母にも含めず、その件数を各ページに示す。推定はしない。",
    ),
    Text("Countries and regions", "国・地域"): Text(
        "Countries are those of ISO 3166 as the registry of research organizations (ROR) and the records give them: "
        "Hong Kong, Macao and Taiwan each count as one. The Leiden Ranking counts Hong Kong and Macao with China, so "
        "numbers of countries can differ from its.",
        "国・地域はISO 3166により、ROR（研究機関の登録簿）と記録に従う。香港・マカオ・台湾はそれぞれ一つと数える。"
        "ライデン・ランキングは香港とマカオを中国に含めるため、国の数が異なることがある。",
    ),
    Text("Fiscal year and census day", "年度と基準日"): Text(
        "FY2025 is April 2025 to March 2026. A flow, what happens in the course of a year, counts in the fiscal year "
        "in which it begins. A stock, what there is at one time, is what is in force, or who is there, on 1 May. The "
        "two meet in one ratio only where the definition says so.",
        "2025年度は2025年4月から2026年3月まで。年度を通じた動き（フロー）は、開始した年度に数える。"
        "ある時点の状態（ストック）は、5月1日現在で継続中のもの、または在籍する者とする。"
        "両者を一つの比に用いるのは定義に定めた場合に限る。",
    ),
    Text("Roll-up", "上位組織への集計"): Text(
        "A headcount of a parent is the sum of its departments', unless it has a row of its own for the day, which "
        "then holds. Ratios are worked out from counts at the level asked for, never as averages of ratios.",
        "上位組織の人数は下位部局の合計とし、その日の自身の行があればそれを用いる。"
        "割合は集計単位ごとの件数から計算し、割合の平均はとらない。",
    ),
    Text("How sure a figure is", "値の確からしさ"): Text(
        "Figures count everything, not a sample. A 95 % interval takes the year for one of many like it: so far could "
        "chance alone move the figure. Shares have Wilson's interval (in fractional counting wider than need be); "
        "numbers of events and persons, and rates, an exact Poisson interval below 10 and Byar's from 10. What is in "
        "force on 1 May is a full count and has none, nor have money, indices, numbers of different countries or "
        "partners, and numbers in fractions. Beside it, shares of publications have Leiden's stability interval: how "
        "far they depend on some of their papers. Where a share is of fewer than {all}, or counts fewer than {some}, "
        "the count leads: 3 of 11.",
        "値は標本ではなく全数による。95%信頼区間は、その年度を同様の年度の一つとみたとき、偶然だけで値が動きうる幅を示す。"
        "割合はウィルソン法（分数カウントでは区間が広めになる）、件数・人数と率はポアソン分布（10未満は正確法、"
        "10以上はByar法）による。5月1日現在の件数は全数であり、区間を示さない。金額、指数、国や機関などの種類の数、"
        "分数カウントの件数も同様とする。論文の割合には、一部の論文にどれだけ左右されるかを表す安定性区間（ライデン方式）を"
        "併記する。分母が{all}未満または分子が{some}未満の割合は、「11人のうち3人」のように件数を先に示す。",
    ).filled(all=FEW_IN_ALL, some=FEW_OF_IT),
    Text("What is called a change", "変化の判定"): Text(
        "A change is called one only where chance alone would hardly make it: where the 95 % interval of the "
        "difference of two shares (Newcombe's), or of the ratio of two numbers or rates (exact), leaves out no change. "
        "Else there is no distinguishable change, which does not say that nothing changed. The people of two years are "
        "largely the same; the interval takes them for independent, and is cautious. Each indicator is judged by "
        "itself: of twenty that stay the same, one may look changed.",
        "変化は、偶然だけでは起こりにくいといえる場合に限り「増」「減」と記す。2つの割合の差（ニューカム法）または"
        "件数・率の比（正確法）の95%信頼区間が「変化なし」を含まないことを基準とする。それ以外は「有意な変化とはいえない」とするが、"
        "変化がないことを意味しない。2年度の構成員の多くは同一だが、独立とみなして計算するため判定は控えめになる。"
        "指標ごとに判定するため、変化のない20指標のうち1指標程度は有意となりうる。",
    ),
}


def rules() -> None:
    """The counting rules one by one, then the others."""
    st.subheader(say(TITLE), anchor=False)
    every = {COUNTING_RULES[code]: COUNTING_EXPLAINED[code] for code in COUNTING_RULES} | RULES
    places = st.columns(2, gap="medium")
    for number, (name, words) in enumerate(every.items()):
        with places[number % 2]:
            st.markdown(f"**{literal(say(name))}**  \n{literal(say(words))}")
