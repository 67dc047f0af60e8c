"""Whether an error means that the database is not there, is not to be reached, or does not answer in time."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError


def is_out_of_reach(error: BaseException) -> bool:
    """True where whoever asked can only try again later: nothing is wrong with what was asked."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OperationalError | InterfaceError | NoConnectionFreeError):
            return True
        if isinstance(cause, DBAPIError) and cause.connection_invalidated:
            return True
        cause = cause.__cause__ or cause.__context__
    return False


_WHY = (  # words of the databases' own messages, and what an administrator is told of them
    (("database is locked", "lock timeout"), "another program holds a lock on it"),
    (("statement timeout", "canceling statement"), "it takes too long"),
    (("unable to open database file",), "its file is not there, or may not be opened"),
    (("disk i/o error", "full"), "its disk is full or faulty"),
    (("malformed", "not a database"), "its file is damaged"),
    (("pool",), "all connections are in use"),
    (("connect", "server closed", "terminat"), "its server is not to be reached"),
)


def why_out_of_reach(error: BaseException) -> str:
    """The reason in a few words, without addresses and paths; empty where none is known."""
    said = str(getattr(error, "orig", None) or error).lower()
    return next((why for words, why in _WHY if any(word in said for word in words)), "")
