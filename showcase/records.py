"""Records: what a fixture states about one row, where it stands, and what is wrong with it.

Everything here happens without the database; `showcase.rows` makes rows of the records.
"""

import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from . import catalogue, yaml
from .yaml import MalformedError

TOO_DEEP = "lists and mappings are nested too deeply"


class FixtureError(Exception):
    """One sentence that names the place in a fixture, the reason and the way out."""

    def __init__(self, place: str, reason: str):
        super().__init__(f"{one_line(f'{place}: {reason}').rstrip('.')}.")


class Record:
    """One entry of a fixture's list: a model and its fields.

    With `if_missing`, it is what becomes of a row that is not there yet, and says nothing about
    one that is.
    """

    def __init__(
        self, file: str, number: int, content: dict[str, Any], *, if_missing: bool = False
    ):
        self.file, self.number, self.content = file, number, content
        self.if_missing = if_missing
        self.model = self._model()
        self.fields = self._fields()
        self._refuse_other_keys()

    def error(self, reason: str, field: str | None = None) -> FixtureError:
        """Return the error that names this record and, where one is to blame, its field."""
        place = self.place(field)
        if model := find_model(self.content.get("model")):
            name = " ".join([model._meta.label_lower, *identity(model, self.content.get("fields"))])
            place += f" ({name})"
        return FixtureError(f"{place}, field {quoted(field)}" if field else place, reason)

    def place(self, field: str | None = None) -> str:
        line = self._line(field)
        return f"{self.file}, {f'line {line}, ' if line else ''}record {self.number}"

    def field(self, name: str) -> Any:
        """Return the model's field of that name, if a fixture may state it."""
        names = fields_of(self.model)
        if name in names:
            return self.model._meta.get_field(name)
        if other := elsewhere(self.model, name):
            raise self.error(f"state this in records of {other._meta.label_lower} instead", name)
        raise self.error(f"there is no such field{instead(name, names)}", name)

    def _line(self, field: str | None) -> int | None:
        fields = self.content.get("fields")
        if field and isinstance(fields, yaml.Mapping) and field in fields.lines:
            return fields.lines[field]
        return getattr(self.content, "line", None)

    def _model(self) -> type[models.Model]:
        label = self.content.get("model")
        if label is None:
            raise self.error("the model is missing; write for example “model: projects.project”")
        if model := find_model(label):
            return model
        labels = [model._meta.label_lower for model in catalogue.MODELS]
        raise self.error(f"there is no model {quoted(label)}{instead(str(label).lower(), labels)}")

    def _fields(self) -> dict[str, Any]:
        if "fields" not in self.content:
            raise self.error("the fields are missing; write them below “fields:”, one to a line")
        fields = self.content["fields"]
        if not isinstance(fields, dict):
            raise self.error(
                "after “fields:” stands no mapping; write “name: value” below it, one to a line, "
                "further to the right"
            )
        return fields

    def _refuse_other_keys(self) -> None:
        if "pk" in self.content and self.model in catalogue.MODELS:
            raise self.error(
                "leave out “pk”: rows of the catalogue are known by their natural key, "
                "such as the slug, and the database numbers them"
            )
        for key in self.content:
            if key not in {"model", "fields", "pk"}:
                raise self.error(
                    f"{quoted(key)} is no part of a record, which has “model” and “fields” only; "
                    "if it is a field, it belongs further to the right"
                )


def find_model(label: object) -> type[models.Model] | None:
    try:
        return apps.get_model(label) if isinstance(label, str) else None
    except (LookupError, ValueError):
        return None


def fields_of(model: type[models.Model]) -> list[str]:
    """Return the fields that a row holds itself; what points to it is stated in other records."""
    columns: Iterable[Any] = model._meta.concrete_fields
    own = [field.name for field in columns if field.serialize and not field.primary_key]
    return own + [field.name for field in lists_of(model)]


