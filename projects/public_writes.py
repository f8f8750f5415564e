"""Notices every write that changes what visitors see.

What hangs on a draft is as invisible as the draft itself. Everything else counts as seen: nobody
has to work out on which pages a tag or a person is.
"""

from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed

from people.changes import is_rehearsal, listen, row_of, waits
from people.models import Alias, Handle, Person, PersonLink

from . import public_state
from .models import (
    Alternative,
    ChangelogEntry,
    Collection,
    CollectionItem,
    Contribution,
    ContributionStep,
    Credit,
    Kind,
    Language,
    Link,
    Milestone,
    Product,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Source,
    Tag,
    TaggedProject,
    Upstream,
)

HIDDEN = (Project.State.DRAFT, Project.State.IN_REVIEW)

# The ways from each kind of row to entries without which nobody sees it.
WAYS: dict[type[Model], tuple[str, ...]] = {
    Project: ("",),
    ProjectKind: ("project__",),
    ProjectLanguage: ("project__",),
    TaggedProject: ("content_object__",),
    Alternative: ("project__", "other__"),
    CollectionItem: ("project__",),
    Contribution: ("project__",),
    ContributionStep: ("contribution__project__",),
    Credit: ("project__",),
    Link: ("project__",),
    Milestone: ("project__",),
    Relation: ("subject_project__", "object_project__"),
    Release: ("project__",),
    Source: ("project__",),
    **dict.fromkeys(
        (
            *(Alias, Handle, Person, PersonLink),
            *(ChangelogEntry, Collection, Kind, Language, Product, Tag, Upstream),
        ),
        (),
    ),
}
MANY_TO_MANY = (ChangelogEntry.projects, Product.languages)


def is_seen(rows: QuerySet) -> bool:
    """Tell whether visitors see any of some rows, or may: what is due to be published counts."""
    ways = WAYS.get(rows.model, ())
    for way in ways:
        rows = rows.exclude(**{f"{way}state__in": HIDDEN})
    return not ways or rows.exists()


def around_one(sender, instance, using, **kwargs):
    if not waits(sender, [instance.pk]):
        around_many(sender, row_of(instance, using))


def before_delete(sender, instance, using, **kwargs):
    around_many(sender, row_of(instance, using))


def around_many(sender, rows, **kwargs):
    # Right before a write and right after it: what is hidden now may have been seen, and will be.
    if not is_rehearsal() and not public_state.is_renewed() and is_seen(rows):
        public_state.renew()


def around_links(sender, action, **kwargs):
    if action.startswith("pre_") and not is_rehearsal():
        public_state.renew()


def watch(*models: type[Model]) -> None:
    """Listen to every kind of row that stands on a public page."""
    for model in models:
        listen(
            model,
            "public",
            before_save=around_one,
            after_save=around_one,
            before_delete=before_delete,
            around_many=around_many,
        )


def connect() -> None:
    watch(*WAYS)
    for field in MANY_TO_MANY:
        m2m_changed.connect(around_links, sender=field.through, dispatch_uid="public-links")
