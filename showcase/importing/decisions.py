"""Settles what imports left to people: conflicts, and rows that files have no longer."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db.models import ProtectedError

from people.documents.document import is_thing, owner_fields
from people.documents.revisions import keep, revision
from projects.models import Project

from ..records import find_model, lists_of, one_line
from .models import ImportConflict, ImportedRow
from .statements import statement, stored_lists
from .stored import StoredRows


class DecisionError(Exception):
    """One sentence that says why nothing was decided."""


def take_new(conflicts: Iterable[ImportConflict], user: Any) -> None:
    """Write the new values, those of a row together. Raises DecisionError, and writes nothing."""
    ordered = sorted(conflicts, key=lambda conflict: conflict.row_id)
    with kept(user, "Took what an import brought.", [conflict.row for conflict in ordered]):
        for imported, found in groupby(ordered, key=lambda conflict: conflict.row):
            fields = list(found)
            with in_one_sentence(imported):
                _take(stored_row(imported), fields)
            keep_stored(fields)


def keep_stored(conflicts: Iterable[ImportConflict], user: Any = None) -> None:
    """Leave what is stored: to the next import it is what an editor wrote."""
    ImportConflict.objects.filter(pk__in=[conflict.pk for conflict in conflicts]).delete()


def withdraw_or_remove(imported: Collection[ImportedRow], user: Any) -> None:
    """Do what was proposed: withdraw projects, remove other rows. Raises DecisionError."""
    with kept(user, "Took away what an import has no longer.", imported):
        for one in imported:
            with in_one_sentence(one):
                row = stored_row(one)
                refuse_if_edited(row, one)
                _go(row)
            ImportedRow.objects.filter(pk=one.pk).update(gone_at=None)


def keep_rows(imported: Iterable[ImportedRow], user: Any = None) -> None:
    """Let rows stay for good: no file answers for them any more."""
    rows = ImportedRow.objects.filter(pk__in=[one.pk for one in imported])
    rows.update(origin="", gone_at=None)


@contextmanager
def kept(user: Any, words: str, imported: Iterable[ImportedRow]) -> Iterator[None]:
    """Keep what is decided as one act, which can be taken back, of the things that it is about."""
    things = {thing for one in imported for thing in things_of(one)}
    with revision(user, words, *things):
        yield
        keep(*(thing for thing in things if type(thing).objects.filter(pk=thing.pk).exists()))


def things_of(imported: ImportedRow) -> list[Any]:
    """Return a row itself, or what it belongs to."""
    model: Any = find_model(imported.model)
    row = model.objects.filter(pk=imported.row_id).first()
    if row is None or is_thing(model):
        return [row] if row else []
    owners = [getattr(row, field.name) for field in owner_fields(model)]
    return [owner for owner in owners if owner]


def stored_row(imported: ImportedRow) -> Any:
    """Return the row, which nobody else writes until the transaction is over."""
    model: Any = find_model(imported.model)
    return model.objects.select_for_update(of=("self",)).get(pk=imported.row_id)


@contextmanager
def in_one_sentence(imported: ImportedRow) -> Iterator[None]:
    try:
        yield
    except ObjectDoesNotExist as error:
        raise DecisionError(f"{imported} is not there any more; keep what is stored.") from error
    except ProtectedError as error:
        raise DecisionError(f"{imported} is still in use; change what refers to it.") from error
    except ValidationError as error:
        raise DecisionError(one_line(f"{imported}: {reason(error)}")) from error


def reason(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        " ".join(messages) if name == NON_FIELD_ERRORS else f"{name}: {' '.join(messages)}"
        for name, messages in error.message_dict.items()
    )


def _take(row: Any, conflicts: list[ImportConflict]) -> None:
    rows = StoredRows()
    refuse_if_changed(row, conflicts)
    lists = {field.name for field in lists_of(type(row))}
    values = {one.field: rows.value(row._meta.get_field(one.field), one.new) for one in conflicts}
    for name in values.keys() - lists:
        setattr(row, name, values[name])
    row.full_clean()
    row.save()
    for name in values.keys() & lists:
        getattr(row, name).set(values[name])
    row.clean_whole()


def refuse_if_changed(row: Any, conflicts: list[ImportConflict]) -> None:
    """Overwrite nothing that the one who decides has not seen."""
    said = statement(row, stored_lists(row))
    for one in conflicts:
        if said[one.field] != one.stored:
            raise ValidationError(
                f"“{one.field}” has been changed since the import. Edit the row itself, "
                "or keep what is stored."
            )


def refuse_if_edited(row: Any, imported: ImportedRow) -> None:
    """Remove nothing that somebody wrote; a project is only withdrawn, and keeps its words."""
    if isinstance(row, Project):
        return
    said = statement(row, stored_lists(row))
    if any(said.get(name) != value for name, value in imported.fields.items()):
        raise ValidationError("It has been changed since the import. Keep it, or delete it itself.")


def _go(row: Any) -> None:
    if not isinstance(row, Project):
        row.delete()
        return
    row.state = Project.State.WITHDRAWN
    row.full_clean()
    row.save()