def lists_of(model: type[models.Model]) -> list[Any]:
    """Return the many-to-many fields whose rows between the two have no record of their own."""
    fields: list[Any] = model._meta.local_many_to_many
    return [field for field in fields if field.remote_field.through._meta.auto_created]


def elsewhere(model: type[models.Model], name: str) -> Any:
    """Return the model whose rows hold what a person may look for under this name."""
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.many_to_many:
        return getattr(field, "through", None) or field.remote_field.through
    return field.related_model if field.one_to_many else None


def identity(model: type[models.Model], fields: object) -> list[str]:
    """Return the natural key as far as the fields tell it: the slug, or what it consists of."""
    if not isinstance(fields, dict):
        return []
    if isinstance(slug := fields.get("slug"), str):
        return [quoted(slug)]
    parts: list[object] = []
    for field in model._meta.concrete_fields:
        value = fields.get(field.name)
        if field.is_relation and isinstance(value, list):
            parts += value
        elif field.name in getattr(model, "natural_key_lookups", ()) and value is not None:
            parts.append(value)
    return [quoted(", ".join(map(as_written, parts)))] if parts else []


# Reading


def read(file: str, form: str, content: bytes) -> list[Record]:
    """Return the records of one fixture. Raises FixtureError."""
    with located(file):
        entries = PARSERS[form](decoded(content))
    return records_of(file, entries)


def records_of(file: str, entries: Any) -> list[Record]:
    if not isinstance(entries, list):
        raise FixtureError(file, "a fixture is a list of records; each begins with “- model:”")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise FixtureError(
                f"{file}, record {number}",
                f"{quoted(entry)} is no record; each begins with “- model:” and has “fields:”",
            )
    return [Record(file, number, entry) for number, entry in enumerate(entries, start=1)]


@contextmanager
def located(file: str) -> Iterator[None]:
    """Turn what cannot be read into the sentence that names the file and the place in it."""
    try:
        yield
    except MalformedError as error:
        place = f"{file}, line {error.line}" if error.line else file
        place += f", column {error.column}" if error.column else ""
        raise FixtureError(place, str(error)) from error


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise MalformedError("the text is encoded as UTF-16; save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedError("the text is not encoded as UTF-8; save it as UTF-8", line) from error


def parse_json(text: str) -> Any:
    try:
        value = json.loads(text, object_pairs_hook=without_repetition)
    except json.JSONDecodeError as error:
        raise MalformedError(f"this is no JSON ({error.msg})", error.lineno, error.colno) from error
    except ValueError as error:
        raise MalformedError("a number has too many digits") from error
    except RecursionError as error:
        raise MalformedError(TOO_DEEP) from error
    refuse_depth(value)
    return value


def refuse_depth(value: Any) -> None:
    """Refuse what nobody writes by hand, and what no sentence could quote."""
    level, depth = [value], 0
    while level := [inner for outer in level for inner in contents(outer)]:
        depth += 1
        if depth > yaml.MAX_DEPTH_ELSEWHERE:
            raise MalformedError(TOO_DEEP)


def contents(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
    return ()


def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:
            raise MalformedError(f"{quoted(key)} stands twice in one mapping; leave one of them")
        mapping[key] = value
    return mapping


PARSERS: dict[str, Callable[[str], Any]] = {"yaml": yaml.load, "json": parse_json}


# Wording


def one_line(text: str) -> str:
    """Return text that a terminal can show: on one line, not too long, nothing unprintable."""
    printable = "".join(sign if sign.isprintable() else "�" for sign in " ".join(text.split()))
    return shortened(printable, 800)


def quoted(value: object) -> str:
    return f"“{shortened(as_written(value), 80)}”"


def as_written(value: object) -> str:
    """Return a value more or less as it stands in YAML."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(as_written, value))}]"
    return str(value)


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def instead(word: str, words: Iterable[str]) -> str:
    """Return the hint that follows after a word that does not exist."""
    known = list(words)
    found = difflib.get_close_matches(word, known, n=1)
    return f"; perhaps “{found[0]}” is meant" if found else f"; there are {', '.join(known)}"
