"""Kills the machines of the site in turn while it is read and written, and holds it to its word.

python -m tests.drill

Nothing wrong and nothing stale may be shown: a page that is asked for after a commit shows it or a
later one, or says with 503 that it cannot. Where no database answers, it is the last state that is
shown, with its age. Whatever was killed and comes back is used again, and nothing else has to be
started again. `docs/drills.md` tells how to do the same by hand.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import django

from projects.breaker import PAUSE

from .. import ROOT
from .machines import (
    DrillError,
    Gunicorn,
    Machine,
    Memory,
    Primary,
    Replica,
    eventually,
    missing,
)

if TYPE_CHECKING:
    from .visits import Editor, Record, Visitor

VISITORS = 3
# How long each condition lasts at least, and how many answers each gunicorn gives under it.
SECONDS, ANSWERS = 1, 30
ENVIRONMENT = {"SECRET_KEY": "only-for-drills", "BASE_URL": "http://localhost", "DEBUG": "0"}
# What the editor cannot write is part of the drill, and no news.
QUIET = {"LOG_LEVEL": "CRITICAL", "DJANGO_SETTINGS_MODULE": "showcase.settings"}


def main() -> int:
    if sentence := missing():
        sys.stderr.write(f"{sentence}\n")
        return 1
    folder = Path(tempfile.mkdtemp(prefix="showcase-drill-"))
    # PostgreSQL is another user where this is root.
    folder.chmod(0o777)
    site = Site(folder)
    began = monotonic()
    try:
        site.build()
        rehearse(site)
    except DrillError as error:
        say(f"FAILED: {error}\nWhat the machines said is in {folder}.")
        return 1
    finally:
        site.tear_down()
    shutil.rmtree(folder)
    say(f"Nothing wrong, nothing stale, and all is well again, after {monotonic() - began:.0f} s.")
    return 0


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


class Site:
    """All machines together, with an editor and visitors."""

    def __init__(self, folder: Path) -> None:
        self.primary, self.replica = Primary("primary", folder), Replica("replica", folder)
        self.memory = Memory("memory", folder)
        self.environment = ENVIRONMENT | {
            "LOG_LEVEL": "WARNING",
            "DATABASE_URL": self.primary.url,
            "DATABASE_REPLICA_URL": self.replica.url,
            "CACHE_URL": self.memory.url,
        }
        self.gunicorns = [
            Gunicorn(f"gunicorn-{number}", folder, environment=self.environment)
            for number in (1, 2)
        ]
        self.editor: Editor
        self.visitors: list[Visitor] = []

    @property
    def machines(self) -> list[Machine]:
        return [self.primary, self.replica, self.memory, *self.gunicorns]

    def build(self) -> None:
        say("Starting a primary with the catalogue, its replica, a shared memory, two gunicorns.")
        self.primary.make()
        for command in (["migrate", "-v0"], ["loaddata", "-v0"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=os.environ | ENVIRONMENT | {"DATABASE_URL": self.primary.url},
                check=True,
            )
        self.replica.make_of(self.primary)
        for machine in (self.memory, *self.gunicorns):
            machine.start()
        os.environ |= ENVIRONMENT | QUIET | {"DATABASE_URL": self.primary.url}
        django.setup()
        self.populate()

    def populate(self) -> None:
        from .visits import Editor, Visitor  # noqa: PLC0415 (need the settings)

        self.editor = Editor()
        for thing in self.editor.things:
            self.editor.edit(thing)
        self.visitors = [
            Visitor(server, self.editor.things)
            for server in self.gunicorns
            for _ in range(VISITORS)
        ]
        self.editor.is_at_work.set()
        for person in (self.editor, *self.visitors):
            person.start()

    def tear_down(self) -> None:
        for visitor in self.visitors:
            visitor.is_over.set()
        for machine in reversed(self.machines):
            machine.kill()

    @contextmanager
    def act(self, title: str) -> Iterator[dict[str, "Record"]]:
        """Count what visitors are answered within, by the gunicorn that answers."""
        from .visits import Record  # noqa: PLC0415 (as above)

        records = {server.name: Record() for server in self.gunicorns}
        for visitor in self.visitors:
            visitor.record = records[visitor.server.name]
        before = self.editor.number
        yield records
        sleep(SECONDS)
        eventually(
            "visitors are answered",
            lambda: all(record.answers.total() >= ANSWERS for record in records.values()),
        )
        edits = self.editor.number - before
        told = "; ".join(f"{name}: {record}" for name, record in records.items())
        say(f"{title}. {edits} edits; {told}.")
        if wrong := [*records["gunicorn-1"].wrong, *records["gunicorn-2"].wrong]:
            raise DrillError(f"{len(wrong)} wrong answers, the first: {wrong[0]}.")

    def expect(self, title: str, but_for: Machine | None = None) -> None:
        """Let visitors go on for a while: all of them have to be answered."""
        with self.act(title) as records:
            pass
        for name, record in records.items():
            if but_for is None or name != but_for.name:
                require(set(record.answers) == {"answered"}, f"{name} left nobody unanswered")

    @contextmanager
    def nothing_else_started_again(self, *killed: Machine) -> Iterator[None]:
        others = [machine for machine in self.machines if machine not in killed]
        before = [machine.identity() for machine in others]
        yield
        require(before == [machine.identity() for machine in others], "the others went on")

    def replica_is_read(self) -> None:
        before = self.replica.transactions()
        eventually("the replica is read", lambda: self.replica.transactions() > before + 50)


def require(is_so: bool, what: str) -> None:
    if not is_so:
        raise DrillError(f"It is not so that {what}.")


def rehearse(site: Site) -> None:
    site.expect("All is well")
    site.replica_is_read()
    for act in (gunicorn_dies, memory_dies, replica_lags, replica_dies, primary_dies, both_die):
        act(site)
        site.expect("All is well again")
        site.replica_is_read()


def gunicorn_dies(site: Site) -> None:
    first = site.gunicorns[0]
    with site.nothing_else_started_again(first):
        first.kill()
        site.expect("gunicorn-1 is dead", but_for=first)
        first.start()


def memory_dies(site: Site) -> None:
    with site.nothing_else_started_again(site.memory):
        site.memory.kill()
        site.expect("The shared memory is dead")
        site.memory.start()
        eventually("the shared memory is used", site.memory.pages)


def replica_lags(site: Site) -> None:
    with site.nothing_else_started_again():
        site.replica.ask("SELECT pg_wal_replay_pause()")
        site.expect("The replica stands still")
        site.replica.ask("SELECT pg_wal_replay_resume()")


def replica_dies(site: Site) -> None:
    with site.nothing_else_started_again(site.replica):
        site.replica.kill()
        site.expect("The replica is dead")
        site.replica.start()


def primary_dies(site: Site) -> None:
    quieten(site)
    with site.nothing_else_started_again(site.primary):
        site.primary.kill()
        with site.act("The primary is dead, after all was said") as records:
            pass
        for name, record in records.items():
            require(record.answers["answered"] > 0, f"{name} answered from the replica")
            require(record.answers["kept"] > 0, f"{name} answered from memory")
        site.primary.start()
        site.editor.is_at_work.set()
        recover(site)


def both_die(site: Site) -> None:
    quieten(site)
    with site.nothing_else_started_again(site.primary, site.replica):
        site.primary.kill()
        site.replica.kill()
        sleep(0.2)
        with site.act("Both databases are dead") as records:
            pass
        for name, record in records.items():
            is_so = set(record.answers) == {"kept", "503"}
            require(is_so, f"{name} showed what it had, or asked to come back")
        site.primary.start()
        site.replica.start()
        site.editor.is_at_work.set()
        recover(site)


def quieten(site: Site) -> None:
    """Let the editor rest until everybody knows the last edit.

    What was written in the last moment before a crash may not be on the replica, and no gunicorn
    can know of it: see `docs/drills.md`.
    """
    site.editor.rest()
    sleep(1)
    eventually("the replica is level", lambda: site.replica.is_level_with(site.primary))


def recover(site: Site) -> None:
    """Wait until every gunicorn answers, and edits are written again."""
    done = [thing.written for thing in site.editor.things]
    eventually(
        "edits are written again",
        lambda: all(
            thing.written > before for thing, before in zip(site.editor.things, done, strict=True)
        ),
    )
    # Until then a process may not have asked again.
    sleep(PAUSE)


if __name__ == "__main__":
    sys.exit(main())
