"""Runs gunicorn as it is run in production, on a free port of this machine."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic
from typing import NamedTuple

from .. import ROOT
from . import clients, processes
from .databases import ENVIRONMENT

SETTINGS = "DJANGO_SETTINGS_MODULE"


class Server(NamedTuple):
    """A gunicorn that answers, and after how many seconds it did so first."""

    port: int
    process: int
    start: float

    @property
    def workers(self) -> list[int]:
        return processes.children(self.process)


@contextmanager
def serving(
    application: str, first: str, environment: dict[str, str], *, workers: int = 1
) -> Iterator[Server]:
    """Run an application, and give it as soon as it has answered its first address."""
    start = monotonic()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        process = started(application, listener, environment, workers)
        try:
            # Who comes before it listens waits in the queue of the port: nothing has to be polled.
            with closing(clients.Connection(port)) as visitor:
                listener.close()
                answer = visitor.answer(clients.Question(first))
            if answer.status != 200:
                raise RuntimeError(f"{application} answers {first} with {answer.status}.")
            yield Server(port, process.pid, monotonic() - start)
        finally:
            process.terminate()
            process.wait()


def started(
    application: str, listener: socket.socket, environment: dict[str, str], workers: int
) -> subprocess.Popen[bytes]:
    descriptor = listener.fileno()
    # The rest is in gunicorn.conf.py, for whatever is served.
    options = ("--bind", f"fd://{descriptor}", "--workers", str(workers), "--log-level", "warning")
    # Each application names its own settings.
    known = {name: value for name, value in os.environ.items() if name != SETTINGS}
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, *options],
        cwd=ROOT,
        env=known | ENVIRONMENT | environment,
        pass_fds=[descriptor],
    )
