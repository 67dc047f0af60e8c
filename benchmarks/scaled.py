"""The demonstration grown to any number of activities: the same mix, other partners, persons, days and amounts.

One seed gives the same rows on every run. `grown` gives the frames that a ledger is made of, without a database;
`write` puts them into one that holds the demonstration, for whoever measures pages.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series, concat, to_datetime, to_timedelta
from sqlalchemy import Connection, Engine, insert, make_url

import demonstration
from data_access.engine import as_whole, connect, prepare
from data_access.imports.imports_kept import raise_data_version
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Table
from metrics.posting import FRAMES
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY

Frames = Mapping[str, DataFrame]
Ints = NDArray[np.int64]
LINKS = {
    "activity_departments": "department",
    "activity_partners": "partner_id",
    "activity_countries": "country",
    "activity_people": "person_id",
    "activity_sdgs": "sdg",
}
ACTIVITIES_A_PERSON = 20
PARTNERS_GROW = 0.6  # partners are as many as activities to this power
IN_FORCE = {code for code, kind in ACTIVITY_TYPES.items() if kind.counted == "in force"}
AT_ONCE = 100_000  # rows that are written together
YEAR = 365


def demonstration_in(file: Path) -> str:
    """The URL of a new SQLite database in this file with the demonstration's records."""
    url = f"sqlite:///{file}"
    engine = connect(url)
    prepare(engine)
    demonstration.load(engine)
    engine.dispose()
    return url


def frames_of(url: str) -> dict[str, DataFrame]:
    """What a ledger is made of, as the store gives it."""
    engine = connect(url)
    records = Records(engine, WHOLE_UNIVERSITY)
    frames = {name: getattr(records, name)() for name in FRAMES}
    engine.dispose()
    return frames


def grown(small: Frames, size: int, seed: int = 1, *, flat: bool = False) -> dict[str, DataFrame]:
    """The frames of so many activities, each modelled on one of `small`, whose type, departments and level it has.

    Events fall on any day of their model's fiscal year, what is in force begins up to half a year earlier or later.
    Partners (of the model's countries) and persons are drawn from more of them. `flat`: events alone, each with one
    department, one partner, whose country is its only one, and one person, so that one row is one activity.
    """
    chance = np.random.default_rng(seed)
    models = _flat_models(small) if flat else np.arange(len(small["activities"]))
    model = np.sort(chance.choice(models, size))
    links = {name: _links(small, name, model, flat=flat) for name in LINKS}
    partners, links["activity_partners"] = _partners(small["partners"], links["activity_partners"], size, chance)
    links["activity_people"] = _people(links["activity_people"], size, chance)
    if flat:
        links["activity_countries"] = links["activity_countries"].iloc[:0]
        links["activity_departments"] = links["activity_departments"].assign(share=1.0)
    activities = _activities(small["activities"].iloc[model].reset_index(drop=True), chance)
    return {**small, **links, "partners": partners, "activities": activities}


def _flat_models(small: Frames) -> Ints:
    """Positions of the events that have a partner and a person, of a department without others below it."""
    activities, departments = small["activities"], small["departments"]
    kept = ~activities["activity_type"].isin(IN_FORCE)
    first = small["activity_departments"].drop_duplicates("activity_id")
    lowest = first[~first["department"].isin([*departments["parent_code"].dropna(), UNIVERSITY])]
    kept &= activities["activity_id"].isin(lowest["activity_id"])
    for name in ("activity_partners", "activity_people"):
        kept &= activities["activity_id"].isin(small[name]["activity_id"])
    return np.flatnonzero(kept)


def _links(small: Frames, name: str, model: Ints, *, flat: bool) -> DataFrame:
    """The links of each activity's model, of which `flat` takes the first."""
    frame = small[name]
    if flat:
        frame = frame.drop_duplicates("activity_id")
    frame = frame.sort_values("activity_id", kind="stable", ignore_index=True)
    ids = small["activities"]["activity_id"].to_numpy()[model]
    first = np.searchsorted(frame["activity_id"], ids)
    count = np.searchsorted(frame["activity_id"], ids, side="right") - first
    row = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
    return frame.iloc[row].assign(activity_id=np.repeat(np.arange(1, len(model) + 1), count)).reset_index(drop=True)


def _partners(
    small: DataFrame, links: DataFrame, size: int, chance: np.random.Generator
) -> tuple[DataFrame, DataFrame]:
    """More partners, each of the country and types of one that there was, and links with one of its likes."""
    position = Series(np.arange(len(small)), index=small["partner_id"])
    linked = position.loc[links["partner_id"]].to_numpy()
    more = max(int(size**PARTNERS_GROW) - len(small), 0)
    like = np.concatenate([np.arange(len(small)), np.sort(chance.choice(linked, more)) if more else linked[:0]])
    order = np.argsort(like, kind="stable")
    likes = np.bincount(like, minlength=len(small))
    place = np.floor(likes[linked] * chance.random(len(linked)) ** 2).astype(np.int64)  # some are met more than others
    drawn = order[(np.cumsum(likes) - likes)[linked] + place]
    new = small.iloc[like[len(small) :]].reset_index(drop=True)
    number = np.arange(1, more + 1)
    new = new.assign(
        partner_id=small["partner_id"].max() + number,
        ror_id=None,
        name_en=Series(number).astype("str").radd("Partner "),
        name_ja="",
        latitude=(new["latitude"] + chance.uniform(-2, 2, more)).clip(-90, 90),
    )
    partners = concat([small, new.astype(small.dtypes)], ignore_index=True)
    numbers = partners["partner_id"].to_numpy()[drawn]
    return partners, _each_once(links.assign(partner_id=numbers))


