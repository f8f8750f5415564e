"""What else a search finds: people, products, upstreams, collections and tags."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from people.models import Person

from ..models import Collection, Product, SearchDocument, Tag, Upstream
from ..snapshot import present
from .hits import hits
from .query import SearchQuery, parse

SHOWN = 4
# Of so many things, the ones that fit best, it is looked up whether they are public.
LOOKED_AT = 12

# What each kind is called and who of it is public, by the name of its field on a document.
PUBLIC: Mapping[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "person": ("People", Person.objects.listed),
    "product": ("Products", Product.objects.all),
    "upstream": ("Upstream", Upstream.objects.public),
    "collection": ("Collections", Collection.objects.public),
    "tag": ("Tags", Tag.objects.used),
}


class Group(NamedTuple):
    """Things of one kind that were found, best first."""

    label: str
    rows: list


def groups(text: str) -> Iterator[Group]:
    """Yield the groups in which something public was found."""
    if not (query := parse(text)).terms:
        return
    for kind, relevance in fitting(query).items():
        label, public = PUBLIC[kind]
        found = public().in_bulk(list(relevance)).values()
        if best := sorted(found, key=lambda row: (-relevance[row.pk], row.name)):
            yield Group(label, best[:SHOWN])


def fitting(query: SearchQuery) -> dict[str, dict[int, int]]:
    """Return what fits a query, by kind of thing: keys with their relevance, the best ones."""
    others = hits(query, present()).others
    keys = {
        document: keys
        for document, *keys in SearchDocument.objects.filter(pk__in=others).values_list(
            "pk", *PUBLIC
        )
    }
    relevance: dict[str, dict[int, int]] = {}
    for document, level in others.items():
        for kind, key in zip(PUBLIC, keys.get(document, ()), strict=False):
            if key is not None and len(relevance.setdefault(kind, {})) < LOOKED_AT:
                relevance[kind][key] = level
    return {kind: relevance[kind] for kind in PUBLIC if kind in relevance}
