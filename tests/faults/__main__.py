"""Tries what the site has to live through, some hundred times.

python -m tests.faults kills --times 200 --database postgresql
python -m tests.faults editors --editors 50 --readers 200

Ends with 1 and says what was wrong if anything was. `docs/faults.md` has the figures.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import monotonic

import django

from ..postgres import PROGRAMS
from . import SETTINGS

DATABASES = ("sqlite", "postgresql")


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    os.environ |= SETTINGS | {"DATABASE_URL": "sqlite://:memory:", "PATH": path}
    django.setup()
    multiprocessing.set_forkserver_preload(["tests.faults.preloaded"])
    from . import drills  # noqa: PLC0415 (needs the settings)

    folder = Path(tempfile.mkdtemp(prefix="showcase-faults-"))
    began = monotonic()
    try:
        getattr(drills, options.drill)(options, folder)
    except drills.WrongError as error:
        drills.say(f"FAILED: {error}\nWhat there was is in {folder}.")
        return 1
    shutil.rmtree(folder)
    drills.say(f"All was well, after {monotonic() - began:.0f} s.")
    return 0


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.faults", description=__doc__.partition("\n")[0])
    drills = parser.add_subparsers(dest="drill", required=True)
    kills = drills.add_parser("kills")
    kills.add_argument("--times", type=int, default=200)
    kills.add_argument("--entries", type=int, default=3)
    kills.add_argument("--seed", type=int, default=0)
    kills.add_argument("--only", metavar="ACT", nargs="*", help="such as loaddata or save")
    editors = drills.add_parser("editors")
    editors.add_argument("--editors", type=int, default=50)
    editors.add_argument("--readers", type=int, default=200)
    editors.add_argument("--saves", type=int, default=10, help="of each editor")
    for drill in (kills, editors):
        drill.add_argument("--database", choices=DATABASES, default=DATABASES[0])
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
