"""The house keeps its rules, and each rule notices the module that breaks it."""

import pytest

from tests import house
from tests.house import Module, Rule

DATA, CHARTS = house.DATA, f"{house.CHARTS}.py"
UNSAFE, WIDTH = "unsafe_allow" + "_html", "use_container" + "_width"

BROKEN: list[tuple[Rule, str, str]] = [
    (house.directions, "metrics/rates.py", "from sqlalchemy import select"),
    (house.directions, "metrics/rates.py", "import streamlit as st"),
    (house.directions, "metrics/rates.py", "from data_access.records import Records"),
    (house.directions, "metrics/rates.py", "def late():\n    from pages.parts import data"),
    (house.directions, "metrics/rates.py", "from .ledger import Ledger"),
    (house.directions, "data_access/goals.py", "import streamlit.runtime"),
    (house.directions, "data_access/goals.py", "from metrics.catalogue import INDICATORS"),
    (house.directions, "data_access/imports/rows.py", "import pages.parts.data"),
    (house.directions, "vocabulary/years.py", "from metrics.ledger import Ledger"),
    (house.directions, "demonstration/rows.py", "from pages.parts import data"),
    (house.directions, "pages/strategy/goals.py", "import manage"),
    (house.directions, "pages/strategy/goals.py", "from tests.house import Module"),
    (house.directions, "manage.py", "from pages.parts import data"),
    (house.directions, "commands/figures.py", "from pages.parts import data"),
    (house.directions, "commands/figures.py", "import manage"),
    (house.one_door_to_the_data, "pages/strategy/goals.py", "from data_access.records import Records"),
    (house.one_door_to_the_data, "pages/strategy/goals.py", "from data_access import engine"),
    (house.one_door_to_the_data, "pages/parts/filters.py", "import sqlalchemy"),
    (house.one_door_to_the_data, "app.py", "from data_access.engine import connect"),
    (house.one_door_to_the_data, "pages/parts/imports/commit.py", "from data_access.imports import store_files"),
    (house.one_door_to_the_data, "pages/strategy/goals.py", "from pages.parts.store import everything"),
    (house.one_door_to_the_data, "pages/parts/filters.py", "from pages.parts import store"),
    (house.one_door_to_the_data, "pages/strategy/goals.py", "from pages.parts.counted import figures_of"),
    (house.one_room_for_charts, "pages/strategy/goals.py", "import plotly.graph_objects as go"),
    (house.one_room_for_charts, "metrics/rates.py", "from plotly import graph_objects"),
    (house.nothing_at_the_top_of_pages, "pages/loose.py", ""),
    (house.nothing_at_the_top_of_pages, "pages/__init__.py", ""),
    (house.short_files, "metrics/rates.py", "\n" * 301),
    (house.nothing_banned, CHARTS, "import plotly.express as px"),
    (house.nothing_banned, CHARTS, "from plotly import express"),
    (house.nothing_banned, "metrics/rates.py", "import pickle"),
    (house.nothing_banned, "data_access/rows.py", "pandas.read_sql('SELECT 1', connection)"),
    (house.nothing_banned, "data_access/rows.py", "from pandas import read_sql_query"),
    (house.nothing_banned, "pages/strategy/goals.py", f"st.markdown(name, {UNSAFE}=True)"),
    (house.nothing_banned, "pages/strategy/goals.py", f"st.button('Go', {WIDTH}=True)"),
    (house.nothing_banned, DATA, "@st.cache_data(persist='disk')\ndef rows(): ..."),
    (house.constant_sql, "data_access/rows.py", "from sqlalchemy import text\ntext(f'DELETE FROM {table}')"),
    (house.constant_sql, "data_access/rows.py", "from sqlalchemy import text\ntext('DELETE FROM ' + table)"),
    (house.constant_sql, "data_access/rows.py", "connection.exec_driver_sql(f'DELETE FROM {table}')"),
    (house.constant_sql, "data_access/rows.py", "connection.execute('DELETE FROM ' + table)"),
    (house.constant_sql, "commands/rows.py", "cursor.execute('DELETE FROM {}'.format(table))"),
    (house.told_who_sees, "pages/parts/data.py", "rows = read(as_whole(connection))"),
    (house.told_who_sees, "commands/figures.py", "with engine.seen_by(connection, scope): ..."),
    (house.told_who_sees, "commands/templates.py", "rows = read(connection)"),
    (
        house.what_writes_tells,
        "data_access/access/giving.py",
        "with engine.begin() as connection: as_whole(connection)",
    ),
    (house.what_writes_tells, "data_access/condition.py", "as_whole(connection).execute(delete(State))"),
    (house.what_writes_tells, "demonstration/loading.py", "rows = read(as_whole(connection))"),
    (house.nothing_banned, "pages/strategy/goals.py", "st.html(name)"),
    (house.nothing_banned, "pages/strategy/goals.py", "st.download_button('CSV', data=rows)"),
    (house.nothing_banned, "pages/strategy/goals.py", "import streamlit.components.v1 as components"),
    (house.nothing_banned, "data_access/rows.py", "frame.to_pickle(path)"),
    (house.nothing_banned, "pages/strategy/goals.py", "@st.fragment(run_every=5)\ndef figures(): ..."),
    (house.nothing_of_everybody, "pages/a/b.py", "from pages.parts.data import Records, engine"),
    (
        house.nothing_of_everybody,
        "pages/a/b.py",
        "from pages.parts import data\ndata.Records(scope=scope).activities()",
    ),
    (house.nothing_of_everybody, "pages/a/b.py", "from pages.parts import data\nrows = read(data.engine())"),
    (house.nothing_of_everybody, "pages/a/b.py", "from pages.parts import data as d\nrows = d.ledger().activity_ids"),
    (house.nothing_of_everybody, "pages/a/b.py", "import pages.parts.data\npages.parts.data.ledger_of(store)"),
    (
        house.nothing_of_everybody,
        "pages/a/b.py",
        "from pages.parts import departments\ndepartments.data.everything(url)",
    ),
    (house.nothing_of_everybody, "pages/a/b.py", "from pages.parts import data\ngetattr(data, name)()"),
    (house.nothing_of_everybody, "pages/a/b.py", "from pages.parts import data\ndata._table(store, keys)"),
    (house.nothing_of_everybody, "pages/a/b.py", "from pages.parts.data import *"),
    (house.nothing_of_everybody, "pages/a/b.py", "from data_access.scope import WHOLE_UNIVERSITY"),
    (house.nothing_of_everybody, "pages/a/b.py", "goals(Scope(whole_university=True))"),
    (house.nothing_of_everybody, "pages/parts/filters.py", "from pages.parts import data\ndata.ledger().people"),
    (house.nothing_of_everybody, "pages/parts/ways.py", "from pages.parts import data\ndata.engine(), data.ledger()"),
    (house.nothing_of_everybody, "pages/parts/ways.py", "from pages.parts import data\nrows = data.records()"),
    (house.caches_are_decorators, "pages/a/b.py", "from streamlit import cache_data\n@cache_data\ndef rows(): ..."),
    (house.caches_are_decorators, "pages/a/b.py", "rows = st.cache_data(ttl=1)(read)"),
    (house.caches_are_decorators, "pages/a/b.py", "kept = st.cache_resource\n@kept\ndef rows(): ..."),
    (house.caches_are_decorators, "pages/a/b.py", "import streamlit\n@streamlit.cache_data\ndef rows(): ..."),
    (house.caches_are_decorators, "pages/a/b.py", "from functools import lru_cache\n@lru_cache\ndef rows(): ..."),
    (house.caches_are_decorators, "pages/a/b.py", "import functools\n@functools.cache\ndef rows(): ..."),
    (house.downloads_by_the_route, "pages/a/b.py", "place.download_button('CSV', data=rows)"),
    (house.downloads_by_the_route, "pages/a/b.py", "import streamlit\nstreamlit.download_button('CSV', data=rows)"),
    (house.downloads_by_the_route, "pages/a/b.py", "from streamlit import download_button as take"),
    (house.downloads_by_the_route, "pages/a/b.py", "st.columns(2)[0].html(name)"),
    (house.downloads_by_the_route, "pages/a/b.py", "place.iframe(address)"),
    (house.downloads_by_the_route, "pages/a/b.py", "st.link_button('CSV', address)"),
    (house.downloads_by_the_route, "pages/a/b.py", "st.markdown(f'[CSV](data:text/csv;base64,{rows})')"),
    (house.downloads_by_the_route, "pages/a/b.py", "st.page_link('javascript:alert(1)')"),
    (house.downloads_by_the_route, "pages/parts/downloads.py", "link = 'no button'"),
    (house.who_reads_in_one_place, "pages/strategy/goals.py", "st.write(st.user.email)"),
    (house.who_reads_in_one_place, "pages/strategy/goals.py", "from streamlit import user"),
    (house.who_reads_in_one_place, house.READER, "@st.cache_data\ndef who(): return st.user.sub"),
    (house.who_reads_in_one_place, DATA, "@st.cache_resource(max_entries=4)\ndef rows(store): return reader().scope"),
    (house.who_reads_in_one_place, DATA, "@st.cache_data\ndef rows(store): return who_reads.reader()"),
    (
        house.callbacks_touch_no_data,
        "pages/office/imports.py",
        "from pages.parts.data import store\nst.button('Store', on_click=lambda: store(rows))",
    ),
    (
        house.callbacks_touch_no_data,
        "pages/office/imports.py",
        "from pages.parts import writing\nst.button('Store', on_click=writing.storing)",
    ),
    (
        house.callbacks_touch_no_data,
        "pages/office/imports.py",
        "from pages.parts import data\ndef _save():\n    _write()\ndef _write():\n    data.store(rows)\n"
        "st.button('Store', on_click=_save)",
    ),
    (house.colours_in_one_file, "pages/strategy/goals.py", "colour = '#c8102e'"),
    (house.colours_in_one_file, "pages/strategy/goals.py", "style = f'border: 1px solid #FFF; width: {width}'"),
    (house.colours_in_one_file, "pages/strategy/goals.py", "colour = 'rgba(0, 0, 0, 0.1)'"),
    (house.colours_in_one_file, "pages/strategy/goals.py", "colour = '#000001'"),
    (house.colours_in_one_file, CHARTS, "colour = '#000100'"),
]

