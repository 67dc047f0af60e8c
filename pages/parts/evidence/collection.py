"""The indicators of one survey, ranking or plan together: what it asks for, with our values of one year."""

from collections.abc import Sequence

import streamlit as st

from metrics.indicator import Indicator
from metrics.references import SCHEMES, Reference
from metrics.sources import sources_of
from pages.parts import data
from pages.parts.evidence.beside import beside
from pages.parts.evidence.catalogue_table import COUNTED, NONE, UNITS
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.narrowing import choose_department, choose_year, say_refused
from pages.parts.standing import choose_counting
from pages.parts.tables import Column, choosing_table, downloads, file_name
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

SETS = Text("What others ask for, with our values:", "外部の調査・ランキングが求める指標と本学の値：")
TITLE = Text("{scheme}: our values", "{scheme}：本学の値")
NUMBERED = Text("{scheme} 1 to {last}", "{scheme} 1〜{last}")
NONE_FOR = Text("No indicator of ours answers number {numbers}.", "指標{numbers}に対応する指標はない。")
SEVERAL = Text(
    "One number can be answered by several indicators: the row says which part it is.",
    "一つの番号に複数の指標が対応する場合は、「番号・名称」欄に内容を示す。",
)
CHOOSE = Text("Choose a row to read its definition in full.", "行を選ぶと定義の全文を表示する。")
ALT = Text("The indicators of {scheme} with our values", "{scheme}の指標と本学の値")
COLUMNS = {  # beside the number a phone shows the value
    "place": Column(name=Text("Number, name", "番号・名称"), width=(110, 110)),
    "value_words": Column(name=Text("Value", "値"), width=90, align="right"),
    "name": Column(name=Text("Our indicator", "指標"), width=(310, 240)),
    "made_of": Column(name=Text("Made of", "内訳"), width=(170, 200)),
    "when": Column(name=Text("As of", "時点"), width=(240, 250)),
    "key": Column(name=Text("Key", "キー"), width=200),
}
FILE = {
    "scheme": Column(name=Text("Asked by", "照会元")),
    "place": COLUMNS["place"],
    "key": COLUMNS["key"],
    "name": COLUMNS["name"],
    "unit": Column(name=Text("Unit", "単位")),
    "value": Column(name=Text("Value (shares as fractions)", "値（割合は小数）")),
    "value_words": Column(name=Text("Value as said", "値（表示）")),
    "numerator": Column(name=Text("Numerator", "分子")),
    "denominator": Column(name=Text("Denominator", "分母")),
    "status": Column(name=Text("Why no value", "値がない理由")),
    "when": COLUMNS["when"],
    "department": Column(name=Text("Department", "部局")),
    "fiscal_year": Column(name=Text("Fiscal year", "年度"), kind="year"),
    "counting": Column(name=Text("Counting", "計数方法")),
    "definition": Column(name=Text("Definition", "定義")),
}


def ways_to_collections() -> None:
    """A link to each of them."""
    st.caption(say(SETS))
    with st.container(horizontal=True, gap="small"):
        for code in SCHEMES:
            link("definitions", _called(code), icon=":material/checklist:", source=code, search="", chosen="")


def collection(scheme: str, found: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """What a scheme asks for and some indicators answer, for a department and year; gives those that are chosen."""
    name = SCHEMES[scheme].name
    st.subheader(literal(say(TITLE.filled(scheme=name))), anchor=False)
    st.markdown(literal(say(SCHEMES[scheme].about)))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        department, year, counting = choose_department(width=240), choose_year(), choose_counting()
    say_refused(department)
    answered = sorted(_answers(scheme, found), key=lambda pair: pair[0].order)
    if not answered:
        st.info(say(NONE), icon=":material/search_off:")
        return ()
    values = beside([indicator for _, indicator in answered], department, year, counting)
    rows = values.assign(
        place=[say(reference.place) for reference, _ in answered],
        scheme=say(name),
        unit=[say(UNITS[indicator.unit]) for _, indicator in answered],
        department=say(data.department_names()[department]),
        fiscal_year=year,
        counting=[
            say(COUNTING_RULES[counting] if indicator.follows_counting else COUNTED[False]) for _, indicator in answered
        ],
        definition=[say(indicator.definition) for _, indicator in answered],
    )
    chosen = choosing_table(rows, COLUMNS, alt=ALT.filled(scheme=name), word="chosen", code="key", height="content")
    st.caption(
        literal(" ".join(say(one) for one in (CHOOSE, *_remarks(scheme, [reference for reference, _ in answered]))))
    )
    downloads(rows, FILE, file_name(scheme.lower(), department, year), _filters(department, year))
    every = data.indicators()
    return tuple(every[key] for key in chosen["key"])


def _called(scheme: str) -> Text:
    one = SCHEMES[scheme]
    return NUMBERED.filled(scheme=one.name, last=one.counted) if one.counted else one.name


def _answers(scheme: str, indicators: Sequence[Indicator]) -> Sequence[tuple[Reference, Indicator]]:
    """Each of the indicators that refers to a scheme, once, by its first place there."""
    return [
        (next(one for one in indicator.references if one.scheme == scheme), indicator)
        for indicator in indicators
        if scheme in sources_of(indicator)
    ]


def _remarks(scheme: str, answered: Sequence[Reference]) -> list[Text]:
    """That numbers are answered several times, or by nothing that is shown."""
    numbers = [reference.number for reference in answered if reference.number]
    missing = [str(n) for n in range(1, SCHEMES[scheme].counted + 1) if str(n) not in numbers]
    remarks = [SEVERAL] if len(set(numbers)) < len(numbers) else []
    return remarks + ([NONE_FOR.filled(numbers=", ".join(missing))] if missing else [])


def _filters(department: str, year: int) -> dict[Text, str]:
    name = Text("The university", "全学") if department == UNIVERSITY else data.department_names()[department]
    return {Text("Department", "部局"): say(name), Text("Fiscal year", "年度"): say(fiscal_year_name(year))}
