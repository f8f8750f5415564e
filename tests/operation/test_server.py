"""What gunicorn writes, and what its workers count together."""

import contextlib
import json
import socket
import subprocess
import sys
from http.client import HTTPConnection

import pytest

from tests import ROOT
from tests.pages.test_settings import environment

from .prometheus import parsed

TOKEN = "only-for-this-test-0123456789"
GUNICORN = ["-m", "gunicorn", "--workers", "2", "--access-logfile", "-"]


@pytest.fixture
def served():
    """Start a server, ask it for some addresses on a connection each, and stop it."""

    def served(*addresses, **settings):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            server = subprocess.Popen(
                [sys.executable, *GUNICORN, "--bind", f"fd://{listener.fileno()}"],
                cwd=ROOT,
                env=environment(SECRET_KEY="my own", METRICS_TOKEN=TOKEN, **settings),
                pass_fds=[listener.fileno()],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            try:
                port = listener.getsockname()[1]
                answers = [ask(port, address) for address in addresses]
            finally:
                server.terminate()
            lines = "".join(server.communicate()).splitlines()
        return answers, lines

    return served


def ask(port, address):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", address, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = connection.getresponse()
        return answer.headers["X-Request-ID"], answer.read().decode()


def test_every_line_of_a_server_is_of_one_form_and_names_the_request(served):
    addresses = ["/robots.txt?q=illness", "/readyz", *["/healthz"] * 8, "/metrics"]
    answers, lines = served(
        *addresses, LOG_FORMAT="json", DATABASE_URL="sqlite:////proc/none", LOG_LEVEL="INFO"
    )
    told = [json.loads(line) for line in lines]
    of_requests = [it for it in told if it["logger"] == "gunicorn.access"]
    assert {it["request"] for it in of_requests} == {name for name, _ in answers}
    assert "illness" not in "".join(lines)
    assert of_requests[0]["message"].startswith("GET /robots.txt 200 ")
    (error,) = (it for it in told if it["logger"] == "django.request")
    assert (error["level"], error["request"]) == ("ERROR", answers[1][0])
    assert any("Listening at" in it["message"] for it in told)

    samples = parsed(answers[-1][1])
    asked = {kind: samples["showcase_requests_total", labels("2xx", kind)] for kind in KINDS}
    assert asked == {"page": 1, "probe": 8}
    assert samples["showcase_requests_total", labels("5xx", "probe")] == 1
    assert samples["showcase_database_up", frozenset()] == 0
    memory = [name for name, _ in samples if name == "showcase_worker_resident_memory_bytes"]
    assert len(memory) == 2


KINDS = ("page", "probe")


def labels(status, kind):
    return frozenset({("status", status), ("kind", kind)})
