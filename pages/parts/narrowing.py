"""What a page is narrowed to: department, year, counting, partner countries, levels; and the same in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st

from metrics.assessment import Standing
from metrics.splitting import Unsplit, why_unsplit
from metrics.tabulate import NOT_APPLICABLE
from metrics.tree import UNIVERSITY
from metrics.view import COUNTINGS, Counting, Selection
from pages.parts import data
from pages.parts.filters import Codes, choose, choose_many, choose_years
from pages.parts.language import current_language, literal, say
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_EXPLAINED, COUNTING_RULES
from vocabulary.people import LEVELS
from vocabulary.regions import REGIONS
from vocabulary.text import NOTHING, Text

REFUSED = Text(
    "You may not read the department {asked}; shown is {shown}.", "{asked}の閲覧権限がないため、{shown}を表示している。"
)
NO_DEPARTMENT = Text("There is no department {asked}.", "部局「{asked}」は登録されていない。")
SHOWN = Text(" Shown is {shown}.", "{shown}を表示している。")
NO_YEAR = Text("There are no figures for a fiscal year {asked}.", "「{asked}」年度の値はない。")
NO_INDICATOR = Text("There is no indicator {asked}.", "指標「{asked}」はない。")
LONGEST_CODE = 40  # of what an address asks for, as far as it is repeated
MORE = Text("More filters", "その他の絞り込み")
SET = Text("{count} set", "{count}件設定中")
WHY: dict[Unsplit, Text] = {
    "country": Text("cannot be split by partner country", "相手国別には分けられない"),
    "level": Text(
        "cannot be split by level, which its records do not have",
        "記録に課程・職位がなく、その別には分けられない",
    ),
    "headcount": Text(
        "rests on headcounts that are not known by partner country or by every level",
        "在籍者数等に基づき、相手国や一部の課程・職位では集計できない",
    ),
}
UNANSWERED: dict[Unsplit, Text] = {
    "country": Text(
        "Cannot be split by partner country, as every activity with such a partner would count ({count}): {names}.",
        "相手国別には分けられない{count}指標（該当国との活動はすべて計上され、必ず100%となるため）：{names}。",
    ),
    "level": Text(
        "Not applicable by level, which the records of these {count} do not have: {names}.",
        "課程・職位別では該当なしの{count}指標（記録に課程・職位の項目がないため）：{names}。",
    ),
    "headcount": Text(
        "Not applicable, as these {count} rest on headcounts, which are not known by partner country or by every "
        "level: {names}.",
        "該当なしの{count}指標（在籍者数等に基づき、相手国や一部の課程・職位では集計できないため）：{names}。",
    ),
}
EXCEPT_HOME = Text(
    "Activities with at least one partner in these countries or regions. A region is all its countries but the home "
    "country.",
    "これらの国・地域の相手が一つでもある活動。地域には自国を除くすべての国を含む。",
)


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What the figures of a page are cut to. `years` is the range that trends show; `countries` are those asked for."""

    department: str
    year: int
    years: tuple[int, int]
    counting: Counting = "whole"
    regions: Codes = ()
    countries: Codes = ()
    levels: Codes = ()
    within: frozenset[str] | None = None  # the countries, those of the regions among them; None for any

    @property
    def is_part(self) -> bool:
        """Whether the figures are of a part only (some countries, some levels), which no goal is set for."""
        return self.within is not None or bool(self.levels)

    def selection(self, *departments: str, fiscal_years: tuple[int, ...] | None = None) -> Selection:
        """The filter of the figures, of these departments (none: all)."""
        return Selection(
            fiscal_years=fiscal_years,
            departments=departments or None,
            countries=self.within,
            levels=frozenset(self.levels) or None,
        )


def choose_department(width: int | Literal["stretch"] = "stretch") -> str:
    """The university, or a department that the reader may see, each below its group; a head's own unless asked."""
    scope, names = data.reader().scope, data.department_names()
    seen = {code: names[code] for code in data.ledger().tree.units if code == UNIVERSITY or scope.covers(code)}
    own = data.reader().department or UNIVERSITY
    return choose("department", Text("Department", "部局"), seen, own, width=width, label_visibility="collapsed")


def say_refused(shown: str = "") -> None:
    """What the address asks for and does not get: a department that is not there or not the reader's, and the rest.

    `shown` is the department that is shown instead.
    """
    asked, names = st.query_params.get("department", ""), data.department_names()
    if asked in names and not (asked in (shown, UNIVERSITY) or data.reader().scope.covers(asked)):
        words = REFUSED.filled(asked=names[asked], shown=names[shown])
        st.info(literal(say(words)), icon=":material/lock:")
    elif asked and asked not in names:
        words = NO_DEPARTMENT.filled(asked=asked[:LONGEST_CODE])
        instead = SHOWN.filled(shown=names[shown]) if shown in names else NOTHING
        st.info(literal(say(words) + say(instead)), icon=":material/help:")
    say_unknown()


def say_unknown() -> None:
    """That the address asks for a fiscal year or an indicator that is not there."""
    year, indicator = (st.query_params.get(key, "") for key in ("year", "indicator"))
    if year and year not in map(str, data.fiscal_years()):
        st.info(literal(say(NO_YEAR.filled(asked=year[:LONGEST_CODE]))), icon=":material/help:")
    if indicator and indicator not in data.indicators():
        st.info(literal(say(NO_INDICATOR.filled(asked=indicator[:LONGEST_CODE]))), icon=":material/help:")


