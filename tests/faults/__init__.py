"""Kills, full disks and crowds: what the site has to live through without losing or breaking.

The tests try a few of each; `python -m tests.faults` tries hundreds. `docs/faults.md` has the
figures.
"""

from ..benchmarks.databases import ENVIRONMENT

# What every process of a drill is started with.
SETTINGS = ENVIRONMENT | {
    "SECRET_KEY": "only-for-drills-and-long-enough-for-everybody-who-counts",
    "DJANGO_SETTINGS_MODULE": "showcase.settings",
    "LOG_LEVEL": "CRITICAL",
}
