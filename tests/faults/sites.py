"""The database of a drill, which can be put back to what was kept of it while it is served."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

from django.core.management import call_command
from django.db import connection

import psycopg

from ..backup.databases import using
from ..benchmarks.databases import at
from ..postgres import postgresql
from .acts import Form, load, migrate_back
from .editions import write_edition

PATIENCE = 30
# Visitors are told apart from what is killed.
VISITORS = "visitors"
AT_WORK = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND state <> 'idle' AND application_name <> %s"
)


class SQLite:
    """A file, which stays the same one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = self.address_for_visitors = f"sqlite:///{folder}/site.sqlite3"

    def keep(self, name: str) -> None:
        self._copy("site", name)

    def lay(self, name: str) -> None:
        self._copy(name, "site")

    def _copy(self, source: str, target: str) -> None:
        with (
            closing(sqlite3.connect(self.folder / f"{source}.sqlite3")) as one,
            closing(sqlite3.connect(self.folder / f"{target}.sqlite3")) as other,
        ):
            one.backup(other)

    def wait(self) -> None:
        """Wait for nothing: who is killed is gone."""


class PostgreSQL:
    """A database of a server of its own; visitors connect anew when it is made anew."""

    def __init__(self, server: str) -> None:
        self.server, self.address = server, at(server, "site")
        separator = "&" if "?" in self.address else "?"
        self.address_for_visitors = f"{self.address}{separator}application_name={VISITORS}"
        self._ask("CREATE DATABASE site")

    def keep(self, name: str) -> None:
        self._copy("site", name)

    def lay(self, name: str) -> None:
        self._copy(name, "site")

    def _copy(self, source: str, target: str) -> None:
        self._ask(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'"  # noqa: S608 (a name of ours)
        )
        self._ask(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        self._ask(f"CREATE DATABASE {target} TEMPLATE {source}")

    def wait(self) -> None:
        """Wait until the server has noticed who is gone, and has taken back what they did."""
        end = monotonic() + PATIENCE
        with connection.cursor() as cursor:
            while monotonic() < end:
                cursor.execute(AT_WORK, [VISITORS])
                if cursor.fetchone() == (0,):
                    return
                sleep(0.002)
        raise TimeoutError("The server still works for somebody who was killed.")

    def _ask(self, statement: str) -> None:
        with closing(psycopg.connect(self.server, autocommit=True)) as admin:
            admin.execute(statement)


@contextmanager
def site(vendor: str, folder: Path) -> Iterator[SQLite | PostgreSQL]:
    """Give an empty database."""
    if vendor == "sqlite":
        yield SQLite(folder)
        return
    with postgresql() as server:
        yield PostgreSQL(server)


def furnish(there: SQLite | PostgreSQL, folder: Path, entries: int) -> Form:
    """Keep the first edition, also of one entry alone, and with older tables.

    What is returned is the form of that one entry, as somebody opened it.
    """
    with using(there.address):
        call_command("migrate", verbosity=0)
        load(write_edition(1, folder, entries=1))
        form = Form()
    there.keep("alone")
    with using(there.address):
        load(write_edition(1, folder, entries))
    there.keep("first")
    with using(there.address):
        migrate_back()
    there.keep("older")
    there.lay("first")
    return form
