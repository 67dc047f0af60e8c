"""Why the figure moved, said at the top of the page."""

import streamlit as st

from metrics.change_split import APART, ChangeSplit
from metrics.change_words import headline, levels_sentence, number_sentence, reasons
from metrics.strata_words import why_not
from pages.parts import data
from pages.parts.change.asked import Asked
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.ways import to_definition, to_records
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.strata import NAMES, SEVERAL, UNKNOWN
from vocabulary.text import Text

NOT_YOURS = Text(
    "Why the university's figures moved is split by department, which only readers of the whole university may read. "
    "Choose one of your own departments.",
    "全学の値の変化は部局別の内訳を示すため、全学の閲覧権限をもつ者に限り表示する。所管の部局を選択する。",
)
TOO_FEW = Text(
    "There are not two years in which this indicator has a figure here.",
    "この指標の値がある年度が二つないため、変化を示せない。",
)
UNJUDGED = Text(
    "Whether it can be chance is not judged: the figure has no interval (its definition says why).",
    "偶然の変動かどうかは判定しない（この値に信頼区間を付けない理由は定義に示す）。",
)
NOT_SPLIT = Text("It cannot be split: {why}.", "この変化は内訳に分けられない。{why}。")
ONE_GROUP = Text(
    "what it counts lies in one department, one field and one level, or is not known by them",
    "数える対象が一つの部局・分野・課程に属するか、その区分が記録されていないため",
)
BASIS = Text(
    "{counting}. Effects are in the unit of the figure and add up to exactly its change (method: Kitagawa 1955).",
    "{counting}。寄与は指標と同じ単位で示し、合計は残差なく変化に一致する（Kitagawa, 1955）。",
)
BASIS_OF_COUNTS = Text(
    "{counting}. The parts of the groups add up to the change.", "{counting}。各区分の寄与の合計は変化に一致する。"
)
SHARED = Text(
    "“{several}” holds what belongs to more than one of the {groups}; whole counting gives it to none of them alone.",
    "「{several}」は複数の{groups}にまたがるもので、整数カウントではどの{groups}にも単独では属さない。",
)
BEYOND = Text(
    "“{beyond}” is what the whole counts beyond its {groups}.", "「{beyond}」は{groups}の合計を超えて全体が数えるもの。"
)
NO_BASE = Text(
    "Those without a denominator of their own have no rate: what they add to the whole is told by itself.",
    "分母をもたない区分には率がないため、全体への寄与だけを示す。",
)
SHARE_OUT = Text("Share them out (fractional counting)", "按分する（分数カウント）")


def say_not_yours() -> None:
    """To a head who asks about the university: why not."""
    st.info(say(NOT_YOURS), icon=":material/lock:")


def say_too_few() -> None:
    """That there are not two years to compare."""
    st.info(say(TOO_FEW), icon=":material/hourglass_empty:")


def answer(asked: Asked, split: ChangeSplit | None) -> None:
    """The change, its reasons and whether it can be chance; then the ways on."""
    verdict = asked.verdict
    shown = split or asked.whole
    st.markdown(f"**{literal(say(headline(shown, asked.who, verdict)))}**")
    unsure = verdict.told is False
    told = [] if split is None else reasons(split, lambda code: asked.name_of(split, code), unsure=unsure)
    if verdict.told is None:
        told.append(UNJUDGED)
    st.markdown("  \n".join(literal(say(sentence)) for sentence in told))
    with st.container(horizontal=True):
        to_definition(asked.indicator.key)
        to_records(asked.indicator.key, asked.department, asked.years[1])


def cannot_split(asked: Asked) -> None:
    """Why there is no split."""
    why = why_not(data.ledger(), asked.indicator, "department") or ONE_GROUP
    st.info(literal(say(NOT_SPLIT.filled(why=why))), icon=":material/call_split:")


def more(asked: Asked, split: ChangeSplit) -> None:
    """The number behind a rate, and levels and departments at once, where that is well defined."""
    behind = asked.behind.get(split.stratification)
    factors = behind.factors if behind else None
    if behind is not None and factors is not None:
        st.markdown(literal(say(number_sentence(behind, factors, of_count=not split.is_ratio))))
    if asked.levels is not None and split.stratification in ("level", "department"):
        st.markdown(literal(say(levels_sentence(asked.levels, asked.indicator.unit, split.stratification))))


def basis(asked: Asked, split: ChangeSplit) -> None:
    """The counting rule and what the groups that are no department are."""
    groups, codes = NAMES[split.stratification], set(split.groups["group"])
    words = BASIS if split.is_ratio else BASIS_OF_COUNTS
    told = [words.filled(counting=COUNTING_RULES[asked.counting])]
    if SEVERAL in codes:
        told.append(SHARED.filled(several=asked.name_of(split, SEVERAL), groups=groups))
    if UNKNOWN in codes and split.stratification == "department":
        told.append(BEYOND.filled(beyond=asked.name_of(split, UNKNOWN), groups=groups))
    if split.effects[APART]:
        told.append(NO_BASE)
    st.caption(say(Text(" ", "")).join(literal(say(sentence)) for sentence in told))
    if SEVERAL in codes and split.stratification in ("department", "field", "kind") and asked.counting == "whole":
        link(
            "change",
            SHARE_OUT,
            icon=":material/pie_chart:",
            counting="fractional",
            indicator=asked.indicator.key,
            department=asked.department,
        )
