"""Measures what the site serves under gunicorn, in times of what a bare view of Django takes.

python -m tests.benchmarks.serving --projects 10000 --database postgresql

Ends with 1 and names what is missed where something is dearer than it may be.
"""

import sys
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack

from ..databases import database
from ..report import heading, publish
from .cases import PROGRAMS, SMALL
from .figures import kept_up, required, served
from .measuring import Catalogue, Extent, addresses, measure, upkeep
from .musts import conclude, musts
from .planning import plan

LEAST = 1_000


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    extent = Extent(options.rounds, options.seconds, options.connections)
    with ExitStack() as stack:

        def catalogue(projects: int) -> Catalogue:
            kept = database(options.database, projects, is_fresh=options.fresh)
            address = stack.enter_context(kept)
            return Catalogue(address, plan(address, addresses(extent), options.mixed))

        whole = catalogue(options.projects)
        smaller = catalogue(SMALL) if options.projects > SMALL else None
        programs = {name: upkeep(name, whole, extent.connections) for name in PROGRAMS}
        measured = measure(whole, smaller, extent)
    queries = whole.plan["queries"]
    found = musts(options.projects, measured, queries, programs["site"])
    tables = (served(measured, queries), kept_up(programs), required(found))
    circumstances = f"{whole.plan['circumstances']} {extent}; mixed requests: {options.mixed:,}."
    title = heading(options.database, options.projects, "Serving ")
    publish(title, "\n\n".join((circumstances, *tables)), is_kept=options.save)
    return conclude(found)


def parse(arguments: list[str]) -> Namespace:
    summary = __doc__.partition("\n")[0]
    parser = ArgumentParser(prog="python -m tests.benchmarks.serving", description=summary)
    parser.add_argument("--projects", type=int, default=SMALL)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=5, help="how often each case is measured")
    parser.add_argument("--seconds", type=float, default=2, help="how long, at most, each time")
    parser.add_argument("--connections", type=int, default=4, help="visitors at a time")
    parser.add_argument(
        "--mixed", type=int, default=10_000, help="requests between two looks at the memory"
    )
    parser.add_argument("--save", action="store_true", help="keep the tables in docs/benchmarks.md")
    parser.add_argument("--fresh", action="store_true", help="make the catalogue anew")
    options = parser.parse_args(arguments)
    if options.projects < LEAST or min(options.rounds, options.connections, options.mixed) < 1:
        parser.error(f"it takes {LEAST:,} projects to ask different things, a round and a visitor")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
