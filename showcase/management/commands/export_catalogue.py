"""Writes the catalogue into its fixtures, the same rows always as the same bytes."""

from collections.abc import Collection
from pathlib import Path

from django.core import serializers
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, models, transaction

from showcase import catalogue
from showcase.exchange.columns import COLUMNS
from showcase.exchange.writing import as_csv
from showcase.management.database import in_one_sentence, refuse_old_tables


class Command(BaseCommand):
    help = (
        "Writes the catalogue as fixtures, one file for each model that has rows; "
        "or its projects and people as tables."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--output",
            type=Path,
            default=catalogue.folder(),
            metavar="DIR",
            help="where the files lie (default: fixtures)",
        )
        parser.add_argument(
            "--format",
            dest="form",
            choices=("yaml", "csv"),
            default="yaml",
            help="csv: two tables, project.csv and person.csv, without what hangs on the rows",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing, and exit with status 1 if a file differs from the database.",
        )

    def handle(self, *args: str, output: Path, check: bool, form: str, **options: object) -> None:
        with in_one_sentence(), transaction.atomic():
            refuse_old_tables(DEFAULT_DB_ALIAS)
            if catalogue.is_empty():
                raise CommandError("The catalogue has no rows; run “manage.py loaddata” first.")
            files = tables() if form == "csv" else fixtures()
            contents = {output / name: content for name, content in files.items()}
        try:
            changes = {path: new for path, new in contents.items() if new != current(path)}
            if check:
                refuse(changes)
            for path, content in changes.items():
                self.stdout.write(write(path, content))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        if not changes:
            self.stdout.write("The files say what the database says.")


def fixtures() -> dict[str, bytes]:
    return {catalogue.file_name(model): dump(model) for model in catalogue.MODELS}


def tables() -> dict[str, bytes]:
    return {catalogue.file_name(model, "csv"): as_csv(model.objects.all()) for model in COLUMNS}


def dump(model: type[models.Model]) -> bytes:
    """Return a model's fixture; nothing for a model without rows."""
    rows = catalogue.rows(model)
    if not rows:
        return b""
    text: str = serializers.serialize(
        "yaml", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    return text.encode()


def current(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def refuse(changes: Collection[Path]) -> None:
    if changes:
        names = ", ".join(catalogue.shown(path) for path in changes)
        raise CommandError(
            f"These files differ from the database: {names}; run “manage.py export_catalogue”."
        )


def write(path: Path, content: bytes) -> str:
    """Put the content in place at once, and return what was done."""
    if not content:
        path.unlink()
        return f"Removed {catalogue.shown(path)}: there are no rows for it."
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return f"Wrote {catalogue.shown(path)}."
