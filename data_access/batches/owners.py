"""Whose a record is, as it was at any time: the same rule as `visible_to` of its table, for records kept as JSON."""

from collections.abc import Mapping

from data_access.batches.stored_as import ACTIVITIES, STORED
from data_access.scope import Scope
from data_access.tables import OfficeTable, PublicTable
from vocabulary.departments import UNIVERSITY

_OR_THE_UNIVERSITYS = ("indicators", "goals")  # the university's own are everybody's


def departments_of(kind: str, record: Mapping[str, object]) -> frozenset[str]:
    """The departments whose record it is; none for records that belong to no department."""
    if kind == ACTIVITIES:
        shares = record["departments"]
        assert isinstance(shares, list)  # noqa: S101  as `versions.activities_now` gives them
        return frozenset(code for code, _ in shares)
    return frozenset({str(record["department"])}) if "department" in record else frozenset()


def may_be_seen(kind: str, record: Mapping[str, object], scope: Scope) -> bool:
    """Whether a reader may see the record as it was."""
    if scope.whole_university or scope.is_nobody:
        return scope.whole_university
    own = departments_of(kind, record)
    if kind in _OR_THE_UNIVERSITYS:
        return not own.isdisjoint({UNIVERSITY, *scope.departments})
    model = STORED[kind].model
    if issubclass(model, OfficeTable | PublicTable):
        return issubclass(model, PublicTable)
    return not own.isdisjoint(scope.departments)


def is_the_writers(kind: str, record: Mapping[str, object], scope: Scope) -> bool:
    """Whether a writer may change the record: it is wholly of the own departments."""
    own = departments_of(kind, record)
    return scope.whole_university or (bool(own) and all(scope.covers(code) for code in own))
