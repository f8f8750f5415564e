"""Runs every test on SQLite and on PostgreSQL, and with --browser those that need Chromium.

Other arguments are pytest's and go to each run. TEST_DATABASE_URL names a PostgreSQL server to
use in place of the one among the development packages.
"""

import os
import subprocess
import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from . import ROOT
from .browser import programs
from .postgres import postgresql

REPORTS = ROOT / "var" / "tests"
SQLITE = "sqlite://:memory:"
# Whatever the shell says, the tests see a fresh checkout.
ENVIRONMENT = {"SECRET_KEY": "only-for-tests", "BASE_URL": "http://localhost:8000", "DEBUG": "0"}


class Leg(NamedTuple):
    """One run of pytest, its exit status and how many tests ended in which way."""

    name: str
    status: int
    outcomes: Counter[str]

    def __str__(self) -> str:
        counts = [f"{self.outcomes[word]} {word}" for word in sorted(self.outcomes)]
        return f"{self.name}: {', '.join(counts) or 'no test ran'}"

    @property
    def is_proof(self) -> bool:
        """A test that was skipped, or no test at all, proves nothing."""
        return self.status == 0 and not self.outcomes["skipped"]


def main(arguments: list[str]) -> int:
    wants_browser = "--browser" in arguments
    arguments = [argument for argument in arguments if argument != "--browser"]
    if wants_browser and (sentence := programs.missing()):
        print(sentence, file=sys.stderr)
        return 1
    legs = [run_leg("SQLite", SQLITE, ["-n", "auto", *arguments])]
    with server() as address:
        legs += [run_leg("PostgreSQL", address, ["-n", "auto", *arguments])]
    if wants_browser:
        legs += [run_leg("Browser", SQLITE, ["--browser", "-n", "auto", *arguments])]
    return conclude(legs)


def server() -> AbstractContextManager[str]:
    address = os.environ.get("TEST_DATABASE_URL")
    return nullcontext(address) if address else postgresql()


def run_leg(name: str, database_url: str, arguments: list[str]) -> Leg:
    print(f"\n{name}\n{'=' * len(name)}", flush=True)
    report = REPORTS / f"{name.lower()}.xml"
    report.unlink(missing_ok=True)
    status = subprocess.call(
        [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments],
        cwd=ROOT,
        env=os.environ | ENVIRONMENT | {"DATABASE_URL": database_url},
    )
    return Leg(name, status, count(report) if report.exists() else Counter())


def count(report: Path) -> Counter[str]:
    """Count tests by outcome: one that fails and then cannot clean up is listed twice."""
    outcomes: dict[tuple[str | None, str | None], str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        test = (case.get("classname"), case.get("name"))
        if outcomes.get(test) != "failed":
            outcomes[test] = outcome(case)
    return Counter(outcomes.values())


def outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def conclude(legs: list[Leg]) -> int:
    print("\nSummary\n=======")
    print(*legs, sep="\n")
    total = sum((leg.outcomes for leg in legs), Counter[str]())
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 0 if all(leg.is_proof for leg in legs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