def choose_year() -> int:
    """The fiscal year that is read: the last one that there are figures for, unless asked otherwise."""
    years = {str(year): fiscal_year_name(year) for year in reversed(data.fiscal_years())}
    return int(choose("year", Text("Fiscal year", "年度"), years, width=130))


def choose_more(department: str, year: int, *, trends: bool = True) -> Narrowing:
    """The filters that are rarely used, in one popover, with how many of them are set; years only of `trends`."""
    years = data.fiscal_years()
    span = (years[0], years[-1])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        with st.popover(say(MORE), icon=":material/tune:"):
            if trends:
                span = choose_years("years", Text("Years of the trends", "推移の期間"), years)
            counting = _counting()
            st.caption(say(EXCEPT_HOME))
            regions = choose_many("region", Text("Partner region", "相手先の地域"), _regions())
            countries = choose_many("country", Text("Partner country", "相手国"), countries_abroad())
            levels = choose_many("level", Text("Level", "課程・職位"), LEVELS)
        chosen = Narrowing(
            department=department,
            year=year,
            years=span,
            counting=counting,
            regions=regions,
            countries=countries,
            levels=levels,
            within=countries_within(regions, countries),
        )
        count = len(in_words(chosen))
        if count:
            st.badge(say(SET.filled(count=count)), icon=":material/filter_alt:", color="violet")
    return chosen


def in_words(chosen: Narrowing) -> dict[Text, Text]:
    """The filters that are set, each with what it is set to."""
    years, every = chosen.years, data.fiscal_years()
    words: dict[Text, Text] = {}
    if years != (every[0], every[-1]):
        first, last = (fiscal_year_name(year) for year in years)
        words[Text("Years of the trends", "推移の期間")] = Text(f"{first.en} to {last.en}", f"{first.ja}〜{last.ja}")
    if chosen.counting != "whole":
        words[Text("Counting", "計数方法")] = COUNTING_RULES[chosen.counting]
    names = data.country_names()
    partners = [REGIONS[code] for code in chosen.regions] + [names[code] for code in chosen.countries]
    if partners:
        words[Text("Partners in", "相手先")] = _any_of(partners)
    if chosen.levels:
        words[Text("Level", "課程・職位")] = _any_of([LEVELS[code] for code in chosen.levels])
    return words


def say_narrowing(chosen: Narrowing) -> None:
    """The filters that are set, in a line; nothing where none is."""
    words = in_words(chosen)
    if not words:
        return
    parts = [say(Text("{name}: {value}", "{name}：{value}").filled(name=n, value=v)) for n, v in words.items()]
    told = say(Text("; ", "、")).join(parts)
    st.caption(literal(say(Text("Filtered by {all}.", "絞り込み中（{all}）。")).format(all=told)))


def unsplit_here(standing: Standing, chosen: Narrowing) -> Unsplit | None:
    """Why the filters cannot cut an indicator that is not applicable; None where they are not the reason."""
    if standing.status != NOT_APPLICABLE or not chosen.is_part:
        return None
    return why_unsplit(data.ledger(), standing.indicator, chosen.selection())


def say_unanswered(found: Sequence[Standing], chosen: Narrowing) -> None:
    """Which indicators the filters cannot cut, and why; a line for each reason."""
    why = {standing.indicator.key: unsplit_here(standing, chosen) for standing in found}
    for reason, words in UNANSWERED.items():
        names = [say(one.indicator.name) for one in found if why[one.indicator.key] == reason]
        if names:
            listed = say(Text(", ", "、")).join(names)
            st.caption(literal(say(words).format(count=len(names), names=listed)))


def _counting() -> Counting:
    rule = choose("counting", Text("Counting", "計数方法"), COUNTING_RULES, COUNTINGS[0])
    st.caption(say(COUNTING_EXPLAINED[rule]))
    return cast(Counting, rule)


def _regions() -> Mapping[str, Text]:
    there = set(data.country_regions().values())
    return {code: name for code, name in REGIONS.items() if code in there}


def countries_abroad() -> dict[str, Text]:
    """The countries that may be chosen, by name."""
    names, home, language = data.country_names(), data.ledger().home, current_language()
    abroad = ((code, name) for code, name in names.items() if code != home)
    return dict(sorted(abroad, key=lambda pair: pair[1].said_in(language)))


def countries_within(regions: Codes, countries: Codes) -> frozenset[str] | None:
    """The countries asked for, a region being all its countries but the home country; None where none is asked for."""
    if not (regions or countries):
        return None
    inside = {code for code, region in data.country_regions().items() if region in regions} - {data.ledger().home}
    return frozenset(inside | set(countries))


def _any_of(texts: list[Text]) -> Text:
    """`Asia, Africa or Germany`: one of them is enough."""
    *first, last = texts
    if not first:
        return last
    en, ja = ", ".join(text.en for text in first), "、".join(text.ja for text in first)
    return Text(f"{en} or {last.en}", f"{ja}または{last.ja}")
