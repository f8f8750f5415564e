"""What a row says, field by field, as plain values: those of JSON, with natural keys for rows."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from people.fields import LastChangedField

from ..records import lists_of

type Statement = dict[str, Any]
# The natural key by which the files know a row, where it has another one by now.
type Names = Mapping[tuple[type[models.Model], int], tuple[Any, ...]]


def fields_of(model: type[models.Model]) -> list[Any]:
    """Return the fields that a row holds itself; the moment of its change is no part of it."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, LastChangedField)
    ]


def statement(
    row: models.Model, lists: Mapping[str, Iterable[Any]], names: Names | None = None
) -> Statement:
    """Return what a row says; `lists` has the rows of its many-to-many fields."""
    names = names or {}
    said = {field.name: _value(row, field, names) for field in fields_of(type(row))}
    return said | {name: sorted(_key(one, names) for one in rows) for name, rows in lists.items()}


def stored_lists(row: models.Model) -> dict[str, Iterable[Any]]:
    return {field.name: getattr(row, field.name).all() for field in lists_of(type(row))}


def key_text(key: Iterable[Any]) -> str:
    """Return a natural key as one text that can be looked up."""
    return json.dumps([plain(part) for part in key], ensure_ascii=False)


def plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
    return value


def _value(row: models.Model, field: Any, names: Names) -> Any:
    value = getattr(row, field.attname)
    if value is None or not field.is_relation:
        return plain(value)
    if key := names.get((field.related_model, value)):
        return [plain(part) for part in key]
    return _key(getattr(row, field.name), names)


def _key(row: Any, names: Names) -> list[Any]:
    return [plain(part) for part in names.get((type(row), row.pk)) or row.natural_key()]
