"""The pages there are: code, file, name and section of each, and the heading that all of them share."""

from copy import copy
from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import data
from pages.parts.data import Reader
from pages.parts.language import current_language, literal, say
from pages.parts.one_run import once
from vocabulary.text import Text

MONITOR = Text("International Strategy Monitor", "国際戦略モニター")
DEMONSTRATION = Text("Demonstration data", "デモデータ")
SECTIONS = {
    "strategy": Text("Strategy", "戦略"),
    "departments": Text("Departments", "部局"),
    "partners": Text("Partners", "連携先"),
    "evidence": Text("Evidence", "根拠"),
    "office": Text("Office", "事務"),
}
FIRST = "overview"


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """One page. Its key in `PAGES` is its address.

    Only readers of the whole university are led to `office` pages, and only those who `may` to a page that says so.
    """

    path: str
    title: Text
    icon: str
    section: str
    office: bool = False
    may: Literal["", "read_access", "read_audit"] = ""

    def leads(self, reader: Reader) -> bool:
        """Whether a reader is led here; whoever comes by the address reads why it is empty."""
        allowed = {"": True, "read_access": reader.may_read_access, "read_audit": reader.may_read_audit}[self.may]
        return allowed and (reader.scope.whole_university or not self.office)


PAGES = {
    "overview": PageEntry(
        path="pages/strategy/overview.py",
        title=Text("Overview", "概況"),
        icon=":material/grid_view:",
        section="strategy",
    ),
    "targets": PageEntry(
        path="pages/strategy/targets.py",
        title=Text("Targets", "目標別"),
        icon=":material/flag:",
        section="strategy",
    ),
    "goals": PageEntry(
        path="pages/strategy/goals.py",
        title=Text("Goals", "数値目標"),
        icon=":material/trending_up:",
        section="strategy",
    ),
    "change": PageEntry(
        path="pages/strategy/change.py",
        title=Text("Why it moved", "なぜ動いたか"),
        icon=":material/call_split:",
        section="strategy",
    ),
    "participation": PageEntry(
        path="pages/strategy/participation.py",
        title=Text("Who takes part", "参加の広がり"),
        icon=":material/groups:",
        section="strategy",
    ),
    "department": PageEntry(
        path="pages/departments/profile.py",
        title=Text("Profile", "部局プロフィール"),
        icon=":material/account_balance:",
        section="departments",
    ),
    "comparison": PageEntry(
        path="pages/departments/comparison.py",
        title=Text("Comparison", "比較"),
        icon=":material/compare_arrows:",
        section="departments",
    ),
    "expectation": PageEntry(
        path="pages/departments/expectation.py",
        title=Text("Fair comparison", "条件をそろえた比較"),
        icon=":material/balance:",
        section="departments",
    ),
    "partners": PageEntry(
        path="pages/partners/portfolio.py",
        title=Text("Portfolio", "ポートフォリオ"),
        icon=":material/public:",
        section="partners",
    ),
    "hub": PageEntry(
        path="pages/partners/hub.py",
        title=Text("Hub", "ハブ"),
        icon=":material/hub:",
        section="partners",
    ),
    "records": PageEntry(
        path="pages/evidence/records.py",
        title=Text("Records", "活動記録"),
        icon=":material/table_rows:",
        section="evidence",
    ),
    "quality": PageEntry(
        path="pages/evidence/quality.py",
        title=Text("Quality", "データ品質"),
        icon=":material/fact_check:",
        section="evidence",
    ),
    "definitions": PageEntry(
        path="pages/evidence/definitions.py",
        title=Text("Definitions", "指標の定義"),
        icon=":material/menu_book:",
        section="evidence",
    ),
    "imports": PageEntry(
        path="pages/office/imports.py",
        title=Text("Imports", "取り込み"),
        icon=":material/upload_file:",
        section="office",
    ),
    "partner_names": PageEntry(
        path="pages/office/partner_names.py",
        title=Text("Partner names", "連携機関の名寄せ"),
        icon=":material/manage_search:",
        section="office",
        office=True,
    ),
    "audit": PageEntry(
        path="pages/office/audit.py",
        title=Text("Audit log", "監査記録"),
        icon=":material/policy:",
        section="office",
        office=True,
        may="read_audit",
    ),
    "access": PageEntry(
        path="pages/office/access.py",
        title=Text("Readers and roles", "閲覧者と権限"),
        icon=":material/key:",
        section="office",
        office=True,
        may="read_access",
    ),
}


def page(code: str) -> st.Page:
    """The page of a code of `PAGES`, named in the reader's language."""
    return once("pages", _pages)[code]


def _pages() -> dict[str, st.Page]:
    """All of them for one run, as Streamlit writes on a page that it is open; a session looks for their files once."""
    reader, language = data.reader(), current_language()
    kept = cast(dict[object, dict[str, st.Page]], st.session_state.setdefault("pages", {}))
    leads = tuple(entry.leads(reader) for entry in PAGES.values())
    if (language, leads) not in kept:
        kept[language, leads] = {code: _page(code, led=led) for code, led in zip(PAGES, leads, strict=True)}
    return {code: copy(one) for code, one in kept[language, leads].items()}


def _page(code: str, *, led: bool) -> st.Page:
    entry = PAGES[code]
    return st.Page(
        entry.path,
        title=say(entry.title),
        icon=entry.icon,
        url_path=code,
        default=code == FIRST,
        visibility="visible" if led else "hidden",
    )


def offered() -> dict[str, list[st.Page]]:
    """All pages by section, those of the office hidden from the navigation of others.

    Whoever opens one of them by its address reads why it is empty. What can be read is for `Records` to say, not for
    this.
    """
    sections: dict[str, list[st.Page]] = {}
    for code, entry in PAGES.items():
        sections.setdefault(say(SECTIONS[entry.section]), []).append(page(code))
    return sections


def addresses() -> list[st.Page]:
    """Every address there is, with nothing behind it: whoever comes by a link and is not let in stays where he is."""
    monitor = say(MONITOR)
    return [st.Page(_nothing, title=monitor, url_path=code, default=code == FIRST) for code in PAGES]


def _nothing() -> None: ...


def heading(title: Text | str) -> DeltaGenerator:
    """The title of the page, with the mark of demonstration data; gives the place beside it for its filters.

    Filters there need a width.
    """
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", gap="small")
    with row.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.title(say(title) if isinstance(title, Text) else literal(title), anchor=False, width="content")
        if data.is_demonstration():
            st.badge(say(DEMONSTRATION), icon=":material/experiment:", color="orange")
    return row.container(horizontal=True, vertical_alignment="bottom", gap="small", width="content")
