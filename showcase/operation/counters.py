"""Numbers of all workers of a server, in memory that they share.

A scrape reaches one worker and has to tell of all. Each counts in a row of its own, so that none
waits for another and none that is killed leaves a lock behind; who asks adds the rows up. The
memory is there before the workers begin (`preload_app`), and gunicorn gives each its row: one that
follows a worker that has ended goes on with its numbers, so that they never go down.
"""

import os
import time
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator
from itertools import count
from mmap import mmap
from threading import Lock

# More workers than that share a row, and may lose a number then.
ROWS = 64
SIZE = 8

# Requests by what was asked for.
KINDS = ("page", "admin", "file", "probe")
CLASSES = ("2xx", "3xx", "4xx", "5xx")
# Seconds: a page that is kept takes less than the first, one that is made anew has to stay below
# the middle ones, and after the last nobody waits any more.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
ABOVE = len(BOUNDS)

PID, STARTED = "pid", "started"
CELLS: tuple[Hashable, ...] = (
    PID,
    STARTED,
    *((kind, status) for kind in KINDS for status in CLASSES),
    *((kind, place) for kind in KINDS for place in range(ABOVE + 1)),
    *((kind, "seconds") for kind in KINDS),
    *(("kept", result) for result in ("hit", "miss")),
    "replica",
)
PLACES = {cell: place for place, cell in enumerate(CELLS)}


class Counters:
    """A table of numbers: a row for each worker, a column for each thing that is counted."""

    def __init__(self) -> None:
        self.memory = memoryview(mmap(-1, ROWS * len(CELLS) * SIZE)).cast("d")
        # Threads of one worker.
        self.lock = Lock()
        self.take(0)

    def take(self, row: int) -> None:
        """Count in a row from now on; every worker takes its own when it begins."""
        self.start = row % ROWS * len(CELLS)
        self.lock = Lock()
        self.memory[self.start + PLACES[PID]] = os.getpid()
        self.memory[self.start + PLACES[STARTED]] = time.time()

    def add(self, cell: Hashable) -> None:
        """Count one."""
        with self.lock:
            self.memory[self.start + PLACES[cell]] += 1

    def answered(
        self, kind: str, status: str, seconds: float, was_kept: bool | None = None
    ) -> None:
        """Count a request, and whether its page was kept, if that could have been."""
        places = [PLACES[kind, f"{status[0]}xx"], PLACES[kind, bisect_left(BOUNDS, seconds)]]
        if was_kept is not None:
            places.append(PLACES["kept", "hit" if was_kept else "miss"])
        with self.lock:
            for place in places:
                self.memory[self.start + place] += 1
            self.memory[self.start + PLACES[kind, "seconds"]] += seconds

    def total(self, cell: Hashable) -> float:
        """Return a number of all workers together, those that have ended included."""
        return sum(self.memory[PLACES[cell] :: len(CELLS)])

    def workers(self) -> Iterator[tuple[int, int, float]]:
        """Yield row, process and start of each worker that ever took a row."""
        for row, start in enumerate(range(0, len(self.memory), len(CELLS))):
            if pid := int(self.memory[start + PLACES[PID]]):
                yield row, pid, self.memory[start + PLACES[STARTED]]


def free_row(taken: Iterable[int]) -> int:
    """Return the first row that no living worker has."""
    rows = {*taken}
    return next(row for row in count() if row not in rows)


shared = Counters()
