"""With what each cached function is asked in P3, as whom; and the promise itself."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import streamlit as st
from sqlalchemy import Engine, insert, update

from assurance.cached_functions import Rounds, cached_functions, faults, two_identities
from assurance.canary_university import build
from assurance.promise import Outcome, Promise
from data_access.engine import connect
from data_access.readers import Reader, demonstration_readers
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Activity, ActivityDepartment, State
from metrics.catalogue import INDICATORS
from metrics.disclosure.setting import chosen_method
from metrics.portfolio import Question
from metrics.view import Selection
from pages.parts import counted, data
from pages.parts.expectation.choices import Reference
from pages.parts.store import Store
from vocabulary.text import Text

FEW = ("LET", "ENG", "ENGM", "AGR", "GENG", "IMR")  # departments of the university that is asked about
YEAR, YEARS = 2025, (2024, 2025)
LONG = 60_000  # rows of which one cell is changed
AMOUNT = 1_000


class Identity(NamedTuple):
    """Who asks, and of which department."""

    reader: Reader
    department: str


Asking = Callable[[Store, Identity], tuple[object, ...]]


def _share(store: Store, who: Identity) -> tuple[object, ...]:
    return store, "international_student_share", who.department, YEARS


def _own(who: Identity) -> tuple[str, ...]:
    return tuple(sorted(who.reader.scope.departments))


def _question(who: Identity) -> Question:
    return Question(department=who.department, fiscal_years=YEARS)


ASKED: dict[str, Asking] = {
    "auditing._verified": lambda store, who: (store.url, 9),
    "change.asked._levels": lambda store, who: (*_share(store, who), INDICATORS["international_student_share"]),
    "change.asked._splits": lambda store, who: (
        *_share(store, who),
        "whole",
        INDICATORS["international_student_share"],
    ),
    "data._days_of_import": lambda store, who: (store, 9 + len(who.department)),
    "counted.every_year_of": lambda store, who: (store, "whole"),
    "counted.declared_to": lambda store, who: (store, who.reader.scope),
    "data._goals": lambda store, who: (store, who.reader.scope),
    "counted.table_of": lambda store, who: (
        *(store, ("publications", "industry_funding"), ("department", "fiscal_year")),
        *(Selection(departments=(who.department,)), "whole"),
    ),
    "data.names_of": lambda store, who: (store, "departments"),
    "data.public_of": lambda store, who: (store, "countries"),
    "departments.departments_of": lambda store, who: (store,),
    "expectation.figures._of_all": lambda store, who: (
        *(store, "international_student_share", "level", YEAR, "whole"),
        *(Reference("university", Text("the university", "全学"), YEAR), (who.department, "GENG")),
    ),
    "hub.kept._network": lambda store, who: (store, _question(who), "partners", 2),
    "jobs._workers": lambda store, who: (),
    "naming._decided": lambda store, who: (store,),
    "naming._waiting": lambda store, who: (store,),
    "participation.asked._kept": lambda store, who: (store, who.department, YEAR, "everyone"),
    "participation.asked._people": lambda store, who: (store, who.department),
    "portfolios.portfolio_in": lambda store, who: (store, _question(who)),
    "quality.kept._completeness": lambda store, who: (store, ("publications",), "whole", (INDICATORS["publications"],)),
    "quality.kept._checked": lambda store, who: (store,),
    "quality.kept._found": lambda store, who: (store,),
    "quality.kept._years_found": lambda store, who: (store, (data.ledger_of(store).unit_position[who.department],)),
    "secrecy._published": lambda store, who: (store, _own(who), chosen_method(), data.ledger_of(store)),
    "secrecy._safe_sums": lambda store, who: (
        *(store, _own(who), (("ENG", "faculty"), ("AGR", "faculty"), ("LET", "faculty")), YEAR, "whole"),
        *(("publications",), (INDICATORS["publications"],), data.ledger_of(store)),
    ),
    "secrecy._sums_told": lambda store, who: (
        *(store, _own(who), (("ENG", "faculty"), ("AGR", "faculty"), ("LET", "faculty")), YEAR),
        data.ledger_of(store),
    ),
    "shown._last": lambda store, who: (store.url,),
    "store._ledgers": lambda store, who: (store.url,),
    "store.engine_of": lambda store, who: (store.url,),
    "store.holdings_of": lambda store, who: (store,),
    "store.ledger_of": lambda store, who: (store,),
    "who_reads._demonstration_readers": lambda store, who: (store,),
}


def ask_everything(store: Store, rounds: int) -> dict[str, Rounds]:
    """Every cached function of the code, asked by a head, another head and the office; LookupError for a new one."""
    engine = connect(store.url)
    readers = demonstration_readers(Records(engine, WHOLE_UNIVERSITY))
    engine.dispose()
    identities = {
        code: Identity(readers[code], code.partition(":")[2] or "*") for code in ("head:ENG", "head:AGR", "office")
    }
    found = {}
    for function in cached_functions():
        if function.name not in ASKED:
            raise LookupError(f"nobody says how to ask the cached function {function.name}: see cached_asked.ASKED")
        asked = {code: ASKED[function.name](store, who) for code, who in identities.items()}
        found[function.name] = two_identities(function.name, function.loaded(), asked, rounds)
    return found


def one_cell(url: str) -> tuple[float, float]:
    """The cached total of 60,000 rows, and that after one cell of them grew by `AMOUNT` in a new state of the data."""
    engine = connect(url)
    _long(engine)
    before = _total(Store(url, 2))
    with engine.begin() as connection:
        changed = update(Activity).where(Activity.record_id == f"long{LONG // 4}")  # none that a sample holds
        connection.execute(changed.values(amount=Activity.amount + AMOUNT))
        connection.execute(update(State).where(State.name == "data_version").values(value="3"))
    engine.dispose()
    return before, _total(Store(url, 3))


def _total(store: Store) -> float:
    asked = Selection(fiscal_years=(YEAR,))
    table = counted.figures_of(store, ("industry_funding",), ("department", "fiscal_year"), asked, "whole")
    return float(table.loc[table["department"] == "*", "value"].iloc[0])


def _long(engine: Engine) -> None:
    """60,000 contracts of one department, put in at once."""
    with engine.begin() as connection:
        first = 10_000_000
        common: dict[str, object] = {
            "source": "long",
            "activity_type": "industry_contract",
            "title": "long",
            "currency": "JPY",
        }
        common |= {"start_date": pd.Timestamp(YEAR, 6, 1).date(), "content_hash": "", "import_id": 1, "file_row": 1}
        rows = [common | {"activity_id": first + n, "record_id": f"long{n}", "amount": 1.0} for n in range(LONG)]
        connection.execute(insert(Activity), rows)
        links = [{"activity_id": first + n, "department": "ENG", "share": 1.0} for n in range(LONG)]
        connection.execute(insert(ActivityDepartment), links)


@contextmanager
def small_university() -> Iterator[str]:
    """The address of a canary university of few departments."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'monitor.db'}"
        build(url, FEW)
        yield url


