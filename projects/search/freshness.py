"""Notices every write that changes what can be found.

The documents are marked in the transaction of the write, and written when it is over. Whoever
searches first after a crash in between writes them instead, so that no search sees a stale one.
"""

from people.changes import is_rehearsal, listen, row_of, waits
from people.models import Alias, Handle, Person

from .. import generation
from ..models import (
    Alternative,
    Collection,
    Contribution,
    Credit,
    Kind,
    Language,
    Product,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Tag,
    TaggedProject,
    Upstream,
)
from . import index

# By which way each kind of row is reached from the things whose words it changes.
WAYS = {
    Project: {"project": ""},
    Product: {"product": "", "project": "relations_from__object_product"},
    Upstream: {"upstream": "", "project": "contributions__upstream"},
    Person: {"person": "", "project": "credits__person"},
    Collection: {"collection": ""},
    Tag: {"tag": "", "project": "tag_items__tag"},
    Alias: {"person": "aliases", "project": "credits__person__aliases"},
    Handle: {"person": "handles"},
    Kind: {"project": "kind_items__kind"},
    Language: {"project": "language_items__language"},
    TaggedProject: {"project": "tag_items"},
    ProjectKind: {"project": "kind_items"},
    ProjectLanguage: {"project": "language_items"},
    Alternative: {"project": "alternatives"},
    Contribution: {"project": "contributions"},
    Credit: {"project": "credits"},
    Relation: {"project": "relations_from"},
    # No words of it are searched, but projects are sorted by their last one.
    Release: {"project": "releases"},
}


# What entries say of other things. While it stays as it is, none of them has to be read again.
TOLD = {
    Product: ("name", "slug"),
    Upstream: ("name", "slug"),
    Person: ("name", "slug", "is_listed"),
    Tag: ("name", "slug", "aliases"),
    Kind: ("name", "slug"),
    Language: ("name", "slug"),
}


def mark(rows, *, is_going=False, is_about_itself=False):
    """Begin a generation, and mark the documents that some rows have a part in."""
    if is_rehearsal():
        return
    number = generation.of_this_write(index.refresh_if_stale)
    for kind, way in WAYS[rows.model].items():
        if way and is_about_itself:
            continue
        if is_going and not way:
            # The thing itself goes, and its document with it.
            generation.advance(is_followed=False)
            continue
        things = index.READERS[kind][0]._default_manager.using(rows.db)
        found = things.filter(**{f"{way or 'pk'}__in": rows.values("pk")})
        index.mark(kind, found.distinct().values_list("pk", flat=True), number)


def before_save(sender, instance, using, **kwargs):
    # New rows are in no document yet; but before a writer locks any row, it waits its turn.
    _mark_one(instance, using, is_about_itself=_tells_the_same(instance, using))


def after_save(sender, instance, using, **kwargs):
    # By now what told of it is marked, and nothing else has come to tell of it.
    _mark_one(instance, using, is_about_itself=sender in TOLD)


def before_delete(sender, instance, using, **kwargs):
    mark(row_of(instance, using), is_going=True)


def around_many(sender, rows, **kwargs):
    mark(rows)


def _mark_one(instance, using, *, is_about_itself):
    if not waits(type(instance), [instance.pk]):
        mark(row_of(instance, using), is_about_itself=is_about_itself)


def _tells_the_same(instance, using):
    columns = TOLD.get(type(instance), ())
    stored = row_of(instance, using).values_list(*columns).first() if columns else None
    return stored == tuple(getattr(instance, column) for column in columns)


def connect():
    """Listen to every kind of row that has words in a document."""
    for model in WAYS:
        listen(
            model,
            "search",
            before_save=before_save,
            after_save=after_save,
            before_delete=before_delete,
            around_many=around_many,
        )
