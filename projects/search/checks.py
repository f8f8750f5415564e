"""Tells what is wrong with the index: quickly for a probe, thoroughly for an operator."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import batched

from django.db.models import Model, QuerySet
from django.utils import timezone

from .. import generation
from ..models import SearchDocument
from . import index, matching
from .matching import REMEDY

# So many stale documents are written by whoever searches next, without much waiting.
STALE_MAX = index.BATCH
SECONDS = 60
NAMED = 5


def fault() -> str:
    """Return what makes the search find too little, in one sentence; nothing if all is well.

    Cheap enough for a probe: what has to look at every row is looked at after each write, and
    otherwise once a minute. Anybody may ask, so nothing is named.
    """
    minute = int(timezone.now().timestamp()) // SECONDS
    return _too_stale() or _missing(generation.current(), minute)


def _too_stale() -> str:
    stale = SearchDocument.objects.filter(is_stale=True).values("pk")
    if stale[: STALE_MAX + 1].count() <= STALE_MAX:
        return ""
    return f"More than {STALE_MAX} search documents are older than what they tell of. {REMEDY}"


@lru_cache(maxsize=1)
def _missing(state: generation.State, minute: int) -> str:
    for model, _ in index.READERS.values():
        if without_document(model).exists():
            return f"Some {model._meta.verbose_name_plural} are not in the search index. {REMEDY}"
    return matching.fault()


def faults() -> Iterator[str]:
    """Yield everything that is wrong with the index, one sentence each."""
    for model, _ in index.READERS.values():
        if names := [str(row) for row in without_document(model)[: NAMED + 1]]:
            yield f"The search index lacks {listed(names)}. {REMEDY}"
    if count := SearchDocument.objects.filter(is_stale=True).count():
        yield f"{count} search documents are older than what they tell of. {REMEDY}"
    yield from differing()
    if fault := matching.fault() or matching.difference():
        yield fault


def without_document(model: type[Model]) -> QuerySet:
    return model._default_manager.filter(search_document__isnull=True).order_by("pk")


def differing() -> Iterator[str]:
    """Yield of which things the documents are wrong, and not even marked as stale."""
    for kind, (model, _) in index.READERS.items():
        names: list[str] = []
        keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
        for batch in batched(keys.iterator(), index.BATCH):
            names += _differing(kind, batch)
        if names:
            yield f"The search does not know the present texts of {listed(names)}. {REMEDY}"


def _differing(kind: str, keys: tuple[int, ...]) -> list[str]:
    known = SearchDocument.objects.filter(is_stale=False, **{f"{kind}__in": keys})
    documents = {getattr(document, f"{kind}_id"): document for document in known}
    return [
        str(row)
        for row, texts in index.texts(kind, keys)
        if (document := documents.get(row.pk))
        and any(getattr(document, name) != text for name, text in texts.columns().items())
    ]


def listed(names: list[str]) -> str:
    """Return the first of some names as a visitor would read them."""
    return ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")
