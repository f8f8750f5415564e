"""The drills, each with a gunicorn as in production and somebody who reads all the while."""

import sys
from argparse import Namespace
from pathlib import Path

from ..backup.databases import using
from ..benchmarks.report import percentile
from ..benchmarks.servers import serving
from . import SETTINGS
from .crowd import Record, crowd, desks, lost
from .kills import Drill, WrongError
from .sites import furnish, site
from .visitors import Visitors

WORKERS = 2


def kills(options: Namespace, folder: Path) -> None:
    """Kill whatever writes, while visitors read."""
    with site(options.database, folder) as there:
        form = furnish(there, folder, options.entries)
        # Of each worker that is killed, gunicorn says so.
        quiet = {"GUNICORN_CMD_ARGS": f"--error-logfile={folder}/editors.log"}
        read = SETTINGS | {"DATABASE_URL": there.address_for_visitors}
        written = SETTINGS | {"DATABASE_URL": there.address} | quiet
        with (
            serving("showcase.wsgi", "/projects/", read) as readers,
            serving("showcase.wsgi", "/healthz", written) as editors,
            Visitors(readers.port).reading() as visitors,
        ):
            drill = Drill(there, folder, form, visitors, options.seed)
            for act in drill.acts(editors):
                if not options.only or act.name in options.only:
                    drill.run(act, options.times)
                    say(act)
            say(f"Visitors: {visitors.answers.total():,} answers, all of them right.")


def editors(options: Namespace, folder: Path) -> None:
    """Let many editors and readers work at the same time."""
    with site(options.database, folder) as there:
        furnish(there, folder, entries=options.editors)
        with using(there.address):
            watched = desks(options.editors)
        served = SETTINGS | {"DATABASE_URL": there.address}
        with serving("showcase.wsgi", "/projects/", served, workers=WORKERS) as server:
            record = crowd(server.port, watched, options.readers, options.saves)
        with using(there.address):
            missing = lost(watched)
    tell(record)
    if record.wrong or missing:
        raise WrongError(f"{len(record.wrong)}, as {record.wrong[:3]}; lost at {missing}.")


def tell(record: Record) -> None:
    for (what, status), count in sorted(record.statuses.items()):
        say(f"{what}: {count:,} answers with {status}")
    for what, seconds in record.seconds.items():
        waits = ", ".join(f"p{part} {percentile(seconds, part):.2f} s" for part in (50, 99, 100))
        say(f"{what}: {waits}")


def say(sentence: object) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
