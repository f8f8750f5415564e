"""What everything that loads records has in common: their order, and the rules they are held to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, OperationalError, models, transaction

from people.natural_keys import NaturalKeyModel

from . import catalogue
from .records import Record
from .rows import blame


def position(record: Record) -> int:
    """Tell when a record's turn comes: after those that it may point to."""
    known = catalogue.MODELS
    return known.index(record.model) if record.model in known else len(known)


@contextmanager
def saving(record: Record, row: models.Model, using: str) -> Iterator[None]:
    """Turn what the database says against a row into the sentence that names the record."""
    try:
        with transaction.atomic(using=using):
            yield
    except IntegrityError as error:
        with blame(record):
            row.validate_unique()
            row.validate_constraints()
        raise record.error(f"the database refuses it: {error}") from error
    except OperationalError:
        raise
    except (DatabaseError, ValueError, OverflowError) as error:
        raise record.error(f"the database cannot keep it: {error}") from error


def check_whole(saved: Iterable[tuple[Record, models.Model]]) -> None:
    """Judge the rules between rows, once every row is there."""
    for record, row in saved:
        with blame(record):
            row.full_clean()
            if isinstance(row, NaturalKeyModel):
                row.clean_whole()
