"""Filters that keep codes, never labels, in the address, so that a link opens the same view in either language.

One value per key lives for the session and serves every page that asks for that key. What the address asks for wins
when a reader arrives by a link; what the reader moves wins from then on, and the address follows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple, cast

import streamlit as st

from pages.parts import data
from pages.parts.filter_words import labels, span
from pages.parts.frame import PAGES, page
from pages.parts.language import PARAMETER, chosen_language, current_language, literal, say
from pages.parts.one_run import once
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

Codes = tuple[str, ...]
Style = Literal["list", "buttons"]
ALL = Text("All", "すべて")
EMPTY: Codes = ("",)  # how an address says that nothing is chosen: `?country=`


@dataclass
class _Kept:
    """What one session knows of its filters."""

    chosen: dict[str, Codes] = field(default_factory=dict)  # by the reader or a link, for all pages; no defaults
    held: dict[str, Codes] = field(default_factory=dict)  # what held on this page: a choice, or the page's default
    written: dict[str, Codes] = field(default_factory=dict)  # what we last put into the address of this page
    defaults: dict[str, Codes] = field(default_factory=dict)  # of the filters drawn in this run
    shown: dict[str, Codes] = field(default_factory=dict)  # what each widget shows
    begun: dict[str, tuple[int, Codes]] = field(default_factory=dict)  # how often each was made anew, and with what
    rows: dict[str, Codes] = field(default_factory=dict)  # what each table lists, by the code of its rows
    page: str | None = None
    moved: bool = False  # a filter was moved since the last run: the address is older than the choice
    address_counts: bool = True
    returned: bool = False  # same page, drawn before: a key gone from the address means its default


def _kept() -> _Kept:
    return once("filters", lambda: cast(_Kept, st.session_state.setdefault("filters", _Kept())))


def begin(page_code: str) -> None:
    """To be called once before a page is drawn."""
    kept = _kept()
    kept.returned = kept.page == page_code
    if not kept.returned:
        kept.written, kept.shown = {}, {}
    kept.page, kept.defaults = page_code, {}
    kept.address_counts, kept.moved = not kept.moved, False


def write_address() -> None:
    """To be called once after a page is drawn: put the language and what its filters chose into the address."""
    kept = _kept()
    before = {key: tuple(st.query_params.get_all(key)) for key in st.query_params}
    after = dict(before)
    for key, default in kept.defaults.items():
        held = kept.held[key]
        if held != default or before.get(key) == held:
            after[key] = held
        else:
            after.pop(key, None)
    language = chosen_language()
    if language is not None:
        after[PARAMETER] = (language,)
    kept.written = {key: after[key] for key in kept.defaults if key in after}
    # even if nothing changed: a link to the same page leaves the browser's address old
    st.query_params.from_dict(after)


def choose(
    key: str,
    label: Text,
    options: Mapping[str, Text | str],
    default: str | None = None,
    *,
    style: Style = "list",
    width: int | Literal["stretch"] = "stretch",
    label_visibility: Literal["visible", "hidden", "collapsed"] = "visible",
) -> str:
    """The code of one of the options (default: the first), chosen from a list or with buttons."""
    first = default if default in options else next(iter(options), None)
    if first is None:
        raise ValueError(f"filter {key!r} has no options; show the reason instead of the filter")
    codes = _settled(key, (first,), lambda asked: len(asked) == 1 and asked[0] in options)
    widget, (shown,) = _widget(key, codes, bare=style == "buttons" and label_visibility == "collapsed")
    if shown not in options:
        shown = codes[0]
    settings: dict[str, Any] = {
        "format_func": labels(options, escape=style == "buttons").__getitem__,
        "key": widget,
        "on_change": _moved,
        "args": (key, widget),
        "label_visibility": label_visibility,
    }
    every = list(options)
    if style == "list":
        st.selectbox(say(label), every, index=every.index(shown), width=width, **settings)
    else:
        st.segmented_control(say(label), every, default=shown, required=True, wrap=True, **settings)
    return codes[0]


def held(key: str, options: Mapping[str, Text | str]) -> str:
    """The code that `choose` will give for these options, for a page whose order depends on it."""
    return _settled(key, (next(iter(options)),), lambda asked: len(asked) == 1 and asked[0] in options)[0]


def choose_many(
    key: str,
    label: Text,
    options: Mapping[str, Text | str],
    default: Iterable[str] = (),
    *,
    placeholder: Text = ALL,
    style: Style = "list",
) -> Codes:
    """The codes of any of the options, in the order of the options; none means whatever the page says it means."""
    standard = tuple(code for code in options if code in set(default)) or EMPTY
    chosen = _settled(key, standard, lambda asked: asked == EMPTY or set(asked) <= set(options))
    widget, shown = _widget(key, chosen)
    settings: dict[str, Any] = {
        "default": [code for code in options if code in shown],
        "format_func": labels(options, escape=style == "buttons").__getitem__,
        "key": widget,
        "on_change": _moved,
        "args": (key, widget),
    }
    if style == "list":
        st.multiselect(say(label), list(options), placeholder=say(placeholder), **settings)
    else:
        st.pills(say(label), list(options), selection_mode="multi", wrap=True, **settings)
    return tuple(code for code in options if code in chosen)


def choose_years(
    key: str, label: Text, years: Sequence[int], default: tuple[int, int] | None = None
) -> tuple[int, int]:
    """The first and the last of a range of the fiscal years given; `2014-2023` in the address."""
    ends = default or (min(years), max(years))

    def valid(asked: Codes) -> bool:
        return len(asked) == 1 and (said := span(asked[0])) is not None and set(said) <= set(years)

    codes = _settled(key, (f"{ends[0]}-{ends[1]}",), valid)
    widget, shown = _widget(key, codes)
    if len(years) > 1:
        st.select_slider(
            say(label),
            sorted(years),
            value=span(shown[0]) if valid(shown) else span(codes[0]),
            format_func={year: say(fiscal_year_name(year)) for year in years}.__getitem__,
            key=widget,
            on_change=_moved,
            args=(key, widget),
        )
    return span(codes[0]) or ends


def search(key: str, label: Text, width: int | Literal["stretch"] = "stretch") -> str:
    """The words that are searched for; nothing where there are none."""
    codes = _settled(key, EMPTY, lambda asked: len(asked) == 1)
    widget, (shown,) = _widget(key, codes)
    settings: dict[str, Any] = {"key": widget, "on_change": _moved, "args": (key, widget), "width": width}
    st.text_input(say(label), shown, icon=":material/search:", **settings)
    return codes[0].strip()


class Rows(NamedTuple):
    """The rows of a table that are chosen, and what the table needs so that the reader can choose others."""

    chosen: Codes
    widget: str
    begun_with: list[int]  # positions
    on_select: Callable[[], None]


def choose_rows(key: str, every: Sequence[str]) -> Rows:
    """The codes of the chosen rows of a table that lists `every` code, each once, in this order."""
    there, listed = set(every), tuple(every)
    codes = _settled(key, EMPTY, lambda asked: asked == EMPTY or set(asked) <= there)
    kept = _kept()
    if kept.rows.get(key) != listed:  # positions would now mean other rows
        kept.shown.pop(key, None)
        kept.rows[key] = listed
    widget, first = _widget(key, codes)
    begun_with = [listed.index(code) for code in first if code in there]
    return Rows(
        tuple(code for code in codes if code in there), widget, begun_with, partial(_rows_chosen, key, widget, listed)
    )


def move(**codes: Codes) -> None:
    """Set filters from elsewhere than their widgets, such as a click on a map, and draw the page anew."""
    kept = _kept()
    kept.chosen.update({key: chosen or EMPTY for key, chosen in codes.items()})
    kept.moved = True
    st.rerun()


def link(page_code: str, label: Text | str, *, icon: str | None = "", tip: Text | None = None, **codes: object) -> None:
    """A link to a page with its filters set: `link("department", name, department="ENG", year=2025)`.

    A list or tuple sets several codes; a filter that is not named, or None, stays as the reader last had it.
    `icon=None` shows the page's own. Nothing is drawn where the reader is not offered the page.
    """
    if not PAGES[page_code].leads(data.reader()):
        return
    st.page_link(
        page(page_code),
        label=say(label) if isinstance(label, Text) else literal(label),
        icon=icon,
        help=say(tip) if tip is not None else "",
        query_params=address(page_code, **codes),
    )


def chosen_before(key: str) -> Codes | None:
    """What the reader chose for a filter, on this page or before; None where that is what holds without a choice."""
    kept = _kept()
    chosen = kept.chosen.get(key)
    return None if chosen in (EMPTY, kept.defaults.get(key)) else chosen


def address(page_code: str, **codes: object) -> dict[str, list[str]]:
    """The query parameters of a link: codes as text, and the language where the reader chose one."""
    kept = _kept()
    stays = {key: kept.held[key] for key in kept.written} if page_code == kept.page else {}
    asked = {key: list(value) for key, value in stays.items()}
    asked.update({key: _as_codes(value) for key, value in codes.items() if value is not None})
    language = chosen_language()
    return asked if language is None else {**asked, PARAMETER: [language]}


def _as_codes(value: object) -> list[str]:
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(map(str, value)) if isinstance(value, set | frozenset) else [str(code) for code in value]
    return [str(value)]


def _settled(key: str, default: Codes, valid: Callable[[Codes], bool]) -> Codes:
    """What holds for a filter in this run: the address where it is news, else the session, else the default.

    A default is one page's own, so it is no choice that the next page would take over.
    """
    kept = _kept()
    asked: Codes | None = tuple(st.query_params.get_all(key)) if key in st.query_params else None
    chosen = kept.chosen.get(key)
    if kept.address_counts and asked != kept.written.get(key):
        if asked is not None:
            chosen = asked if valid(asked) else chosen
        elif kept.returned:
            chosen = None
    if chosen is None:
        kept.chosen.pop(key, None)
    else:
        kept.chosen[key] = chosen
    held = chosen if chosen is not None and valid(chosen) else default
    kept.held[key], kept.defaults[key] = held, default
    return held


def _widget(key: str, codes: Codes, *, bare: bool = False) -> tuple[str, Codes]:
    """The key of the widget, by which `serving.ahead` knows bare buttons, and the codes it is made with.

    A widget that has to show something else than the reader moved it to is made anew, under another key: setting its
    value through the session state would race with the reader's next move.
    """
    kept = _kept()
    times, first = kept.begun.get(key, (0, codes))
    if kept.shown.get(key) != codes:
        times, first = times + 1, codes
    kept.shown[key], kept.begun[key] = codes, (times, first)
    return f"{key}:{current_language()}:{times}{':bare' if bare else ''}", first


def _moved(key: str, widget: str) -> None:
    """The reader moved a filter. Only noted here: it is checked again where it is used."""
    kept, value = _kept(), st.session_state.get(widget)
    kept.moved = True
    if isinstance(value, tuple):
        kept.chosen[key] = ("-".join(str(end) for end in sorted(value)),)
    else:
        kept.chosen[key] = tuple(map(str, value)) or EMPTY if isinstance(value, list) else (str(value),)
    kept.shown[key] = kept.chosen[key]


def _rows_chosen(key: str, widget: str, every: Codes) -> None:
    """The reader chose rows of a table."""
    kept, positions = _kept(), st.session_state[widget]["selection"]["rows"]
    kept.moved = True
    kept.chosen[key] = tuple(every[place] for place in positions if 0 <= place < len(every)) or EMPTY
    kept.shown[key] = kept.chosen[key]
