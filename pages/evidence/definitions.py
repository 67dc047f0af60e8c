"""What exactly does this number mean? For anybody who reads a figure, and for whoever disputes it.

The catalogue as it is declared, searchable; one indicator in full beside those it is confused with; common rules.
"""

import streamlit as st

from pages.parts import data
from pages.parts.evidence.catalogue_table import catalogue_table, choose_indicators
from pages.parts.evidence.collection import collection, ways_to_collections
from pages.parts.evidence.definition import chosen_indicators, in_full, lookalikes
from pages.parts.evidence.rules import rules
from pages.parts.evidence.small_numbers import small_numbers
from pages.parts.filters import link
from pages.parts.frame import heading
from pages.parts.language import literal, say
from vocabulary.text import Text

UNREADABLE = Text(
    "The declared indicator {key} is not shown: the common catalogue has its key now, or a code that it names is "
    "gone. Its file has to be imported again.",
    "独自指標「{key}」は表示できない。同じキーが共通の指標カタログに加わったか、使っているコードがなくなったため、"
    "修正したファイルを取り込み直す必要がある。",
)
ALL = Text("All definitions", "すべての定義")

named = data.indicators().get(st.query_params.get("indicator", ""))
heading(Text("What a number means", "指標の定義"))
if named is not None:
    link("definitions", ALL, icon=":material/arrow_back:")
    in_full(named)
    lookalikes(named)
else:
    for key in data.unreadable_declarations():
        st.warning(literal(say(UNREADABLE).format(key=key)), icon=":material/rule:")
    ways_to_collections()
    found, filters, scheme = choose_indicators()
    chosen_indicators(collection(scheme, found) if scheme else catalogue_table(found, filters))
rules()
small_numbers()
