"""Imports files into the catalogue without overwriting what editors wrote."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from showcase import catalogue
from showcase.exchange.reading import Reading, read, refuse_size
from showcase.importing.report import Report
from showcase.importing.running import run
from showcase.management.database import in_one_sentence, refuse_old_tables
from showcase.management.progress import progress
from showcase.records import FixtureError


class Command(BaseCommand):
    help = (
        "Imports files, all or none. What editors changed since the last import is kept; what both "
        "sides changed is listed in the admin, to be decided. Nothing is deleted. "
        "Without a file's name it imports the catalogue's own fixtures."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Write nothing, and report what would happen.",
        )
        parser.add_argument(
            "--report",
            metavar="FILE",
            help="Write the report as JSON, to standard output if the file is “-”.",
        )
        parser.add_argument(
            "--as-stated",
            action="store_true",
            help="Let new projects have the state that the files state; otherwise they are drafts.",
        )

    def handle(self, *, files, dry_run, report, as_stated, verbosity, **options):
        with in_one_sentence():
            refuse_old_tables("default")
            try:
                done = run(
                    [reading(path) for path in files or sorted(catalogue.folder().glob("*.yaml"))],
                    as_stated=as_stated,
                    is_dry=dry_run,
                    watch=progress(sys.stderr, "records") if verbosity else iter,
                    judge=lambda done: self.write(done, report),
                )
            except FixtureError as error:
                raise CommandError(str(error)) from error
        if report != "-" and verbosity:
            for line in done.lines():
                self.stdout.write(line)
            self.stdout.write("Nothing was written." if dry_run else "Imported.")

    def write(self, report: Report, name: str | None) -> None:
        """Write the report for programs, before anything is settled."""
        if not name:
            return
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        if name == "-":
            self.stdout.write(text)
            return
        try:
            Path(name).write_text(f"{text}\n")
        except OSError as error:
            raise CommandError(f"{name} cannot be written: {error.strerror}.") from error


def reading(path: Path) -> Reading:
    name = catalogue.shown(path)
    try:
        refuse_size(name, path.stat().st_size)
        return read(name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
