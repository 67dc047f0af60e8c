"""The only place where pages read the database: what the reader may see, and the figures cut to it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, get_args

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from data_access.engine import default_url
from data_access.imports import KINDS
from data_access.imports.remarks_column import REMARKS as REMARKS_COLUMN
from data_access.readers import Reader as Reader
from data_access.records import Records as Records
from data_access.scope import Scope
from metrics.catalogue import INDICATORS
from metrics.declared import having
from metrics.disclosure.groups import Kinds
from metrics.disclosure.peers import peers_seen
from metrics.disclosure.remainders import listed_kinds
from metrics.disclosure.seen import Asked, seen
from metrics.every_year import BY
from metrics.goals import Goal, goals_of
from metrics.indicator import Indicator
from metrics.kinds import Sum, large_kinds, together
from metrics.ledger import UNIVERSITY, Ledger
from metrics.members import members
from metrics.spread import Spread
from metrics.tabulate import OK
from metrics.view import Counting, Dimension, Selection
from pages.parts.counted import declared_to, figures_of
from pages.parts.language import say
from pages.parts.one_run import once
from pages.parts.secrecy import published_to, safe_sums_to
from pages.parts.shown import store as store
from pages.parts.store import AS_WRITTEN as AS_WRITTEN
from pages.parts.store import Store as Store
from pages.parts.store import engine_of, everything
from pages.parts.store import holdings_of as holdings_of
from pages.parts.store import is_demonstration as is_demonstration
from pages.parts.store import ledger_of as ledger_of
from pages.parts.who_reads import reader as reader
from pages.parts.who_reads import reader_name as reader_name
from pages.parts.who_reads import readers as readers
from vocabulary.text import Text

REMARKS = REMARKS_COLUMN  # the header of the column that the import does not read
Public = Literal["annotations", "countries", "country_matrix", "departments"]
FILE_KINDS = KINDS  # of files that can be imported, for the page that says how


# What they may see


def engine() -> Engine:
    """The database of `DATABASE_URL`, with its schema up to date."""
    return engine_of(default_url())


def records() -> Records:
    """The records that the reader may see."""
    return Records(engine(), reader().scope)


def public(table: Public) -> pd.DataFrame:
    """A table of which everybody who reads at all may read every row: not to be changed, as the run shares it."""
    everybodys = once(("public", table), lambda: public_of(store=store(), table=table).copy(deep=False))
    return everybodys.iloc[:0] if reader().scope.is_nobody else everybodys


def ledger() -> Ledger:
    """The ledger of the whole university. What is counted from it is cut to the reader by `figures`, not here."""
    return once("ledger", _counted_ledger)


def _counted_ledger() -> Ledger:
    state = store()
    if st.session_state.get("counted") != state:  # the sign takes a thread: only where this session may have to wait
        with st.spinner(say(Text("Counting the records…", "記録を集計しています…"))):
            ledger_of(state)
        st.session_state["counted"] = state
    return ledger_of(state)


def fiscal_years() -> tuple[int, ...]:
    """The fiscal years that there are figures for, in order."""
    return tuple(ledger().fiscal_years)


def department_names() -> Mapping[str, Text]:
    """What each department is called, the university (`*`) first."""
    return once("departments", lambda: names_of(store=store(), table="departments"))


def country_names() -> Mapping[str, Text]:
    """What each country is called, by alpha-2 code."""
    return once("countries", lambda: names_of(store=store(), table="countries"))


def country_regions() -> Mapping[str, str]:
    """Which region each country is of, by alpha-2 code."""
    columns = ("code", "region")
    return once("regions", lambda: dict(zip(*(public("countries")[name].tolist() for name in columns), strict=True)))


def indicators() -> dict[str, Indicator]:
    """The common catalogue, then what departments declared beside it, as far as the reader may see it."""
    return once("indicators", lambda: INDICATORS | declared_to(store=store(), scope=reader().scope).indicators)


def indicators_of(department: str) -> dict[str, Indicator]:
    """Those whose figure exists for a department: the common ones, and what it or a unit above it declared."""
    return once(("indicators", department), lambda: having(indicators().values(), department, ledger().tree))


def goals() -> dict[tuple[str, str], Goal]:
    """The goals that the reader may see, by indicator and department."""
    return once("goals", lambda: _goals(store=store(), scope=reader().scope))


def unreadable_declarations() -> tuple[str, ...]:
    """The keys of declarations that the reader may see and that are no indicators any more."""
    return tuple(declared_to(store(), reader().scope).unreadable)


def figures(
    keys: Iterable[str],
    by: tuple[Dimension, ...] = ("department", "fiscal_year"),
    selection: Selection | None = None,
    counting: Counting = "whole",
) -> pd.DataFrame:
    """The figures of these indicators, as `tabulate` gives them, with the rows that the reader may see.

    Readers of the whole university see all of them. A head sees those of the own departments, and of the university
    what is published of it (`metrics.disclosure`): the rest is `suppressed`, or `fewer than 5`.
    """
    asked, scope = selection or Selection(), reader().scope
    if not scope.whole_university and asked.departments is not None:
        mine = tuple(code for code in asked.departments if code == UNIVERSITY or scope.covers(code))
        asked = replace(asked, departments=mine)
    if scope.is_nobody or asked.departments == ():
        return _counted(tuple(keys), by, replace(asked, departments=(UNIVERSITY,)), counting).iloc[:0]
    if scope.whole_university:
        return _counted(tuple(keys), by, asked, counting)
    return _for_a_head(tuple(keys), by, asked, counting)


def _for_a_head(keys: tuple[str, ...], by: tuple[Dimension, ...], asked: Selection, counting: Counting) -> pd.DataFrame:
    """The reader's own figures, and the university's as they are published to the reader."""
    one_unit, scope = "department" not in by, reader().scope
    wide: tuple[Dimension, ...] = ("department", *by) if one_unit else by
    shown = asked.departments or ((UNIVERSITY,) if one_unit else None)
    table = _counted(keys, wide, replace(asked, departments=shown), counting)
    told = published_to(scope.departments, ledger(), store())
    kept = seen(table, indicators(), scope.covers, told, Asked(wide, asked, counting))
    return kept.drop(columns="department") if one_unit else kept


def university_figures(keys: tuple[str, ...], counting: Counting = "whole") -> pd.DataFrame:
    """The figures of the university alone, of every fiscal year."""
    return figures(keys, selection=Selection(departments=(UNIVERSITY,)), counting=counting)


def peers(key: str, fiscal_year: int, counting: Counting = "whole", kind: str = "") -> Spread:
    """How the departments lie on an indicator in one year, with nothing that says whose a value is.

    Departments that have others below them are left out, as they would count these again. A `kind` gives those of one
    kind only. Of protected indicators a head is told no more than `metrics.disclosure.peers` says.
    """
    if reader().scope.is_nobody:
        return Spread(ordered=())
    table = _counted((key,), BY, Selection(fiscal_years=(fiscal_year,)), counting)
    table = table[table["department"].isin(kinds()) & (table["status"] == OK) & table["value"].notna()]
    if kind:
        if not reader().scope.whole_university and kind not in listed_kinds(table["department"], _reading()):
            return Spread(ordered=())
        table = table[table["department"].map(kinds()) == kind]
    return peers_seen(table, indicators()[key], reader().scope.covers)


def peer_values(key: str, fiscal_year: int, counting: Counting = "whole") -> tuple[float, ...]:
    """The values of all departments that the reader may see, lowest first."""
    return peers(key, fiscal_year, counting).ordered


def of_kind(
    keys: Iterable[str], fiscal_year: int, kind: str, counting: Counting = "whole", without: str = ""
) -> dict[str, Sum]:
    """The departments of a kind added up, but one of the reader's, as far as the reader may know it.

    See `metrics.kinds.together`. LookupError for a kind of so few that it would tell of one; PermissionError for a
    department that is not the reader's.
    """
    if kind not in large_kinds(kinds().values()):
        raise LookupError(f"there are too few departments of kind {kind!r} to speak of them together")
    if without and not reader().scope.covers(without):
        raise PermissionError(f"{reader().code} is not entitled to the records of {without!r}")
    every, scope, told = tuple(keys), reader().scope, None
    others = tuple(code for code, of in kinds().items() if of == kind and code != without)
    table = _counted(every, BY, Selection(fiscal_years=(fiscal_year,), departments=others), counting)
    if not scope.whole_university:
        asked = [indicators()[key] for key in every]
        sums = safe_sums_to(_reading(), asked, fiscal_year, counting, ledger(), store())
        told = {key for of, key in sums if of == kind}
    return together(table.iloc[:0] if scope.is_nobody else table, kinds(), kind, told, without)


def _reading() -> Kinds:
    """Which departments there are beside the reader's."""
    return Kinds(kinds=kinds(), own=tuple(sorted(reader().scope.departments)))


