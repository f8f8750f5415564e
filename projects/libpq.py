"""A row from PostgreSQL by the functions of libpq, which psycopg hands on as they are.

Its cursors cost three times as much, and the state of the catalogue is read for every page.
"""

from typing import Any

from psycopg import errors
from psycopg.pq import ConnStatus, ExecStatus


def first_row(connection: Any, sql: str) -> tuple[str, ...] | None:
    """Return the first row that a plain statement finds, in the texts that PostgreSQL sends."""
    result = connection.pgconn.exec_(sql.encode())
    if result.status == ExecStatus.TUPLES_OK:
        values = (result.get_value(0, column) for column in range(result.nfields))
        return tuple(value.decode() for value in values) if result.ntuples else None
    if connection.pgconn.status == ConnStatus.OK:
        raise errors.error_from_result(result)
    # What became of a connection that is gone, psycopg says best.
    row: tuple[str, ...] | None = connection.execute(sql).fetchone()
    return row
