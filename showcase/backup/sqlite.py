"""SQLite's own way to copy a database that is being read and written: its online backup."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError, connection

from projects.search.tables import FTS_TABLE

from .manifest import Contents, Manifest
from .tables import contents, live, public_since, renewal

FILE = "database.sqlite3"
# SQLite asks four times in a second whether the one who writes has finished.
PATIENCE = 4 * 60
DAMAGED = "is damaged ({reason}); {remedy}."


def tables(database: Any) -> list[str]:
    """Return all tables but those that SQLite and its full-text index keep for themselves."""
    rows = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    own = ("sqlite_", f"{FTS_TABLE}_")
    return [name for (name,) in rows if not name.startswith(own) and name != FTS_TABLE]


def copy(folder: Path) -> Contents:
    """Copy the database in one step: readers and writers go on, and no later write is in it."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        with connection.wrap_database_errors:
            live().backup(database, progress=_Patience(), sleep=0.25)
        # So that it is one file.
        database.execute("PRAGMA journal_mode = DELETE")
        with _refusing(
            "The database", "restore a backup, or repair it with “sqlite3 FILE .recover”"
        ):
            _check(database)
            return contents(database, tables(database))


def verify(folder: Path, manifest: Manifest) -> None:
    with (
        closing(sqlite3.connect(folder / FILE)) as database,
        _refusing("The database in the backup", "take another backup"),
    ):
        _check(database)
        found = contents(database, tables(database))
        if (found.rows, found.migrations) != (manifest.rows, manifest.migrations):
            raise sqlite3.DatabaseError("it has other rows or migrations than the manifest says")


def put_back(folder: Path, manifest: Manifest) -> None:
    """Write the copy over the live database, page by page and in one transaction of SQLite's.

    The file stays the same file, so that open connections see first the old state and then the new
    one, as with any other write; and so does whoever finds it after a crash.
    """
    since = public_since(live(), tables(live()))
    with closing(sqlite3.connect(folder / FILE)) as database:
        database.execute(renewal(since))
        database.commit()
        with connection.wrap_database_errors:
            database.backup(live(), progress=_Patience(), sleep=0.25)


class _Patience:
    """Ends what would wait for another writer for ever."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, status: int, remaining: int, total: int) -> None:
        self.times += 1
        if self.times > PATIENCE:
            raise OperationalError("database is locked")


def _check(database: sqlite3.Connection) -> None:
    [(verdict,), *_] = database.execute("PRAGMA integrity_check(1)").fetchall()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


@contextmanager
def _refusing(what: str, remedy: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise CommandError(f"{what} {DAMAGED.format(reason=error, remedy=remedy)}") from error
