"""Where to go, and where statements come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.fields import LineField, OrderField, PastDateField, WebAddressField

from ..querysets import AboutQuerySet
from .subject import About, AboutManager, or_zero


class Link(About):
    """An address that a visitor may want, by what it is good for."""

    natural_key_lookups = ("url",)

    class Role(models.TextChoices):
        HOME = "home", _("home page")
        SOURCE = "source", _("source code")
        DOCUMENTATION = "documentation", _("documentation")
        PACKAGE = "package", _("package")
        RELEASES = "releases", _("releases")
        SPECIFICATION = "specification", _("specification")
        ARTICLE = "article", _("article")
        TALK = "talk", _("talk")
        DISCUSSION = "discussion", _("discussion")
        SUPPORT = "support", _("support")

    role = models.CharField(max_length=20, choices=Role)
    label = LineField(max_length=120, help_text="What the visitor finds: “API documentation”.")
    url = WebAddressField("address")
    order = OrderField()

    objects = AboutManager.from_queryset(AboutQuerySet)()

    class Meta(About.Meta):
        ordering = ["order", "label", "url"]
        constraints = [
            *About.Meta.constraints,
            models.UniqueConstraint(
                "url",
                *or_zero("project", "product", "upstream"),
                name="projects_link_once",
                violation_error_message="This address is already linked.",
            ),
        ]

    def __str__(self):
        return self.label


class Source(About):
    """Where a statement on a page comes from, and how far it can be trusted."""

    natural_key_lookups = ("supports", "title")

    class Confidence(models.TextChoices):
        STATED = "stated", _("stated by the organisation")
        VERIFIED = "verified", _("verified")
        UNVERIFIED = "unverified", _("unverified")
        DISPUTED = "disputed", _("disputed")

    supports = LineField(
        max_length=160, help_text="The statement that it bears out: “Licence”, “First release”."
    )
    title = LineField(max_length=200, help_text="What was read: “Cargo.toml in the repository”.")
    url = WebAddressField("address", blank=True)
    as_of = PastDateField("as of", null=True, blank=True, help_text="The state of that day.")
    confidence = models.CharField(max_length=20, choices=Confidence)
    note = LineField(max_length=500, blank=True, help_text="What remains open or disagrees.")
    order = OrderField()

    objects = AboutManager.from_queryset(AboutQuerySet)()

    class Meta(About.Meta):
        ordering = ["order", "supports", "title"]
        constraints = [
            *About.Meta.constraints,
            models.UniqueConstraint(
                "supports",
                "title",
                *or_zero("project", "product", "upstream"),
                name="projects_source_once",
                violation_error_message="This source is already given for this statement.",
            ),
        ]

    def __str__(self):
        return f"{self.supports}: {self.title}"