def cross_no_rights() -> Outcome:
    """Every cached function judged by its code and asked by three identities, then one cell of 60,000 rows changed."""
    with small_university() as url:
        functions = cached_functions()
        wrong = [f"{one.name}: {fault}" for one in functions for fault in faults(one)]
        asked = ask_everything(Store(url, 1), rounds=1000)
        mismatches = [one for rounds in asked.values() for one in rounds.mismatches]
        before, after = one_cell(url)
    st.cache_data.clear()
    st.cache_resource.clear()
    count = sum(rounds.asked for rounds in asked.values())
    tried = f"{len(functions)} cached functions, {count:,} calls by 3 identities in 8 threads, 1 cell of {LONG:,} rows"
    seen = after - before == AMOUNT
    result = f"mismatches {len(mismatches)}; keys that could mix {len(wrong)}; change {'seen' if seen else 'not seen'}"
    return Outcome(tried, "; ".join([result, *wrong[:2], *mismatches[:2]]), not wrong and not mismatches and seen)


PROMISES = (
    Promise(
        number=3,
        promise="No cached figure crosses rights",
        explanation="Every cached function is found in the code, so that a new one has to be tried; its key is judged, "
        "and it is asked by two heads and the office in both orders and by eight threads at once.",
        attempt=cross_no_rights,
    ),
)
