"""Proposes what files no longer have. Nothing is ever taken away by an import."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from projects.models import Project

from ..records import find_model
from .merging import Import
from .models import ImportedRow
from .report import Difference, Removal
from .statements import key_text, statement, stored_lists

PROJECT = Project._meta.label_lower
WITHDRAWAL, REMOVAL = "withdrawal", "removal"


def propose(done: Import) -> None:
    """Propose what an earlier import from the same files had, and nobody has changed since."""
    gone = list(gone_rows(done))
    left = {base.key for base in gone if base.model == PROJECT}
    left |= set(ImportedRow.objects.filter(model=PROJECT, origin="").values_list("key", flat=True))
    proposed = []
    for base in gone:
        row = done.rows.numbered(find_model(base.model), base.row_id)
        if row and (proposal := proposal_for(done, base, row, left)):
            done.report.removals.append(Removal(str(base), proposal))
            proposed.append(base.pk)
    ImportedRow.objects.filter(pk__in=proposed, gone_at=None).update(gone_at=timezone.now())


def gone_rows(done: Import) -> Iterator[ImportedRow]:
    origins = {reading.origin for reading in done.readings if reading.is_list}
    stated = {
        (match.record.model._meta.label_lower, key_text(match.key))
        for match in done.matches.values()
    }
    for base in ImportedRow.objects.filter(origin__in=origins):
        if (base.model, base.key) not in stated:
            yield base


def proposal_for(done: Import, base: ImportedRow, row: Any, left: set[str]) -> str | None:
    if isinstance(row, Project):
        return None if row.state == Project.State.WITHDRAWN else WITHDRAWAL
    if any(key_text(base.fields.get(name) or []) in left for name in ("project", "content_object")):
        return None  # It goes or stays with its project.
    said = statement(row, stored_lists(row), done.rows.names)
    changed = [name for name, value in base.fields.items() if said.get(name) != value]
    done.report.kept += [
        Difference(str(base), name, base.fields[name], said.get(name), None) for name in changed
    ]
    return None if changed else REMOVAL
