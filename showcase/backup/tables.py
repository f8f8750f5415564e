"""What is in a database, asked of its driver: it may be one that Django is not connected to."""

import time
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from projects.models import Generation

from .manifest import Contents

GENERATION = Generation._meta.db_table
MIGRATIONS = "django_migrations"
APPLIED = f"SELECT app, name FROM {MIGRATIONS}"  # noqa: S608 (a name of our own)
SINCE = f"SELECT max(public_since) FROM {GENERATION}"  # noqa: S608 (as above)
# What `migrate` writes by itself: a database that has nothing else is empty.
FROM_MIGRATIONS = {
    MIGRATIONS,
    GENERATION,
    *(model._meta.db_table for model in (ContentType, Permission, Group)),
    Group.permissions.through._meta.db_table,
}


def live() -> Any:
    """Return the driver's connection to the database of the site."""
    connection.ensure_connection()
    return connection.connection


def contents(database: Any, tables: Iterable[str]) -> Contents:
    return Contents(applied(database), {table: _count(database, table) for table in tables})


def applied(database: Any) -> list[str]:
    """Return the migrations that were applied to a database."""
    rows = database.execute(APPLIED).fetchall()
    return sorted(f"{app}.{name}" for app, name in rows)


def of_this_release() -> list[str]:
    """Return the migrations that the code has."""
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)


def _count(database: Any, table: str) -> int:
    statement = f"SELECT count(*) FROM {quoted(table)}"  # noqa: S608 (quoted)
    count: int = database.execute(statement).fetchone()[0]
    return count


def first_with_rows(database: Any, tables: Iterable[str]) -> str | None:
    """Return a table with rows that somebody wrote; none if the database is as good as new."""
    return next((table for table in tables if _has_rows(database, table)), None)


def _has_rows(database: Any, table: str) -> bool:
    if table in FROM_MIGRATIONS:
        return False
    statement = f"SELECT 1 FROM {quoted(table)} LIMIT 1"  # noqa: S608 (quoted)
    return database.execute(statement).fetchone() is not None


def quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def public_since(database: Any, tables: Iterable[str]) -> int:
    """Return since when visitors see what they see; 0 where nobody can have seen anything."""
    if GENERATION not in tables:
        return 0
    row = database.execute(SINCE).fetchone()
    return row[0] or 0


def renewal(since: int) -> str:
    """Return the statement by which no process and no cache takes a restored state for its own.

    It is another one than any before, and later than that which visitors saw until now.
    """
    second = max(int(time.time()), since + 1)
    later = f"CASE WHEN public_since < {second} THEN {second} ELSE public_since + 1 END"
    return (
        f"UPDATE {GENERATION} SET number = number + 1, token = '{uuid4().hex}', earlier = '', "  # noqa: S608 (numbers and names of our own)
        f"public_token = '{uuid4().hex}', public_since = {later}"
    )
