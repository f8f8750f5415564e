"""Gathers on SQLite what migrations lose: which of its indexes serve best.

SQLite never finds that out by itself, and without it reads a large table where an index would do.
A table that a migration makes anew has lost it, and of a new index nothing is known yet.
https://sqlite.org/lang_analyze.html: ANALYZE after the schema has changed. PostgreSQL does as much
by itself.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from .connections import is_sqlite

# The tables with an index of which nothing is known, be it because nothing is in it.
UNKNOWN = """
SELECT DISTINCT tbl_name FROM sqlite_master
WHERE type = 'index' AND name NOT IN (SELECT idx FROM sqlite_stat1 WHERE idx IS NOT NULL)
"""


def gather(using: str, **of_signal: Any) -> None:
    """Gather what is missing; what is known stays as it is."""
    connection = connections[using]
    if not is_sqlite(connection.settings_dict):
        return
    with connection.cursor() as cursor:
        # Makes the table of statistics where there is none yet, of as good as nothing.
        cursor.execute("ANALYZE sqlite_master")
        cursor.execute(UNKNOWN)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def connect(app: AppConfig) -> None:
    post_migrate.connect(gather, sender=app, dispatch_uid="showcase.statistics")
