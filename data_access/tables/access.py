"""Tables of who may come in: accounts, the roles that were given to them, and their logins."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import STRICT, ClosedTable


class Account(ClosedTable):
    """One row is one identity of the identity provider: issuer and subject, never a mail address.

    It is there as soon as its person has signed in or a role was given to it, whichever came first.
    """

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject"), STRICT)

    account_id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str] = mapped_column(default="")  # a label that the office wrote; nothing is taken from the provider
    first_seen: Mapped[datetime | None]  # UTC; nothing: has not signed in yet
    last_seen: Mapped[datetime | None]  # UTC, of the last login's beginning


class Grant(ClosedTable):
    """One row is one role that was given to one account, of one department or (`*`) of the university.

    It holds from the beginning of `valid_from` to the end of `valid_until`, days in Japan, unless it was taken back.
    Rows are never deleted, so that who could read what at any time is known.
    """

    __tablename__ = "grants"
    __table_args__ = (Index("ix_grants_account_id", "account_id"), STRICT)

    grant_id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.account_id"))
    role: Mapped[str]  # of vocabulary.roles
    department: Mapped[str]
    covers: Mapped[str]  # JSON: the codes at and below the department when it was given; none for the university
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    granted_by: Mapped[str]  # a reader's code, or a command
    granted_at: Mapped[datetime]  # UTC
    revoked_by: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]  # UTC


class SignIn(ClosedTable):
    """One row is one login of one account, known by the SHA-256 of the claims that the provider signed."""

    __tablename__ = "logins"
    __table_args__ = (Index("ix_logins_account_id", "account_id"), STRICT)

    login_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.account_id"))
    began_at: Mapped[datetime]  # UTC
    ends_at: Mapped[datetime]  # UTC
    ended_at: Mapped[datetime | None]  # UTC; before `ends_at`: signed out, or ended by the office
    ended_by: Mapped[str] = mapped_column(default="")  # a reader's code


class Viewing(ClosedTable):
    """One row is one time that who signed in looked through the eyes of a role, or of an account; it never writes."""

    __tablename__ = "viewings"
    __table_args__ = (Index("ix_viewings_login_id", "login_id"), STRICT)

    viewing_id: Mapped[int] = mapped_column(primary_key=True)
    login_id: Mapped[str] = mapped_column(ForeignKey("logins.login_id"))
    eyes_account: Mapped[int | None] = mapped_column(ForeignKey("accounts.account_id"))  # or else of a role:
    eyes_role: Mapped[str]
    eyes_departments: Mapped[str]  # JSON: the codes of a role of departments
    began_at: Mapped[datetime]  # UTC
    ended_at: Mapped[datetime | None]  # UTC; it ends with its login in any case
