"""Lets visitors read for some minutes while an editor writes, and looks for what breaks.

python -m tests.benchmarks.soak --minutes 10 --clients 50 --database postgresql

Ends with 1 and names what broke: errors, stale answers, a few that take far longer than others.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from .. import processes
from ..clients import Question, ask
from ..databases import copied, database
from ..report import heading, markdown, percentile, publish
from ..servers import serving
from ..serving.figures import required
from ..serving.musts import Must, conclude
from ..serving.planning import plan
from .editor import editing
from .freshness import Reading, stale, unseen
from .reading import Readers

WORKERS = 2
LEAST = 1_000
# So many pages are asked for again and again.
POPULAR = 20
# How much longer than the middle one the slowest of a hundred answers may take.
SPREAD = 10
# Percent. On a machine that is busy enough, some edits are followed by others before they are read.
UNSEEN = 5
# Of many stale answers, so many are shown one by one.
TOLD = 10
ANSWERS = ("request", "answers", "p50", "p95", "p99", "p99 by p50")


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    kept = database(options.database, options.projects, is_fresh=False)
    with kept as address, copied(address) as copy:
        planned = plan(copy, options.addresses, 1)
        readers, failed, memory = soak(copy, planned["addresses"], options)
    old = stale(readers.readings, readers.journal.commits)
    for reading in old[:TOLD]:
        sys.stderr.write(f"Stale: {reading}\n")
    found = list(musts(readers, old, failed))
    circumstances = (
        f"{planned['circumstances']} {options.minutes:g} minutes, {options.clients} clients, "
        f"{WORKERS} workers with {', '.join(f'{n:.0f} MB' for n in memory)} in the end, "
        f"{len(readers.journal.commits):,} edits, {len(readers.readings):,} looks at them, "
        f"{readers.statuses[304]:,} answers of 304."
    )
    text = "\n\n".join((circumstances, answers(readers), required(found)))
    title = heading(options.database, options.projects, "Soak of ")
    publish(title, text, is_kept=options.save)
    return conclude(found)


def parse(arguments: list[str]) -> Namespace:
    summary = __doc__.partition("\n")[0]
    parser = ArgumentParser(prog="python -m tests.benchmarks.soak", description=summary)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--pause", type=float, default=2, help="seconds between two edits")
    parser.add_argument("--addresses", type=int, default=5_000, help="how many of each kind")
    parser.add_argument("--save", action="store_true", help="keep the tables in docs/benchmarks.md")
    options = parser.parse_args(arguments)
    if options.projects < LEAST or options.clients < 2 * WORKERS or options.minutes <= 0:
        parser.error(f"it takes {LEAST:,} projects, {2 * WORKERS} clients and some time")
    return options


def soak(
    database: str, addresses: dict[str, list[str]], options: Namespace
) -> tuple[Readers, int, list[float]]:
    """Return what was read, the status of the editor, and what memory the workers ended with."""
    seconds = 60 * options.minutes
    popular = [*addresses["fresh list page"][:POPULAR], *addresses["fresh entry page"][:POPULAR]]
    addresses |= {"kept page": [*addresses["kept page"], *popular]}
    site = ("tests.benchmarks.soak.application", "/projects/", {"DATABASE_URL": database})
    with (
        serving(*site, workers=WORKERS) as server,
        editing(database, seconds, options.pause) as journal,
    ):
        warm_up(server.port)
        readers = Readers(addresses, journal, seconds)
        readers.read(server.port, options.clients)
        memory = [processes.private_memory(worker) for worker in server.workers]
        return readers, journal.status(), memory


def warm_up(port: int) -> None:
    """Ask until every worker has answered: one that still starts leaves visitors to the others."""
    workers: set[str] = set()
    while len(workers) < WORKERS:
        workers.add(ask(port, Question("/projects/")).headers["x-worker"])


def musts(readers: Readers, old: list[Reading], failed: int) -> Iterator[Must]:
    commits, statuses = readers.journal.commits, readers.statuses
    yield Must("answers of 500 and above", 0, sum(n for s, n in statuses.items() if s >= 500))
    yield Must(
        "other answers than 200 and 304", 0, statuses.total() - statuses[200] - statuses[304]
    )
    where = ", ".join(sorted({reading.address for reading in old}))
    yield Must(f"stale answers ({where or 'none'})", 0, len(old))
    # The first ones were written before any visitor came.
    during = [commit for commit in commits if commit.at > readers.start]
    missed = len(list(unseen(readers.readings, during, readers.workers)))
    share = 100 * missed / max(1, len(during) * WORKERS)
    yield Must("edits that a worker was not asked for before the next", UNSEEN, share, " %")
    yield Must("workers that answered nothing", 0, WORKERS - len(readers.workers))
    yield Must("status of the editor", 0, failed)
    for kind, waits in sorted(readers.waits.items()):
        yield Must(f"{kind}, p99 by p50", SPREAD, percentile(waits, 99) / percentile(waits, 50))


def answers(readers: Readers) -> str:
    """Return how long visitors waited, in milliseconds."""
    return markdown(ANSWERS, (row(*kind) for kind in sorted(readers.waits.items())))


def row(kind: str, waits: list[float]) -> tuple[str, ...]:
    p50, p95, p99 = (1000 * percentile(waits, percent) for percent in (50, 95, 99))
    return kind, f"{len(waits):,}", f"{p50:,.1f}", f"{p95:,.1f}", f"{p99:,.1f}", f"{p99 / p50:.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
