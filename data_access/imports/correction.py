"""Corrections: a file whose columns alone are corrected in records that are stored; all else of them stays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from data_access.batches.owners import is_the_writers
from data_access.batches.stored_as import ACTIVITIES, NOT_SAID
from data_access.batches.versions import activities_now, in_batches, linked
from data_access.imports.activity_cells import as_written
from data_access.imports.check import Table
from data_access.imports.columns import Column, Kind, Row, RowFinding, Values
from data_access.imports.known import Known
from data_access.imports.report import Finding, Remarks
from data_access.imports.told import Told
from data_access.partners import Organization
from data_access.scope import Scope
from data_access.tables import Activity, Partner, Person
from vocabulary.text import Text

Earlier = Callable[[str], Mapping[str, Values]]  # of a source: record id -> the record as cells of a file would say it
ONLY_ACTIVITIES = Text(
    "Only files of activities can correct their columns alone. Accepted: the file as a whole, with every column.",
    "列だけの修正ができるのは活動のファイルだけです。すべての列を含むファイルとして取り込んでください。",
)
NO_FULL_LIST = Text(
    "A file that corrects its columns alone is no full list. Accepted: one of both.",
    "列だけを修正するファイルは全件リストにはなりません。どちらか一方を指定してください。",
)
NOT_STORED = Text(
    "No record {record} of the source {source} is stored that you may correct. Accepted: records that are stored; new "
    "ones come in a file with every column.",
    "情報源 {source} に、修正できる登録済みの記録 {record} がありません。"
    "使えるのは登録済みの記録です。新しい記録は全列のファイルで取り込んでください。",
)
CORRECTED = Text(
    "Only these columns are corrected: {columns}. All else stays as it is stored.",
    "修正するのは次の列だけです：{columns}。ほかは登録済みのまま残ります。",
)
MOVED = Text(
    "The record was changed by another import meanwhile. Import the file again.",
    "この間に別の取り込みが記録を変更しました。もう一度取り込んでください。",
)


def not_for_corrections(kind: Kind, told: Told) -> Text | None:
    """Why a file cannot correct its columns alone; None where it can."""
    if kind.key != ACTIVITIES:
        return ONLY_ACTIVITIES
    return NO_FULL_LIST if told.complete else None


def nothing_stored(_source: str) -> Mapping[str, Values]:
    """Of no source is anything stored."""
    return {}


class Correction(Table):
    """The rows of a file that lacks columns: they say there what is stored, and are checked as a whole."""

    def __init__(self, kind: Kind, known: Known, remarks: Remarks, told: Told, earlier: Earlier) -> None:
        super().__init__(kind, known, remarks, told)
        self._earlier = earlier
        self._of_sources: dict[str, Mapping[str, Values]] = {}

    def _needed(self) -> list[Column]:
        return [column for column in super()._needed() if column.name in self.kind.identity]

    def _instead(self) -> Values:
        """What names the record may have its default; all else is taken from what is stored."""
        return {name: value for name, value in super()._instead().items() if name in self.kind.identity}

    def _at_once(self) -> int:
        return 1  # what is stored of a row has a say in it

    def _checked(self, values: Values) -> Iterator[Finding]:
        source, record = str(values["source"]), str(values["record_id"])
        if source not in self._of_sources:
            self._of_sources[source] = self._earlier(source)
        stored = self._of_sources[source].get(record)
        if stored is None:
            yield Finding("record_id", record, NOT_STORED.filled(record=record, source=source))
            return
        values |= {name: value for name, value in stored.items() if name not in values}
        for finding in super()._checked(values):
            if finding.severity == "error" or finding.column in self.headers:  # what was stored had its notices
                yield finding


def stored_values(connection: Connection, source: str, scope: Scope) -> dict[str, Values]:
    """The activities of a source that the writer may replace, by record id, as the importer would read their cells."""
    ids = list(connection.scalars(select(Activity.activity_id).where(Activity.source == source)))
    persons: dict[object, str] = {}
    partners: dict[object, Organization] = {}
    found: dict[str, Values] = {}
    for some in in_batches(ids):
        records = [one for one in activities_now(connection, some).values() if is_the_writers(ACTIVITIES, one, scope)]
        persons = persons or {row[0]: row[1] for row in connection.execute(select(Person.person_id, Person.pseudonym))}
        partners = partners or _partners(connection)
        for record in records:
            shares = [(str(one[0]), float(one[1])) for one in linked(record, "departments") if isinstance(one, list)]
            named = [partners[number] for number in linked(record, "partners")]
            said = {name: value for name, value in record.items() if name not in NOT_SAID}
            found[str(record["record_id"])] = said | {
                "departments": tuple(sorted(shares)),
                "partners": tuple(sorted(named, key=lambda one: (one.ror_id, one.name_en, one.country))),
                "countries": tuple(sorted(map(str, linked(record, "countries")))),
                "people": tuple(sorted(persons[number] for number in linked(record, "people"))),
                "sdgs": tuple(sorted(int(str(one)) for one in linked(record, "sdgs"))),
            }
    return found


def moved_meanwhile(
    connection: Connection, rows: Sequence[Row], corrected: Mapping[str, str], scope: Scope
) -> Iterator[RowFinding]:
    """The rows whose records are no longer what they were filled up from; `corrected`: the columns of the file."""
    of_sources = {
        source: stored_values(connection, source, scope) for source in {str(r.values["source"]) for r in rows}
    }
    for row in rows:
        record = str(row.values["record_id"])
        now = of_sources[str(row.values["source"])].get(record, {})
        if any(row.values[name] != now.get(name) for name in row.values if name not in corrected and name != "source"):
            yield RowFinding(row.number, Finding("record_id", record, MOVED))


def _partners(connection: Connection) -> dict[object, Organization]:
    """The partners as they are stored, those that the registry does not know by what was written."""
    columns = select(Partner.partner_id, Partner.ror_id, Partner.name_en, Partner.country)
    found: dict[object, Organization] = {}
    for number, ror_id, name, country in connection.execute(columns):
        found[number] = replace(as_written(name, country), ror_id=ror_id or "")
    return found
