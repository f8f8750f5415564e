"""Makes a backup of the whole site."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from showcase import catalogue
from showcase.backup.making import make, thin_out
from showcase.management.database import in_one_sentence


def positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(f"{text!r} is no number of backups; write 1 or more.")
    return int(text)


class Command(BaseCommand):
    help = (
        "Copies the whole database into one file, while visitors and editors go on. "
        "The file holds everything, also accounts: keep it as safe as the database."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--output",
            type=Path,
            default=settings.VAR_DIR / "backups",
            metavar="DIR",
            help="where the file is put (default: var/backups)",
        )
        parser.add_argument(
            "--keep",
            type=positive,
            metavar="N",
            help="Remove older backups of the same kind there, all but the newest N.",
        )
        parser.add_argument(
            "--portable",
            action="store_true",
            help="Write rows, which SQLite and PostgreSQL both take, not the engine's own copy.",
        )

    def handle(self, *, output, keep, portable, verbosity, **options):
        removed = []
        try:
            with in_one_sentence():
                made = make(output, is_portable=portable)
            if keep:
                removed = thin_out(made, keep)
        except OSError as error:
            raise CommandError(f"{error.filename or output}: {error.strerror}.") from error
        if verbosity:
            self.stdout.write(f"Wrote {catalogue.shown(made)}.")
            for path in removed:
                self.stdout.write(f"Removed {catalogue.shown(path)}.")
