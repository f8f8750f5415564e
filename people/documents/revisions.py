"""Keeps who changed what, when and why: whole documents, as django-reversion's versions.

A revision is one act of one person and may be about many things, as when a tag is renamed
everywhere: then it is taken back in one act, too.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

import reversion
from reversion.models import Revision, Version

from .document import Document, Key, document_of, is_thing, kept_fields, owner_fields
from .merging import Dispute, merge_documents
from .restoring import restore

FOUND = "As it was found."


def register(*models: type[Any]) -> None:
    """Let the rows of some models be kept, each with the rows that belong to it."""
    for model in models:
        reversion.register(model, fields=kept_fields(model), follow=model.document_parts)


@contextmanager
def revision(user: Any, reason: str, *changing: Any) -> Iterator[None]:
    """Keep what is written within as one act; `keep` says of which things.

    Things that are about to change are kept as they are found, before.
    """
    with transaction.atomic():
        keep_found(*changing)
        with _kept(user, reason):
            yield


@contextmanager
def _kept(user: Any, reason: str) -> Iterator[None]:
    with reversion.create_revision(manage_manually=True):
        if user is not None and user.pk:
            reversion.set_user(user)
        reversion.set_comment(reason)
        yield


def keep(*things: Any) -> None:
    """Keep the present document of some things in the revision under way."""
    for thing in things:
        fresh = type(thing)._base_manager.get(pk=thing.pk)
        reversion.add_to_revision(fresh)


def keep_found(*things: Any) -> None:
    """Keep things as they are before they change, unless that is what was kept last.

    Fixtures and the shell keep nothing: what they wrote is found by the first who edits it.
    """
    if reversion.is_active():
        raise RuntimeError("Keep what was found before the revision begins, or it is a part of it.")
    for thing in things:
        last = versions_of(type(thing), thing.pk).first()
        if last and document_in(last.revision, key_of(thing)) == document_of(thing):
            continue
        with reversion.create_revision(manage_manually=True):
            reversion.set_comment(FOUND)
            reversion.set_date_created(getattr(thing, "updated_at", None) or timezone.now())
            keep(thing)


def key_of(thing: Any) -> Key:
    return Key(thing._meta.label_lower, thing.pk)


def versions_of(model: type[Any], number: int) -> Any:
    """Return what was kept of a thing, the newest first."""
    found = Version.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=str(number)
    )
    return found.select_related("revision__user").order_by("-pk")


def document_in(found: Revision, thing: Key) -> Document:
    """Return the document of one of the things that a revision keeps."""
    versions = found.version_set.order_by("pk")
    records = [json.loads(version.serialized_data)[0] for version in versions]
    rows = Document.from_records(records).rows
    return Document(dict(_belonging(rows, thing)))


def things_in(found: Revision) -> list[Key]:
    """Return of which things a revision keeps the documents."""
    versions = found.version_set.select_related("content_type").order_by("pk")
    keys = [
        Key(version.content_type.model_class()._meta.label_lower, int(version.object_id))
        for version in versions
        if version.content_type.model_class()
    ]
    return [key for key in keys if is_thing(key.model_class)]


def undo(found: Revision) -> list[Dispute]:
    """Take back what a revision changed, and nothing that anybody wrote since.

    Returns what was left as it is because it was written anew. What the revision added stays: it
    had no earlier state. Raises ValidationError.
    """
    left: list[Dispute] = []
    for key in things_in(found):
        if earlier := versions_of(key.model_class, key.number).filter(revision__lt=found).first():
            before = document_in(earlier.revision, key)
            now = document_now(key)
            document, disputes = merge_documents(document_in(found, key), now, before)
            left += disputes
            keep(restore(document))
    return left


def document_now(key: Key) -> Document:
    thing = key.model_class._base_manager.filter(pk=key.number).first()
    return document_of(thing) if thing else Document()


def deleted(model: type[Any]) -> Any:
    """Return the last version of each thing that is gone, the newest first."""
    return Version.objects.get_deleted(model).select_related("revision__user").order_by("-pk")


def _belonging(rows, key):
    """Yield the row of a key and, from among others, those that belong to it."""
    yield key, rows[key]
    for other, fields in rows.items():
        for owner in owner_fields(other.model_class):
            label = owner.related_model._meta.label_lower
            if label == key.model and fields[owner.name] == key.number:
                yield from _belonging(rows, other)