KEPT: list[tuple[Rule, str, str]] = [
    (house.directions, "pages/parts/data.py", "import streamlit\nfrom metrics.ledger import Ledger"),
    (house.one_door_to_the_data, DATA, "from data_access.records import Records"),
    (house.one_door_to_the_data, house.WRITING, "from data_access.imports.deliveries import store_deliveries"),
    (house.one_door_to_the_data, "pages/parts/disclosure.py", "from data_access.scope import Scope"),
    (house.one_room_for_charts, "pages/parts/charts/trend.py", "import plotly.graph_objects as go"),
    (house.nothing_at_the_top_of_pages, "pages/strategy/goals.py", ""),
    (house.short_files, "data_access/migrations/versions/0001.py", "\n" * 301),
    (house.nothing_banned, DATA, "st.selectbox('Department', codes, persist_state='session')"),
    (house.constant_sql, "data_access/tables/base.py", "from sqlalchemy import text\ntext('ror_id IS NULL')"),
    (house.constant_sql, "data_access/engine.py", "connection.exec_driver_sql(f'PRAGMA busy_timeout={number}')"),
    (house.constant_sql, "data_access/rows.py", "connection.execute(select(Rate).where(Rate.currency == 'EUR'))"),
    (house.nothing_banned, "pages/parts/words.py", "html.escape(name)"),
    (
        house.what_writes_tells,
        "data_access/access/giving.py",
        "with engine.begin() as c: audit.record(as_whole(c), by, GIVEN)",
    ),
    (house.what_writes_tells, "commands/templates.py", "rows = read(as_whole(connection))"),
    (house.nothing_of_everybody, DATA, "records = Records(engine(), WHOLE_UNIVERSITY)"),
    (house.nothing_of_everybody, "pages/a/b.py", "from pages.parts import data\nrows: data.Records = data.records()"),
    (house.nothing_of_everybody, "pages/a/b.py", "found.everything.counted, asked.seen.holdings.ledger"),
    (house.nothing_of_everybody, "pages/parts/ways.py", "from pages.parts import data\ndata.ledger().tree"),
    (house.caches_are_decorators, DATA, "@st.cache_data(max_entries=4)\ndef rows(store): ..."),
    (house.caches_are_decorators, "pages/a/b.py", "from functools import cached_property, partial"),
    (house.downloads_by_the_route, "pages/parts/words.py", "import html\nhtml.escape(name)"),
    (house.downloads_by_the_route, CHARTS, "address = f'data:image/svg+xml;base64,{written}'"),
    (house.downloads_by_the_route, "pages/a/b.py", "st.write('Incomplete data: see the page Quality')"),
    (house.who_reads_in_one_place, house.READER, "def who(): return st.user.sub"),
    (house.who_reads_in_one_place, DATA, "@st.cache_data\ndef rows(store, scope): return len(scope.departments)"),
    (house.callbacks_touch_no_data, "pages/a/b.py", "from pages.parts import data\nst.plotly_chart(on_select='rerun')"),
    (house.callbacks_touch_no_data, "pages/a/b.py", "def _keep(): st.session_state.a = 1\nst.pills(on_change=_keep)"),
    (house.colours_in_one_file, CHARTS, "slot = '#000007'\nslots = f'#0000{number}'\nground = 'rgba(0,0,0,0)'"),
    (house.colours_in_one_file, "pages/a/b.py", "'''See issue #123.'''\nlink = 'records#abcdefg'"),
]


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    broken = [f"{module.path} {what}" for module in house.modules() for what in rule(module)]
    assert not broken, f"{rule.__doc__} But:\n" + "\n".join(broken)


@pytest.mark.parametrize(("rule", "path", "source"), BROKEN)
def test_a_module_that_breaks_a_rule_is_found(rule: Rule, path: str, source: str) -> None:
    assert rule(Module(path, source))


@pytest.mark.parametrize(("rule", "path", "source"), KEPT)
def test_a_module_that_keeps_a_rule_is_left_alone(rule: Rule, path: str, source: str) -> None:
    assert rule(Module(path, source)) == []


def test_no_test_times_anything() -> None:
    assert [found for module in house.tests() for found in house.nothing_timed(module)] == []
    timed = ("import time\ntime.perf_counter()", "from time import process_time", "import timeit")
    assert all(house.nothing_timed(Module("tests/test_pages.py", source)) for source in timed)


def test_every_rule_has_a_module_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BROKEN} == set(house.RULES)


def test_the_rules_are_asked_about_every_room() -> None:
    assert {module.room for module in house.modules()} == set(house.ROOMS) - set(house.NOT_RUNNING)


def test_no_style_sheet_or_page_of_html_carries_a_look_of_its_own() -> None:
    ours = [path for room in ("pages", "static") for path in (house.HOME / room).rglob("*")]
    assert [path.name for path in ours if path.suffix in {".css", ".html", ".js"}] == []
