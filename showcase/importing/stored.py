"""Finds the rows that records speak of, also those that have another key by now."""

import copy
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.base import DeserializedObject
from django.db import DEFAULT_DB_ALIAS, models

from ..records import Record, lists_of
from ..rows import Key, Rows, natural_key, python_value
from .models import ImportedRow
from .statements import key_text

# From so many records on it is cheaper to read a model's rows at once than one by one.
MANY = 50


class StoredRows(Rows):
    """The rows of one import, with what was imported of each before."""

    def __init__(self) -> None:
        super().__init__(DEFAULT_DB_ALIAS)
        # The rows as they are, and the keys by which the files call them.
        self.stored: dict[Key, models.Model] = {}
        self.names: dict[tuple[type[models.Model], int], tuple[Any, ...]] = {}
        # What an editor deleted, and what files go on to state.
        self.deleted: set[Key] = set()
        self._bases: dict[tuple[type[models.Model], str], ImportedRow | None] = {}
        self._by_key: dict[Key, models.Model] = {}
        self._by_number: dict[type[models.Model], dict[int, models.Model]] = {}

    def read_all(self, model: type[models.Model]) -> None:
        """Read what is stored and what was imported of a model, in a handful of queries."""
        lists = [field.name for field in lists_of(model)]
        found = model._default_manager.prefetch_related(*lists).fetch_mode(models.FETCH_PEERS)
        self._by_number[model] = {row.pk: row for row in found}
        for row in self._by_number[model].values():
            self._by_key[model, natural_key(row)] = row
        for base in ImportedRow.objects.filter(model=model._meta.label_lower):
            self._bases[model, base.key] = base

    def base(self, model: type[models.Model], key: tuple[Any, ...]) -> ImportedRow | None:
        """Return what was imported last of the row that files call so."""
        known = (model, key_text(key))
        if known not in self._bases and model not in self._by_number:
            found = ImportedRow.objects.filter(model=model._meta.label_lower, key=known[1])
            self._bases[known] = found.first()
        return self._bases.get(known)

    def value(self, field: Any, plain: Any) -> Any:
        """Return the value that a plain one stands for. Raises ValidationError."""
        if field.many_to_many:
            return self._targets(field, plain)
        if plain is None or not field.is_relation:
            return python_value(field, plain)
        return self._target(field, plain)

    def leave_deleted(self, key: Key) -> None:
        self.deleted.add(key)
        del self.known[key]

    def hangs_on_deleted(self, record: Record) -> bool:
        """Tell whether a record cannot be there without something that an editor deleted."""
        fields = [record.field(name) for name in record.fields]
        return any(
            self._is_deleted(field, record.fields[field.name])
            for field in fields
            if field.many_to_one and field.related_model is not record.model
        )

    def finish(self) -> Iterator[tuple[Record, DeserializedObject]]:
        self.unfinished = [
            (record, row, field)
            for record, row, field in self.unfinished
            if not self._is_deleted(field, record.fields[field.name])
        ]
        return super().finish()

    def numbered(self, model: Any, number: int) -> models.Model | None:
        if model in self._by_number:
            return self._by_number[model].get(number)
        return model._default_manager.filter(pk=number).first()  # type: ignore[no-any-return] # any model

    def _targets(self, field: Any, keys: object) -> list[models.Model]:
        if isinstance(keys, list):
            keys = [key for key in keys if not self._is_deleted(field, key)]
        return super()._targets(field, keys)

    def _is_deleted(self, field: Any, key: object) -> bool:
        if not (self.deleted and isinstance(key, list)):
            return False
        # What is no natural key at all is refused in its turn.
        return all(isinstance(part, str) for part in key) and (
            (field.related_model, tuple(key)) in self.deleted
        )

    def _find(self, model: Any, key: tuple[Any, ...]) -> models.Model | None:
        if (model, key) not in self.known:
            base = self.base(model, key)
            row = base and self.numbered(model, base.row_id)
            row = row or self._called(model, key)
            if not row:
                return None
            self.stored[model, key], self.names[model, row.pk] = row, key
            self.known[model, key] = as_called(row, key)
        return self.known[model, key]

    def _called(self, model: Any, key: tuple[Any, ...]) -> models.Model | None:
        if model in self._by_number:
            return self._by_key.get((model, key))
        try:
            row: models.Model = model._default_manager.get_by_natural_key(*key)
        except ObjectDoesNotExist:
            return None
        return row


def as_called(row: Any, key: tuple[Any, ...]) -> models.Model:
    """Return a row under the name that the files have for it, which begins other rows' keys."""
    if hasattr(row, "slug") and (row.slug,) != key:
        row = copy.copy(row)
        [row.slug] = key
    called: models.Model = row
    return called
