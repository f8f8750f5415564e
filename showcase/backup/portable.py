"""The rows of every table as lines of JSON, which either database takes: how a site moves.

Everything is in them, with its numbers: users, revisions, working copies and the documents of the
search too. What was signed, remembered or linked by number is right afterwards.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import batched
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection, models, transaction

from ..management.database import refuse_old_tables
from .manifest import Contents, Manifest
from .tables import applied, of_this_release, public_since, quoted, renewal

AT_ONCE = 1_000

# Kinds of columns whose values JSON does not have.
READERS: dict[str, Any] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "BinaryField": b64decode,
}
BEGINNINGS = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


def kept_models() -> dict[str, type[models.Model]]:
    """Return the model of each table but that of the migrations, by its name."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found if model._meta.managed}


def columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def copy(folder: Path) -> Contents:
    """Write every row of one moment. Nobody waits: not even SQLite locks the database for it."""
    refuse_old_tables(DEFAULT_DB_ALIAS)
    with _one_moment():
        rows, sequences = {}, {}
        for table, model in kept_models().items():
            with (folder / f"{table}.jsonl").open("x", encoding="utf-8") as stream:
                rows[table] = _write(model, stream)
            if (number := _last_number(model)) is not None:
                sequences[table] = number
        return Contents(applied(connection.connection), rows, sequences)


@contextmanager
def _one_moment() -> Iterator[None]:
    # Django's own transactions would let nobody else write: on SQLite they are there to write.
    with connection.cursor() as cursor:
        cursor.execute(BEGINNINGS[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write(model: type[models.Model], stream: IO[str]) -> int:
    names = [field.attname for field in columns(model)]
    stream.write(f"{json.dumps(names)}\n")
    number = 0
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=AT_ONCE):
        stream.write(f"{json.dumps(row, default=_as_text)}\n")
        number += 1
    return number


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"No backup knows how to write {type(value)}.")


def verify(folder: Path, manifest: Manifest) -> None:
    """Read every line, so that whatever is wrong is found before the database is touched."""
    known = kept_models()
    is_of_this_release = manifest.migrations == of_this_release()
    if not is_of_this_release or set(manifest.files) != {f"{table}.jsonl" for table in known}:
        raise CommandError(
            "The backup is of another release of the site, whose tables are not those of this "
            "one; restore it with that release, then install this one and run “manage.py migrate”."
        )
    for table, model in known.items():
        number = sum(1 for _ in _read(model, folder))
        if number != manifest.rows.get(table):
            raise CommandError(
                f"The backup's {table}.jsonl has {number} rows, and its manifest "
                "tells of another number; take another backup."
            )


def _read(model: type[models.Model], folder: Path) -> Iterator[list[Any]]:
    """Yield the rows of a table as values of its columns."""
    fields = columns(model)
    readers = [READERS.get(field.get_internal_type()) for field in fields]
    with (folder / f"{model._meta.db_table}.jsonl").open("rb") as stream:
        for number, line in enumerate(stream):
            try:
                values = json.loads(line)
                if type(values) is not list or len(values) != len(fields):
                    raise ValueError
                if number:
                    yield [
                        read(value) if read and value is not None else value
                        for read, value in zip(readers, values, strict=True)
                    ]
                elif values != [field.attname for field in fields]:
                    raise ValueError
            except (ValueError, TypeError, RecursionError) as error:
                raise CommandError(
                    f"The backup's {model._meta.db_table}.jsonl, line {number + 1}: this is no row "
                    "of that table; take another backup."
                ) from error


def put_back(folder: Path, manifest: Manifest) -> None:
    """Replace every row in one transaction; readers see the old ones until it is over.

    Foreign keys are looked at when it ends: the order of tables does not matter.
    """
    refuse_old_tables(DEFAULT_DB_ALIAS)
    known = kept_models()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Whoever wants to write waits; on SQLite this is so from the beginning.
            names = ", ".join(map(quoted, known))
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        since = public_since(connection.connection, known)
        for table in known:
            cursor.execute(f"DELETE FROM {quoted(table)}")  # noqa: S608 (a name of our own)
        for model in known.values():
            _insert(cursor, model, folder)
        for table, number in manifest.sequences.items():
            _go_on_after(cursor, known[table], number)
        cursor.execute(renewal(since))


def _insert(cursor: Any, model: type[models.Model], folder: Path) -> None:
    # By SQL, because what is derived from rows comes with them and need not be told of each.
    fields = columns(model)
    names = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 (names of our own)
    for rows in batched(_read(model, folder), AT_ONCE):
        values = [
            [
                field.get_db_prep_save(value, connection)
                for field, value in zip(fields, row, strict=True)
            ]
            for row in rows
        ]
        cursor.executemany(statement, values)


def _last_number(model: type[models.Model]) -> int | None:
    """Return the last number that a table gave to a row, which may be gone.

    Another row must not get it: the history of things knows them by their numbers.
    """
    if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
            )
        else:
            cursor.execute("SELECT pg_sequence_last_value(%s::regclass)", [_sequence(model)])
        row = cursor.fetchone()
    given = row[0] if row else None
    highest = model._base_manager.aggregate(number=models.Max("pk"))["number"]
    return max(given or 0, highest or 0)


def _go_on_after(cursor: Any, model: type[models.Model], number: int) -> None:
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        return
    # A sequence cannot stand at 0; that it was not asked yet, it can.
    cursor.execute(
        "SELECT setval(%s::regclass, %s, %s)", [_sequence(model), max(number, 1), number > 0]
    )


def _sequence(model: type[models.Model]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, %s)",
            [quoted(model._meta.db_table), str(model._meta.pk.column)],
        )
        name: str = cursor.fetchone()[0]
    return name
