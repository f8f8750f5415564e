"""Asks PostgreSQL for its plan of every query of every kind of public page.

python -m tests.benchmarks.plans --projects 100000

Ends with 1 and names the tables if one that grows with the catalogue is read from end to end.
"""

import os
import sys
from argparse import ArgumentParser

import django

from ..databases import ENVIRONMENT, database


def main(arguments: list[str]) -> int:
    parser = ArgumentParser(prog="python -m tests.benchmarks.plans", description=__doc__)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--save", action="store_true", help="keep the plans in docs/plans.md")
    options = parser.parse_args(arguments)
    with database("postgresql", options.projects, is_fresh=False) as address:
        os.environ |= ENVIRONMENT | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "showcase.settings",
        }
        django.setup()
        from . import report  # noqa: PLC0415 (needs the settings)

        return report.run(options.projects, is_kept=options.save)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