def kinds() -> dict[str, str]:
    """What kind of department each is that has none below it. No secret."""
    return once("kinds", _kinds)


def _kinds() -> dict[str, str]:
    tree = ledger().tree
    units = zip(tree.units, tree.kind, tree.leaves.tolist(), strict=True)
    return {code: kind for code, kind, leaf in units if leaf and code != UNIVERSITY}


def activities_behind(
    key: str,
    department: str,
    fiscal_years: tuple[int, ...],
    selection: Selection | None = None,
    counting: Counting = "whole",
    *,
    denominator: bool = False,
) -> pd.DataFrame:
    """The activities that a figure counts, as far as the reader may see them; of its denominator where asked for."""
    indicator = indicators()[key]
    measure = indicator.denominator if denominator else indicator.numerator
    if measure is None:
        return records().activities(ids=())
    found = members(
        ledger(),
        measure,
        department=department,
        fiscal_years=fiscal_years,
        selection=selection,
        counting=counting,
    )
    return records().activities(ids=[int(number) for number in found])


def days_of_import(import_id: int) -> tuple[pd.Timestamp, pd.Timestamp, int] | None:
    """First and last day of the activities that are stored as an import delivered them, and how many they are.

    None where there are none, and for readers who may not read imports.
    """
    return _days_of_import(store(), import_id) if reader().scope.whole_university else None


