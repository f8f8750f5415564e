"""Tells whether the database can store anything, without storing anything."""

import os
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from projects.faults import Fault

from .connections import is_sqlite

# Bytes. Saving an entry takes a tenth of one of these millions, a large import all of them.
LEAST_ROOM = 16_000_000

# Where the file is, whether it may be written, and how far it may grow within its own limit.
OF_FILE = """
SELECT file, query_only, (max_page_count - page_count + freelist_count) * page_size
FROM pragma_database_list, pragma_query_only, pragma_max_page_count, pragma_page_count,
    pragma_freelist_count, pragma_page_size
WHERE name = 'main'
"""
OF_SERVER = "SHOW transaction_read_only"


def obstacle(database: BaseDatabaseWrapper) -> Fault | None:
    """Return why nothing, or next to nothing, can be stored; costs one query.

    Of PostgreSQL's disk only its own machine knows: a write that fails there tells of it.
    """
    if not is_sqlite(database.settings_dict):
        return Fault.READ_ONLY if _row(database, OF_SERVER) == ("on",) else None
    name, is_refused, room = _row(database, OF_FILE)
    if is_refused or is_locked_up(name):
        return Fault.READ_ONLY
    rooms = [room, _room_around(name)] if name else [room]
    return Fault.FULL if min(rooms) < LEAST_ROOM else None


def is_locked_up(name: str | os.PathLike[str]) -> bool:
    """Tell whether the file of a database is there and may not be written.

    SQLite has its log beside the file, and without it cannot even begin to read.
    """
    file = Path(name)
    is_there = bool(name) and file.is_file()
    return is_there and not all(os.access(place, os.W_OK) for place in (file, file.parent))


def _room_around(name: str) -> int:
    disk = os.statvfs(name)
    return disk.f_bavail * disk.f_frsize


def _row(database: BaseDatabaseWrapper, question: str) -> tuple[Any, ...]:
    with database.cursor() as cursor:
        cursor.execute(question)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
