"""What commands say when it is the database that stops them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor

from showcase.records import one_line


def refuse_old_tables(using: str) -> None:
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database lacks tables or columns; run “manage.py migrate” first.")


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Replace the traceback by what an operator can do; --traceback still shows it."""
    try:
        yield
    except IntegrityError as error:
        # Foreign keys may be looked at only at the very end.
        reason = one_line(str(error))
        raise CommandError(f"A record points to a row that does not exist ({reason}).") from error
    except DatabaseError as error:
        raise CommandError(sentence(error)) from error


def sentence(error: DatabaseError) -> str:
    reason = one_line(str(error))
    if "locked" in reason:
        return (
            "The database is locked by another program that writes to it; "
            "wait until it has finished and try again."
        )
    return f"The database cannot be used ({reason}); look at it."
