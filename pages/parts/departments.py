"""The departments: what each is, which of them a reader is offered, and the filter that chooses one."""

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from metrics.ledger import Ledger
from metrics.portrait import Department
from metrics.tree import UNIVERSITY
from pages.parts import data
from pages.parts.filters import choose, move
from pages.parts.language import literal, say
from pages.parts.one_run import once
from vocabulary.departments import KIND_GROUPS, word
from vocabulary.text import Text

NOT_CHOSEN = ""
WHICH = Text(
    "A profile is of one department: choose whose. The university as a whole stands on the overview.",
    "この頁は部局ごとの現状を示す。部局を選択する。全学の状況は「概況」にある。",
)
OTHER = Text("Other departments", "その他の部局")
TOGETHER = Text("{name} ({count} departments)", "{name}（{count}部局）")


def departments() -> Mapping[str, Department]:
    """All departments by their codes, parents before what lies below them. What they are called is no secret."""
    data.ledger()  # with its sign of progress, outside the cached function
    return once("described departments", lambda: departments_of(store=data.store()))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=data.AS_WRITTEN)
def departments_of(store: data.Store) -> Mapping[str, Department]:
    """The same of one state of the data."""
    tree = data.ledger_of(store).tree
    frame = data.public_of(store, "departments")
    found = {}
    for row in frame.to_dict("records"):
        code = str(row["code"])
        below = np.flatnonzero(tree.within[tree.units.index(code)] & tree.leaves)
        found[code] = _department(code, row, tuple(tree.units[u] for u in below if tree.units[u] != code))
    return MappingProxyType({code: found[code] for code in tree.units if code != UNIVERSITY})


def leaves() -> dict[str, Department]:
    """The departments that have none below them."""
    return {code: department for code, department in departments().items() if not department.leaves}


def offered() -> dict[str, Department]:
    """The departments whose records the reader is entitled to."""
    scope = data.reader().scope
    return {code: department for code, department in departments().items() if scope.covers(code)}


def comparable() -> dict[str, Department]:
    """The departments that a reader may compare by name: all without others below them, for a head the own ones."""
    scope = data.reader().scope
    return {code: department for code, department in leaves().items() if scope.covers(code)}


def choose_department() -> Department | None:
    """One of the departments offered; a head's own unless asked otherwise, for other readers none until they choose."""
    found, own = offered(), data.reader().department
    names = {code: _label(department) for code, department in found.items()}
    if own is None:
        names = {NOT_CHOSEN: Text("Choose a department", "部局を選択")} | names
    return found.get(choose("department", Text("Department", "部局"), names, own or NOT_CHOSEN))


def offer_departments() -> None:
    """Where nothing is chosen, every department to choose from, each kind in a column."""
    st.info(say(WHICH), icon=":material/account_balance:")
    found = leaves()
    kinds = dict.fromkeys(department.kind for department in found.values())
    for kind, column in zip(kinds, st.columns(max(len(kinds), 1)), strict=False):
        with column.container(gap="xsmall"):
            st.markdown(f"**{say(word(kind, KIND_GROUPS) if kind else OTHER)}**")
            for code, department in found.items():
                if department.kind == kind and st.button(
                    literal(say(department.name)), type="tertiary", key=f"department:{code}"
                ):
                    move(department=(code,))


def own_ledger(department: str) -> Ledger:
    """The ledger, to count the records of a department that the reader is entitled to; PermissionError for another."""
    if not data.reader().scope.covers(department):
        raise PermissionError(f"{data.reader().code} is not entitled to the records of {department!r}")
    return data.ledger()


def names_of(codes: tuple[str, ...]) -> str:
    """Departments by name, in one line."""
    every = data.department_names()
    return say(Text(", ", "、")).join(say(every[code]) for code in codes)


def _department(code: str, row: Mapping[Hashable, Any], below: tuple[str, ...]) -> Department:
    opened, closed = (None if row[day] is pd.NaT else row[day].date() for day in ("opened", "closed"))
    return Department(
        code=code,
        name=Text(str(row["name_en"]), str(row["name_ja"])),
        kind=str(row["kind"]),
        discipline=str(row["discipline"]),
        opened=opened,
        closed=closed,
        leaves=below,
    )


def _label(department: Department) -> Text:
    if not department.leaves:
        return department.name
    return TOGETHER.filled(name=department.name, count=len(department.leaves))
