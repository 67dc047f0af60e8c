"""The only reader of the store: one method a table, and of each table the rows that the scope may see."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Self, cast

from pandas import DataFrame
from sqlalchemy import Connection, Engine, Select, select

from data_access.batches.history import RecordVersion, history, last_version
from data_access.engine import reading, seen_by
from data_access.frames import Rows, frame_of
from data_access.many_rows import no_search_for_cycles
from data_access.readable import columns_of, number_key, order_of, rows_in_parts, visible_rule, with_ids
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import (
    Activity,
    ActivityCountry,
    ActivityDepartment,
    ActivityPartner,
    ActivityPerson,
    ActivitySdg,
    AffiliationPattern,
    Annotation,
    Country,
    DeclaredIndicator,
    Department,
    Goal,
    Import,
    ImportRemark,
    JointPapers,
    Partner,
    PartnerDecision,
    Person,
    Population,
    Rate,
    ReferenceRate,
    SamePartner,
    State,
    Table,
    Version,
)
from vocabulary.departments import UNIVERSITY


class Records:
    """What one reader may see. The default reader is nobody, who sees no row of any table.

    Frames come in the order of their primary key, departments in that of the university's own list; with the dtypes of
    `frames.frame_of`.
    """

    def __init__(self, engine: Engine, scope: Scope = NOBODY) -> None:
        self._engine = engine
        self._scope = scope
        self._connection: Connection | None = None

    @classmethod
    def on(cls, connection: Connection, scope: Scope = NOBODY) -> Self:
        """A reader of what a connection sees, such as what an import would store that is only tried."""
        reader = cls(connection.engine, scope)
        reader._connection = connection
        return reader

    @property
    def scope(self) -> Scope:
        return self._scope

    @contextmanager
    def at_one_moment(self) -> Iterator[Self]:
        """The same reader, all of whose frames show the store at one moment, whatever is imported meanwhile."""
        if self._connection is not None:
            yield self
            return
        with reading(self._engine) as connection:
            yield type(self).on(connection, self._scope)

    # What the university is

    def departments(self) -> DataFrame:
        """One row is one department; the row `*` is the university and has no parent."""
        every = [column.name for column in Department.__table__.columns if column.name not in ("import_id", "file_row")]
        return self.read(Department, columns=every)

    def subtree(self, department: str) -> frozenset[str]:
        """The codes of a department and of everything below it; LookupError for a code that is not there."""
        frame = self.read(Department, columns=("code", "parent_code"))
        parents: dict[str, str | None] = dict(zip(frame["code"], frame["parent_code"], strict=True))
        if department not in parents:
            raise LookupError(f"there is no department {department!r} here; there are {', '.join(sorted(parents))}")
        if department == UNIVERSITY:
            return frozenset(parents)
        found = {department}
        while below := {code for code, parent in parents.items() if parent in found} - found:
            found |= below
        return frozenset(found)

    def countries(self) -> DataFrame:
        """One row is one country or territory."""
        return self.read(Country)

    def country_matrix(self) -> DataFrame:
        """One row is the international papers of two countries, of one (`country_b` empty) or of the world."""
        return self.read(JointPapers, columns=("source", "period", "country_a", "country_b", "papers"))

    def populations(self) -> DataFrame:
        """One row is one headcount of one department on one day; a row with a country is a breakdown."""
        return self.read(Population)

    # What it does

    def activities(
        self, columns: Sequence[str] | None = None, ids: Collection[int] | None = None, **equal: str | int
    ) -> DataFrame:
        """One row is one activity; `columns` reads fewer columns, `ids` only those activities.

        A column named with a value reads only the rows that hold it: `activities(source="kaken", record_id="20H1")`.
        """
        every = [column.name for column in Activity.__table__.columns if column.name != "content_hash"]
        return self.read(Activity, columns=every if columns is None else columns, ids=ids, equal=equal)

    def titles(self, ids: Collection[int]) -> dict[int, str]:
        """The titles of some activities by their ids. A page asks for a few: it takes no frame for them."""
        parts = self._parts(self._visible(Activity, ("activity_id", "title")), Activity, ids)
        return {number: title for rows in parts for number, title in cast(Sequence[tuple[int, str]], rows)}

    def activity_departments(self, ids: Collection[int] | None = None) -> DataFrame:
        """One row is one department's part in one activity."""
        return self.read(ActivityDepartment, ids=ids)

    def activity_partners(self, ids: Collection[int] | None = None) -> DataFrame:
        """One row is one partner of one activity; one written by name is the partner that it is known to stand for."""
        written = self.read(ActivityPartner, ids=ids)
        same = self.read(SamePartner)
        if same.empty:
            return written
        stands_for = same.set_index("partner_id")["stands_for"]
        partner_id = written["partner_id"].map(stands_for).fillna(written["partner_id"]).astype("int64")
        read_through = written.assign(partner_id=partner_id.astype(written["partner_id"].dtype)).drop_duplicates()
        return read_through.sort_values(["activity_id", "partner_id"], ignore_index=True)

    def activity_countries(self, ids: Collection[int] | None = None) -> DataFrame:
        """One row is one country of one activity that is known without a partner's name."""
        return self.read(ActivityCountry, ids=ids)

    def activity_people(self, ids: Collection[int] | None = None) -> DataFrame:
        """One row is one person in one activity: a number that means nothing outside this database."""
        return self.read(ActivityPerson, ids=ids)

    def people(self) -> DataFrame:
        """One row is one person and the id that imports name them by; for readers of the whole university only."""
        return self.read(Person)

    def activity_sdgs(self, ids: Collection[int] | None = None) -> DataFrame:
        """One row is one Sustainable Development Goal of one activity."""
        return self.read(ActivitySdg, ids=ids)

    def partners(self) -> DataFrame:
        """One row is one partner institution."""
        return self.read(Partner)

    def same_partners(self) -> DataFrame:
        """One row is one partner kept as it was written, and the one of the registry that it stands for."""
        return self.read(SamePartner)

    def partner_decisions(self) -> DataFrame:
        """One row is what one person decided about a name of partners; the last about it holds."""
        return self.read(PartnerDecision)

    # What it promised, and what explains it

    def declared_indicators(self) -> DataFrame:
        """One row is one indicator that a department, or the university, declared beside the common ones."""
        return self.read(DeclaredIndicator)

    def goals(self) -> DataFrame:
        """One row is one dated value of a goal."""
        columns = ("indicator", "department", "fiscal_year", "kind", "value", "path", "phase", "note_en", "note_ja")
        return self.read(Goal, columns=columns)

    def annotations(self) -> DataFrame:
        """One row is one dated remark."""
        return self.read(Annotation, columns=("date", "text_en", "text_ja", "target"))

    def rates(self) -> DataFrame:
        """One row is the value in yen of one unit of a currency in one fiscal year."""
        return self.read(Rate, columns=("currency", "fiscal_year", "jpy"))

    def references(self) -> DataFrame:
        """One row is what a published table counts in one stratum of an indicator."""
        columns = ("source", "indicator", "dimension", "stratum", "fiscal_year", "numerator", "denominator")
        return self.read(ReferenceRate, columns=columns)

    # Where it comes from

    def imports(self) -> DataFrame:
        """One row is one attempt to import one file."""
        return self.read(Import)

    def import_remarks(self) -> DataFrame:
        """One row is one remark on one cell, column or file of an import."""
        return self.read(ImportRemark)

    def history(self, kind: str, key: Sequence[str]) -> tuple[RecordVersion, ...]:
        """The versions of one record of a kind of file, newest first; see `batches.history`."""
        with self._opened() as connection, seen_by(connection, WHOLE_UNIVERSITY):  # it cuts what it gives itself
            return history(connection, kind, key, self._scope)

    def last_version(self) -> int:
        """The number of the newest version of a record; 0 for who may not see the whole university."""
        if not self._scope.whole_university:
            return 0
        with self._opened() as connection, seen_by(connection, WHOLE_UNIVERSITY):
            return last_version(connection)

    def versions(self, after: int) -> DataFrame:
        """One row is one record that an import added, changed or withdrew after the version with this number."""
        return self.read(Version, columns=("version_id", "kind", "activity_id"), after=after)

    def affiliation_patterns(self) -> DataFrame:
        """One row is one pattern over affiliation strings and the department that it means."""
        return self.read(AffiliationPattern, columns=("pattern", "department"))

    def data_version(self) -> int:
        """How many times something was stored; for nobody, who sees nothing, 0."""
        return int(self.facts().get("data_version", "0"))

    def is_demonstration(self) -> bool:
        """Whether the records are made up."""
        return self.facts().get("demonstration") == "yes"

    def state(self) -> DataFrame:
        """One row is one fact on the database itself, such as the university's own id and place (`home_...`)."""
        return self.read(State)

    def facts(self) -> dict[str, str]:
        """The same as values by name; empty for nobody, who sees nothing. Every page asks: it takes no frame for it."""
        parts = self._parts(self._visible(State, ("name", "value")), State)
        return {str(name): str(value) for rows in parts for name, value in rows}

    # The door

    def read(
        self,
        table: type[Table],
        *,
        columns: Sequence[str] | None = None,
        ids: Collection[int] | None = None,
        equal: Mapping[str, str | int] | None = None,
        after: int | None = None,
    ) -> DataFrame:
        """The rows of one mapped class that the scope may see, and the only door to them.

        It takes a class and the names of its columns, never a statement, a text or a Core table, so that nothing can
        be read but through the class's own `visible_to`. `ids` are values of the number that begins its primary key,
        `equal` the values that columns must hold, `after` the number above which that of the key must be.
        """
        statement = self._visible(table, columns)
        for column, value in zip(columns_of(table, list(equal or ())), (equal or {}).values(), strict=True):
            statement = statement.where(column == value)
        if after is not None:
            statement = statement.where(number_key(table) > after)
        with no_search_for_cycles():
            return frame_of(columns_of(table, columns), self._parts(statement, table, ids))

    def _visible(self, table: type[Table], columns: Sequence[str] | None) -> Select[*tuple[object, ...]]:
        """These columns of the rows that the scope may see, in the order of the key."""
        visible = visible_rule(table, self._scope)  # which refuses first what is no mapped class
        return select(*columns_of(table, columns)).where(visible).order_by(*order_of(table, self._engine))

    def _opened(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._connection) if self._connection else reading(self._engine)

    def _parts(
        self, statement: Select[*tuple[object, ...]], table: type[Table], ids: Collection[int] | None = None
    ) -> Iterator[Rows]:
        """The rows as the driver gives them: rows of SQLAlchemy's own cost half as much again."""
        with self._opened() as connection, seen_by(connection, self._scope):
            for wanted in with_ids(statement, table, ids):
                yield from rows_in_parts(connection, wanted)
