"""What is unusual about a department, in words: both values, what they are of, and which is higher."""

import streamlit as st

from metrics.figure_sentence import made_of
from metrics.numbers import said
from metrics.portrait import NOTHING_UNUSUAL
from metrics.unusual import Difference, most_unusual
from pages.parts.language import literal, say
from pages.parts.profile.figures import Profile
from pages.parts.ways import to_comparison, to_definition, to_expectation, to_records
from vocabulary.text import Text

TITLE = Text("What is unusual", "特徴的な点")
HOW = Text(
    "Proportions that differ from those of {beside} by more than chance would make: two-proportion z, all {count} "
    "comparable indicators together at 5 % (Holm). The more it counts, the surer a difference; what is expected fewer "
    "than five times, would tell of fewer than five persons elsewhere or of one other department, or rests on fewer "
    "than three others, is not compared. A mix of levels and fields can be the reason.",
    "{beside}と比べ、差が偶然の範囲を超える割合指標（2群の比率のz検定、比較可能な{count}指標をあわせて有意水準5%、"
    "Holm法）。件数が多いほど差は確かになる。期待度数が5に満たないもの、"
    "他部局の5人未満の人数や特定の部局の値がわかるもの、値のある他部局が3部局未満のものは比べない。課程や分野の構成が理由のこともある。",
)
LINE = Text(
    "**{name}**: the share is **{way}** here, {value} ({made}), than the {others} of {beside} (n = {all}).",
    "**{name}**は{beside}より**{way}**：{value}（{made}）、{beside}は{others}（n＝{all}）。",
)
LINE_WIDTH = 490  # pixels; a screen has room for the links beside it, a phone below
HIGHER, LOWER = Text("higher", "高い"), Text("lower", "低い")


def draw(profile: Profile) -> None:
    """One line for each unusual indicator, with its definition and its records."""
    st.subheader(say(TITLE), anchor=False, help=say(HOW.filled(count=len(profile.differences), beside=profile.beside)))
    told = most_unusual(profile.differences)
    if not told:
        st.markdown(say(NOTHING_UNUSUAL.filled(beside=profile.beside)))
    for difference in told:
        _line(difference, profile)


def _line(difference: Difference, profile: Profile) -> None:
    indicator = difference.indicator
    words = LINE.filled(
        name=Text(*map(literal, (f"“{indicator.name.en}”", indicator.in_a_sentence.ja))),
        way=HIGHER if difference.higher else LOWER,
        value=said(difference.value, indicator.unit),
        made=made_of(indicator, difference.count, difference.total),
        beside=profile.beside,
        others=said(difference.others, indicator.unit),
        all=f"{difference.others_total:,.0f}",
    )
    mark = ":material/arrow_upward:" if difference.higher else ":material/arrow_downward:"
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        st.markdown(f"{mark} {say(words)}", width=LINE_WIDTH)
        to_comparison(indicator.key, profile.department.code, profile.year, profile.kind)
        to_expectation(indicator.key, profile.department.code, profile.year)
        to_records(indicator.key, profile.department.code, profile.year)
        to_definition(indicator.key)
