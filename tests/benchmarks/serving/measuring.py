"""One measurement: each case in turn, several times over, and what a worker needs for itself."""

import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from statistics import median
from typing import NamedTuple

from .. import clients, processes
from ..databases import manage
from ..servers import SETTINGS, Server, serving
from .cases import CASES, GROWING, PROGRAMS, SMALL, Case
from .loading import Load, Order, load
from .planning import Plan

STARTS = 3
# In one round of a case, no more addresses than these that nobody asked for before.
MOST = 500
# So many are asked for again after each write.
AGAIN = 100
# An edit as they mostly are: to the text of one entry.
WRITE = """
from time import time
from projects.models import Project
entry = Project.objects.published().first()
entry.need = f"Measured at {time():.0f}."
entry.save()
"""


class Round(NamedTuple):
    """What was asked, and the seconds that the workers worked on it."""

    load: Load
    work: float

    @property
    def per_request(self) -> float:
        return self.work / len(self.load.waits)


class Upkeep(NamedTuple):
    """Seconds until a program first answers, and the memory of its worker in megabytes."""

    start: float
    # At the start; then, of the site, after one mixture of requests and after another one.
    memory: list[float]


class Catalogue(NamedTuple):
    """A catalogue, and what is asked of it."""

    database: str
    plan: Plan


class Asked(NamedTuple):
    """A case, who is asked, and for what."""

    case: Case
    server: Server
    catalogue: Catalogue

    def part(self, number: int) -> list[str]:
        """Return what is asked in a round."""
        known = self.catalogue.plan["addresses"][self.case.plan]
        if self.case.is_fresh:
            return known[:AGAIN]
        start = AGAIN + number * MOST
        return known[start : start + MOST] if self.case.is_first else known


class Extent(NamedTuple):
    """How much is measured, and by how many visitors at a time."""

    rounds: int
    seconds: float
    connections: int

    def __str__(self) -> str:
        return (
            f"Rounds: {self.rounds}, each of at most {self.seconds:g} seconds; "
            f"connections: {self.connections}"
        )


def upkeep(name: str, catalogue: Catalogue, connections: int) -> Upkeep:
    """Start a program some times; have the site answer everything that visitors mix."""
    starts = []
    for _ in range(STARTS):
        with started(name, catalogue.database) as server:
            starts.append(server.start)
            # Of the last one it is kept.
            memory = [private_memory(server)]
            if name == "site" and len(starts) == STARTS:
                memory += [after(server, some, connections) for some in catalogue.plan["mixtures"]]
    return Upkeep(median(starts), memory)


def started(name: str, database: str) -> AbstractContextManager[Server]:
    program = PROGRAMS[name]
    environment = {"DATABASE_URL": database, SETTINGS: program.settings}
    return serving(program.application, program.first, environment)


def after(server: Server, mixture: list[str], connections: int) -> float:
    """Return the memory that is needed after these requests."""
    sys.stderr.write(f"{len(mixture):,} mixed requests\n")
    load(order(server, mixture, connections))
    return private_memory(server)


def private_memory(server: Server) -> float:
    """Return the megabytes of the largest worker."""
    return max(map(processes.private_memory, server.workers))


def measure(
    catalogue: Catalogue, smaller: Catalogue | None, extent: Extent
) -> dict[str, list[Round]]:
    """Return the rounds of each case, all of them measured on the same servers."""
    with ExitStack() as stack:

        def start(name: str, database: str) -> Server:
            return stack.enter_context(started(name, database))

        servers = {name: start(name, catalogue.database) for name in PROGRAMS}
        asked = {case.name: Asked(case, servers[case.program], catalogue) for case in CASES}
        if smaller:
            server = start("site", smaller.database)
            for case in CASES:
                if case.name in GROWING:
                    asked[of_smaller(case.name)] = Asked(case, server, smaller)
        return rounds(asked, extent)


def of_smaller(name: str) -> str:
    return f"{name} of {SMALL:,}"


def rounds(asked: Mapping[str, Asked], extent: Extent) -> dict[str, list[Round]]:
    measured: dict[str, list[Round]] = {name: [] for name in asked}
    # The first is not counted: what is only made once is made now.
    for number in range(extent.rounds + 1):
        # Round by round, so that a disturbance of the machine does not hit one case alone.
        for name, one in asked.items():
            if not (wanted := one.part(number)):
                raise RuntimeError(f"The catalogue is too small for so many rounds of “{name}”.")
            done = one_round(one, wanted, extent)
            if number:
                measured[name].append(done)
        sys.stderr.write(f"round {number} of {extent.rounds}\n" if number else "warmed up\n")
    return measured


def one_round(one: Asked, asked: list[str], extent: Extent) -> Round:
    server, case = one.server, one.case
    if case.is_fresh:
        write(one)
    etags = [etag(server, address) for address in asked] if case.is_conditional else None
    wanted = order(server, asked, extent.connections, etags)
    if not case.is_fresh:
        wanted["seconds"], wanted["is_repeated"] = extent.seconds, not case.is_first
    before = work(server)
    done = load(wanted)
    return Round(done, work(server) - before)


def write(one: Asked) -> None:
    """Edit an entry, and have the site read what has changed, which it does once for all pages."""
    manage(one.catalogue.database, "shell", "--no-imports", "--command", WRITE)
    clients.ask(one.server.port, clients.Question(PROGRAMS[one.case.program].first))


def addresses(extent: Extent) -> int:
    """Return how many different addresses it takes."""
    return AGAIN + (extent.rounds + 1) * MOST


def order(
    server: Server, addresses: list[str], connections: int, etags: list[str] | None = None
) -> Order:
    return {
        "port": server.port,
        "connections": connections,
        "seconds": None,
        "questions": list(zip(addresses, etags or [""] * len(addresses), strict=True)),
        "is_repeated": False,
    }


def etag(server: Server, address: str) -> str:
    answer = clients.ask(server.port, clients.Question(address))
    return answer.headers.get("etag", "")


def work(server: Server) -> float:
    return sum(map(processes.work, server.workers))
