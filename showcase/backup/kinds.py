"""The ways to copy a database; each is a module that can copy, verify and put back."""

from types import ModuleType

from django.db import connection

from . import portable, postgresql, sqlite
from .tables import first_with_rows, live

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
OWN: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}
KINDS: dict[str, ModuleType] = {**OWN, "portable": portable}


def own() -> str:
    """Return the kind of the engine that the site runs on."""
    return connection.vendor


def inhabited_table() -> str | None:
    """Return a table of the site's database in which somebody has written something."""
    return first_with_rows(live(), OWN[own()].tables(live()))
