"""The programs that the drills of deployment start, and what they are given."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import ROOT
from ..drill.machines import DrillError, eventually

NAME = "showcase.example.org"
ENVIRONMENT = {
    "SECRET_KEY": "only-for-drills-and-long-enough-for-whoever-counts-its-letters",
    "BASE_URL": f"https://{NAME}",
    "DEBUG": "0",
    "PROXY_SCHEME_HEADER": "X-Forwarded-Proto",
    "PROXY_ADDRESS_HEADER": "X-Forwarded-For",
    "LOG_LEVEL": "WARNING",
    "WEB_CONCURRENCY": "2",
}


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def require(is_so: object, what: str) -> None:
    if not is_so:
        raise DrillError(f"It is not so that {what}.")


def program(name: str, package: str) -> str:
    """Return where a program is; Debian's are not in everybody's path."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        raise DrillError(f"{name} is not installed: apt-get install {package}")
    return found


@contextmanager
def folder() -> Iterator[Path]:
    # Not in /tmp, which is another one for what runs like a container.
    with TemporaryDirectory(prefix="showcase-deploy-", dir="/var/tmp") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


def run(command: Sequence[str | Path], **options: object) -> str:
    """Run a command to its end and return what it said; DrillError if it failed."""
    done = subprocess.run(  # type: ignore[call-overload]
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    if done.returncode:
        raise DrillError(f"{' '.join(map(str, command))} says:\n{done.stdout}")
    return str(done.stdout)


def export(release: Path, revision: str | None = None) -> None:
    """Put the files of a revision into a folder; without one, those of the tree as it is."""
    release.mkdir(parents=True)
    if revision is None:
        names = run(["git", "ls-files", "-z"], cwd=ROOT)
        packing = ["tar", "--null", "--files-from=-", "-c"]
    else:
        names = ""
        packing = ["git", "archive", revision]
    packed = subprocess.run(
        packing, cwd=ROOT, input=names.encode(), capture_output=True, check=True
    )
    subprocess.run(["tar", "-x", "-C", release], input=packed.stdout, check=True)


class Site:
    """A release with its settings, and the gunicorn that serves it."""

    def __init__(self, release: Path, database: str, **environment: str) -> None:
        self.release = release
        known = {name: value for name, value in os.environ.items() if name != "PORT"}
        self.environment = known | ENVIRONMENT | {"DATABASE_URL": database} | environment

    def manage(self, *arguments: str, **options: object) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return run(command, cwd=self.release, env=self.environment, **options)

    @contextmanager
    def serving(
        self, *options: str, pass_fds: Sequence[int] = ()
    ) -> Iterator["subprocess.Popen[bytes]"]:
        process = self.start(*options, pass_fds=pass_fds)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()

    def start(self, *options: str, pass_fds: Sequence[int] = ()) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--log-level", "warning", *options],
            cwd=self.release,
            env=self.environment,
            pass_fds=pass_fds,
        )


def answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until something listens on a port."""

    def does_answer() -> bool:
        if process.poll() is not None:
            raise DrillError("It ended by itself; what it said is above.")
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.connect()
        except OSError:
            return False
        finally:
            connection.close()
        return True

    eventually(f"port {port} is open", does_answer)
