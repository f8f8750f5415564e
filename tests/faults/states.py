"""All of a database at one moment, to be compared; and whether it is sound."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from projects.search import checks, index
from projects.search.tables import FTS_TABLE
from showcase.management.commands import check_catalogue

# Rows by table, each written out.
type State = dict[str, list[str]]

SCHEMA = {
    "sqlite": ("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'",),
    "postgresql": (
        (
            "SELECT table_name, column_name, data_type, is_nullable, column_default"
            " FROM information_schema.columns WHERE table_schema = current_schema()"
        ),
        "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()",
        (
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = current_schema()::regnamespace"
        ),
    ),
}
# What comes out another way each time that the same is done.
BY_CHANCE: dict[str, Collection[str]] = {
    "projects_generation": {"token", "earlier", "public_token", "public_since"},
    # PostgreSQL gives no number twice, and what was killed may have had some. Nothing refers to
    # these rows by number.
    "projects_searchword": {"id"},
    "django_migrations": {"id"},
}
# The clock's moments have fractions of a second; those of the catalogue have none.
BY_THE_CLOCK = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d{3,6}(?:Z|\+00:00)?")


def state() -> State:
    """Return every row of every table, and the tables themselves, as any reader finds them.

    What is still marked as stale is written first, as whoever searches next does.
    """
    index.refresh_if_stale()
    found = {
        table: rows(f'SELECT * FROM "{table}"', BY_CHANCE.get(table, ()))  # noqa: S608 (its name)
        for table in tables()
    }
    schema = SCHEMA[connection.vendor]
    return found | {f"schema {number}": rows(asked) for number, asked in enumerate(schema)}


def tables() -> list[str]:
    # What SQLite and its full-text index keep for themselves is held against the rows instead.
    own = ("sqlite_", f"{FTS_TABLE}_")
    names = connection.introspection.table_names()
    return [name for name in names if not name.startswith(own) and name != FTS_TABLE]


def rows(statement: str, without: Collection[str] = ()) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column[0] for column in cursor.description]
        return sorted(
            repr(
                [
                    written(value)
                    for name, value in zip(names, row, strict=True)
                    if name not in without
                ]
            )
            for row in cursor
        )


def written(value: Any) -> Any:
    if isinstance(value, datetime | str):
        return BY_THE_CLOCK.sub("a moment", str(value))
    return bytes(value) if isinstance(value, memoryview) else value


def differing(one: State, other: State) -> list[str]:
    """Return the tables in which two states differ."""
    every = one.keys() | other.keys()
    return sorted(table for table in every if one.get(table) != other.get(table))


def faults(*, is_of_this_release: bool = True) -> Iterator[str]:
    """Yield everything that is wrong with the database and with the catalogue in it."""
    if connection.vendor == "sqlite":
        yield from (row for row in rows("PRAGMA integrity_check") if row != "['ok']")
        yield from rows("PRAGMA foreign_key_check")
    # Tables of an older release are asked for no more than both releases know.
    yield from check_catalogue.faults() if is_of_this_release else checks.faults()
