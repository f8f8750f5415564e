"""What belongs together, and how it is written down."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.core import serializers
from django.db import models

from ..fields import LastChangedField
from ..natural_keys import NaturalKeyModel

type Fields = Mapping[str, Any]


class Key(NamedTuple):
    """Which row: the label of its model and its number."""

    model: str
    number: int

    @property
    def model_class(self) -> type[Any]:
        return apps.get_model(self.model)


@dataclass(frozen=True)
class Document:
    """A thing and the rows that belong to it, by key; the thing itself is the first."""

    rows: Mapping[Key, Fields] = field(default_factory=dict)

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, Any]]) -> Self:
        """Make a document of rows as Django serialises them to JSON."""
        return cls({Key(row["model"], int(row["pk"])): row["fields"] for row in records})

    def records(self) -> list[dict[str, Any]]:
        """Return it as Django serialises rows, to be kept as JSON."""
        return [
            {"model": key.model, "pk": key.number, "fields": dict(fields)}
            for key, fields in self.rows.items()
        ]

    def numbered(self, numbers: Mapping[Key, int]) -> Self:
        """Return the document with other numbers for some rows, also where rows belong to them."""
        return type(self)(
            {
                key._replace(number=numbers.get(key, key.number)): self._pointing(key, numbers)
                for key in self.rows
            }
        )

    def with_new_rows_below_zero(self, *known: "Document") -> Self:
        """Return the document with numbers below zero for rows that no other document knows."""
        numbers = {key for document in known for key in document.rows}
        lowest = min((key.number for key in {*numbers, *self.rows}), default=0)
        new = [key for key in self.rows if key not in numbers and key.number > 0]
        below = min(lowest, 0)
        return self.numbered({key: below - step for step, key in enumerate(new, start=1)})

    def _pointing(self, key, numbers):
        fields = dict(self.rows[key])
        for owner in owner_fields(key.model_class):
            target = Key(owner.related_model._meta.label_lower, fields[owner.name])
            fields[owner.name] = numbers.get(target, target.number)
        return fields

    @property
    def thing(self) -> Key:
        return next(iter(self.rows))

    @property
    def title(self) -> str:
        fields = self.rows[self.thing]
        return str(fields.get("name") or fields.get("title") or self.thing.number)


def document_of(thing: Any) -> Document:
    """Return the document of a thing as the database has it."""
    return _document(list(rows_of(thing)))


def documents_of(model: type[Any], numbers: Iterable[int]) -> dict[int, Document]:
    """Return the documents of many things of a kind, in a query for each kind of row."""
    return {thing.pk: _document(list(_read_rows(thing))) for thing in whole(model, numbers)}


def whole(model: type[Any], numbers: Iterable[int]) -> Any:
    """Return things of a kind with everything that belongs to them, read at once."""
    things = model._base_manager.filter(pk__in=list(numbers)).order_by("pk")
    return things.fetch_mode(models.FETCH_PEERS).prefetch_related(*_ways(model))


def _document(rows: list[Any]) -> Document:
    records = json.loads(serializers.serialize("json", rows))
    kept = [
        record | {"fields": {name: record["fields"][name] for name in kept_fields(type(row))}}
        for row, record in zip(rows, records, strict=True)
    ]
    return Document.from_records(kept)


def rows_of(thing: Any) -> Iterator[Any]:
    """Yield a thing and everything that belongs to it, parents first, in a fixed order."""
    yield thing
    for part in thing.document_parts:
        for row in getattr(thing, part).order_by("pk"):
            yield from rows_of(row)


def _read_rows(thing):
    """Yield what `rows_of` does, of a thing that was read as a whole."""
    yield thing
    for part in thing.document_parts:
        for row in sorted(getattr(thing, part).all(), key=attrgetter("pk")):
            yield from _read_rows(row)


def _ways(model):
    """Yield the ways from a thing to all that belongs to it, as prefetching takes them."""
    for part in model.document_parts:
        yield part
        for way in _ways(getattr(model, part).rel.related_model):
            yield f"{part}__{way}"


def kept_fields(model: type[models.Model]) -> list[str]:
    """Return the fields that a document keeps: what people write, not what is noted by itself."""
    own: list[Any] = model._meta.local_fields
    lists: list[Any] = model._meta.local_many_to_many
    lists = [field for field in lists if field.remote_field.through._meta.auto_created]
    return [
        field.name
        for field in [*own, *lists]
        if field.serialize and not field.primary_key and not isinstance(field, LastChangedField)
    ]


def is_thing(model: type[Any]) -> bool:
    """Tell whether rows of a model have documents of their own, rather than belong to another's."""
    return issubclass(model, NaturalKeyModel) and not any(True for _ in owner_fields(model))


def owner_fields(model: type[Any]) -> Iterator[models.ForeignKey]:
    """Yield the foreign keys by which a row belongs to what it points to."""
    for key in model._meta.concrete_fields:
        if isinstance(key, models.ForeignKey):
            parts = getattr(key.related_model, "document_parts", ())
            if key.remote_field.get_accessor_name() in parts:
                yield key


def things_of(row: Any) -> list[Any]:
    """Return the things in whose documents a row is: itself, or all that it belongs to."""
    if is_thing(type(row)):
        return [row]
    owners = [getattr(row, key.name) for key in owner_fields(type(row))]
    return [thing for owner in owners if owner is not None for thing in things_of(owner)]
