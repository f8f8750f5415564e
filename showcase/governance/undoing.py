"""Takes a merge back: what had gone returns with all that belonged to it.

Three states are compared, row by row: before the merge, after it, and now. What somebody wrote
since stays as they wrote it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from reversion.models import Revision

from people.documents.document import Document, Fields, Key, owner_fields
from people.documents.merging import Dispute, merge_documents
from people.documents.restoring import restore
from people.documents.revisions import (
    document_in,
    document_now,
    keep,
    keep_found,
    revision,
    things_in,
    versions_of,
)
from people.documents.together import wait_for_turn

from .models import Merger

type Children = Mapping[Key, list[Key]]
type Parts = dict[Key, Document]


@transaction.atomic
def undo(merger: Merger, user: Any) -> list[Dispute]:
    """Take a merge back; return what was left as it is because it was written anew.

    Raises ValidationError if a rule stands in the way.
    """
    wait_for_turn(merger.model_class(pk=merger.kept))
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    if merger.undone_at:
        raise ValidationError(f"The merge of {merger} was taken back already.")
    gone = [Key(merger.kind, number) for number, _ in merger.gone]
    things = [*gone, *things_in(merger.revision)]
    after = _rows_in(merger.revision)
    before = _joined(_earlier(key, merger) for key in things)
    now = _joined(map(document_now, things))
    wanted, disputes = merge_documents(after, now, _still_owned(before, after, now))
    present, kept = _parted(now, things), _parted(after, things)
    unkept = (key for key, part in present.items() if part != kept.get(key))
    keep_found(*(key.model_class._base_manager.get(pk=key.number) for key in unkept))
    with revision(user, f"Took back: merged {merger}."):
        _put(_parted(wanted, things), present)
    merger.undone_at = timezone.now()
    merger.save(update_fields=["undone_at"])
    return disputes


def _put(wanted: Parts, now: Parts) -> None:
    """Bring what had gone back, then let what it became part of be as it was."""
    for key, part in wanted.items():
        if part != now.get(key):
            keep(restore(part))
    for key in now.keys() - wanted.keys():
        # The merge made it, and nobody has touched it since.
        key.model_class._base_manager.filter(pk=key.number).delete()


def _rows_in(found: Revision) -> Document:
    versions = found.version_set.order_by("pk").values_list("serialized_data", flat=True)
    return Document.from_records(json.loads(text)[0] for text in versions)


def _earlier(key: Key, merger: Merger) -> Document:
    """Return what a thing was before the merge; nothing if that made it."""
    versions = versions_of(key.model_class, key.number)
    found = versions.filter(revision__lt=merger.revision).first()
    return document_in(found.revision, key) if found else Document()


def _joined(documents: Iterable[Document]) -> Document:
    rows: dict[Key, Fields] = {}
    for document in documents:
        rows |= document.rows
    return Document(rows)


def _still_owned(before: Document, after: Document, now: Document) -> Document:
    """Leave out what somebody deleted since, and what belonged to it."""
    deleted = {key for key in after.rows if key not in now.rows}
    return Document(
        {
            key: fields
            for key, fields in before.rows.items()
            if key not in deleted and deleted.isdisjoint(_owners(key, fields))
        }
    )


def _parted(document: Document, things: Iterable[Key]) -> Parts:
    """Return the documents of some things, as far as one has them."""
    children = _children(document)
    return {
        key: Document({row: document.rows[row] for row in _belonging(key, children)})
        for key in things
        if key in document.rows
    }


def _children(document: Document) -> Children:
    children = defaultdict(list)
    for key, fields in document.rows.items():
        for owner in _owners(key, fields):
            children[owner].append(key)
    return children


def _owners(key: Key, fields: Fields) -> list[Key]:
    """Return the things and rows to which a row belongs."""
    owners = owner_fields(key.model_class)
    return [
        Key(owner.related_model._meta.label_lower, fields[owner.name])
        for owner in owners
        if fields[owner.name] is not None
    ]


def _belonging(key: Key, children: Children) -> Iterator[Key]:
    yield key
    for child in children.get(key, ()):
        yield from _belonging(child, children)