# Caches: keyed by plain values only; what they hold is the whole university's, and is cut afterwards


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=AS_WRITTEN)
def public_of(store: Store, table: Public) -> pd.DataFrame:
    """A table of one state of the data of which everybody may read every row."""
    if table not in get_args(Public):
        raise ValueError(f"{table!r} is not everybody's; there are {', '.join(get_args(Public))}")
    frame: pd.DataFrame = getattr(everything(store.url), table)()
    return frame


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=AS_WRITTEN)
def names_of(store: Store, table: Public) -> Mapping[str, Text]:
    """What the things of such a table are called, by their codes."""
    rows = public_of(store, table)
    return MappingProxyType({str(row.code): Text(str(row.name_en), str(row.name_ja)) for row in rows.itertuples()})


@st.cache_data(max_entries=32, show_spinner=False)
def _days_of_import(store: Store, import_id: int) -> tuple[pd.Timestamp, pd.Timestamp, int] | None:
    days = everything(store.url).activities(columns=("start_date",), import_id=import_id)["start_date"]
    return (days.min(), days.max(), len(days)) if len(days) else None


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=AS_WRITTEN)
def _goals(store: Store, scope: Scope) -> dict[tuple[str, str], Goal]:
    return goals_of(Records(engine_of(store.url), scope).goals())


def _counted(
    keys: tuple[str, ...], by: tuple[Dimension, ...], selection: Selection, counting: Counting
) -> pd.DataFrame:
    ledger()  # with its sign of progress, outside the cached function
    if hidden := set(keys) - set(indicators()):
        raise LookupError(f"no indicator {sorted(hidden)[0]!r} that {reader().code} may see")
    return figures_of(store(), keys, by, selection, counting)
