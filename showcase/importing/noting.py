"""Writes down what was imported, so that the next import knows what it began with."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone

from .. import catalogue
from ..exchange.reading import FIXTURE, origin_of
from ..records import Record
from ..rows import Key
from .merging import Match
from .models import ImportConflict, ImportedRow
from .statements import Statement, key_text, statement

AT_ONCE = 1_000


def note_merged(matches: Iterable[Match], deleted: Collection[Key]) -> None:
    """Note what the files of a merge say, whatever the catalogue says by now."""
    rows = []
    for match in matches:
        if (match.record.model, match.key) in deleted or (match.is_by_the_way and match.stored):
            continue
        # What is mentioned by the way does not go when it is no longer mentioned.
        origin = "" if match.is_by_the_way else match.reading.origin
        rows.append(imported_row(match.row, match.key, match.theirs, origin))
    note(rows, DEFAULT_DB_ALIAS)


def note_conflicts(matches: Iterable[Match]) -> None:
    """List what is to be decided, and take from the list what agrees by now."""
    by_row = {label_and_key(match): match for match in matches}
    for conflict in ImportConflict.objects.select_related("row"):
        match = by_row.get((conflict.row.model, conflict.row.key))
        if match and conflict.field not in [*match.merge.kept, *match.merge.conflicts]:
            conflict.delete()
    for match in by_row.values():
        if match.merge.conflicts:
            note_conflicts_of(match)


def note_conflicts_of(match: Match) -> None:
    model, key = label_and_key(match)
    row = ImportedRow.objects.get(model=model, key=key)
    for name, (base, ours, theirs) in match.merge.conflicts.items():
        values = {"base": base, "stored": ours, "new": theirs, "found_at": timezone.now()}
        row.conflicts.update_or_create(field=name, defaults=values)


def label_and_key(match: Match) -> tuple[str, str]:
    return match.record.model._meta.label_lower, key_text(match.key)


def note_loaded(loaded: Iterable[tuple[Record, Any, Mapping[str, Any]]], using: str) -> None:
    """Note what `loaddata` has made of the stored rows: exactly what the files say."""
    rows = [
        imported_row(row, row.natural_key(), statement(row, lists), origin_of(FIXTURE, record.file))
        for record, row, lists in loaded
        if record.model in catalogue.MODELS
    ]
    note(rows, using)
    # Nothing of these rows differs from the files any more.
    loaded_rows = {(row.model, row.key) for row in rows}
    conflicts = ImportConflict.objects.using(using).select_related("row")
    settled = [one.pk for one in conflicts if (one.row.model, one.row.key) in loaded_rows]
    conflicts.filter(pk__in=settled).delete()


def imported_row(
    row: models.Model, key: Iterable[Any], fields: Statement, origin: str
) -> ImportedRow:
    return ImportedRow(
        model=row._meta.label_lower,
        key=key_text(key),
        row_id=row.pk,
        fields=fields,
        origin=origin,
        imported_at=timezone.now(),
    )


def note(rows: list[ImportedRow], using: str) -> None:
    ImportedRow.objects.using(using).bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["model", "key"],
        update_fields=["row_id", "fields", "origin", "imported_at", "gone_at"],
    )
