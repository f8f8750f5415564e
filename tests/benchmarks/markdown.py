"""Measures how long the worst texts in Markdown take that anybody may write.

python -m tests.benchmarks.markdown

Ends with 1 and names each text that takes longer than it may.
"""

import logging
import os
import sys
from argparse import ArgumentParser
from time import process_time
from typing import NamedTuple

import django

from .databases import ENVIRONMENT

MOST = 200.0
ROUNDS = 3
SHOWN = 25
TITLE = "## Markdown"


class Text(NamedTuple):
    """A text, and the milliseconds of work that it takes to check and to render."""

    name: str
    length: int
    checked: float
    rendered: float

    @property
    def whole(self) -> float:
        return self.checked + self.rendered

    def cells(self) -> tuple[str, ...]:
        numbers = (f"{value:,.1f}" for value in (self.checked, self.rendered, self.whole))
        return self.name, f"{self.length:,}", *numbers


def main(arguments: list[str]) -> int:
    parser = ArgumentParser(prog="python -m tests.benchmarks.markdown", description=__doc__)
    parser.add_argument("--save", action="store_true", help="keep the table in docs/benchmarks.md")
    options = parser.parse_args(arguments)
    os.environ |= ENVIRONMENT | {
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "showcase.settings",
    }
    django.setup()
    # What is refused would be told each time.
    logging.disable()
    from .report import circumstances, markdown, publish  # noqa: PLC0415 (needs the settings)

    measured = sorted(measure(), key=lambda text: text.whole, reverse=True)
    columns = ("text", "characters", "check ms", "render ms", "both ms")
    note = f"The {SHOWN} slowest of {len(measured)} texts; {MOST:.0f} ms is the most."
    table = markdown(columns, [text.cells() for text in measured[:SHOWN]])
    publish(TITLE, f"{circumstances()}\n\n{note}\n\n{table}", is_kept=options.save)
    return conclude(measured)


def measure() -> list[Text]:
    """Return what each text takes."""
    from tests.markdown.costly import everything, fences  # noqa: PLC0415 (needs the settings)

    code = fences()
    slowest = max(code, key=lambda name: rendering(code[name]))
    every = {slowest: code[slowest]} | everything(code[slowest])
    return [taken(name, text) for name, text in every.items()]


def taken(name: str, text: str) -> Text:
    # The quickest of several, as other programs run too.
    checks, renderings = zip(
        *((checking(text), rendering(text)) for _ in range(ROUNDS)), strict=True
    )
    return Text(name, len(text), 1000 * min(checks), 1000 * min(renderings))


def checking(text: str) -> float:
    """Return the seconds that it takes to tell whether a text may be saved."""
    from people.markdown_limits import find_costly_markup  # noqa: PLC0415 (needs the settings)

    start = process_time()
    find_costly_markup(text)
    return process_time() - start


def rendering(text: str) -> float:
    """Return the seconds that it takes to render a text that nobody has seen."""
    from django.core.cache import cache  # noqa: PLC0415 (needs the settings)

    from showcase.markdown import plain_text  # noqa: PLC0415 (needs the settings)

    cache.clear()
    start = process_time()
    plain_text(text, 160)
    return process_time() - start


def conclude(measured: list[Text]) -> int:
    """Name what takes too long; return the status to end with."""
    missed = [text for text in measured if text.whole > MOST]
    for text in missed:
        sys.stderr.write(f"Too slow: {text.name} takes {text.whole:,.1f} ms\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
