"""Tables of the audit log: who did what when, chained, what remains of events of the past, and who was erased."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import STRICT, OfficeTable


class AuditEvent(OfficeTable):
    """One row is one thing that somebody did or was refused. Rows are added and never changed; see `data_access.audit`.

    All that is hashed is text or a whole number, so that both databases give back what was hashed to the last byte.
    """

    __tablename__ = "audit_events"
    __table_args__ = (STRICT,)

    event_id: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3, ... without a gap
    at: Mapped[str]  # UTC, as 2026-11-28T19:07:48Z
    actor: Mapped[str]  # a reader's code, `account:7` of who is signed in, or `command line: ACCOUNT`
    account: Mapped[int | None]  # the number of who is signed in; never a name or a mail address
    role: Mapped[str]
    seen_by: Mapped[str]  # the code of who looked through the actor's eyes
    action: Mapped[str]
    object: Mapped[str]
    scope: Mapped[str]
    details: Mapped[str]  # canonical JSON: codes and counts, nothing about students or staff, nothing anybody typed
    rows: Mapped[int | None]
    sha256: Mapped[str]  # of the file that came in or went out
    outcome: Mapped[str]  # done, refused, failed
    previous: Mapped[str]  # `hash` of the event before
    hash: Mapped[str]


class AuditAnchor(OfficeTable):
    """The one row, if any, is what remains of the oldest events, once their time was over: how many, since and until.

    The event of their deletion says the same, so that a changed anchor shows.
    """

    __tablename__ = "audit_anchors"
    __table_args__ = (STRICT,)

    last_event: Mapped[int] = mapped_column(primary_key=True)  # all events up to this one were deleted
    last_hash: Mapped[str]
    first_at: Mapped[str]
    last_at: Mapped[str]


class ErasedPerson(OfficeTable):
    """One row is one person who was erased: a hash of the keyed hash, which without the key tells nothing."""

    __tablename__ = "erased_people"
    __table_args__ = (STRICT,)

    mark: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]  # UTC
