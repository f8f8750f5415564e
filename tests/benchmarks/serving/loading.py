"""A client in a process of its own: asks for some seconds, and tells what that was like.

It is started with an `Order` as JSON, and writes a `Load`.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from time import monotonic
from typing import NamedTuple, TypedDict

from ... import ROOT
from ..clients import Answer, Connection, Question, converse


class Order(TypedDict):
    """What to ask, over how many connections and for how long; no end means until all is asked."""

    port: int
    connections: int
    seconds: float | None
    questions: list[tuple[str, str]]
    is_repeated: bool


class Load(NamedTuple):
    """What a server was asked within so many seconds, and how it answered."""

    elapsed: float
    # Seconds of each answer.
    waits: list[float]
    # Of all answers, head and body.
    size: int
    # How many answers had which status.
    statuses: dict[str, int]


def load(order: Order) -> Load:
    """Have it done by another process."""
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        cwd=ROOT,
        input=json.dumps(order),
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return Load(*json.loads(done.stdout))


def ask_for(order: Order) -> Load:
    answers: list[tuple[float, int, int]] = []
    start = monotonic()
    end = start + (order["seconds"] or float("inf"))
    questions = questions_of(order)

    def choose(_: Connection) -> Question | None:
        return next(questions, None) if monotonic() < end else None

    def take(_: Connection, answer: Answer) -> None:
        answers.append((answer.seconds, answer.size, answer.status))

    converse(order["port"], order["connections"], choose, take)
    elapsed = monotonic() - start
    waits, sizes, statuses = zip(*answers, strict=True)
    return Load(elapsed, list(waits), sum(sizes), Counter(map(str, statuses)))


def questions_of(order: Order) -> Iterator[Question]:
    questions = [Question(*question) for question in order["questions"]]
    return cycle(questions) if order["is_repeated"] else iter(questions)


if __name__ == "__main__":
    json.dump(ask_for(json.load(sys.stdin)), sys.stdout)
