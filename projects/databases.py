"""Which database is read: the primary, or its streaming replica while a visitor's page is made.

Whoever reads in order to write, or to go with what is kept in memory, has to read the primary, also
while a visitor waits: the replica may be behind the one or the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"

_read: ContextVar[str] = ContextVar("read", default=PRIMARY)


def being_read() -> str:
    """Return the alias of the database that is read from here."""
    alias = _read.get()
    # What is read in a transaction is there to be written.
    is_writing = alias != PRIMARY and connections[PRIMARY].in_atomic_block
    return PRIMARY if is_writing else alias


@contextmanager
def reading(alias: str) -> Iterator[None]:
    """Read a database, and afterwards again what was read before."""
    mark = _read.set(alias)
    try:
        yield
    finally:
        _read.reset(mark)


def on_primary() -> None:
    """Read the primary from here to the end of the block that is `reading` the replica."""
    _read.set(PRIMARY)


class Router:
    """Sends reads to the database that is being read, and writes to the primary.

    It always has an answer. Without one, Django would go on reading related rows where a row came
    from, and write it back there.
    """

    def db_for_read(self, model, **hints):
        return being_read()

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        # They are the same rows in two places.
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY
