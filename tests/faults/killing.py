"""Does something in a process of its own, and kills that at a moment or before a statement."""

import os
import re
import signal
from collections.abc import Callable
from multiprocessing import get_context
from time import monotonic
from typing import Any, NamedTuple

from django.db import connection

from ..backup.databases import using

PATIENCE = 60


class End(NamedTuple):
    """How a process ended: whether it was over by itself, and after what."""

    is_over: bool
    seconds: float
    statements: int


class Fuse:
    """Counts what is asked of the database, and kills its own process before one of them.

    That is the one of a number, or the first one in which, or in whose values, a text is found.
    """

    def __init__(self, last: int | str | None) -> None:
        self.number, self.last = 0, last

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        if self.is_last(f"{sql} {params}"):
            os.killpg(0, signal.SIGKILL)
        return execute(sql, params, many, context)

    def is_last(self, asked: str) -> bool:
        if isinstance(self.last, str):
            return re.search(self.last, asked) is not None
        return self.number == self.last


def killed(
    act: Callable[[], object],
    address: str,
    *,
    after: float = PATIENCE,
    before: int | str | None = None,
    method: str = "fork",
) -> End:
    """Act on a database, and be killed after so many seconds or before that statement.

    Whatever the process has started dies with it. `method` is how it is made: a drill with threads
    cannot fork.
    """
    connection.close()
    context: Any = get_context(method)
    ours, theirs = context.Pipe()
    process = context.Process(target=_act_apart, args=(act, address, before, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE):
            raise TimeoutError("Nothing began.")
        ours.recv()
        began = monotonic()
        statements = _told(ours, after)
        lived = monotonic() - began
    finally:
        if process.is_alive():
            os.killpg(process.pid, signal.SIGKILL)
        process.join()
        ours.close()
    if statements is None and before is None and lived < after:
        raise RuntimeError(f"It ended by itself with status {process.exitcode}.")
    return End(statements is not None, lived, statements or 0)


def _told(ours, seconds):
    """Return after how many statements it was over; nothing if it was not."""
    try:
        return ours.recv() if ours.poll(seconds) else None
    except EOFError:
        return None


def _act_apart(act, address, before, told):
    os.setsid()
    fuse = Fuse(before)
    with using(address):
        told.send("begun")
        with connection.execute_wrapper(fuse):
            act()
        told.send(fuse.number)
