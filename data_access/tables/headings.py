"""The table of what the headers of files were said to mean."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import STRICT, OfficeTable


class RememberedHeading(OfficeTable):
    """One row is one header of the files of one source, and the column that a person said it means."""

    __tablename__ = "remembered_headings"
    __table_args__ = (STRICT,)

    source: Mapped[str] = mapped_column(primary_key=True)  # the file's name without what changes from year to year
    kind: Mapped[str] = mapped_column(primary_key=True)
    heading: Mapped[str] = mapped_column(primary_key=True)  # without width, capitals, spaces and unit
    decided_by: Mapped[str] = mapped_column(primary_key=True)
    column: Mapped[str]  # empty: not needed
    for_all: Mapped[bool]  # decided by somebody of the whole university, so it serves every importer
    decided_at: Mapped[datetime]  # UTC
