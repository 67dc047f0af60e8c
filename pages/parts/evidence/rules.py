"""The rules that hold for all figures: counting, known and unknown, the census day."""

import streamlit as st

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
        "A record whose partners and countries are both empty is of unknown country. It counts as not international, "
        "and every page says how many there are; nothing is guessed.",
        "連携機関も国も空欄の記録は国が不明とする。国際的な活動には数えず、その件数を各ページに示す。推定はしない。",
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
}


def rules() -> None:
    """The counting rules one by one, then the others."""
    st.subheader(say(TITLE), anchor=False)
    every = {COUNTING_RULES[code]: COUNTING_EXPLAINED[code] for code in COUNTING_RULES} | RULES
    places = st.columns(2, gap="medium")
    for number, (name, words) in enumerate(every.items()):
        with places[number % 2]:
            st.markdown(f"**{literal(say(name))}**  \n{literal(say(words))}")
