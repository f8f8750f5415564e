"""Visitors are shared out among workers by who has time for them."""

import contextlib
import socket
import subprocess
import sys
import time
from collections import Counter
from http.client import HTTPConnection

import pytest

from tests import ROOT

from . import sleeping

APPLICATION = "tests.operation.sleeping"


@pytest.fixture
def port():
    """A server with two workers, each of which can do two things at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bind = f"fd://{listener.fileno()}"
        configuration = f"python:{APPLICATION}"
        command = ["gunicorn", "-c", configuration, "--bind", bind, f"{APPLICATION}:application"]
        server = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, pass_fds=[listener.fileno()]
        )
        try:
            yield listener.getsockname()[1]
        finally:
            server.terminate()
            server.wait()


def who_answers(port, visitors):
    """Return which worker answers each of some visitors who come at the same time."""
    # Until the workers have noticed that the ones before have gone.
    time.sleep(sleeping.SECONDS)
    with contextlib.ExitStack() as stack:
        connections = [HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(visitors)]
        for connection in connections:
            stack.callback(connection.close)
            connection.request("GET", "/")
        return [connection.getresponse().headers["X-Worker"] for connection in connections]


def test_nobody_waits_for_a_busy_worker_while_another_one_is_idle(port):
    # Until both are there.
    while len(set(who_answers(port, 2))) < 2:
        pass
    for _ in range(3):
        assert sorted(Counter(who_answers(port, 2 * sleeping.threads)).values()) == [2, 2]


def test_all_are_answered_when_every_worker_is_busy(port):
    assert len(who_answers(port, 10 * sleeping.threads)) == 20
