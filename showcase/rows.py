"""Makes rows of records: finds what natural keys name, and checks values as the admin does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.db import models
from django.utils import timezone

from people.fields import LastChangedField, PageSlugField

from . import catalogue
from .records import Record, lists_of, quoted

type Key = tuple[type[models.Model], tuple[Any, ...]]

# Which types a kind of field takes, and how to say so. Types are compared exactly: to Python,
# True is a number and a moment is a date.
EXPECTED: list[tuple[type[models.Field], set[type], str]] = [
    (models.BooleanField, {bool}, "true or false"),
    (models.IntegerField, {int}, "a whole number"),
    (models.DateTimeField, {datetime, str}, "a moment such as 2026-11-22 09:00:00+00:00"),
    (models.DateField, {date, str}, "a date such as 2026-11-22"),
    (models.CharField, {str}, "text"),
    (models.TextField, {str}, "text"),
]


class Rows:
    """The rows of one load, each made once."""

    def __init__(self, using: str):
        self.using = using
        self.known: dict[Key, models.Model] = {}
        self.records: dict[Key, Record] = {}
        self.unfinished: list[tuple[Record, models.Model, Any]] = []

    def make(self, record: Record) -> DeserializedObject:
        """Return the row of a record, ready to be saved. Raises FixtureError."""
        if record.model not in catalogue.MODELS:
            return self._made_by_django(record)
        row = record.model()
        # A list that is left out is empty, as any field that is left out has its default.
        lists: dict[str, Any] = {field.name: [] for field in lists_of(record.model)}
        for field in [record.field(name) for name in record.fields]:
            with blame(record, field.name):
                if field.many_to_many:
                    lists[field.name] = self._targets(field, record.fields[field.name])
                else:
                    self._set(record, row, field)
        self._recognise(record, row)
        return DeserializedObject(row, lists)

    def finish(self) -> Iterator[tuple[Record, DeserializedObject]]:
        """Yield once more the rows that point to rows of their own model, now that all exist."""
        for record, row, field in self.unfinished:
            with blame(record, field.name):
                setattr(row, field.name, self._target(field, record.fields[field.name]))
            yield record, DeserializedObject(row)

    def _set(self, record: Record, row: models.Model, field: Any) -> None:
        value = record.fields[field.name]
        if value is None or not field.is_relation:
            setattr(row, field.name, python_value(field, value))
        elif field.related_model is record.model:
            self.unfinished.append((record, row, field))
        else:
            setattr(row, field.name, self._target(field, value))

    def _targets(self, field: Any, keys: object) -> list[models.Model]:
        if not isinstance(keys, list):
            raise ValidationError(f"write a list of natural keys, each as {example(field)}")
        return [self._target(field, key) for key in keys]

    def _target(self, field: Any, key: object) -> models.Model:
        """Return the row that a natural key names."""
        model = field.related_model
        if not (isinstance(key, list) and len(key) == len(model.natural_key_lookups)):
            raise ValidationError(
                f"{quoted(key)} is no natural key of {model._meta.label_lower}; "
                f"write it as {example(field)}"
            )
        for part in key:
            python_value(models.CharField(), part)
        if row := self._find(model, tuple(key)):
            return row
        raise ValidationError(
            f"there is no {model._meta.label_lower} {quoted(', '.join(key))}; "
            "correct the key or add that record"
        )

    def _find(self, model: Any, key: tuple[Any, ...]) -> models.Model | None:
        if (model, key) not in self.known:
            manager = model._default_manager.db_manager(self.using)
            try:
                self.known[model, key] = manager.get_by_natural_key(*key)
            except ObjectDoesNotExist:
                return None
        return self.known[model, key]

    def _recognise(self, record: Record, row: Any) -> None:
        """Give a row the number that it has in the database already."""
        check_fields(record, row)
        with blame(record):
            key = (record.model, natural_key(row))
        if first := self.records.get(key):
            raise record.error(f"this row is stated already in {first.place()}; leave one of them")
        existing = self._find(*key)
        row.pk = existing.pk if existing else None
        note_last_change(row, existing)
        # Whether the rules about uniqueness leave this row itself out.
        row._state.adding = existing is None  # noqa: SLF001 (documented by Django)
        self.records[key], self.known[key] = record, row

    def _made_by_django(self, record: Record) -> DeserializedObject:
        for name in record.fields:
            record.field(name)
        row: DeserializedObject
        try:
            [row] = Deserializer([record.content | {"fields": record.fields}], using=self.using)
        except (DeserializationError, AttributeError) as error:
            # The latter comes from a natural key that needs a row which is not stated.
            raise record.error(str(error)) from error
        check_fields(record, row.object)
        return row


def example(field: Any) -> str:
    parts = field.related_model.natural_key_lookups
    return f"[{', '.join(parts).replace('__', "'s ")}]"


def natural_key(row: Any) -> tuple[Any, ...]:
    try:
        return tuple(row.natural_key())
    except AttributeError:
        # It points to nothing that could name it. The row's own rules know how to say that.
        row.validate_constraints()
        raise


# Values


def python_value(field: Any, value: object) -> Any:
    """Return what a field makes of a value in a fixture. Raises ValidationError."""
    if value is None:
        return None
    types, words = next(
        ((types, words) for kind, types, words in EXPECTED if isinstance(field, kind)),
        ({type(value)}, ""),
    )
    if type(value) not in types:
        hint = "; if it is meant as text, put it in quotes" if types == {str} else ""
        raise ValidationError(f"{quoted(value)} is not {words}{hint}")
    if isinstance(value, str):
        refuse_what_is_no_text(value)
    found = field.to_python(value)
    if isinstance(found, datetime):
        refuse_what_is_no_moment(found)
    return found


def refuse_what_is_no_text(value: str) -> None:
    """Refuse what a database cannot keep, or would only keep on SQLite."""
    if "\0" in value:
        raise ValidationError("the text contains a NUL character; take it out")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValidationError("the text contains half of a character (a surrogate); take it out")


def refuse_what_is_no_moment(value: datetime) -> None:
    if timezone.is_naive(value):
        raise ValidationError(f"{quoted(value)} lacks the time zone; add +00:00 for UTC")
    try:
        value.astimezone(UTC)
    except OverflowError as error:
        # PostgreSQL would take it, and nobody could read it any more.
        raise ValidationError(f"{quoted(value)} is outside the calendar") from error


def check_fields(record: Record, row: models.Model) -> None:
    """Check each value by itself, first of all whether it is there."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key or not is_lacking(field, value):
            continue
        if isinstance(field, LastChangedField) and field.name not in record.fields:
            continue
        if field.name in record.fields:
            way_out = "leave it out" if field.blank else f"it has to be {wanted(field)}"
            raise record.error(f"the value is empty; {way_out}", field.name)
        raise record.error(f"“{field.name}” is missing; it has to be {wanted(field)}")
    relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
    with blame(record):
        row.clean_fields(exclude=relations)


