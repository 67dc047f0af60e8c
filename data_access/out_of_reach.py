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
