"""One name with the organizations that it may mean, side by side, and the buttons that decide."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import data, naming
from pages.parts.language import current_language, literal, say
from pages.parts.naming import Organization, WaitingName
from pages.parts.partner_names.keeping import KEPT, keep, later
from pages.parts.partner_names.said import types_in_words
from pages.parts.partners.institutions import kinds_in_words
from vocabulary.text import Text

WHO = Text("Who is “{name}”?", "「{name}」はどの機関か")
WHERE = Text("{country}. {activities} entries: {types}.", "{country}。延べ{activities}回：{types}。")
SCORE = Text("Likeness {score}", "類似度 {score}")
THIS_ONE = Text("This one", "この機関")
NONE = Text("None of these: not in the registry", "該当なし（ROR に未登録）")
LATER = Text("Later", "後で")
NO_CANDIDATES = Text("Nothing in the registry is like it.", "ROR データに似た機関がない。")
SEARCH_BY_HAND = Text("Search by hand, or say that it is not in the registry.", "手動で検索するか、未登録と判断する。")
SEARCH = Text("Search the registry: a name, or a ROR id", "ROR を検索（名称または ROR ID）")
NOTHING_FOUND = Text("Nothing of that name is in the registry ({country}).", "該当する機関がない（{country}）。")
EVERYWHERE = Text("Also outside {country}", "{country}以外も含める")
ROR = Text("ROR record", "ROR の記載")
SIDE_BY_SIDE = 3


def show_name(name: WaitingName) -> None:
    """The name, its candidates, and the decision."""
    country = say(data.country_names()[name.country])
    st.subheader(literal(say(WHO.filled(name=name.name))), anchor=False)
    activities = f"{name.activities:,}"
    st.caption(literal(say(WHERE.filled(country=country, activities=activities, types=types_in_words(name)))))
    if not name.candidates:
        way_on = say(SEARCH_BY_HAND) if naming.may_decide() else ""
        st.caption(f"{say(NO_CANDIDATES)} {way_on}")
    reasons = {
        one.organization.ror_id: f"{say(SCORE.filled(score=f'{one.score:.2f}'))} — {say(naming.reason(one))}"
        for one in name.candidates
    }
    _organizations([one.organization for one in name.candidates], reasons, name, "candidate")
    if not naming.may_decide():
        return
    with st.container(horizontal=True, gap="small"):
        if st.button(say(NONE), icon=":material/close:", key="name:none"):
            _keep(name, "")
        if st.button(say(LATER), icon=":material/schedule:", type="tertiary", key="name:later"):
            later().add((name.name, name.country))
            st.rerun()
    _search(name, country)


def _search(name: WaitingName, country: str) -> None:
    """Another organization of the registry, found by hand."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        text = st.text_input(say(SEARCH), key=f"name:search:{name.country}:{name.name}", width=420)
        everywhere = st.checkbox(say(EVERYWHERE.filled(country=country)), key="name:everywhere")
    if text:
        found = naming.searched(text, "" if everywhere else name.country)
        if not found:
            st.caption(say(NOTHING_FOUND.filled(country=country)))
        _organizations(found, {}, name, "found")


def _organizations(found: Sequence[Organization], reasons: dict[str, str], name: WaitingName, key: str) -> None:
    """Organizations side by side, three in a row."""
    for first in range(0, len(found), SIDE_BY_SIDE):
        columns = st.columns(SIDE_BY_SIDE, gap="small")
        for column, one in zip(columns, found[first : first + SIDE_BY_SIDE], strict=False):
            with column.container(border=True, gap="small", height="stretch"):
                _organization(one, reasons.get(one.ror_id, ""), name, key)


def _organization(one: Organization, reason: str, name: WaitingName, key: str) -> None:
    names = [one.name_en, one.name_ja] if current_language() == "en" else [one.name_ja or one.name_en, one.name_en]
    first, other = names
    st.markdown(f"**{literal(first)}**")
    country = data.country_names().get(one.country)
    place = f"{one.city}, {say(country) if country else one.country}"
    lines = [other if other != first else "", place, kinds_in_words(one.types), reason]
    st.caption("  \n".join(literal(line) for line in lines if line))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        decides = naming.may_decide()
        if decides and st.button(say(THIS_ONE), icon=":material/check:", key=f"name:{key}:{one.ror_id}"):
            _keep(name, one.ror_id)
        st.link_button(say(ROR), one.ror_id, type="tertiary", icon=":material/open_in_new:")


def _keep(name: WaitingName, ror_id: str) -> None:
    def work() -> Text:
        naming.is_meant(name.name, name.country, ror_id)
        return KEPT.filled(name=name.name)

    keep(work)