def note_last_change(row: models.Model, existing: models.Model | None) -> None:
    """Give a row whose record names no moment its present one, so that loading again is idle."""
    for field in row._meta.concrete_fields:
        if isinstance(field, LastChangedField) and getattr(row, field.name) is None:
            moment = getattr(existing, field.name) if existing else timezone.now()
            setattr(row, field.name, moment)


def is_lacking(field: Any, value: object) -> bool:
    # A slug that the admin makes from the name has to stand in a file: the page's address is it.
    may_be_empty = field.blank and not isinstance(field, PageSlugField)
    return (value is None and not field.null) or (value == "" and not may_be_empty)


def wanted(field: Any) -> str:
    """Return the words for what an editor has to write."""
    if field.choices:
        return f"one of {', '.join(str(value) for value, label in field.flatchoices)}"
    if field.related_model in catalogue.MODELS:
        return f"a natural key, {example(field)}"
    return next((words for kind, types, words in EXPECTED if isinstance(field, kind)), "a value")


# Wording


@contextmanager
def blame(record: Record, field: str | None = None) -> Iterator[None]:
    """Turn the first objection of a validator into the sentence that names the record."""
    try:
        yield
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            field, errors = next(iter(error.error_dict.items()))
            error = errors[0]
        name = None if field == NON_FIELD_ERRORS else field
        raise record.error(reason(record, name, error.error_list[0]), name) from error


def reason(record: Record, name: str | None, error: ValidationError) -> str:
    if name and error.code == "invalid_choice":
        field = record.model._meta.get_field(name)
        return f"{quoted(record.fields.get(name))} is no choice; it has to be {wanted(field)}"
    return " ".join(error.messages)
