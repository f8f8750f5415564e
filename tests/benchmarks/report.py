"""Figures as a table, and the document that keeps the last of each size and database."""

import os
import platform
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import django
from django.db import connection
from django.utils import timezone

from .. import ROOT
from .timing import Timing

DOCUMENT = ROOT / "docs" / "benchmarks.md"
VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COLUMNS = (
    *("question", "asked", "p50", "p95", "p95 of best", "processor p50", "p95"),
    *("p95 of best", "database p95", "queries"),
)

type Timings = dict[str, list[list[Timing]]]


def percentile(values: Iterable[float], percent: int) -> float:
    """Return the smallest value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1]


def row(name: str, by_address: list[list[Timing]]) -> tuple[str, ...]:
    """Return the cells of a class of questions."""
    every = [timing for timings in by_address for timing in timings]
    seconds = (
        *spread([[timing.whole for timing in timings] for timings in by_address]),
        *spread([[timing.work for timing in timings] for timings in by_address]),
        percentile([timing.database for timing in every], 95),
    )
    milliseconds = (f"{1000 * value:,.1f}" for value in seconds)
    asked = f"{len(by_address)} by {len(by_address[0])}"
    return name, asked, *milliseconds, span([timing.queries for timing in every])


def span(numbers: Collection[int]) -> str:
    """Return the smallest and the largest number, or the one that they all are."""
    return "-".join(map(str, dict.fromkeys((min(numbers), max(numbers)))))


def spread(by_address: list[list[float]]) -> tuple[float, float, float]:
    """Return the middle, the slow end, and the slow end of each address's best."""
    every = [value for values in by_address for value in values]
    return percentile(every, 50), percentile(every, 95), percentile(map(min, by_address), 95)


def table(timings: Timings) -> str:
    return markdown(COLUMNS, (row(name, by_address) for name, by_address in timings.items()))


def markdown(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table whose columns stand below each other."""
    rows = [columns, *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        f"| {' | '.join(_aligned(cells, widths))} |" for cells in [rows[0], ruler, *rows[1:]]
    )


def _aligned(cells: Iterable[str], widths: list[int]) -> Iterable[str]:
    first, *others = zip(cells, widths, strict=True)
    yield first[0].ljust(first[1])
    yield from (cell.rjust(width) for cell, width in others)


def heading(vendor: str, projects: int, measured: str = "") -> str:
    return f"## {measured}{projects:,} projects on {VENDORS[vendor]}"


def circumstances() -> str:
    """Return when, with what and on what was measured."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
        )
        version = cursor.fetchone()[0]
    return (
        f"{timezone.localdate():%-d %B %Y}, {os.cpu_count()} shared cores, "
        f"Python {platform.python_version()}, Django {django.__version__}, "
        f"{VENDORS[connection.vendor]} {version}."
    )


def publish(title: str, text: str, *, is_kept: bool, document: Path = DOCUMENT) -> None:
    """Print a section, and keep it in a document if that is wanted."""
    sys.stdout.write(f"{title}\n\n{text}\n")
    if is_kept:
        document.write_text(with_section(document.read_text(), title, text))


def with_section(document: str, title: str, text: str) -> str:
    """Return the document with this section in place of its former version, or at its end."""
    section = f"{title}\n\n{text}\n"
    former = re.compile(rf"^{re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if former.search(document):
        return former.sub(lambda _: f"{section}\n", document).rstrip() + "\n"
    return f"{document.rstrip()}\n\n{section}"
