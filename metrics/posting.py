"""From the frames of the store to the arrays of the ledger: every code becomes a position."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.codes import IN_FORCE, LEVEL_CODES, SDGS, TYPE_CODES
from metrics.headcounts import Headcounts
from metrics.links import Bools, Floats, Ints, Links, floats, frozen, ints
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
WRITTEN = ("departments", "populations", "imports", "activity_countries")


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
    activity_ids: Ints
    kind: Ints  # position in TYPE_CODES; the activities are sorted by it
    first_year: Ints  # first fiscal year (position in years) of each activity, and how many it spans
    span: Ints
    level: Ints  # position in LEVEL_CODES; 0 = unknown
    led_by: Ints  # leading unit; -1 where nobody or a partner leads
    anonymous: Floats  # persons known by number only; 0 where ids are known
    yen: Floats  # NaN where there is no amount or no rate for its currency
    unconverted: Bools  # an amount is there, but no rate for its currency and year
    percentile: Floats
    days: Floats  # length in days, first and last day included; NaN where the end is open
    language: Ints  # position in languages; -1 = none
    countries: Links
    partners: Links
    people: Links
    sdgs: Links
    partner_table: pd.DataFrame  # one row is one partner, in the order of the partners' codes
    country_table: pd.DataFrame
    departments: Links
    shares: Floats  # beside departments.codes
    headcounts: Headcounts
    written: Mapping[str, pd.DataFrame]  # some frames as the store gave them; activities in the order of positions
    delivered: date  # the day up to which something was delivered; see `last_delivery`


def post(frames: Mapping[str, pd.DataFrame], home: str | None, census: Census, today: date) -> Postings:
    """The frames that `Records` gives, posted; see `Ledger.of`."""
    tree = Tree.of(frames["departments"])
    activities = _in_order_of_type(frames["activities"])
    countries = frames["countries"].sort_values("code", ignore_index=True)
    country = {str(code): i for i, code in enumerate(countries["code"])}
    unit = {code: i for i, code in enumerate(tree.units)}
    position = pd.Series(np.arange(len(activities)), index=activities["activity_id"].to_numpy())
    n = len(activities)

    kind = ints(activities["kind"])
    first, last = _counted_years(activities, kind, census)
    years, shown = _all_years(kind, first, frames["populations"], today)
    first_position = np.clip(first - years[0], 0, len(years) - 1)
    span = np.where(IN_FORCE[kind], np.clip(np.minimum(last, years[-1]) - first + 1, 0, None), 1)

    departments, shares = _shares(frames["activity_departments"], position, unit, n)
    partners = frames["partners"].reset_index(drop=True)
    partner = pd.Series(np.arange(len(partners)), index=partners["partner_id"].to_numpy())
    partner_country = ints(partners["country"].map(country))
    partner_links = _linked(frames["activity_partners"], "partner_id", partner, position, n)
    people = frames["activity_people"]
    person = pd.Series(np.arange(people["person_id"].nunique()), index=np.sort(people["person_id"].unique()))
    people_links = _linked(people, "person_id", person, position, n)
    yen, unconverted = _in_yen(activities, frames["rates"])
    state = dict(zip(frames["state"]["name"], frames["state"]["value"], strict=True))
    return Postings(
        tree=tree,
        years=years,
        fiscal_years=shown,
        country_codes=tuple(country),
        home=home or state.get("home_country") or HOME_COUNTRY,
        home_ror=state.get("home_ror", ""),
        home_place=(_degrees(state.get("home_latitude")), _degrees(state.get("home_longitude"))),
        activity_ids=frozen(ints(activities["activity_id"])),
        kind=frozen(kind),
        first_year=frozen(first_position),
        span=frozen(span),
        level=frozen(_positions(activities["level"], {code: i for i, code in enumerate(LEVEL_CODES)}, missing=0)),
        led_by=frozen(_leaders(activities["lead"], departments, unit)),
        anonymous=frozen(_anonymous(activities["people_count"], people_links)),
        yen=frozen(yen),
        unconverted=frozen(unconverted),
        percentile=frozen(floats(activities["citation_percentile"])),
        days=frozen(_days(activities)),
        language=frozen(np.asarray(pd.factorize(activities["language"].replace("", None))[0], dtype=np.int64)),
        countries=_countries(frames["activity_countries"], country, partner_links, partner_country, position, n),
        partners=partner_links,
        people=people_links,
        sdgs=_linked(frames["activity_sdgs"], "sdg", pd.Series(np.arange(SDGS + 1)), position, n),
        partner_table=partners,
        country_table=countries,
        departments=departments,
        shares=frozen(shares),
        headcounts=Headcounts.of(frames["populations"], tree, years, country, census),
        written={"activities": activities, **{name: frames[name] for name in WRITTEN}},
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


def _in_order_of_type(activities: pd.DataFrame) -> pd.DataFrame:
    kind = _positions(activities["activity_type"], {code: i for i, code in enumerate(TYPE_CODES)}, missing=-1)
    return activities.assign(kind=kind).sort_values(["kind", "activity_id"], ignore_index=True)


def _positions(codes: pd.Series, position: dict[str, int], missing: int) -> Ints:
    return ints(codes.map(position).fillna(missing))


def _counted_years(activities: pd.DataFrame, kind: Ints, census: Census) -> tuple[Ints, Ints]:
    """First and last fiscal year each activity counts in: events once, what is in force from census to census.

    An open end counts for ever (a very late year); without a census day in between, last is before first.
    """
    month, day = census
    start, end = activities["start_date"], activities["end_date"]
    after_census = (start.dt.month > month) | ((start.dt.month == month) & (start.dt.day > day))
    first_census = start.dt.year + after_census  # calendar year of the first census day on or after the start
    before_census = (end.dt.month < month) | ((end.dt.month == month) & (end.dt.day < day))
    last_census = (end.dt.year - before_census).fillna(10**6)
    shift = 1 if month < FIRST_MONTH else 0  # a census in January to March belongs to the fiscal year before
    stock = IN_FORCE[kind]
    event = fiscal_years(start)
    first = np.where(stock, ints(first_census) - shift, event)
    last = np.where(stock, ints(last_census) - shift, event)
    return first, last


def _all_years(
    kind: Ints, first: Ints, populations: pd.DataFrame, today: date
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The years that can be asked for, and those shown unless asked otherwise (with events or headcounts)."""
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


