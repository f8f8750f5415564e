"""Keeps who changed what, when and why: whole documents, as django-reversion's versions.

A revision is one act of one person and may be about many things, as when a tag is renamed
everywhere: then it is taken back in one act, too.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

import reversion
from reversion.models import Revision, Version

from .document import (
    Document,
    Key,
    document_of,
    documents_of,
    is_thing,
    kept_fields,
    owner_fields,
    whole,
)
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
    numbers = defaultdict(list)
    for thing in things:
        numbers[type(thing)].append(thing.pk)
    for model, some in numbers.items():
        for fresh in whole(model, some):
            reversion.add_to_revision(fresh)


def keep_found(*things: Any) -> None:
    """Keep things as they are before they change, unless that is what was kept last.

    Fixtures and the shell keep nothing: what they wrote is found by the first who edits it.
    """
    if reversion.is_active():
        raise RuntimeError("Keep what was found before the revision begins, or it is a part of it.")
    keys = [key_of(thing) for thing in things]
    kept, now = last_kept(keys), documents_now(keys)
    new = [thing for thing in things if kept.get(key_of(thing)) != now.get(key_of(thing))]
    if new:
        with reversion.create_revision(manage_manually=True):
            reversion.set_comment(FOUND)
            moments = [getattr(thing, "updated_at", None) or timezone.now() for thing in new]
            reversion.set_date_created(max(moments))
            keep(*new)


def key_of(thing: Any) -> Key:
    return Key(thing._meta.label_lower, thing.pk)


def versions_of(model: type[Any], number: int) -> Any:
    """Return what was kept of a thing, the newest first."""
    found = Version.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=str(number)
    )
    return found.select_related("revision__user").order_by("-pk")


def newest_revision(thing: Any) -> Revision:
    return versions_of(type(thing), thing.pk)[0].revision


def document_in(found: Revision, thing: Key) -> Document:
    """Return the document of one of the things that a revision keeps."""
    return documents_in(found)[thing]


def documents_in(found: Revision) -> dict[Key, Document]:
    """Return the documents of all things that a revision keeps."""
    texts = found.version_set.order_by("pk").values_list("serialized_data", flat=True)
    rows = Document.from_records(_known(json.loads(text)[0] for text in texts)).rows
    parts: dict[Key, list[Key]] = defaultdict(list)
    for key, fields in rows.items():
        for owner in owner_fields(key.model_class):
            parts[Key(owner.related_model._meta.label_lower, fields[owner.name])].append(key)
    things = (key for key in rows if is_thing(key.model_class))
    return {thing: Document(dict(_with_parts(thing, rows, parts))) for thing in things}


def documents_before(found: Revision) -> dict[Key, Document]:
    """Return the documents of the things in a revision as they were kept last before it."""
    return last_kept(things_in(found), before=found)


def last_kept(things: Iterable[Key], before: Revision | None = None) -> dict[Key, Document]:
    """Return the documents of things as they were kept last, or last before a revision."""
    earlier = Version.objects.filter(revision__lt=before) if before else Version.objects.all()
    read: dict[int, dict[Key, Document]] = {}
    documents = {}
    for key in things:
        if last := (versions_of(key.model_class, key.number) & earlier).first():
            if last.revision_id not in read:
                read[last.revision_id] = documents_in(last.revision)
            documents[key] = read[last.revision_id][key]
    return documents


def things_in(found: Revision) -> list[Key]:
    """Return of which things a revision keeps the documents."""
    return [
        Key(version.content_type.model_class()._meta.label_lower, int(version.object_id))
        for version in found.version_set.filter(content_type__in=types_of_things())
        .select_related("content_type")
        .order_by("pk")
    ]


def types_of_things() -> list[ContentType]:
    things = (model for model in reversion.get_registered_models() if is_thing(model))
    return list(ContentType.objects.get_for_models(*things).values())


def undo(found: Revision) -> list[Dispute]:
    """Take back what a revision changed, and nothing that anybody wrote since.

    Returns what was left as it is because it was written anew. What the revision added stays: it
    had no earlier state. Raises ValidationError.
    """
    left: list[Dispute] = []
    documents = documents_in(found)
    before = documents_before(found)
    restored = []
    # What is gone now is brought back from among the deleted ones, or not at all.
    for key, now in documents_now(before).items():
        document, disputes = merge_documents(documents[key], now, before[key])
        left += disputes
        if document != now:
            restored.append(restore(document, now))
    keep(*restored)
    return left


def documents_now(things: Iterable[Key]) -> dict[Key, Document]:
    """Return the documents of those things that are there."""
    numbers = defaultdict(list)
    for key in things:
        numbers[key.model].append(key.number)
    return {
        Key(model, number): document
        for model, some in numbers.items()
        for number, document in documents_of(apps.get_model(model), some).items()
    }


def document_now(key: Key) -> Document:
    thing = key.model_class._base_manager.filter(pk=key.number).first()
    return document_of(thing) if thing else Document()


def deleted(model: type[Any]) -> Any:
    """Return the last version of each thing that is gone, the newest first."""
    return Version.objects.get_deleted(model).select_related("revision__user").order_by("-pk")


def _known(records):
    """Leave out rows of models that are no more."""
    models = {model._meta.label_lower for model in reversion.get_registered_models()}
    return [record for record in records if record["model"] in models]


def _with_parts(key, rows, parts):
    """Yield the row of a key and those that belong to it, parents first."""
    yield key, rows[key]
    for part in parts[key]:
        yield from _with_parts(part, rows, parts)
