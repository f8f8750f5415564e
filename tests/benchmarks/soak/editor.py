"""The editor, a process of its own: writes now and then, and tells of what is committed.

Its first line is the watched addresses with their subjects, each other one a `Commit`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import django

from ... import ROOT
from ..databases import ENVIRONMENT
from .freshness import Commit


class Journal:
    """What the editor tells, as it comes."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process = process
        self.commits: list[Commit] = []
        # Pairs of an address and a subject that it shows.
        self.watched: list[tuple[str, str]] = [(a, s) for a, s in json.loads(self.line())]
        self.reader = Thread(target=self.read)
        self.reader.start()

    def line(self) -> str:
        if self.process.stdout is None or not (line := self.process.stdout.readline()):
            raise RuntimeError("The editor ended before it could say what it edits.")
        return line

    def read(self) -> None:
        for line in self.process.stdout or ():
            self.commits.append(Commit(*json.loads(line)))

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will come."""
        return not self.reader.is_alive()

    def status(self) -> int:
        """Wait until the editor has ended; return whether it failed."""
        self.reader.join()
        return self.process.wait()


@contextmanager
def editing(database: str, seconds: float, pause: float) -> Iterator[Journal]:
    """Have an editor at work for so long, with a pause after each edit."""
    settings = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "showcase.settings"}
    with subprocess.Popen(
        [sys.executable, "-m", __name__, str(seconds), str(pause)],
        cwd=ROOT,
        env=os.environ | ENVIRONMENT | settings,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Journal(process)
        finally:
            process.terminate()


def main(seconds: float, pause: float) -> None:
    django.setup()
    from . import writing  # noqa: PLC0415 (needs the settings)

    writing.write(seconds, pause)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
