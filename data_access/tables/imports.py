"""Tables of what came when from which file, and of the state of the database itself."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import STRICT, OfficeTable, PublicTable


class Import(OfficeTable):
    """One row is one attempt to import one file, stored or refused, or the roll back of one."""

    __tablename__ = "imports"
    __table_args__ = (STRICT,)

    import_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    imported_at: Mapped[datetime]
    status: Mapped[str]  # stored, unchanged, refused, rolled_back; roll_back is one that undid another
    rows_read: Mapped[int]
    rows_new: Mapped[int] = mapped_column(default=0)
    rows_changed: Mapped[int] = mapped_column(default=0)
    rows_unchanged: Mapped[int] = mapped_column(default=0)
    rows_withdrawn: Mapped[int] = mapped_column(default=0, server_default="0")
    rows_refused: Mapped[int] = mapped_column(default=0)
    importer: Mapped[str] = mapped_column(default="", server_default=text("''"))  # a reader's code, or an account
    complete: Mapped[bool] = mapped_column(default=False, server_default=false())  # the full list of its extent
    undoes: Mapped[int | None] = mapped_column(ForeignKey("imports.import_id"))  # of a roll back: what it undid


class Version(OfficeTable):
    """One row is one record that one import added, changed or withdrew, with what the record was before.

    The chain of a record's `before`, and the record as it is now, are all its versions. `history` reads them.
    """

    __tablename__ = "versions"
    __table_args__ = (Index("ix_versions_record", "kind", "key"), STRICT)

    version_id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"), index=True)
    kind: Mapped[str]  # of file, the one whose records these are (works are activities); state is the database's own
    key: Mapped[str]  # a JSON list of the texts that name the record
    activity_id: Mapped[int | None] = mapped_column(index=True)  # of an activity: its number, never given twice
    before: Mapped[str | None]  # JSON of all columns, and the links of an activity; nothing: there was no such record


class ImportRemark(OfficeTable):
    """One row is one remark on one cell (or column, or file) of an import: an error or a notice."""

    __tablename__ = "import_remarks"
    __table_args__ = (STRICT,)

    remark_id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"), index=True)
    severity: Mapped[str]  # error, notice
    row: Mapped[int | None]  # as a spreadsheet counts: the header is row 1
    column: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")
    message_en: Mapped[str]
    message_ja: Mapped[str]


class State(PublicTable):
    """One row is one fact on the database itself.

    `data_version` (counts changes), `data_mark` (new with each of them), `untold_mark` (new with those of activities
    that `versions` do not tell), `database_id` (stays, in backups, too), `demonstration` (yes or no), `home_ror`,
    `home_latitude`, `home_longitude` (who and where the university is, once an import said so).
    """

    __tablename__ = "state"
    __table_args__ = (STRICT,)

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
