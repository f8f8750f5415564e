"""A project in miniature that the launcher can start without downloading anything."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT

MANAGE = """
import os, sys
with open("calls", "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
if os.environ.get("FAILING") in sys.argv:
    {}["what"]
if "taken" in sys.argv:
    sys.exit("CommandError: Error: That username is already taken.")
"""

GUNICORN = """
import http.server, os, signal, socket, sys

class Greeting(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *arguments):
        pass

signal.signal(signal.SIGTERM, lambda *arguments: sys.exit())
descriptor = sys.argv[sys.argv.index("--bind") + 1].removeprefix("fd://")
server = http.server.HTTPServer(("127.0.0.1", 0), Greeting, bind_and_activate=False)
server.socket.close()
server.socket = socket.socket(fileno=int(descriptor))
with open("server.pid", "w") as pid:
    pid.write(str(os.getpid()))
server.serve_forever()
"""


class Project:
    """A folder with the launcher in it, and what the launcher expects beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "run", folder)
        for name, text in {
            "requirements.txt": "",
            "manage.py": MANAGE,
            "gunicorn.py": GUNICORN,
        }.items():
            (folder / name).write_text(text)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "run"), *arguments]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            check=False,
            cwd="/",
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A background job is started with Ctrl+C ignored, and would hand that on.
            preexec_fn=lambda: signal.signal(  # noqa: PLW1509 (one call, no lock)
                signal.SIGINT, signal.SIG_DFL
            ),
        )

    def environment(self, **more: str) -> dict[str, str]:
        return {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ} | more

    @property
    def server_pid(self) -> int:
        """The process that serves, or the last one that did."""
        return int((self.folder / "server.pid").read_text())

    @property
    def calls(self) -> list[str]:
        """What manage.py was asked to do."""
        return (self.folder / "calls").read_text().splitlines()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh checkout."""
    folder = tmp_path / "a site"
    folder.mkdir()
    return Project(folder)


@pytest.fixture(scope="session")
def started_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One that has been started before. Tests leave it as they found it."""
    project = Project(tmp_path_factory.mktemp("a site"))
    assert project.run("admin").returncode == 0
    return project
