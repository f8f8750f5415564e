"""Replaces an older release by this one under visitors, on one database, and counts what they see.

The older one is the last whose tables were others. The two share the database while both serve, as
they do on several machines; then one takes the place of the other at a socket that stays open, as
systemd holds it. Nobody may notice either.
"""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

from .. import ROOT
from ..drill.machines import eventually
from ..postgres import postgresql
from .programs import NAME, Site, export, folder, require, run, say

if TYPE_CHECKING:
    from subprocess import Popen

VISITORS = 6
SECONDS = 2
RESTARTS = 3
PATHS = ("/", "/projects/", "/projects/virter/", "/people/", "/about/", "/de/", "/projects.atom")
EDIT = """
from datetime import UTC, date, datetime
from projects.models import Project
from showcase.models import Page
page = Page.objects.get(slug="about")
page.body = "Written by {name}."
page.full_clean()
page.save()
Project.objects.create(
    name="Made by {name}", slug="made-by-{name}", tagline="Made by one, shown by both.",
    status="active", status_as_of=date(2026, 1, 1),
    state="published", published_at=datetime(2026, 1, 1, tzinfo=UTC),
)
"""


def replace_under_visitors() -> None:
    older = revision_before_the_last_migration()
    for engine in ("SQLite", "PostgreSQL"):
        with folder() as path, ExitStack() as stack:
            database = f"sqlite:///{path}/showcase.sqlite3"
            if engine == "PostgreSQL":
                database = stack.enter_context(postgresql())
            export(path / "old", older)
            export(path / "new")
            sites = [Site(path / name, database) for name in ("old", "new")]
            say(f"{engine}: {older[:12]} is replaced by this tree.")
            rehearse(*sites)


def revision_before_the_last_migration() -> str:
    log = ["git", "log", "-1", "--format=%H^", "--diff-filter=A", "--", "*/migrations/0*.py"]
    return run(["git", "rev-parse", run(log, cwd=ROOT).strip()], cwd=ROOT).strip()


def rehearse(old: Site, new: Site) -> None:
    old.manage("migrate", "--verbosity=0")
    old.manage("loaddata", "--verbosity=0")
    for site in (old, new):
        site.manage("collectstatic", "--noinput", "--verbosity=0")
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        place = Place(listener)
        place.take(old)
        try:
            with visiting(place.port, "the old release alone"):
                sleep(SECONDS)
            with visiting(place.port, "the database is migrated below the old release"):
                new.manage("migrate", "--verbosity=0")
            with visiting(place.port, "both releases on one database"):
                share_the_database(old, new, place.port)
            for _ in range(RESTARTS):
                with visiting(place.port, "the old release gives way to the new one"):
                    place.take(new)
                with visiting(place.port, "and the new one to the old one again"):
                    place.take(old)
        finally:
            place.leave()


class Place:
    """A socket that stays open, and whoever serves at it."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.port: int = listener.getsockname()[1]
        self.server: Popen[bytes] | None = None

    def take(self, site: Site) -> None:
        """Stop who serves and start another one, as `systemctl restart` does."""
        self.leave()
        number = self.listener.fileno()
        self.server = site.start("--bind", f"fd://{number}", pass_fds=[number])
        eventually("it is answered", lambda: status(self.port, "/healthz") == 200)

    def leave(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait()


def share_the_database(old: Site, new: Site, old_port: int) -> None:
    """Let each release write, and both show what was written."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = Place(listener)
        place.take(new)
        try:
            for name, site in {"old": old, "new": new}.items():
                site.manage("shell", "--verbosity=0", "--command", EDIT.format(name=name))
                for port in (old_port, place.port):
                    require(f"Written by {name}." in text(port, "/about/"), f"{name} is read")
                    made = f"/projects/made-by-{name}/"
                    require(status(port, made) == 200, f"what {name} made is shown")
                    require(f"Made by {name}" in text(port, "/projects/"), "and listed")
        finally:
            place.leave()


def ask(port: int, path: str) -> tuple[int, str]:
    # As a proxy does, that lets go of every connection.
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": NAME, "X-Forwarded-Proto": "https", "Connection": "close"}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def status(port: int, path: str) -> int:
    return ask(port, path)[0]


def text(port: int, path: str) -> str:
    return ask(port, path)[1]


@contextmanager
def visiting(port: int, title: str) -> Iterator[None]:
    """Have pages asked for as long as something happens; none of them may fail."""
    crowd = Crowd(port)
    threads = [Thread(target=crowd.visit, args=[number]) for number in range(VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield
        sleep(0.5)
    finally:
        crowd.is_over.set()
        for thread in threads:
            thread.join()
    counts = ", ".join(f"{number:,} with {what}" for what, number in crowd.answers.items())
    say(f"  {title}: {counts}; the longest wait was {crowd.longest:.1f} s.")
    require(set(crowd.answers) == {200}, "every visitor got a page")


class Crowd:
    """What visitors are answered."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.is_over = Event()
        self.lock = Lock()
        self.answers: Counter[int | str] = Counter()
        self.longest = 0.0

    def visit(self, number: int) -> None:
        for path in cycle(PATHS[number:] + PATHS[:number]):
            if self.is_over.is_set():
                return
            began = monotonic()
            try:
                answer: int | str = status(self.port, path)
            except (OSError, HTTPException) as error:
                answer = type(error).__name__
            with self.lock:
                self.answers[answer] += 1
                self.longest = max(self.longest, monotonic() - began)
