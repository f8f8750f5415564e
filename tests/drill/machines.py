"""The machines of the drill, all of them on loopback: each can be killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg

from .. import ROOT

NAME = "showcase"
PATIENCE = 30
# Debian keeps the programs of the server out of everybody's way.
POSTGRESQL_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
MEMORIES = ("valkey-server", "redis-server")
# PostgreSQL refuses to run as root; Debian has a user for it.
POSTGRESQL_USER: dict[str, Any] = (
    {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
)


class DrillError(Exception):
    """Something did not go as it should."""


def missing() -> str:
    """Return in a sentence what has to be installed; nothing if everything is there."""
    if POSTGRESQL_FOLDERS and memory_program():
        return ""
    return "The drill needs PostgreSQL and Valkey or Redis: apt-get install postgresql redis-server"


def memory_program() -> str | None:
    return next(filter(None, map(shutil.which, MEMORIES)), None)


def eventually(what: str, is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = monotonic() + PATIENCE
    while not is_so():
        if monotonic() > end:
            raise DrillError(f"Not within {PATIENCE} seconds: {what}.")
        sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass
class Machine:
    """A program that listens on a port of its own."""

    name: str
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def started_with(self) -> dict[str, Any]:
        """Return what else the process is started with."""
        return {}

    def start(self) -> None:
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.started_with(),
            )
        eventually(f"{self.name} answers", self.answers)

    def answers(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise DrillError(f"{self.name} ended by itself; see {self.folder / self.name}.log.")
        with closing(socket.socket()) as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """Let it go as with its machine, without a word to anybody."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def identity(self) -> str:
        """Return something that is another one when it was started again."""
        return str(self.process and self.process.pid)


class PostgreSQL(Machine):
    @property
    def data(self) -> Path:
        return self.folder / self.name

    @property
    def url(self) -> str:
        return f"postgres://{NAME}@127.0.0.1:{self.port}/{NAME}"

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            # On which machine of its own it would not have to wait so long for the other one.
            "wal_retrieve_retry_interval": "200ms",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [program("postgres"), f"-D{self.data}", f"-p{self.port}", *options]

    def started_with(self) -> dict[str, Any]:
        return POSTGRESQL_USER

    def answers(self) -> bool:
        if not super().answers():
            return False
        try:
            self.ask("SELECT 1", database="postgres")
        except psycopg.OperationalError:
            return False
        return True

    def kill(self) -> None:
        """Stop at once and clean up nothing; each of its processes is in a group of its own."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.process = None

    def ask(self, statement: str, database: str = NAME) -> Any:
        """Return the first value that a statement gives."""
        address = self.url.removesuffix(NAME) + database
        with closing(psycopg.connect(address, autocommit=True)) as connection:
            cursor = connection.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return row and row[0]

    def transactions(self) -> int:
        """Return how often it was asked something, as far as it has counted."""
        count: int = self.ask("SELECT sum(xact_commit)::bigint FROM pg_stat_database")
        return count


class Primary(PostgreSQL):
    def make(self) -> None:
        run_as_postgresql(
            "initdb", f"--pgdata={self.data}", f"--username={NAME}", "--auth=trust", "--no-sync"
        )
        self.start()
        self.ask(f"CREATE DATABASE {NAME}", database="postgres")


class Replica(PostgreSQL):
    def make_of(self, primary: Primary) -> None:
        run_as_postgresql(
            *("pg_basebackup", f"--pgdata={self.data}", "--write-recovery-conf", "--no-sync"),
            *("--checkpoint=fast", "--host=127.0.0.1", f"--port={primary.port}"),
            f"--username={NAME}",
        )
        self.start()

    def is_level_with(self, primary: Primary) -> bool:
        written = primary.ask("SELECT pg_current_wal_lsn()")
        behind = self.ask(f"SELECT pg_wal_lsn_diff('{written}', pg_last_wal_replay_lsn())")
        return bool(behind <= 0)


class Memory(Machine):
    """Valkey or Redis, which keeps nothing on the disk."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        found = memory_program() or ""
        return [found, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]

    def pages(self) -> int:
        """Return how many pages it keeps, as its protocol says it."""
        with socket.create_connection(("127.0.0.1", self.port)) as client:
            client.sendall(b"DBSIZE\r\n")
            return int(client.recv(100).decode().strip().removeprefix(":"))


@dataclass
class Gunicorn(Machine):
    environment: dict[str, str] = field(default_factory=dict)

    def command(self) -> list[str]:
        address = f"127.0.0.1:{self.port}"
        return [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", address]

    def started_with(self) -> dict[str, Any]:
        return {"cwd": ROOT, "env": os.environ | self.environment}

    def identity(self) -> str:
        """Its workers too: it starts one again by itself when it ends."""
        pid = super().identity()
        return f"{pid} {Path(f'/proc/{pid}/task/{pid}/children').read_text()}"


def run_as_postgresql(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [program(name), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **POSTGRESQL_USER,
    )
    if done.returncode:
        raise DrillError(done.stderr)


def program(name: str) -> str:
    return str(POSTGRESQL_FOLDERS[0] / name)
