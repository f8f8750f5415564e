"""Has it decided what is asked, by a process of its own: a process has one database for good.

That process is this module, started with the number of addresses of a case and of a mixture.
"""

import json
import os
import subprocess
import sys
from typing import TypedDict

import django

from ... import ROOT
from ..databases import ENVIRONMENT, manage


class Plan(TypedDict):
    """Addresses by case, mixtures of them, queries by case, and on what this was found."""

    addresses: dict[str, list[str]]
    # Two of the same kind: what a process needs for the second it needs for good.
    mixtures: list[list[str]]
    # The fewest and the most of one answer.
    queries: dict[str, list[int]]
    circumstances: str


def plan(database: str, number: int, mixed: int) -> Plan:
    """Plan so many addresses for each case, and so many for each mixture."""
    # Static files have their names of production before anything is planned or started.
    manage(database, "collectstatic", "--noinput", "--verbosity=0")
    settings = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "showcase.settings"}
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(number), str(mixed)],
        cwd=ROOT,
        env=os.environ | ENVIRONMENT | settings,
        stdout=subprocess.PIPE,
        check=True,
    )
    planned: Plan = json.loads(done.stdout)
    return planned


def main(number: int, mixed: int) -> None:
    django.setup()
    from . import choosing  # noqa: PLC0415 (needs the settings)

    json.dump(choosing.plan(number, mixed), sys.stdout)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
