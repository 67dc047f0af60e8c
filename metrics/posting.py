"""From the frames of the store to the arrays of the ledger: every code becomes a position."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.codes import IN_FORCE, LEVEL_CODES, TYPE_CODES
from metrics.headcounts import Headcounts
from metrics.links import Bools, Floats, Ints, Links, floats, frozen, ints
from metrics.small import Coded, Column, Patches
from metrics.tree import Tree
from metrics.years import fiscal_years
from vocabulary.calendar import FIRST_MONTH, fiscal_year

EXTERNAL = "external"
HOME_COUNTRY = "JP"  # until an import says who the university is
Census = tuple[int, int]
FRAMES = (  # what is posted: the tables whose columns are read here
    *("departments", "countries", "partners", "populations", "rates", "activities", "activity_departments"),
    *("activity_partners", "activity_countries", "activity_people", "activity_sdgs", "state", "imports"),
)
POSTED = (  # of the table of activities
    *("activity_id", "start_date", "end_date", "level", "lead", "people_count", "amount", "currency"),
    *("citation_percentile", "language", "source"),
)
COLUMNS = ("activity_type", *POSTED)
TYPES = {code: i for i, code in enumerate(TYPE_CODES)}
LEVELS = {code: i for i, code in enumerate(LEVEL_CODES)}
WRITTEN = ("departments", "populations", "imports", "rates")
TOP_PERCENTILE = 90
LONG_STAY_DAYS = 30
Years = tuple[tuple[int, ...], tuple[int, ...]]  # those that can be asked for, and those shown unless asked otherwise


@dataclass(frozen=True, kw_only=True, eq=False)
class Postings:
    """The records as arrays, each read-only: what a ledger is made of."""

    tree: Tree
    years: tuple[int, ...]  # all fiscal years that can be asked for
    fiscal_years: tuple[int, ...]  # those with events or headcounts: what is shown unless asked otherwise
    country_codes: tuple[str, ...]
    home: str
    home_ror: str  # the university's own id among partners; empty where nobody said it
    home_place: tuple[float, float]  # latitude and longitude in degrees; NaN where nobody said them
    activity_ids: Column
    source: Column  # position in sources
    sources: tuple[str, ...]  # in the order of their names
    start_day: Column  # days since 1970-01-01
    kind: Column  # position in TYPE_CODES; the activities are sorted by it
    first_year: Column  # first fiscal year (position in years) of each activity, and how many it spans
    span: Column
    level: Column  # position in LEVEL_CODES; 0 = unknown
    led_by: Column  # leading unit; -1 where nobody or a partner leads
    anonymous: Patches  # persons known by number only; 0 where ids are known
    yen: Patches  # NaN where there is no amount or no rate for its currency
    unconverted: Bools  # an amount is there, but no rate for its currency and year
    ranked: Bools  # there is a citation percentile
    most_cited: Bools  # and it is that of the most cited
    lasting: Bools  # how long it lasts is known
    long: Bools  # and that is long
    language: Column  # position in languages; -1 = none
    languages: tuple[str, ...]
    countries: Links
    abroad: Links  # the countries that were written, without those of partners
    partners: Links
    people: Links
    person_ids: Ints  # what the store calls the person of each code
    sdgs: Links
    partner_table: pd.DataFrame  # one row is one partner, in the order of the partners' codes
    country_table: pd.DataFrame
    departments: Links
    shares: Coded  # beside departments.codes
    headcounts: Headcounts
    written: Mapping[str, pd.DataFrame]  # some frames as the store gave them
    delivered: date  # the day up to which something was delivered; see `last_delivery`


def post(
    frames: Mapping[str, pd.DataFrame], home: str | None, census: Census, today: date, among: Years | None = None
) -> Postings:
    """The frames that `Records` gives, posted; see `Ledger.of`. `among`: the years, if not those of the frames."""
    tree = Tree.of(frames["departments"])
    countries = frames["countries"].sort_values("code", ignore_index=True)
    country = {str(code): i for i, code in enumerate(countries["code"])}
    unit = {code: i for i, code in enumerate(tree.units)}
    activities, kind = in_order_of_type(frames["activities"])
    position = Positions.of(activities["activity_id"])
    n = len(activities)

    event, first, last = counted_years(activities, kind, census)
    years, shown = among or all_years(kind, first, frames["populations"], today)
    first_position = np.clip(first - years[0], 0, len(years) - 1)
    span = np.where(IN_FORCE[kind], np.clip(np.minimum(last, years[-1]) - first + 1, 0, None), 1)

    departments, shares = _shares(frames["activity_departments"], position, unit, n)
    abroad = _linked(
        frames["activity_countries"], _positions(frames["activity_countries"]["country"], country), position, n
    )
    partners = frames["partners"].reset_index(drop=True)
    partner_country = _positions(partners["country"], country)
    written_partners = frames["activity_partners"]
    partner = Positions.of(partners["partner_id"]).of_ids(written_partners["partner_id"])
    partner_links = _linked(written_partners, partner, position, n)
    person, person_ids = pd.factorize(ints(frames["activity_people"]["person_id"]), sort=True)
    people_links = _linked(frames["activity_people"], person, position, n)
    source, sources = pd.factorize(activities["source"], sort=True)
    language, languages = _languages(activities["language"])
    percentile, days = floats(activities["citation_percentile"]), _days(activities)
    yen, unconverted = _in_yen(activities, event, frames["rates"])
    state = dict(zip(frames["state"]["name"], frames["state"]["value"], strict=True))
    return Postings(
        tree=tree,
        years=years,
        fiscal_years=shown,
        country_codes=tuple(country),
        home=home or state.get("home_country") or HOME_COUNTRY,
        home_ror=state.get("home_ror", ""),
        home_place=(_degrees(state.get("home_latitude")), _degrees(state.get("home_longitude"))),
        activity_ids=Column.of(ints(activities["activity_id"])),
        source=Column.of(source),
        sources=tuple(map(str, sources)),
        start_day=Column.of(activities["start_date"].to_numpy().astype("datetime64[D]").astype(np.int64)),
        kind=Column.of(kind),
        first_year=Column.of(first_position),
        span=Column.of(span),
        level=Column.of(_positions(activities["level"], LEVELS, missing=0)),
        led_by=Column.of(_leaders(activities["lead"], departments, unit)),
        anonymous=Patches.of(_anonymous(activities["people_count"], people_links), common=0.0),
        yen=Patches.of(yen, common=np.nan),
        unconverted=frozen(unconverted),
        ranked=frozen(~np.isnan(percentile)),
        most_cited=frozen(percentile >= TOP_PERCENTILE),
        lasting=frozen(~np.isnan(days)),
        long=frozen(days >= LONG_STAY_DAYS),
        language=Column.of(language),
        languages=languages,
        countries=_countries(abroad, partner_links, partner_country, n),
        abroad=abroad,
        partners=partner_links,
        people=people_links,
        person_ids=frozen(ints(person_ids)),
        sdgs=_linked(frames["activity_sdgs"], ints(frames["activity_sdgs"]["sdg"]), position, n),
        partner_table=partners,
        country_table=countries,
        departments=departments,
        shares=Coded.of(shares),
        headcounts=Headcounts.of(frames["populations"], tree, years, country, census),
        written={name: frames[name] for name in WRITTEN},
        delivered=last_delivery(frames["imports"], shown, today, made_up=state.get("demonstration") == "yes"),
    )


def last_delivery(imports: pd.DataFrame, shown: tuple[int, ...], today: date, *, made_up: bool) -> date:
    """The day of the newest import that was stored; today where nothing says.

    Made-up records came all on one day that means nothing: theirs is the end of June after the last year shown.
    """
    if made_up:
        return date(shown[-1] + 1, 6, 30)
    days = imports.loc[imports["status"] == "stored", "imported_at"]
    return days.max().date() if len(days) else today


@dataclass(frozen=True, eq=False)
class Positions:
    """Where each id stands."""

    ordered: Ints
    at: Ints

    @classmethod
    def of(cls, ids: "pd.Series[int]") -> "Positions":
        order = np.argsort(ints(ids))
        return cls(ints(ids)[order], order)

    def of_ids(self, ids: "pd.Series[int]") -> Ints:
        """The position of each; LookupError for one that is not there."""
        wanted = ints(ids)
        place = np.minimum(np.searchsorted(self.ordered, wanted), max(len(self.ordered) - 1, 0))
        strange = wanted[self.ordered[place] != wanted] if len(self.ordered) else wanted
        if len(strange):
            raise LookupError(f"a link leads to {strange[0]}, which is not there")
        return self.at[place]


def in_order_of_type(activities: pd.DataFrame) -> tuple[pd.DataFrame, Ints]:
    """What is posted of the activities, by type and id, and the type of each."""
    kind = _positions(activities["activity_type"], TYPES)
    order = np.lexsort((activities["activity_id"], kind))
    return activities[list(POSTED)].take(order).reset_index(drop=True), kind[order]


def _positions(codes: "pd.Series[str]", position: Mapping[str, int], missing: int | None = None) -> Ints:
    """The position of each code; a code without one is `missing`, and an error where that is not given."""
    place, there = pd.factorize(codes)
    found = pd.Series(there).map(position)
    return ints(found if missing is None else found.fillna(missing))[place]


def counted_years(activities: pd.DataFrame, kind: Ints, census: Census) -> tuple[Ints, Ints, Ints]:
    """The fiscal year in which each activity starts, and the first and last in which it counts.

    Events count once, what is in force from census to census. An open end counts for ever (a very late year); without
    a census day in between, last is before first.
    """
    month, day = census
    event = fiscal_years(activities["start_date"])
    first, last = event.copy(), event.copy()
    stock = IN_FORCE[kind]
    start, end = activities["start_date"][stock], activities["end_date"][stock]
    after_census = (start.dt.month > month) | ((start.dt.month == month) & (start.dt.day > day))
    before_census = (end.dt.month < month) | ((end.dt.month == month) & (end.dt.day < day))
    shift = 1 if month < FIRST_MONTH else 0  # a census in January to March belongs to the fiscal year before
    first[stock] = ints(start.dt.year + after_census) - shift  # of the first census day on or after the start
    last[stock] = ints((end.dt.year - before_census).fillna(10**6)) - shift
    return event, first, last


def all_years(kind: Ints, first: Ints, populations: pd.DataFrame, today: date) -> Years:
    """The years of activities that begin to count in these, and of headcounts; shown are those with events or these."""
    dated = np.concatenate([first[~IN_FORCE[kind]], fiscal_years(populations["as_of"])])
    everything = np.concatenate([dated, first])
    now = fiscal_year(today)
    if not len(everything):
        return (now,), (now,)
    latest = max(int(everything.max()), now)
    years = tuple(range(int(everything.min()), latest + 1))
    if not len(dated):  # agreements alone: in force until they end
        return years, years
    first_shown = int(dated.min())  # a date in the future is a slip of the pen and moves no page
    return years, tuple(range(first_shown, max(min(int(dated.max()), now), first_shown) + 1))


def _shares(frame: pd.DataFrame, position: Positions, unit: dict[str, int], n: int) -> tuple[Links, Floats]:
    activity = position.of_ids(frame["activity_id"])
    department = _positions(frame["department"], unit)
    order = np.argsort(activity * len(unit) + department)
    return Links.of(activity, department, n), floats(frame["share"])[order]


def _linked(frame: pd.DataFrame, code: Ints, position: Positions, n: int) -> Links:
    return Links.of(position.of_ids(frame["activity_id"]), code, n)


def _countries(abroad: Links, partners: Links, of_partner: Ints, n: int) -> Links:
    """Countries of an activity: those written, and those of its partners."""
    (written, country), (through, partner) = abroad.pairs, partners.pairs
    return Links.of(np.concatenate([written, through]), np.concatenate([country, of_partner[partner]]), n)


def _leaders(lead: "pd.Series[str]", departments: Links, unit: dict[str, int]) -> Ints:
    """The leading unit: the one written; else the only department; else (several, or a partner leads) nobody."""
    alone = departments.counts == 1
    only = np.full(len(lead), -1, dtype=np.int64)
    only[alone] = departments.codes[departments.starts[np.flatnonzero(alone)]]
    return np.where((lead == "").to_numpy(dtype=bool), only, _positions(lead, unit, missing=-1))


def _languages(written: "pd.Series[str]") -> tuple[Ints, tuple[str, ...]]:
    """The language of each activity, numbered as they come; -1 where none is written."""
    place, there = pd.factorize(written)
    silent = ints([code == "" for code in there])
    number = np.where(silent == 1, -1, np.cumsum(1 - silent) - 1)
    return number[place], tuple(str(code) for code in there if code != "")


def _anonymous(people_count: pd.Series, people: Links) -> Floats:
    """Persons of records without ids: their number, or one where no number is written either."""
    return np.where(people.counts > 0, 0.0, floats(people_count.fillna(1)))


def _in_yen(activities: pd.DataFrame, year: Ints, rates: pd.DataFrame) -> tuple[Floats, Bools]:
    """Amounts in yen at the rate of their fiscal year, and which amounts have no rate."""
    rate = dict(zip(zip(rates["currency"], rates["fiscal_year"], strict=True), rates["jpy"], strict=True))
    amount, yen = floats(activities["amount"]), np.full(len(activities), np.nan)
    told = np.flatnonzero(~np.isnan(amount))
    of = zip(activities["currency"].iloc[told], year[told].tolist(), strict=True)
    factors = [1.0 if currency in ("JPY", "") else rate.get((currency, y), np.nan) for currency, y in of]
    yen[told] = amount[told] * floats(factors)
    return yen, ~np.isnan(amount) & np.isnan(yen)


def _degrees(written: str | None) -> float:
    return float(written) if written else float("nan")


def _days(activities: pd.DataFrame) -> Floats:
    length = (activities["end_date"] - activities["start_date"]).dt.days + 1
    return floats(length.astype(np.float64))
