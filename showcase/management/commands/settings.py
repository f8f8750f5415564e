from collections.abc import Iterator

from django.core.management.base import BaseCommand

from showcase.settings import variables
from showcase.variables import Variable


class Command(BaseCommand):
    help = "Tells which settings there are, what each is for, and where it is set; never its value."

    def add_arguments(self, parser):
        parser.add_argument(
            "--markdown", action="store_true", help="print the table of docs/configure.md"
        )

    def handle(self, *, markdown, **options):
        for line in table() if markdown else places():
            self.stdout.write(line)


def table() -> Iterator[str]:
    """Yield the lines of a table in Markdown of all that can be set."""
    yield "| variable | says | default | |"
    yield "|---|---|---|---|"
    yield from map(row, variables.known.values())


def row(variable: Variable) -> str:
    cells = (f"`{variable.name}`", variable.kind, variable.default or "none", variable.about)
    return f"| {' | '.join(cells)} |"


def places() -> Iterator[str]:
    """Yield for each setting where it is set, and what is set for nothing."""
    for name in variables.known:
        yield f"{name}: {variables.place_of(name) or 'not set'}"
    for name in variables.unknown():
        yield f"{name}: in {variables.place_of(name)}, read by nothing here"