def _people(links: DataFrame, size: int, chance: np.random.Generator) -> DataFrame:
    """Links with persons, of whom there is one for so many activities: those who met in a model mostly meet again."""
    everybody = max(size // ACTIVITIES_A_PERSON, 1)
    groups = max(min(int(links["person_id"].max()), everybody), 1)
    likes = everybody // groups
    person = links["person_id"] % groups * likes + chance.integers(0, likes, len(links)) + 1
    return _each_once(links.assign(person_id=person))


def _each_once(links: DataFrame) -> DataFrame:
    return links.drop_duplicates().sort_values(list(links.columns), ignore_index=True)


def _activities(models: DataFrame, chance: np.random.Generator) -> DataFrame:
    size = len(models)
    number = np.arange(1, size + 1)
    first_day = to_datetime(
        {"year": (models["start_date"] - np.timedelta64(90, "D")).dt.year, "month": 4, "day": 1}
    )  # of the fiscal year, but for a leap day
    within = first_day + to_timedelta(chance.integers(0, YEAR, size), unit="D")
    moved = models["start_date"] + to_timedelta(chance.integers(-YEAR // 2, YEAR // 2, size), unit="D")
    start = moved.where(models["activity_type"].isin(IN_FORCE), within)
    longer = chance.uniform(0.7, 1.3, size)
    days = ((models["end_date"] - models["start_date"]).dt.days * longer).round()
    written = Series(number).astype("str")
    return models.assign(
        activity_id=number,
        record_id=written.radd("S"),
        title=written.radd("Activity "),
        url=written.radd("https://example.org/activities/"),
        start_date=start.astype(models["start_date"].dtype),
        end_date=(start + to_timedelta(days, unit="D")).astype(models["end_date"].dtype),
        amount=(models["amount"] * chance.lognormal(0, 0.3, size)).round(-3),
        citation_percentile=(models["citation_percentile"] + chance.normal(0, 5, size)).clip(0, 100).round(1),
        file_row=number + 1,
    )


def database(folder: Path, url: str, size: int) -> str:
    """A database of so many activities in this folder, grown from the one at `url`; taken as it is if it is there."""
    file = folder / f"grown-{size}.db"
    if not file.exists():
        unfinished = folder / "unfinished.db"
        engine = connect(copy_of(url, unfinished))
        write(engine, grown(frames_of(url), size))
        engine.dispose()
        unfinished.rename(file)
    return f"sqlite:///{file}"


def copy_of(url: str, file: Path) -> str:
    """The address of a copy in this file of an SQLite database that nobody writes to; ValueError for another one."""
    database = make_url(url)
    if database.get_backend_name() != "sqlite" or not database.database:
        raise ValueError(f"only SQLite files can be copied here, not {database!r}")
    shutil.copy(database.database, file)
    return f"sqlite:///{file}"


def write(engine: Engine, frames: Frames) -> None:
    """Put these activities, with their partners and persons, in the place of those that the database holds."""
    persons = np.unique(frames["activity_people"]["person_id"])
    people = DataFrame({"person_id": persons, "pseudonym": [f"p:{number:032x}" for number in persons]})
    activities = frames["activities"].assign(content_hash=frames["activities"]["record_id"])
    rows = {**frames, "people": people, "activities": activities}
    with engine.begin() as connection:
        as_whole(connection)
        for name in (*LINKS, "activities"):
            connection.execute(Table.metadata.tables[name].delete())
        for name in ("partners", "people", "activities", *LINKS):  # of partners and people those that are new
            _add(connection, name, rows[name])
        raise_data_version(connection)


def _add(connection: Connection, name: str, frame: DataFrame) -> None:
    """The rows, in parts, as the driver takes them: a day as text, nothing for a missing value."""
    table = Table.metadata.tables[name]
    columns = [column.name for column in table.columns]
    statement = str(insert(table).prefix_with("OR IGNORE", dialect="sqlite").compile(connection.engine))
    for start in range(0, len(frame), AT_ONCE):
        part = frame[columns].iloc[start : start + AT_ONCE]
        values = [_values(part[column]) for column in columns]
        connection.exec_driver_sql(statement, list(zip(*values, strict=True)))


def _values(column: Series) -> list[object]:
    if column.dtype.kind == "M":
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype(object).where(column.notna(), None).tolist()
