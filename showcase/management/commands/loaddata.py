"""Django's loaddata, but all or nothing, in any order, and as strict as the admin."""

import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializedObject
from django.db import connections
from django.template.defaultfilters import pluralize

from showcase import catalogue
from showcase.importing.noting import note_loaded
from showcase.loading import check_whole, position, saving
from showcase.management.database import in_one_sentence, refuse_old_tables
from showcase.records import PARSERS, FixtureError, Record, read
from showcase.rows import Rows


class Command(loaddata.Command):
    help = (
        "Loads fixtures, all or none, and checks every record as the admin does. "
        "Without a fixture's name it loads the catalogue."
    )
    missing_args_message = ""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        # Django demands at least one label.
        labels = next(action for action in parser._actions if action.dest == "args")  # noqa: SLF001 (no public way)
        labels.nargs, labels.required = "*", False
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing if the catalogue has rows already.",
        )

    @cached_property
    def compression_formats(self):
        """Fixtures are for people to read: plain files only."""
        return {None: (open, "rb"), "stdin": (lambda *args: sys.stdin.buffer, None)}

    def handle(self, *labels, **options):
        if options["ignore"]:
            raise CommandError("--ignorenonexistent would lose what a fixture says; correct it.")
        self.is_for_empty = options["if_empty"]
        with in_one_sentence():
            refuse_old_tables(options["database"])
            try:
                super().handle(*labels, **options)
            except FixtureError as error:
                raise CommandError(str(error)) from error

    def loaddata(self, labels):
        """Do what Django's method does in its own transaction."""
        if self.is_for_empty and not catalogue.is_empty(self.using):
            self.say("The catalogue has rows already: nothing was loaded.")
            return
        self.serialization_formats = list(PARSERS)
        files = self.find(labels)
        # Everything is read before anything is written, so that the order of files is all one.
        records = [record for file in files for record in self.read(file)]
        self.save(sorted(records, key=position))
        self.say(f"Loaded {counted(records, 'record')} from {counted(files, 'file')}.")

    def say(self, sentence):
        if self.verbosity >= 1:
            self.stdout.write(sentence)

    def find(self, labels: tuple[str, ...]) -> list[str]:
        """Return the files that the labels name, each once."""
        if not labels:
            return [str(path) for path in sorted(catalogue.folder().glob("*.yaml"))]
        for label in labels:
            if Path(label).is_dir():
                raise CommandError(f"{label} is a folder; name the files in it, {label}/*.yaml.")
        found = [file for label in labels for file, _, _ in self.find_fixtures(label)]
        return list(dict.fromkeys(found))

    def read(self, file: str) -> list[Record]:
        _, form, compression = self.parse_name(Path(file).name)
        opened, mode = self.compression_formats[compression]
        name = "standard input" if file == loaddata.READ_STDIN else catalogue.shown(file)
        try:
            with opened(file, mode) as stream:
                content = stream.read()
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
        records = read(name, str(form), content)
        return [record for record in records if not self.is_excluded(record.model)]

    def is_excluded(self, model):
        return model in self.excluded_models or model._meta.app_config in self.excluded_apps

    def save(self, records: Iterable[Record]) -> None:
        self.models, self.objs_with_deferred_fields = set(), []
        rows = Rows(self.using)
        saved = []
        for record in records:
            row = rows.make(record)
            lists = row.m2m_data or {}
            self.save_row(record, row)
            saved.append((record, row.object, lists))
        for record, row in rows.finish():
            self.save_row(record, row)
        check_whole((record, row) for record, row, _ in saved)
        note_loaded(saved, self.using)
        self.reset_sequences(connections[self.using], self.models)

    def save_row(self, record: Record, row: DeserializedObject) -> None:
        with saving(record, row.object, self.using):
            self.save_obj(row)


def counted(things: list[Any], word: str) -> str:
    return f"{len(things)} {word}{pluralize(things)}"
