"""Fills an empty database with a made-up catalogue, for measurements."""

from argparse import ArgumentTypeError
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched, chain

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import DateField, Model, QuerySet

from projects.search import index
from projects.synthetic import NUMBERED, PROJECTS_MAX, SyntheticCatalogue

ENTRIES_AT_ONCE, OTHERS_AT_ONCE = 250, 5_000


def size(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= PROJECTS_MAX:
        return int(text)
    raise ArgumentTypeError(f"{text} is no number from 1 to {PROJECTS_MAX:,}")


class Command(BaseCommand):
    help = "Makes a synthetic catalogue in an empty database: the same one for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--projects", type=size, required=True, help="How many entries.")
        parser.add_argument("--seed", type=int, default=0, help="Another number, other entries.")

    def handle(self, *, projects, seed, verbosity, **options):
        refuse_rows()
        catalogue = SyntheticCatalogue(projects, seed)
        stream = self.stderr if verbosity > 0 else None
        progress = Progress(stream, projects, "entries")
        with moments_as_written():
            for rows in batched(catalogue.surroundings(), OTHERS_AT_ONCE):
                insert(rows)
            for entries in batched(catalogue.entries(), ENTRIES_AT_ONCE):
                insert(chain.from_iterable(entries))
                progress.add(len(entries))
        continue_numbers()
        progress = Progress(stream, index.size(), "search documents")
        for number in index.rebuild():
            progress.add(number)
        if verbosity > 0:
            self.stdout.write(f"Made a catalogue of {projects:,} entries.")


def refuse_rows() -> None:
    """The entries bring their numbers along, and real ones must not drown among made-up ones."""
    for model in NUMBERED:
        if model._default_manager.exists():
            raise CommandError(
                f"The catalogue has {model._meta.verbose_name_plural} already; "
                "a synthetic one is only made in an empty database."
            )


@contextmanager
def moments_as_written() -> Iterator[None]:
    """Let rows keep their own moment of change, where `auto_now` would set the present one."""
    fields = [
        field
        for model in NUMBERED
        for field in model._meta.concrete_fields
        if isinstance(field, DateField) and field.auto_now
    ]
    for field in fields:
        field.auto_now = False
    try:
        yield
    finally:
        for field in fields:
            field.auto_now = True


def insert(rows: Iterable[Model]) -> None:
    """Save rows by model, the models in the order of their first rows."""
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    # A transaction for each call: neither side has to remember more than these rows.
    with transaction.atomic():
        for model, same in by_model.items():
            # In silence: the index is made at the end, of everything at once.
            QuerySet[Model](model).bulk_create(same)


def continue_numbers() -> None:
    """Let the database number the next rows after those that brought their numbers along."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), NUMBERED):
            cursor.execute(statement)


class Progress:
    """A bar on a terminal; elsewhere a line now and then."""

    WIDTH = 40
    STEPS = 20

    def __init__(self, stream: OutputWrapper | None, total: int, what: str):
        self.stream, self.total, self.what = stream, total, what
        self.done = 0

    def add(self, number: int) -> None:
        before, self.done = self.done, self.done + number
        if self.stream is None:
            return
        told = f"{self.done:,} of {self.total:,} {self.what}"
        if self.stream.isatty():
            end = "\n" if self.done == self.total else ""
            self.stream.write(f"\r{self._bar()} {told}", style_func=str, ending=end)
        elif before * self.STEPS // self.total < self.done * self.STEPS // self.total:
            self.stream.write(told, style_func=str)
        self.stream.flush()

    def _bar(self) -> str:
        filled = self.WIDTH * self.done // self.total
        return f"{'#' * filled}{'.' * (self.WIDTH - filled)}"
