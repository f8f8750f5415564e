"""One measurement: every question asked in turn, several times over."""

import sys

from .questions import Questions
from .report import circumstances, heading, publish, table
from .timing import Timing, Visitor, watching


def run(vendor: str, projects: int, rounds: int, *, is_kept: bool) -> None:
    questions = Questions().by_class()
    with watching() as watch:
        timings = measure(questions, Visitor(watch), rounds)
    text = f"{circumstances()}\n\n{table(timings)}"
    publish(heading(vendor, projects), text, is_kept=is_kept)


def measure(
    questions: dict[str, list[str]], visitor: Visitor, rounds: int
) -> dict[str, list[list[Timing]]]:
    """Return the timings by class of question and by address."""
    for addresses in questions.values():
        visitor.ask(addresses[0])  # what is only made once is made now
    timings: dict[str, list[list[Timing]]] = {
        name: [[] for _ in addresses] for name, addresses in questions.items()
    }
    # Round by round, so that a disturbance of the machine does not hit one class alone.
    for number in range(1, rounds + 1):
        for name, addresses in questions.items():
            for kept, address in zip(timings[name], addresses, strict=True):
                kept.append(visitor.ask(address))
        sys.stderr.write(f"round {number} of {rounds}\n")
    return timings
