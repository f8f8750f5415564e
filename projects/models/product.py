"""Where work comes from and where it goes: the organisation's products, other people's projects."""

from django.db import models

from people.fields import (
    LastChangedField,
    LineField,
    MarkdownField,
    OrderField,
    PageSlugField,
    WebAddressField,
    slug_is_given,
)
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..licences import Certainty, LicenceField
from ..querysets import UpstreamQuerySet
from .addresses import address


class Product(NaturalKeyModel):
    """A main product of the organisation, beside which projects came to be."""

    document_parts = (
        "credits",
        "links",
        "relations_from",
        "relations_to",
        "releases",
        "milestones",
        "sources",
    )

    name = LineField(max_length=120, unique=True, help_text="For example “DRBD Reactor”.")
    slug = PageSlugField(help_text="The end of the page's address: “drbd-reactor”.")
    tagline = LineField(
        max_length=200, help_text="What it is, in one sentence, for somebody who never heard of it."
    )
    description = MarkdownField(blank=True, help_text="What it does and for whom. Markdown.")
    origin = MarkdownField(blank=True, help_text="How it came about and who began it. Markdown.")
    languages = models.ManyToManyField("projects.Language", blank=True, related_name="products")
    licence = LicenceField(help_text="An SPDX expression: “GPL-2.0-or-later”. Empty if unknown.")
    licence_certainty = models.CharField(max_length=20, choices=Certainty, default=Certainty.STATED)
    licence_note = LineField(
        max_length=400, blank=True, help_text="What the expression cannot say."
    )
    order = OrderField()
    updated_at = LastChangedField()

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["order", "name"]
        constraints = [slug_is_given]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("projects:product", self.slug)


class Upstream(NaturalKeyModel):
    """Somebody else's project that work went into."""

    document_parts = (
        "contributions",
        "links",
        "relations_from",
        "relations_to",
        "releases",
        "milestones",
        "sources",
    )

    name = LineField(max_length=120, unique=True, help_text="For example “libbpf-rs”.")
    slug = PageSlugField(help_text="The end of the page's address: “libbpf-rs”.")
    tagline = LineField(max_length=200, help_text="What it is, in one sentence.")
    description = MarkdownField(blank=True, help_text="Markdown.")
    home_url = WebAddressField("home page", blank=True)
    repository_url = WebAddressField("repository", blank=True)
    licence = LicenceField(help_text="An SPDX expression. Empty if unknown.")
    licence_note = LineField(max_length=400, blank=True)
    updated_at = LastChangedField()

    objects = NaturalKeyManager.from_queryset(UpstreamQuerySet)()

    class Meta:
        ordering = ["name"]
        verbose_name = "upstream project"
        constraints = [slug_is_given]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("projects:upstream", self.slug)
