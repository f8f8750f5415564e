"""What keeps a database from answering or from storing, told apart by what its driver says."""

from enum import Enum

from django.db import Error, InterfaceError, OperationalError


class Fault(Enum):
    """Why a request could not be served, though nothing is wrong with it or with the code."""

    GONE = "does not answer"
    BUSY = "is being written by somebody else"
    READ_ONLY = "is read-only"
    FULL = "has no room left"


# By how the names of SQLite's results begin, and PostgreSQL's codes (its manual, appendix A).
CODES = {
    Fault.BUSY: ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01"),
    Fault.READ_ONLY: ("SQLITE_READONLY", "25006"),
    Fault.FULL: ("SQLITE_FULL", "53100"),
}


def fault_of(error: BaseException | None) -> Fault | None:
    """Return which fault of the database an error tells of, if it does not tell of a mistake."""
    if not isinstance(error, Error):
        return None
    driver = error.__cause__
    code = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or ""
    known = (fault for fault, codes in CODES.items() if code.startswith(codes))
    # Django has one name for whatever has nothing to do with what was asked.
    is_lost = isinstance(error, OperationalError | InterfaceError)
    return next(known, Fault.GONE if is_lost else None)
