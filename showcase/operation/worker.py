"""How gunicorn's workers share visitors among them."""

import time

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # has no types

# Seconds. Whoever is idle wakes up within a tenth of it.
HEAD_START = 0.0005


class FairWorker(ThreadWorker):
    """Leaves a new connection to another worker if that has a thread free and this one has not.

    All workers are told of a connection, and the first to run takes it: among busy processors the
    one that runs already. A connection that is kept open stays there, so that one worker would
    have nearly all visitors and the others nothing to do.
    """

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        # Requests that a thread works on or that wait for one; counted by the main thread alone.
        self.in_hand = 0

    def enqueue_req(self, conn):
        self.in_hand += 1
        super().enqueue_req(conn)

    def finish_request(self, conn, fs):
        self.in_hand -= 1
        super().finish_request(conn, fs)

    def accept(self, listener):
        if self.in_hand >= self.cfg.threads:
            time.sleep(HEAD_START)
        # Takes nothing if somebody else was there first.
        super().accept(listener)
