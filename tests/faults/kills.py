"""The drill of kills: 200 times each, and what is there afterwards is wholly old or wholly new."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from threading import Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from showcase.backup.making import UNFINISHED

from ..backup.commands import backup, restore
from ..backup.databases import using
from ..benchmarks.servers import Server
from .acts import Form, commands, put_back
from .killing import End, killed
from .sites import PostgreSQL, SQLite
from .states import State, differing, faults, state
from .visitors import Visitors

# By how much less time is taken to be the whole, each time that somebody comes too late to kill.
QUICKER = 0.97
NUMBERED_ANEW = {"projects_generation", "projects_searchdocument"}


class WrongError(Exception):
    """Something was there that must never be."""


@dataclass
class Act:
    """Something that is killed, by a function that is told after how many seconds."""

    name: str
    kill: Callable[[float], End]
    template: str = "first"
    # The states that it may leave, by what they are called.
    known: dict[str, State] = field(default_factory=dict)
    took: float = 0.0
    ends: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {name}" for name, count in sorted(self.ends.items()))
        return f"{self.name}: {self.ends.total()} kills within {self.took:.2f} s: {ends}"


class Drill:
    """Kills one thing after the other on a site, while visitors read."""

    def __init__(
        self, site: SQLite | PostgreSQL, folder: Path, form: Form, visitors: Visitors, seed: int
    ) -> None:
        self.site, self.folder, self.form, self.visitors = site, folder, form, visitors
        self.backups = folder / "backups"
        self.random = Random(seed)  # noqa: S311 (no secret)

    def acts(self, editors: Server) -> Iterator[Act]:
        """Yield what is killed, each with what it does."""
        done = commands(self.folder)
        for name in ("loaddata", "load_catalogue", "rebuild_search", "backup"):
            yield Act(name, self.by_process(done[name]))
        yield Act("migrate", self.by_process(done["migrate"]), template="older")
        # Other entries would stay at the first edition, and stand on the same pages.
        yield Act("save", partial(self.kill_worker, editors), template="alone")
        yield Act("restore", self.by_process(partial(put_back, self.second_edition(done))))
        portable = partial(put_back, self.second_edition(done, is_portable=True))
        yield Act("restore of a portable backup", self.by_process(portable))

    def second_edition(self, done: dict[str, Any], *, is_portable: bool = False) -> Path:
        self.set_stage("first")
        with using(self.site.address):
            done["loaddata"]()
            return backup(self.folder / "second", portable=is_portable)

    def by_process(self, do: Callable[[], object]) -> Callable[[float], End]:
        return lambda after: killed(do, self.site.address, after=after, method="forkserver")

    def kill_worker(self, editors: Server, after: float) -> End:
        """Send the form, and kill the worker that takes it; gunicorn begins another one."""
        (worker,) = editors.workers
        began, answers = monotonic(), list[int]()
        sender = Thread(target=self.send, args=(editors.port, answers))
        sender.start()
        sender.join(after)
        lived = monotonic() - began
        is_over = not sender.is_alive()
        if not is_over:
            os.kill(worker, signal.SIGKILL)
        sender.join()
        while worker in editors.workers and not is_over:
            sleep(0.002)
        if is_over and answers != [302]:
            raise WrongError(f"The form was answered with {answers}.")
        return End(is_over, lived, 0)

    def send(self, port: int, answers: list[int]) -> None:
        client = HTTPConnection("127.0.0.1", port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.form.cookies.items())
        headers = {
            "Host": "localhost",
            "Cookie": cookies,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            client.request("POST", self.form.url, urlencode(self.form.sent, doseq=True), headers)
            answers.append(client.getresponse().status)
        except OSError:
            answers.clear()
        finally:
            client.close()

    def run(self, act: Act, times: int) -> None:
        self.learn(act)
        while (number := act.ends.total()) < times:
            # One in each part of the time, so that no part is left out by chance.
            share = (number + self.random.random()) / times
            self.set_stage(act.template)
            end = act.kill(act.took * share)
            if end.is_over:
                # It was quicker than it had been, and nobody was killed.
                act.took *= QUICKER
                continue
            with using(self.site.address):
                self.site.wait()
                act.ends[self.judge(act)] += 1
            self.judge_visitors(act)

    def learn(self, act: Act) -> None:
        """Do it to the end, and keep what is there before, after, and between migrations."""
        for _ in range(2):
            self.set_stage(act.template)
            with using(self.site.address):
                act.known["before"] = state()
            act.took = max(act.took, act.kill(60).seconds)
            with using(self.site.address):
                act.known["after"] = state()
        if act.name == "migrate":
            self.set_stage(act.template)
            with using(self.site.address):
                act.known |= dict(between_migrations())
        self.judge_visitors(act)

    def set_stage(self, template: str) -> None:
        for file in self.backups.glob("*.tar"):
            file.unlink()
        with self.visitors.away():
            self.site.lay(template)

    def judge(self, act: Act) -> str:
        """Return which of the known states is there; raise if none is, or something is wrong."""
        found = state()
        left = {name: set(differing(found, known)) for name, known in act.known.items()}
        if act.name == "rebuild_search":
            left = {name: tables - NUMBERED_ANEW for name, tables in left.items()}
        names = [name for name, tables in left.items() if not tables]
        if not names:
            raise WrongError(f"{act.name} left neither of the known states: {left}")
        if wrong := list(faults(is_of_this_release=act.template != "older")):
            raise WrongError(f"{act.name} left this: {wrong}")
        if act.name == "migrate":
            self.finish(act)
        return self.judge_backups() if act.name == "backup" else names[0]

    def finish(self, act: Act) -> None:
        """Whoever was killed has to come to an end the next time."""
        act.kill(60)
        if left := differing(state(), act.known["after"]):
            raise WrongError(f"{act.name}, done once more, left {left} otherwise.")

    def judge_backups(self) -> str:
        """Every file under its name is whole, and what is not goes with the next backup."""
        whole = list(self.backups.glob("*.tar"))
        for file in whole:
            restore(file, check=True)
        backup(self.backups)
        if list(self.backups.glob(f"{UNFINISHED}*")):
            raise WrongError("What an interrupted backup left was not cleared away.")
        return "after" if whole else "before"

    def judge_visitors(self, act: Act) -> None:
        if self.visitors.wrong:
            raise WrongError(f"During {act.name}, {self.visitors.wrong[0]}")


def between_migrations() -> Iterator[tuple[str, State]]:
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", migration.app_label, migration.name, verbosity=0)
        yield f"after {migration}", state()
