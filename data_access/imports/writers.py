"""Who may write what: a head's files hold records of the own departments, and replace no record of others."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from data_access.imports.columns import Kind, Row, RowFinding
from data_access.imports.report import Finding
from data_access.scope import Scope
from data_access.tables import Activity, ActivityDepartment
from vocabulary.text import Text

OF_DEPARTMENTS = ("activities", "populations", "indicators", "goals")  # kinds whose every row belongs to departments
_AT_ONCE = 10_000


def not_the_writers(kind: Kind, rows: Sequence[Row], scope: Scope) -> Iterator[RowFinding]:
    """The rows that are not, or not wholly, on the writer's departments."""
    if scope.whole_university:
        return
    if kind.key not in OF_DEPARTMENTS:
        yield from (RowFinding(row.number, Finding("", "", _for_the_office(kind))) for row in rows[:1])
        return
    for row in rows:
        for column, codes in _departments(row):
            if others := [code for code in codes if not scope.covers(code)]:
                yield RowFinding(row.number, Finding(column, others[0], _of_others(others, scope)))


def stored_of_others(connection: Connection, kind: Kind, rows: Sequence[Row], scope: Scope) -> Iterator[RowFinding]:
    """The rows that would replace a record which is not, or not wholly, of the writer's departments.

    Only activities can: the key of all else that a head may write names the department, or belongs to one.
    """
    if scope.whole_university or kind.key != "activities":
        return
    numbers = {(str(row.values["source"]), str(row.values["record_id"])): row.number for row in rows}
    of_others = (
        select(Activity.source, Activity.record_id)
        .join(ActivityDepartment, ActivityDepartment.activity_id == Activity.activity_id)
        .where(ActivityDepartment.department.not_in(scope.departments))
        .distinct()
    )
    for source in sorted({source for source, _ in numbers}):
        for key in connection.execute(of_others.where(Activity.source == source)):
            if (number := numbers.get((key.source, key.record_id))) is not None:
                yield RowFinding(number, Finding("record_id", key.record_id, _stored(scope)))


def _departments(row: Row) -> Iterator[tuple[str, list[str]]]:
    if "departments" in row.values:
        shares = row.values["departments"]
        assert isinstance(shares, tuple)  # noqa: S101  as `activity_cells.departments` reads them
        yield "departments", [code for code, _ in shares]
    if "department" in row.values:
        yield "department", [str(row.values["department"])]


def _yours(scope: Scope) -> Text:
    codes = sorted(scope.departments)
    return Text(", ".join(codes) or "none", "、".join(codes) or "なし")


def _of_others(codes: Sequence[str], scope: Scope) -> Text:
    yours = _yours(scope)
    return Text(
        f"{', '.join(codes)} is not yours to write. Accepted: {yours.en}; records shared with others go to the "
        "International Strategy Office.",
        f"{'、'.join(codes)} の記録は登録できません。使えるのは {yours.ja} です。"
        "他部局と共同の記録は国際戦略室にお渡しください。",
    )


def _stored(scope: Scope) -> Text:
    yours = _yours(scope)
    return Text(
        "A record of this number is stored for other departments. "
        f"Accepted: new records and those of {yours.en} alone.",
        f"この番号の記録は他部局のものとして登録済みです。使えるのは新しい記録か、{yours.ja} だけの記録です。",
    )


def _for_the_office(kind: Kind) -> Text:
    return Text(
        f"Files of {kind.name.en} speak for the whole university. Accepted from you: "
        f"{', '.join(OF_DEPARTMENTS)} of your own departments.",
        f"{kind.name.ja}のファイルは大学全体に関わります。登録できるのは自部局の活動・人数・指標・目標です。",
    )
