"""What all tables share: the metadata, and the rule that a table says who may see it."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, ColumnElement, Date, DateTime, Double, Integer, MetaData, Text, false, true
from sqlalchemy.orm import DeclarativeBase

from data_access import column_types as _column_types  # noqa: F401  registers the STRICT names
from data_access.scope import Scope

STRICT = {"sqlite_strict": True}


class Table(DeclarativeBase):
    """A table of the monitor. Subclasses state `visible_to`; without one, a table cannot be read."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text,
        int: Integer,
        float: Double,
        date: Date,
        datetime: DateTime,
        bool: Boolean,
    }

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        raise NotImplementedError(f"{cls.__name__} does not say who may see it; state visible_to(scope)")


class PublicTable(Table):
    """A table that every reader may see whole (and nobody else)."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        return false() if scope.is_nobody else true()


class OfficeTable(Table):
    """A table for readers of the whole university only."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        return true() if scope.whole_university else false()


class ClosedTable(Table):
    """A table that nobody sees through `Records`, not even readers of the whole university: it has its own service."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, scope: Scope) -> ColumnElement[bool]:
        return false()
