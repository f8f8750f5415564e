"""Ways to keep a database from storing, as it happens to real ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from psycopg.errors import DiskFull

from projects.faults import Fault
from projects.models import Generation

from ..backup.databases import another


@contextmanager
def broken(fault: Fault, address: str) -> Iterator[None]:
    """Let the database have a fault, and mend it again."""
    with BREAKING[connection.vendor, fault](address):
        yield


@contextmanager
def _set(name: str, value: object) -> Iterator[None]:
    """Change what the engine calls a pragma or a parameter."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if is_sqlite else f"SHOW {name}")
        (before,) = cursor.fetchone()
        change = f"PRAGMA {name} = {{}}" if is_sqlite else f"SET {name} = '{{}}'"
        cursor.execute(change.format(value))
        yield
        cursor.execute(change.format(before))


@contextmanager
def _no_page_more(address: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        # So that none is there that is not used.
        cursor.execute("VACUUM")
    # SQLite takes the number of those that are there already.
    with _set("max_page_count", 1):
        yield


@contextmanager
def _no_block_more(address: str) -> Iterator[None]:
    """PostgreSQL's own disk is not ours to fill: it is said in its place what it says."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            with connection.wrap_database_errors:
                raise DiskFull("could not extend file: No space left on device")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def _somebody_writing(address: str) -> Iterator[None]:
    """Another editor who does not come to an end."""
    is_sqlite = connection.vendor == "sqlite"
    other = another(address)
    limit = ("busy_timeout", 1) if is_sqlite else ("lock_timeout", "1ms")
    try:
        with _set(*limit), transaction_of(other):
            yield
    finally:
        other.close()


@contextmanager
def transaction_of(other: Any) -> Iterator[None]:
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(f"UPDATE {Generation._meta.db_table} SET number = number")  # noqa: S608 (its name)
        yield
    other.rollback()


BREAKING = {
    ("sqlite", Fault.FULL): _no_page_more,
    ("postgresql", Fault.FULL): _no_block_more,
    ("sqlite", Fault.READ_ONLY): lambda address: _set("query_only", 1),
    ("postgresql", Fault.READ_ONLY): lambda address: _set("default_transaction_read_only", "on"),
    ("sqlite", Fault.BUSY): _somebody_writing,
    ("postgresql", Fault.BUSY): _somebody_writing,
}
