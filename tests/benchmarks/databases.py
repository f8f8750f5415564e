"""Databases with a synthetic catalogue, made once for each size and kept for the next time."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg

from .. import ROOT
from ..postgres import kept_postgresql

FOLDER = ROOT / "var" / "benchmarks"
# Whatever the shell says, the site is measured as it comes.
ENVIRONMENT = {
    "SECRET_KEY": "only-for-benchmarks",
    "BASE_URL": "http://localhost",
    "DEBUG": "0",
    "DATABASE_REPLICA_URL": "",
    "CACHE_URL": "",
}


def database(vendor: str, projects: int, *, is_fresh: bool) -> AbstractContextManager[str]:
    """Give the DATABASE_URL of a catalogue of that size; make it if there is none yet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor](projects, is_fresh=is_fresh)


@contextmanager
def sqlite(projects: int, *, is_fresh: bool) -> Iterator[str]:
    path = FOLDER / f"{projects}.sqlite3"
    if is_fresh or not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        fill(f"sqlite:///{unfinished}", projects)
        unfinished.replace(path)
    yield migrated(f"sqlite:///{path}")


@contextmanager
def postgresql(projects: int, *, is_fresh: bool) -> Iterator[str]:
    name, unfinished = f"projects_{projects}", f"unfinished_{projects}"
    with (
        kept_postgresql(FOLDER / "postgresql") as server,
        closing(psycopg.connect(server, autocommit=True)) as connection,
    ):
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if is_fresh or not known.rowcount:
            connection.execute(f"DROP DATABASE IF EXISTS {unfinished}")
            connection.execute(f"CREATE DATABASE {unfinished}")
            fill(at(server, unfinished), projects)
            settle(at(server, unfinished))
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
        yield migrated(at(server, name))


@contextmanager
def copied(address: str) -> Iterator[str]:
    """Give a copy of a catalogue that may be written; it is gone afterwards."""
    copy = copied_sqlite if address.startswith("sqlite") else copied_postgresql
    with copy(address) as other:
        yield other


@contextmanager
def copied_sqlite(address: str) -> Iterator[str]:
    with TemporaryDirectory(prefix="copy-", dir=FOLDER) as folder:
        path = Path(folder) / "copy.sqlite3"
        with (
            closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
        yield f"sqlite:///{path}"


@contextmanager
def copied_postgresql(address: str) -> Iterator[str]:
    name = "copy"
    with closing(psycopg.connect(at(address, "postgres"), autocommit=True)) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {urlsplit(address).path[1:]}")
        try:
            yield at(address, name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def at(server: str, name: str) -> str:
    """Return the address of a database of the server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def settle(address: str) -> None:
    """Do at once what a server does by itself some time after so many rows have come."""
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute("VACUUM ANALYZE")


def fill(address: str, projects: int) -> None:
    manage(migrated(address), "make_catalogue", f"--projects={projects}")


def migrated(address: str) -> str:
    """Bring the tables up to date: the code may be newer than a database that was kept."""
    manage(address, "migrate", "--verbosity=0")
    return address


def manage(address: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | ENVIRONMENT | {"DATABASE_URL": address},
        check=True,
    )
