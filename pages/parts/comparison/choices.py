"""The filters of the comparison: which indicator, which kind of departments, which department is marked."""

import streamlit as st

from metrics.catalogue import HEADLINES
from metrics.indicator import Indicator
from metrics.kinds import large_kinds
from metrics.portrait import Department
from metrics.tree import UNIVERSITY
from pages.parts import data
from pages.parts.departments import offered
from pages.parts.filters import choose
from pages.parts.language import literal, say
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.articles import with_article
from vocabulary.departments import KIND_GROUPS, word
from vocabulary.text import Text

ALL, NOBODY = "all", ""
NOT_COMPARED = Text(
    "“{name}” was declared by {department} for itself; there is nothing to compare it with.",
    "「{name}」は{department}が独自に定義した指標のため、比較できる値はない。",
)
OF_TARGET = Text("{target} · {name}", "{target}・{name}")


def choose_indicator() -> Indicator:
    """Any indicator; the list is in the order of the targets and can be searched by typing."""
    every = data.indicators_of(UNIVERSITY)
    names = {
        key: OF_TARGET.filled(target=TARGETS[indicator.target], name=indicator.name)
        for target in TARGETS
        for process in PROCESSES
        for key, indicator in every.items()
        if indicator.place == (target, process)
    }
    first = HEADLINES["education", "comprehensive"]
    asked = data.indicators().get(st.query_params.get("indicator", ""))
    if asked is not None and asked.is_own:
        words = NOT_COMPARED.filled(
            name=asked.name, department=with_article(data.department_names()[asked.declared_by])
        )
        st.info(literal(say(words)), icon=":material/help:")
    return every[choose("indicator", Text("Indicator", "指標"), names, first)]


def choose_kind(every: dict[str, Department]) -> str:
    """The kind of departments that are compared with each other, or nothing: all of them.

    A head is offered the kinds of the own departments, and is shown that of the first of them: like beside like.
    """
    mine = {department.kind for department in every.values()}
    kinds = [kind for kind in large_kinds(data.kinds().values()) if kind in mine]
    if not kinds:
        return ""
    names = {ALL: Text("All", "すべて"), **{kind: word(kind, KIND_GROUPS) for kind in kinds}}
    own = [every[code].kind for code in data.reader().departments if code in every]
    instead = ALL if data.reader().scope.whole_university else kinds[0]
    first = next((kind for kind in own if kind in kinds), instead)
    kind = choose("kind", Text("Departments", "部局の種類"), names, first, style="buttons")
    return "" if kind == ALL else kind


def of_kind(every: dict[str, Department], kind: str) -> dict[str, Department]:
    """The departments of one kind; without a kind all of them."""
    return {code: one for code, one in every.items() if kind in ("", one.kind)}


def choose_own(every: dict[str, Department]) -> Department | None:
    """The department that is marked: for readers of the whole university any or none, for a head one of the own."""
    own = data.reader().department
    found = every if own is None else offered()
    names = {code: department.name for code, department in found.items()}
    if own is None:
        names = {NOBODY: Text("None", "なし"), **names}
    code = choose("department", Text("Marked department", "強調する部局"), names, own or NOBODY)
    return found.get(code)