def _shares(frame: pd.DataFrame, position: pd.Series, unit: dict[str, int], n: int) -> tuple[Links, Floats]:
    activity = position.loc[frame["activity_id"]].to_numpy()
    department = ints(frame["department"].map(unit))
    order = np.lexsort((department, activity))
    return Links.of(activity, department, n), floats(frame["share"])[order]


def _linked(frame: pd.DataFrame, column: str, code: pd.Series, position: pd.Series, n: int) -> Links:
    activity = position.loc[frame["activity_id"]].to_numpy(dtype=np.int64)
    return Links.of(activity, code.loc[frame[column]].to_numpy(dtype=np.int64), n)


def _countries(
    frame: pd.DataFrame, country: dict[str, int], partners: Links, of_partner: Ints, position: pd.Series, n: int
) -> Links:
    """Countries of an activity: those written, and those of its partners."""
    written = position.loc[frame["activity_id"]].to_numpy(dtype=np.int64)
    through, partner = partners.joined(np.arange(n))
    activity = np.concatenate([written, through])
    return Links.of(activity, np.concatenate([ints(frame["country"].map(country)), of_partner[partner]]), n)


def _leaders(lead: pd.Series, departments: Links, unit: dict[str, int]) -> Ints:
    """The leading unit: the one written; else the only department; else (several, or a partner leads) nobody."""
    written = _positions(lead, unit, missing=-1)
    alone = departments.counts == 1
    only = np.full(len(lead), -1, dtype=np.int64)
    only[alone] = departments.codes[departments.starts[:-1][alone]]
    return np.where(lead.to_numpy() == "", only, written)


def _anonymous(people_count: pd.Series, people: Links) -> Floats:
    """Persons of records without ids: their number, or one where no number is written either."""
    return np.where(people.counts > 0, 0.0, floats(people_count.fillna(1)))


def _in_yen(activities: pd.DataFrame, rates: pd.DataFrame) -> tuple[Floats, Bools]:
    """Amounts in yen at the rate of their fiscal year, and which amounts have no rate."""
    rate = dict(zip(zip(rates["currency"], rates["fiscal_year"], strict=True), rates["jpy"], strict=True))
    year = fiscal_years(activities["start_date"])
    factor = np.array(
        [
            1.0 if c in ("JPY", "") else rate.get((c, y), np.nan)
            for c, y in zip(activities["currency"], year, strict=True)
        ],
        dtype=np.float64,
    )
    amount = floats(activities["amount"])
    return amount * factor, ~np.isnan(amount) & np.isnan(factor)


def _degrees(written: str | None) -> float:
    return float(written) if written else float("nan")


def _days(activities: pd.DataFrame) -> Floats:
    length = (activities["end_date"] - activities["start_date"]).dt.days + 1
    return floats(length.astype(np.float64))
