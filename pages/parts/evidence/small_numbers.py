"""The policy on small numbers: what is withheld from whom, from how few on, and which indicators it covers how."""

import streamlit as st

from metrics.disclosure.groups import FEWEST_OTHERS
from metrics.disclosure.policy import EXPLAINED, NUMBERS, PROTECTIONS, protection
from metrics.disclosure.remainders import P_PERCENT
from metrics.disclosure.setting import Method, chosen_method
from pages.parts import data
from pages.parts.language import literal, say
from vocabulary.text import Text

TITLE = Text("Small numbers", "少人数の扱い")
FOR_WHOM = Text(
    "So that nobody can work out a person from the figures, readers who are not entitled to the records behind a "
    "figure see less of it: a head of department reads the own department in full, and of the rest of the university "
    "what this policy leaves.",
    "値から個人が特定されることのないよう、元の記録の閲覧権限のない者に示す値を限定する。"
    "部局長は自部局の値をすべて、全学と他部局の値をこの方針の範囲で閲覧できる。",
)
METHODS: dict[Method, Text] = {
    "suppress": Text(
        "Counts of 1 to {most} persons are written “fewer than {five}”, 0 is shown; percentages of fewer than {least}"
        " persons and averages of fewer than {averaged} are withheld. Further figures are withheld where a small one "
        "would follow from the others, from totals or from the reader's own records; that none does is checked by "
        "linear programs for every fiscal year and reader. The same holds in tables, charts, files, sentences and on "
        "the command line.",
        "1〜{most}人の人数は「{five}人未満」と記し、0は示す。{least}人未満を分母とする割合と{averaged}人未満の平均は秘匿する。"
        "他の値や合計、閲覧者自身の記録から少人数の値を逆算できる場合は、他の値もあわせて秘匿する（二次秘匿）。"
        "逆算できないことは、年度・閲覧者ごとに線形計画法で確認する。表、図、ファイル、文章、コマンドのいずれも同じ扱いとする。",
    ),
    "round": Text(
        "Counts of persons are rounded to the nearest 5, halves up, and totals by themselves, so that rows need not "
        "add up; percentages are those of the rounded counts, and of fewer than {least} persons they are withheld, as"
        " are averages of fewer than {averaged} (the rules of HESA, the Higher Education Statistics Agency of the "
        "UK).",
        "人数は5人単位に四捨五入する。合計も個別に丸めるため、内訳の和と一致しないことがある。"
        "割合は丸めた人数から計算し、{least}人未満を分母とする割合と{averaged}人未満の平均は秘匿する（英国HESAの方法）。",
    ),
}
SUMS = Text(
    "Departments of one kind together (the faculties, the graduate schools) are told to a head where at least "
    "{others} departments with a value are others', and where what these sums and the own figures leave of the "
    "university's rests on as many, or on none; else the sum over the fewest departments is withheld, too. Of persons "
    "no other department may hold nearly all of such a sum: the others come to {percent} % of the largest or more (p % "
    "rule). Lists of values without names keep to the same number. The university's own figures are published whatever "
    "departments they rest on.",
    "同じ種別の部局（学部、研究科など）の合計は、値のある他部局が{others}部局以上あり、かつ全学の値からこれらの合計と自部局の"
    "値を除いた残りも{others}部局以上（またはゼロ）の場合に限り部局長に示す。残りが足りない場合は、部局数の最も少ない種別の"
    "合計もあわせて秘匿する。人を数える指標では、1部局が合計の大半を占めないこと（最大の部局以外の和が最大の部局の{percent}%"
    "以上、p%ルール）も条件とする。部局名を伏せた値の一覧にも同じ部局数の条件を適用する。全学の値は部局構成にかかわらず公表する。",
)
WHICH = Text("{count} indicators", "{count}指標")


def small_numbers() -> None:
    """For whom and how, then the four kinds of indicators with what is withheld of each and which they are."""
    st.subheader(say(TITLE), anchor=False)
    words = METHODS[chosen_method()].filled(five=NUMBERS["most"] + 1, **NUMBERS)
    st.markdown(literal(say(FOR_WHOM)) + "  \n" + literal(say(words)))
    st.markdown(literal(say(SUMS.filled(others=FEWEST_OTHERS, percent=round(100 * P_PERCENT)))))
    places = st.columns(2, gap="medium")
    for number, (kind, name) in enumerate(PROTECTIONS.items()):
        mine = [one.name for one in data.indicators().values() if protection(one) == kind]
        with places[number % 2]:
            st.markdown(f"**{literal(say(name))}**  \n{literal(say(EXPLAINED[kind].filled(**NUMBERS)))}")
            with st.expander(say(WHICH.filled(count=len(mine)))):
                st.caption(literal(say(Text(", ", "、")).join(say(one) for one in mine)))
