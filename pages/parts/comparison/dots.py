"""Where each department stands: named dots with intervals for readers of the whole university, else without names."""

import math

import streamlit as st

from metrics.spread import Reference
from pages.parts import charts, data
from pages.parts.comparison.figures import Comparison
from pages.parts.filters import link
from pages.parts.language import literal, say
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

NO_LEAGUE = Text(
    "Departments differ in their mix of levels and fields, so this is no league table. Where a line (95 % interval: as "
    "far as chance alone could move the value) crosses the broken line of {reference}, the difference can be chance; "
    "where two lines overlap, their order says little.",
    "課程や分野の構成は部局ごとに異なるため、順位表ではない。横線（95%信頼区間：偶然だけで動きうる値の幅）が"
    "{reference}の破線にかかる部局は、偶然の差の範囲にある。区間が重なる部局どうしの並びに意味はほとんどない。",
)
FAINTER = Text("The fainter dotted line is the university.", "薄い点線は全学の値。")
NO_INTERVAL = Text(
    "Departments differ in size and in their mix of levels and fields, so this is no league table.",
    "規模や課程・分野の構成は部局ごとに異なるため、順位表ではない。",
)
OF_COUNTS = Text(
    "A line is the 95 % interval of its number: where two lines overlap, their order says little.",
    "横線は件数・人数の95%信頼区間で、区間が重なる部局どうしの並びに意味はほとんどない。",
)
TOTAL = Text(
    "The university's total is not drawn: it is not on the scale of a department.",
    "全学の値は部局と規模が異なるため、図には示さない。",
)
BEFORE = Text("A small hollow dot is {before}.", "小さな白丸は{before}の値。")
ANONYMOUS = Text(
    "Each mark is one department, without its name; small groups of people are left out.",
    "印は一つが1部局で、部局名は示さない。少人数のものは除く。",
)
CLICK = Text("Choose a dot to open the department's profile.", "点を選ぶと部局の現状を開ける。")
OWN = Text("Your own departments, {year}", "所管部局（{year}）")
OPEN = Text("Profile of {name}", "{name}の現状")


def draw(shown: Comparison) -> None:
    """The dot plot of all departments, or the own value among unnamed ones."""
    if data.reader().scope.whole_university:
        _named(shown)
    else:
        _anonymous(shown)
        if len(shown.departments) > 1:
            st.subheader(say(OWN.filled(year=fiscal_year_name(shown.year))), anchor=False)
            _named(shown)


def _named(shown: Comparison) -> None:
    rows = shown.rows.assign(name=[say(shown.departments[code].name) for code in shown.rows["code"]])
    if rows["value"].isna().all():
        return
    own = shown.own.code if shown.own else None
    st.caption(say(_no_league(shown)) + _notes(shown))
    chart = charts.dots(
        shown.indicator.name,
        shown.indicator.unit,
        rows,
        university=shown.line,
        reference=_of_kind(shown),
        own=own,
    )
    for code in charts.draw(chart, key=f"dots:{shown.indicator.key}", choose=True):
        name = OPEN.filled(name=shown.departments[code].name)
        link("department", name, icon=":material/account_balance:", department=code, year=shown.year)


def _no_league(shown: Comparison) -> Text:
    """That departments are not ranked, and what the lines of the intervals say, where there are any."""
    if shown.rows["low"].isna().all():
        return NO_INTERVAL
    if shown.has_total:
        return Text(*(gap.join(both) for gap, *both in zip((" ", ""), NO_INTERVAL, OF_COUNTS, strict=True)))
    return NO_LEAGUE.filled(reference=(_of_kind(shown) or Reference(value=0)).name)


def _notes(shown: Comparison) -> str:
    """What else there is to know of the dots."""
    there = shown.rows["before"].notna().any()
    before = [BEFORE.filled(before=fiscal_year_name(shown.year - 1))] if there else []
    return _in_a_row([*_of_university(shown), *before, CLICK])


def _of_university(shown: Comparison) -> list[Text]:
    """What there is to know of the university's value: that it is not drawn, or drawn fainter than the kind's."""
    return [TOTAL] if shown.has_total else [FAINTER] if _of_kind(shown) and shown.line is not None else []


def _of_kind(shown: Comparison) -> Reference | None:
    return shown.reference if shown.reference.kind and not shown.reference.withheld else None


def _in_a_row(texts: list[Text]) -> str:
    return "".join(say(Text(f" {text.en}", text.ja)) for text in texts)


def _anonymous(shown: Comparison) -> None:
    values = shown.peers.ordered
    if not values:
        return
    st.caption(say(NO_INTERVAL) + _in_a_row([*_of_university(shown), ANONYMOUS]))
    chart = charts.strip(
        shown.indicator.name,
        shown.indicator.unit,
        values,
        own=_given(shown.own_value),
        own_name=shown.own.name if shown.own else None,
        university=shown.line,
        reference=_of_kind(shown),
    )
    charts.draw(chart, key=f"strip:{shown.indicator.key}")


def _given(value: float) -> float | None:
    return None if math.isnan(value) else value


def missing(shown: Comparison) -> None:
    """Those without a value, by the reason."""
    without = shown.rows[shown.rows["value"].isna()]
    if without.empty:
        return
    st.subheader(say(Text("Without a value", "値のない部局")), anchor=False)
    for why in dict.fromkeys(without["reason"]):
        names = [say(shown.departments[code].name) for code in without.loc[without["reason"] == why, "code"]]
        listed = literal(say(Text(", ", "、")).join(names))
        st.markdown(f"**{literal(say(_capital(why)))}**  \n{listed}")


def _capital(words: Text) -> Text:
    return Text(words.en[:1].upper() + words.en[1:], words.ja)
