"""The document of an entry, while it is being changed."""

from typing import Any

from people.documents.document import Document, Key, kept_fields


class Entry:
    def __init__(self, document: Document):
        self.key = document.thing
        self.rows = {key: dict(fields) for key, fields in document.rows.items()}

    @property
    def fields(self) -> dict[str, Any]:
        """The entry's own fields."""
        return self.rows[self.key]

    def find(self, model: type[Any], **values: Any) -> list[Key]:
        """Return which rows of a model have these values."""
        return [
            key
            for key, fields in self.rows.items()
            if key.model == model._meta.label_lower
            and all(fields[name] == value for name, value in values.items())
        ]

    def add(self, model: type[Any], **values: Any) -> None:
        """Add a row, which has no number yet: what is not saved counts down from zero."""
        defaults = {name: model._meta.get_field(name).get_default() for name in kept_fields(model)}
        lowest = min(0, *(key.number for key in self.rows))
        self.rows[Key(model._meta.label_lower, lowest - 1)] = defaults | values

    def remove(self, *keys: Key) -> None:
        for key in keys:
            del self.rows[key]

    def document(self) -> Document:
        return Document(self.rows)
