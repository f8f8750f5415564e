"""Two servers on one database: what is written anywhere is in the next answer of both."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

from django.db import connection

import psycopg
import pytest

from tests import ROOT
from tests.benchmarks.databases import at

PROJECT = """
- model: projects.kind
  fields: {name: library, plural: libraries, slug: library}
- model: projects.project
  fields:
    name: %s
    slug: virter
    tagline: Makes virtual machines.
    need: Tests need machines.
    description: It asks libvirt.
    status: active
    status_as_of: 2026-11-01
    state: published
    published_at: 2026-11-01T00:00:00Z
- model: projects.projectkind
  fields: {project: [virter], kind: [library]}
"""


@pytest.fixture
def database(tmp_path):
    """A database of its own that other processes reach: that of the tests may be in memory."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/showcase.sqlite3"
        return
    server = os.environ["DATABASE_URL"]
    name = f"two_processes_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield at(server, name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def environment(database):
    return os.environ | {
        "DATABASE_URL": database,
        "SECRET_KEY": "only-for-the-tests-and-long-enough-for-them",
        "BASE_URL": "http://localhost",
        "DEBUG": "0",
        "CACHE_URL": "",
    }


@pytest.fixture
def manage(environment, tmp_path):
    def run(*arguments):
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def rename(name):
        (tmp_path / "catalogue.yaml").write_text(PROJECT % name)
        run("loaddata", str(tmp_path / "catalogue.yaml"))

    run("migrate", "--verbosity=0")
    rename("Virter")
    return rename


@contextmanager
def server(environment):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "showcase.wsgi", "--no-control-socket"]
        command += ["--bind", f"fd://{listener.fileno()}", "--threads", "2"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, pass_fds=[listener.fileno()], stderr=subprocess.PIPE
        )
    try:
        yield HTTPConnection("127.0.0.1", port, timeout=60)
    finally:
        process.terminate()
        process.communicate()


def ask(visitor, path, **headers):
    visitor.request("GET", path, headers=headers)
    answer = visitor.getresponse()
    try:
        return answer.status, answer.headers["ETag"], answer.read().decode()
    finally:
        visitor.close()  # by the next question the server would have done so


def test_a_write_is_in_the_next_answer_of_every_process(environment, manage):
    with ExitStack() as stack:
        both = [stack.enter_context(server(environment)) for _ in range(2)]
        for name in ("Virter", "Quokka", "Wombat"):
            manage(name)
            answers = [ask(visitor, "/projects/virter/") for visitor in both]
            assert answers[0] == answers[1]
            status, tag, body = answers[0]
            assert status == 200
            assert f"<h1>{name}</h1>" in body
            for visitor in both:
                assert ask(visitor, "/projects/virter/", **{"If-None-Match": tag})[0] == 304


def test_no_header_of_a_visitor_says_where_the_site_begins_or_that_tls_is_there(
    environment, manage
):
    with server(environment) as visitor:
        assert ask(visitor, "/elsewhere/projects/", SCRIPT_NAME="/elsewhere")[0] == 404
    behind_tls = {"BASE_URL": "https://localhost", "SECRET_KEY": "only-for-tests" * 4}
    with server(environment | behind_tls) as visitor:
        for header, value in {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on"}.items():
            assert ask(visitor, "/projects/", **{header: value})[0] == 301
