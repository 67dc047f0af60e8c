"""The catalogue of indicators as it is declared: searched, filtered, chosen from, taken along as a file."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from metrics.counted_from import counted_from
from metrics.disclosure.policy import PROTECTIONS, protection
from metrics.indicator import Better, Indicator
from metrics.references import SCHEMES
from metrics.search import matching
from metrics.sources import OWN, source_name, source_text, sources_of
from metrics.timing import timing
from pages.parts import data
from pages.parts.filters import choose_many, search
from pages.parts.language import literal, say
from pages.parts.tables import YES, Column, choosing_table, downloads
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.text import Text

UNITS: Mapping[str, Text] = {
    "share": Text("share (%)", "割合（%）"),
    "count": Text("number", "件数"),
    "persons": Text("persons", "人数"),
    "yen": Text("yen", "金額（円）"),
    "index": Text("index", "指数"),
}
BETTER: dict[Better, Text] = {
    "higher": Text("higher is better", "大きいほどよい"),
    "lower": Text("lower is better", "小さいほどよい"),
    "neither": Text("neither", "どちらともいえない"),
}
COUNTED = {
    True: Text("by the rule chosen", "選んだ計数方法による"),
    False: Text("the same under every rule", "計数方法によらない"),
}
SEARCH = Text(
    "Search name, key, definition, source or number (IMPI 01009), in either language",
    "名称・キー・定義・出典・番号（IMPI 01009 など）を日英どちらの語でも検索",
)
FOUND = Text("{n} of {all} indicators.", "{all}指標のうち{n}指標。")
EVERY = Text("{all} indicators.", "全{all}指標。")
CHOOSE = Text(
    "Choose a row to read its definition in full, several to compare them.",
    "行を選ぶと定義の全文を、複数選ぶと並べて表示する。",
)
NONE = Text(
    "No indicator fits. Take out a word or a filter.", "該当する指標はない。語または絞り込みを減らすと見つかる。"
)
ALT = Text("The catalogue of indicators", "指標の一覧")
COLUMNS = {
    "name": Column(name=Text("Indicator", "指標"), width=(310, 220)),
    "target": Column(name=Text("Target", "目標"), width=96),
    "unit": Column(name=Text("Unit", "単位"), width=86),
    "definition": Column(name=Text("Definition", "定義"), width=(446, 536)),
    "better": Column(name=Text("What is better", "望ましい方向"), width=145),
    "process": Column(name=Text("Process", "取組"), width=190),
    "source": Column(name=Text("Source", "出典"), width=200),
    "key": Column(name=Text("Key", "キー"), width=200),
}
FILE = {
    "key": Column(name=Text("Key", "キー")),
    "name_en": Column(name=Text("Name (English)", "名称（英語）")),
    "name_ja": Column(name=Text("Name (Japanese)", "名称（日本語）")),
    **{name: COLUMNS[name] for name in ("target", "process", "unit", "better")},
    "timing": Column(name=Text("Read when", "集計時点")),
    "counting": Column(name=Text("Counting", "計数方法")),
    "protection": Column(name=Text("Small numbers", "少人数の扱い")),
    "definition_en": Column(name=Text("Definition (English)", "定義（英語）")),
    "definition_ja": Column(name=Text("Definition (Japanese)", "定義（日本語）")),
    "formula_en": Column(name=Text("Formula (English)", "式（英語）")),
    "formula_ja": Column(name=Text("Formula (Japanese)", "式（日本語）")),
    "counted_from": Column(name=Text("Counted from", "集計の対象")),
    "source": COLUMNS["source"],
    **{code: Column(name=scheme.name) for code, scheme in SCHEMES.items()},
    "since": Column(name=Text("Since fiscal year", "適用開始年度"), kind="year"),
}


def choose_indicators() -> tuple[tuple[Indicator, ...], dict[Text, str], str]:
    """The indicators that fit the search and the filters, these in words, and the one scheme chosen, if it is one."""
    words, every = search("search", SEARCH), data.indicators().values()
    places = st.columns(4)
    with places[0]:
        targets = choose_many("target", Text("Target", "目標"), TARGETS)
    with places[1]:
        processes = choose_many("process", Text("Process", "取組"), PROCESSES)
    with places[2]:
        units = choose_many("unit", Text("Unit", "単位"), UNITS)
    with places[3]:
        there = {source for one in every for source in sources_of(one)}
        known = [*SCHEMES, OWN, *sorted(there - {*SCHEMES, OWN})]
        names = {source: source_name(source) for source in known}
        sources = choose_many("source", Text("Source", "出典"), names)
    found = tuple(
        one
        for one in matching(every, words)
        if (not targets or one.target in targets)
        and (not processes or one.process in processes)
        and (not units or one.unit in units)
        and (not sources or set(sources) & set(sources_of(one)))
    )
    between = say(Text(", ", "、"))
    filters = {
        Text("Search", "検索"): words.strip(),
        Text("Target", "目標"): between.join(say(TARGETS[code]) for code in targets),
        Text("Process", "取組"): between.join(say(PROCESSES[code]) for code in processes),
        Text("Unit", "単位"): between.join(say(UNITS[code]) for code in UNITS if code in units),
        Text("Source", "出典"): between.join(say(names[code]) for code in sources),
    }
    scheme = sources[0] if len(sources) == 1 and sources[0] in SCHEMES else ""
    return found, {label: value for label, value in filters.items() if value}, scheme


def catalogue_table(found: Sequence[Indicator], filters: dict[Text, str]) -> tuple[Indicator, ...]:
    """The table and its files; gives the indicators that the reader chose."""
    every = data.indicators()
    words = EVERY if len(found) == len(every) else FOUND
    st.markdown(f"**{literal(say(words.filled(n=len(found), all=len(every))))}** {say(CHOOSE)}")
    if not found:
        st.info(say(NONE), icon=":material/search_off:")
        return ()
    rows = pd.DataFrame([_row(one) for one in found])
    chosen = choosing_table(rows, COLUMNS, alt=ALT, word="chosen", code="key", height=420)
    downloads(rows, FILE, "definitions", filters)
    return tuple(every[key] for key in chosen["key"])


def _row(one: Indicator) -> dict[str, object]:
    return {
        "key": one.key,
        "name": say(one.name),
        "target": say(TARGETS[one.target]),
        "process": say(PROCESSES[one.process]),
        "unit": say(UNITS[one.unit]),
        "better": say(BETTER[one.better]),
        "definition": say(one.definition),
        "source": say(source_text(one)),
        "name_en": one.name.en,
        "name_ja": one.name.ja,
        "timing": say(timing(one)),
        "counting": say(COUNTED[one.follows_counting]),
        "protection": say(PROTECTIONS[protection(one)]),
        "definition_en": one.definition.en,
        "definition_ja": one.definition.ja,
        "formula_en": one.formula.en,
        "formula_ja": one.formula.ja,
        "counted_from": say(counted_from(one)),
        **{code: _places(one, code) for code in SCHEMES},
        "since": one.since,
    }


def _places(one: Indicator, scheme: str) -> str:
    """Where a scheme has it: its numbers and names there, else only that it does."""
    places = [say(reference.place) or say(YES) for reference in one.references if reference.scheme == scheme]
    return say(Text("; ", "；")).join(places)
