"""How far a long command has come: a bar at a terminal, plain lines anywhere else."""

from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

WIDTH = 40
LINES = 4


def progress[Thing](stream: TextIO, word: str) -> Callable[[Sequence[Thing]], Iterator[Thing]]:
    """Return what yields things, and tells the stream how many of them are done."""

    def watched(things: Sequence[Thing]) -> Iterator[Thing]:
        total = len(things)
        # As often as it can be seen.
        step = max(1, total // (WIDTH if stream.isatty() else LINES))
        for done, thing in enumerate(things, start=1):
            yield thing
            if done % step == 0 or done == total:
                show(stream, done, total, word)

    return watched


def show(stream: TextIO, done: int, total: int, word: str) -> None:
    count = f"{done:,} of {total:,} {word}"
    if stream.isatty():
        filled = WIDTH * done // total
        end = "\n" if done == total else ""
        stream.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {count}{end}")
    else:
        stream.write(f"{count}\n")
    stream.flush()
