"""Queries whose SQL is made once: what every page of a kind asks, with another key each time.

To put a query together and to compile it costs Django ten times what it costs the database to
answer it, and of what hangs on an entry there are a dozen kinds of rows. Here it is compiled for
the first who asks; for everybody else only the key is put in its place.
"""

from collections.abc import Callable
from typing import Any

from django.db import connections, models, router
from django.db.models import Model, QuerySet


class Key(models.Value):
    """Stands in a query for the key that each asking brings along."""

    def __init__(self) -> None:
        super().__init__(None, output_field=models.BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Prepared:
    """A query of plain values that is asked with one key, if any, as often as that stands in it.

    Nothing else in it may differ from one asking to the next: no moment, so no `published()`, and
    nothing about a visitor.
    """

    def __init__(self, model: type[Model], query: Callable[[Key], QuerySet]):
        self.model = model
        self.query = query
        # By database: the SQL and what goes into it. Two threads may both make the same.
        self.compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, key: int = 0) -> list[tuple[Any, ...]]:
        """Return what the database answers, as its driver gives it."""
        using = router.db_for_read(self.model)
        if using not in self.compiled:
            self.compiled[using] = self.query(Key()).query.get_compiler(using).as_sql()
        sql, parameters = self.compiled[using]
        with connections[using].cursor() as cursor:
            cursor.execute(sql, [key if isinstance(part, Key) else part for part in parameters])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
