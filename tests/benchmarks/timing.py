"""Asks the site in this process, and takes the time of the whole and of the database's part."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter, process_time
from typing import Any, NamedTuple
from unittest.mock import patch

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client


class Timing(NamedTuple):
    """Seconds of one answer, of this process's work on it, of the database's part; and queries."""

    whole: float
    work: float
    database: float
    queries: int


class Watch:
    """What the database was asked since the last reset."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def timed(self, work: Callable[..., Any], *arguments: Any) -> Any:
        start = perf_counter()
        try:
            return work(*arguments)
        finally:
            self.seconds += perf_counter() - start


class TimedCursor(CursorWrapper):
    """Counts fetching too: SQLite looks for a row only when it is fetched."""

    watch = Watch()

    def execute(self, sql, params=None):
        self.watch.queries += 1
        return self.watch.timed(super().execute, sql, params)

    def fetchone(self):
        return self.watch.timed(self.cursor.fetchone)

    def fetchmany(self, *size):
        return self.watch.timed(self.cursor.fetchmany, *size)

    def fetchall(self):
        return self.watch.timed(self.cursor.fetchall)


@contextmanager
def watching() -> Iterator[Watch]:
    """Take the time of every query of Django's connection."""
    with patch.object(connection, "make_cursor", lambda cursor: TimedCursor(cursor, connection)):
        yield TimedCursor.watch


class Visitor:
    """Asks for addresses one after the other."""

    def __init__(self, watch: Watch):
        self.watch = watch
        self.client = Client(headers={"host": "localhost"})

    def ask(self, address: str) -> Timing:
        self.watch.reset()
        start, start_of_work = perf_counter(), process_time()
        response = self.client.get(address)
        work, seconds = process_time() - start_of_work, perf_counter() - start
        if response.status_code != 200:
            raise RuntimeError(f"{address} is answered with {response.status_code}.")
        return Timing(seconds, work, self.watch.seconds, self.watch.queries)
