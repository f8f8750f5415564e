"""Queries whose SQL is made once: what every page of a kind asks, with other keys each time.

To put a query together and to compile it costs Django ten times what it costs the database to
answer it, and of what hangs on an entry there are a dozen kinds of rows. Here it is compiled for
the first who asks; for everybody else only the keys are put in their places.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.models import Model, QuerySet


class Key(models.Value):
    """Stands in a query for one of the keys that each asking brings along, by its place there."""

    def __init__(self, place: int) -> None:
        super().__init__(place, output_field=models.BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Prepared:
    """A query that is asked with some keys, if any, as often as each of them stands in it.

    Nothing else in it may differ from one asking to the next: no moment, so no `published()`, and
    nothing about a visitor.
    """

    def __init__(self, model: type[Model], query: Callable[..., QuerySet], keys: int = 1):
        self.model = model
        self.query = query
        self.keys = keys
        # By database: the SQL and what goes into it. Two threads may both make the same.
        self.compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, *keys: object) -> list[tuple[Any, ...]]:
        """Return what the database answers, as its driver gives it."""
        using = router.db_for_read(self.model)
        with connections[using].cursor() as cursor:
            cursor.execute(*self._filled(using, keys))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def objects(self, *keys: object) -> list[Any]:
        """Return what the model makes of the columns of its own that are asked for."""
        using = router.db_for_read(self.model)
        return list(self.model._base_manager.using(using).raw(*self._filled(using, keys)))

    def _filled(self, using: str, keys: Sequence[object]) -> tuple[str, list[Any]]:
        if using not in self.compiled:
            query = self.query(*map(Key, range(self.keys))).query
            self.compiled[using] = query.get_compiler(using).as_sql()
        sql, parameters = self.compiled[using]
        return sql, [keys[part.value] if isinstance(part, Key) else part for part in parameters]
