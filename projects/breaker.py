"""Keeps a process from waiting, visitor after visitor, for a database that does not answer."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)

# What Django raises where a database cannot be reached.
UNREACHABLE = (OperationalError, InterfaceError)
# Seconds for which nobody asks what did not answer.
PAUSE = 1


class Breaker:
    """Asks a database, unless it did not answer a moment ago (a circuit breaker)."""

    def __init__(self) -> None:
        self.is_open = False
        self.paused_until = 0.0
        self.turn = Lock()

    def ask[Answer](self, question: Callable[[], Answer], *, is_connected: bool) -> Answer:
        """Return the answer to a question; raises what `UNREACHABLE` has where there is none.

        Over a connection that is there it is asked in any case: what did not answer may be short
        of new ones only.
        """
        if is_connected or not self.is_open:
            return self._answer(question)
        # One asks whether it is back, which may take seconds, and nobody waits for that one.
        if monotonic() < self.paused_until or not self.turn.acquire(blocking=False):
            raise OperationalError("The database did not answer a moment ago.")
        try:
            return self._answer(question)
        finally:
            self.turn.release()

    def _answer[Answer](self, question: Callable[[], Answer]) -> Answer:
        try:
            answer = question()
        except UNREACHABLE as error:
            self.is_open, self.paused_until = True, monotonic() + PAUSE
            logger.error("The database is not asked for %s s: %s", PAUSE, error)
            raise
        self.is_open = False
        return answer
