"""Tries what is in deploy/, and the Containerfile, for real.

python -m tests.deploy [units] [image] [proxies] [releases]

Without a word it does all of it. It fails by itself where a promise is broken, and where a program
that it needs is not installed. docs/drills.md tells what came of it.
"""

import sys

from ..drill.machines import DrillError
from . import image, proxies, releases, units
from .programs import say

PARTS = {
    "units": units.verify,
    "image": image.build_and_run,
    "proxies": proxies.ask_through_each,
    "releases": releases.replace_under_visitors,
}


def main(words: list[str]) -> int:
    if unknown := set(words) - set(PARTS):
        sys.stderr.write(f"There is no {', '.join(sorted(unknown))}: {', '.join(PARTS)}.\n")
        return 2
    for word in words or PARTS:
        try:
            PARTS[word]()
        except DrillError as error:
            say(f"FAILED: {word}: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
