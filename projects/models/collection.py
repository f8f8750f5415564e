"""Groups that an editor chose and introduces."""

from typing import TYPE_CHECKING

from django.db import models

from people.fields import (
    LastChangedField,
    LineField,
    MarkdownField,
    OrderField,
    PageSlugField,
    slug_is_given,
)
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..querysets import CollectionItemQuerySet, CollectionQuerySet
from .addresses import address

if TYPE_CHECKING:
    from .project import Project


class Collection(NaturalKeyModel):
    """An ordered group with an introduction: “Tools for virtual machines”."""

    document_parts = ("items",)

    # What a list shows of it, once `Overview.give_first_projects` has found it out.
    first_projects: "list[Project]"
    project_count: int

    name = LineField(max_length=120, unique=True)
    slug = PageSlugField(help_text="The end of the page's address: “virtual-machines”.")
    tagline = LineField(max_length=200, help_text="What holds the group together, in a sentence.")
    introduction = MarkdownField(blank=True, help_text="Markdown.")
    order = OrderField()
    updated_at = LastChangedField()

    objects = NaturalKeyManager.from_queryset(CollectionQuerySet)()

    class Meta:
        ordering = ["order", "name"]
        constraints = [slug_is_given]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("projects:collection", self.slug)


class CollectionItem(NaturalKeyModel):
    """A project's place in a collection."""

    natural_key_lookups = ("collection__slug", "project__slug")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="collection_items")
    note = LineField(max_length=300, blank=True, help_text="Why it belongs here.")
    order = OrderField()

    objects = NaturalKeyManager.from_queryset(CollectionItemQuerySet)()

    class Meta:
        ordering = ["order", "project__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "project"], name="projects_collectionitem_once"
            )
        ]

    def __str__(self):
        return f"{self.collection}: {self.project}"
