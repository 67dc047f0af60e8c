"""Tables of what came when from which file, and of the state of the database itself."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import STRICT, OfficeTable, PublicTable


class Import(OfficeTable):
    """One row is one attempt to import one file, stored or refused."""

    __tablename__ = "imports"
    __table_args__ = (STRICT,)

    import_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    imported_at: Mapped[datetime]
    status: Mapped[str]  # stored, unchanged, refused
    rows_read: Mapped[int]
    rows_new: Mapped[int] = mapped_column(default=0)
    rows_changed: Mapped[int] = mapped_column(default=0)
    rows_unchanged: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int] = mapped_column(default=0)


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

    `data_version` (counts changes), `demonstration` (yes or no), `home_ror`, `home_latitude`, `home_longitude` (who and
    where the university is, once an import said so).
    """

    __tablename__ = "state"
    __table_args__ = (STRICT,)

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
