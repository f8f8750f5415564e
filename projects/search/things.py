"""What search documents tell of, as far as anybody may see it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Person

from .. import models
from ..snapshot import Snapshot


class Kind(NamedTuple):
    """A kind of thing: what a group of it is called, which are public, what tells it in short."""

    label: str | Promise
    public: Callable[[], QuerySet[Any]]
    hint: str = ""
    # Whether a facet of its name has those that public projects have.
    is_facet: bool = False


# In the order in which they are shown, by the name of their field on a search document.
KINDS: Mapping[str, Kind] = {
    "project": Kind(_("Projects"), models.Project.objects.published, "tagline"),
    "tag": Kind(_("Tags"), models.Tag.objects.used, is_facet=True),
    "person": Kind(_("People"), Person.objects.listed, "headline"),
    "product": Kind(_("Products"), models.Product.objects.all, "tagline"),
    "upstream": Kind(_("Upstream"), models.Upstream.objects.public, "tagline", is_facet=True),
    "collection": Kind(_("Collections"), models.Collection.objects.public, "tagline"),
}


class Thing(NamedTuple):
    """A public row, and which kind it is of."""

    kind: str
    row: Any


def public(documents: Iterable[int], snapshot: Snapshot) -> dict[int, Thing]:
    """Return what documents tell of and anybody may see, in no order."""
    wanted: dict[str, dict[int, int]] = {}
    for document in documents:
        kind, row = snapshot.subject(document)
        wanted.setdefault(kind, {})[row] = document
    return {
        documents[row.pk]: Thing(kind, row)
        for kind, documents in wanted.items()
        for row in _public(kind, documents, snapshot)
    }


def _public(kind: str, rows: Collection[int], snapshot: Snapshot) -> Iterator[Any]:
    left = set(rows)
    if KINDS[kind].is_facet:
        # Nearly all of them are known to be public, which takes the database longer to find out.
        for row in KINDS[kind].public().model._default_manager.filter(pk__in=left):
            if snapshot.having(kind, row.slug).intersect(snapshot.public):
                left.remove(row.pk)
                yield row
    if left:
        yield from KINDS[kind].public().filter(pk__in=left)
