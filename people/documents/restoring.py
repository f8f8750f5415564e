"""Makes rows of a document: those that are there change, come back or go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from ..changes import is_rehearsal
from .differences import title_of
from .document import Document, Fields, Key, document_of, kept_fields


@transaction.atomic
def restore(
    document: Document, stored: Document | None = None, *, left_out: list[str] | None = None
) -> Any:
    """Make the database say what a document says; return the thing.

    Who has just read what is stored hands it over, so that it is not read again.

    A row that the database does not have keeps its number; numbers are never given twice. Rows that
    have not been saved yet have numbers below zero; they get their own, except in a rehearsal,
    where forms have to find them again.

    Raises ValidationError, which names the row, if its rules forbid it. With a list to be told what
    was left out, that holds for the thing alone: what hangs on it has to give way.
    """
    return _Restoring(document, stored, left_out).thing()


class _Restoring:
    def __init__(self, document, stored, left_out):
        self.document = document
        self.left_out = left_out
        self.stored = self._stored() if stored is None else stored
        # By the numbers in the document.
        self.saved: dict[Key, Any] = {}

    def thing(self):
        for key in reversed(list(self.stored.rows)):
            if key not in self.document.rows:
                key.model_class._base_manager.filter(pk=key.number).delete()
        for key, fields in self.document.rows.items():
            if key == self.document.thing or self.stored.rows.get(key) != fields:
                self._save_or_leave_out(key, fields)
        thing = self.saved[self.document.thing]
        with blame(self.document.thing, self.document.rows[self.document.thing]):
            thing.clean_whole()
        return thing

    def _save_or_leave_out(self, key, fields):
        try:
            self.saved[key] = self._row(key, fields)
        except ValidationError as error:
            if self.left_out is None or key == self.document.thing:
                raise
            self.left_out += error.messages

    def _stored(self):
        key = self.document.thing
        thing = key.model_class._base_manager.filter(pk=key.number).first()
        return document_of(thing) if thing else Document()

    def _row(self, key, fields):
        model = key.model_class
        row = model._base_manager.filter(pk=key.number).first() or model(pk=key.number)
        if key in self.stored.rows and self.stored.rows[key] == fields:
            return row
        row._state.adding = row._state.db is None  # noqa: SLF001 (documented by Django)
        lists: dict[str, list[int]] = {}
        for name in kept_fields(model):
            if name in fields:
                self._set(row, model._meta.get_field(name), fields[name], lists)
        with blame(key, fields):
            row.full_clean(exclude={model._meta.pk.name})
        self._save(row)
        for name, numbers in lists.items():
            getattr(row, name).set(numbers)
        return row

    def _set(self, row, field, value, lists):
        if field.many_to_many:
            lists[field.name] = value
        elif field.is_relation:
            setattr(row, field.attname, self._number(field, value))
        else:
            setattr(row, field.name, field.to_python(value))

    def _number(self, field, value):
        """Return the number that a row has now: one from this document may have got its own."""
        if value is None:
            return None
        saved = self.saved.get(Key(field.related_model._meta.label_lower, value))
        return saved.pk if saved else value

    def _save(self, row):
        if row.pk is not None and row.pk < 0 and not is_rehearsal():
            row.pk = None
        row.save(force_insert=row._state.adding)  # noqa: SLF001


@contextmanager
def blame(key: Key, fields: Fields) -> Iterator[None]:
    """Name the row, and the field if one is to blame, in whatever its rules object to."""
    try:
        yield
    except ValidationError as error:
        model = key.model_class
        row = f"{model._meta.verbose_name.capitalize()} “{title_of(model, fields)}”"
        problems = getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages})
        raise ValidationError(
            [
                f"{row}{'' if name == NON_FIELD_ERRORS else f', {name}'}: {' '.join(messages)}"
                for name, messages in problems.items()
            ]
        ) from error
