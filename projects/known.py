"""Entries whose key or slug is known, for visitors: by queries whose SQL is made once.

Whether the public may see one is read, not looked for: given few keys and the index of what is
published, SQLite takes the index and goes through the whole catalogue.
"""

from collections.abc import Collection
from functools import cache
from itertools import chain, repeat
from typing import Any

from django.utils import timezone

from .models import Project
from .prepared import Prepared
from .querysets import PUBLICITY, is_public

BY_SLUG = Prepared(Project, lambda slug: Project.objects.filter(slug=slug).order_by())


def published_entry(slug: str) -> Any:
    """Return the entry that the public sees by this slug, or nothing."""
    now = timezone.now()
    return next((project for project in BY_SLUG.objects(slug) if is_public(project, now)), None)


def published_in_bulk(keys: Collection[int], *columns: str) -> dict[int, Any]:
    """Return those of a few that the public may see, by key; all of them, or only some columns."""
    if not keys:
        return {}
    # Powers of two, so that few queries do for every number of keys.
    number = 1 << (len(keys) - 1).bit_length()
    filled = chain(keys, repeat(next(iter(keys)), number - len(keys)))
    few = _in_bulk(number, columns).objects(*filled)
    now = timezone.now()
    return {project.pk: project for project in few if is_public(project, now)}


@cache
def _in_bulk(number: int, columns: tuple[str, ...]) -> Prepared:
    def query(*keys: Any) -> Any:
        few = Project.objects.filter(pk__in=keys).order_by()
        return few.only(*columns, *PUBLICITY) if columns else few

    return Prepared(Project, query, number)
