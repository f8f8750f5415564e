"""The state of everything that visitors see: the same token, the same pages.

Drafts that stay drafts, sign-ins and enquiries do not renew it. Where an entry's moment comes, the
clock does: nobody writes then.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from . import generation
from .breaker import UNREACHABLE, Breaker
from .models import Generation, Project

NEVER_YET = datetime(1970, 1, 1, tzinfo=UTC)
NEVER_AGAIN = datetime.max.replace(tzinfo=UTC)


class PublicState(NamedTuple):
    """What visitors see, by a token, and since when, in seconds of Unix time.

    Each written state has a second of its own.
    """

    token: str
    since: int

    def is_of(self, written: "PublicState") -> bool:
        """Tell whether this is a written state, whatever the clock has added to it since."""
        return self.token.partition(" ")[0] == written.token


@dataclass(frozen=True)
class Moments:
    """When entries became public by the clock, seen from one written state."""

    of: PublicState
    last: datetime
    following: datetime

    def holds(self, written: PublicState, now: datetime) -> bool:
        return written == self.of and self.last <= now < self.following

    @cached_property
    def state(self) -> PublicState:
        """Return the written state with what the clock has added to it."""
        if self.last == NEVER_YET:
            return self.of
        since = max(self.of.since, int(self.last.timestamp()))
        return PublicState(f"{self.of.token} {self.last.isoformat()}", since)


class Clock:
    """Knows the moments of one process, and asks for them once for each state."""

    def __init__(self) -> None:
        self.moments = Moments(PublicState("", 0), NEVER_YET, NEVER_YET)

    def current(self) -> PublicState:
        """Return the present state; costs one reading of a row by its key."""
        written = as_written()
        now = timezone.now()
        moments = self.moments
        if not moments.holds(written, now):
            moments = self.moments = moments_around(now, written)
        return moments.state

    def last_known(self) -> PublicState | None:
        """Return the state that was there last; nothing if it is known to be over."""
        moments = self.moments
        return moments.state if moments.of.token and moments.of == last_seen.state else None


_clock = Clock()
current, last_known = _clock.current, _clock.last_known


def moments_around(now: datetime, written: PublicState) -> Moments:
    """Return the last moment at which an entry became public, and the next."""
    published = Project.objects.filter(state=Project.State.PUBLISHED).order_by("published_at")
    moments = published.values_list("published_at", flat=True)
    return Moments(
        written,
        moments.filter(published_at__lte=now).last() or NEVER_YET,
        moments.filter(published_at__gt=now).first() or NEVER_AGAIN,
    )


class LastSeen:
    """The latest state of the primary that a process has seen, for when it does not answer."""

    def __init__(self) -> None:
        self.state, self.asked_at = PublicState("", 0), 0.0
        self.lock = Lock()

    def note(self, state: PublicState, asked_at: float) -> None:
        with self.lock:
            # Of two threads the slower one may come with the older state.
            if asked_at >= self.asked_at:
                self.state, self.asked_at = state, asked_at

    def age(self) -> int:
        """Return for how many seconds nobody has seen whether it is the latest still."""
        return int(monotonic() - self.asked_at)


last_seen = LastSeen()
primary = Breaker()


def as_written(using: str = DEFAULT_DB_ALIAS) -> PublicState:
    """Read the state that was written last, in the primary or in its replica."""
    database = connections[using]
    if using != DEFAULT_DB_ALIAS:
        return _read_with_patience(database)
    asked_at = monotonic()
    is_connected = database.connection is not None
    state = primary.ask(lambda: _read_with_patience(database), is_connected=is_connected)
    last_seen.note(state, asked_at)
    return state


def _read_with_patience(database: BaseDatabaseWrapper) -> PublicState:
    """Read the state on a connection, or on a new one if this one has died.

    Goes past Django's cursors, which cost more than the reading: this is asked for each page.
    """
    try:
        return _read(database)
    except UNREACHABLE:
        # A connection that was kept may have died since; a new one tells.
        if database.in_atomic_block or database.connection is None:
            raise
        database.close()
        return _read(database)


_SQL = (
    f"SELECT public_token, public_since FROM {Generation._meta.db_table}"  # noqa: S608 (constants)
    f" WHERE id = {generation.THE_ROW}"
)


def _read(database: Any) -> PublicState:
    database.ensure_connection()
    connection = database.connection
    with database.wrap_database_errors:
        if hasattr(connection, "pgconn"):
            # Brings psycopg along, which a site on SQLite does without.
            from .libpq import first_row  # noqa: PLC0415

            row = first_row(connection, _SQL)
        else:
            row = connection.execute(_SQL).fetchone()
    return PublicState(row[0], int(row[1])) if row else PublicState("", 0)


class Renewed:
    """Stands among what a transaction does at its end, to tell that it has renewed the state."""

    def __call__(self) -> None:
        """Do nothing: what was to be done is in the transaction."""


def is_renewed() -> bool:
    """Tell whether the transaction under way has begun another state already."""
    return generation.pending(Renewed) is not None


def renew() -> None:
    """Begin another state, once in a transaction, however much it writes."""
    if is_renewed():
        return
    with transaction.atomic():
        if not _renew():
            generation.create()
            _renew()
        transaction.on_commit(Renewed(), robust=True)


def _renew() -> int:
    later = Greatest(F("public_since") + 1, Value(int(time.time())))
    row = Generation.objects.filter(pk=generation.THE_ROW)
    return row.update(public_token=uuid4().hex, public_since=later)


_is_older = ContextVar("is made of an older state", default=False)


def is_made_of_older() -> None:
    """Note that the answer under way is not made of the present state, and may not be kept."""
    _is_older.set(True)


@contextmanager
def watched() -> Iterator[ContextVar[bool]]:
    """Let an answer be made; what is given tells then whether it was of an older state."""
    mark = _is_older.set(False)
    try:
        yield _is_older
    finally:
        _is_older.reset(mark)
