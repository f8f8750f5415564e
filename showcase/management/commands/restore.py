"""Brings a backup of the whole site back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from showcase.backup.restoring import lacks_migrations, mended_search, restore
from showcase.management.database import in_one_sentence


class Command(BaseCommand):
    help = (
        "Verifies a backup, then puts it in place of what is in the database, all or nothing. "
        "Restore only files that you trust as you trust the database."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Lose what is in the database; without this only an empty one is written.",
        )
        parser.add_argument("--check", action="store_true", help="Verify the file and stop.")

    def handle(self, *, file, overwrite, check, verbosity, **options):
        try:
            with in_one_sentence():
                manifest = restore(file, may_overwrite=overwrite, is_check=check)
                sentences = [] if check else self.settled()
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {error.strerror}.") from error
        number = f"{sum(manifest.rows.values()):,} rows of {manifest.made_at}"
        if verbosity:
            self.stdout.write(f"{'Verified' if check else 'Restored'} {number}.")
            for sentence in sentences:
                self.stdout.write(sentence)

    def settled(self) -> list[str]:
        """Do what is left to do when the rows are there; return what is to be said of it."""
        if lacks_migrations():
            return ["They are of an older release: run “manage.py migrate” now."]
        return ["The search did not fit them and was made anew."] if mended_search() else []
