"""Measures how long finding takes: lists, searches, facets.

python -m tests.benchmarks.finding --projects 10000 --database postgresql
"""

import os
import sys
from argparse import ArgumentParser, Namespace

import django

from .databases import ENVIRONMENT, database

LEAST = 100


def main(arguments: list[str]) -> None:
    options = parse(arguments)
    with database(options.database, options.projects, is_fresh=options.fresh) as address:
        os.environ |= ENVIRONMENT | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "showcase.settings",
        }
        django.setup()
        from . import measuring  # noqa: PLC0415 (needs the settings)

        measuring.run(options.database, options.projects, options.rounds, is_kept=options.save)


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.benchmarks.finding", description=__doc__)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=5, help="how often each address is asked")
    parser.add_argument("--save", action="store_true", help="keep the table in docs/benchmarks.md")
    parser.add_argument("--fresh", action="store_true", help="make the catalogue anew")
    options = parser.parse_args(arguments)
    if options.projects < LEAST or options.rounds < 1:
        parser.error(f"it takes {LEAST} projects to tell rare words from common ones, and a round")
    return options


if __name__ == "__main__":
    main(sys.argv[1:])
