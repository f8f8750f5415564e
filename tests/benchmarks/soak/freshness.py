"""What was written and what was read of it: was anything stale, did every worker show it?"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

NEVER, FOR_EVER = -1, float("inf")


class Commit(NamedTuple):
    """An edit of a subject, which carries a number, and when it was certain to be over."""

    subject: str
    number: int
    at: float


class Reading(NamedTuple):
    """What a worker showed of a subject, and when it was asked; no number is NEVER."""

    subject: str
    address: str
    worker: str
    began: float
    number: int


def marked(subject: str, number: int) -> str:
    """Return a text for a subject that carries a number."""
    return f"Edition {number} of the {subject}."


def number_in(text: bytes, subject: str) -> int:
    """Return the number that a page shows; of several the oldest, for no part may be stale."""
    numbers = re.findall(rb"Edition (\d+) of the %s\." % subject.encode(), text)
    return min(map(int, numbers), default=NEVER)


def stale(readings: Iterable[Reading], commits: Iterable[Commit]) -> list[Reading]:
    """Return the readings of an older number than what was committed before they began."""
    committed = by_subject(commits)
    moments = {subject: [one.at for one in some] for subject, some in committed.items()}

    def newest(reading: Reading) -> int:
        before = bisect_left(moments.get(reading.subject, []), reading.began)
        return committed[reading.subject][before - 1].number if before else NEVER

    return [reading for reading in readings if reading.number < newest(reading)]


def unseen(
    readings: Iterable[Reading], commits: Iterable[Commit], workers: Iterable[str]
) -> Iterator[tuple[Commit, str]]:
    """Yield edits with each worker that nobody asked for them before the next one came.

    Of what was not asked it is not known whether it was stale.
    """
    asked: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for reading in readings:
        asked[reading.subject, reading.worker].append(reading.began)
    for moments in asked.values():
        moments.sort()
    workers = list(workers)
    for subject, some in by_subject(commits).items():
        for commit, following in pairwise([*some, Commit(subject, NEVER, FOR_EVER)]):
            for worker in workers:
                moments = asked[subject, worker]
                if bisect_left(moments, commit.at) == bisect_left(moments, following.at):
                    yield commit, worker


def by_subject(commits: Iterable[Commit]) -> dict[str, list[Commit]]:
    """Return the edits of each subject in the order of time."""
    found: defaultdict[str, list[Commit]] = defaultdict(list)
    for commit in sorted(commits, key=lambda commit: commit.at):
        found[commit.subject].append(commit)
    return found
