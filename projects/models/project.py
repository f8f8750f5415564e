"""An entry of the catalogue."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taggit.managers import TaggableManager
from taggit.models import ItemBase

from people.fields import (
    LastChangedField,
    LineField,
    LinesField,
    MarkdownField,
    OrderField,
    PageSlugField,
    PastDateField,
    slug_is_given,
)
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..licences import Certainty, LicenceField
from ..querysets import ProjectQuerySet
from .addresses import address
from .vocabulary import Kind, Language, Tag

if TYPE_CHECKING:
    from ..cards import Card
    from ..kept import Place
    from ..search.excerpts import Hit


class Project(NaturalKeyModel):
    """A side project: what it is, whether to use it, and who made it."""

    document_parts = (
        "kind_items",
        "language_items",
        "tag_items",
        "credits",
        "links",
        "relations_from",
        "relations_to",
        "contributions",
        "alternatives",
        "releases",
        "milestones",
        "sources",
    )

    NEEDS_KIND = "A published entry needs at least one kind, such as “library”."

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        RELEASED = "released", _("released")
        FINISHED = "finished", _("finished")
        DORMANT = "dormant", _("dormant")
        DISCONTINUED = "discontinued", _("discontinued")
        PROPOSED = "proposed", _("proposed upstream")
        MERGED = "merged", _("merged upstream")

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        IN_REVIEW = "in-review", "in review"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"

    # What a card says beside these columns, once `cards.with_cards` has read it.
    card: "Card"
    # How it was found by words, where a list tells that.
    hit: "Hit | None" = None
    # Where the card, or the page, is to be kept once it is rendered.
    kept: "Place | None" = None

    name = LineField(max_length=120, help_text="For example “generate-cat-file”.")
    slug = PageSlugField(help_text="The end of the page's address: “generate-cat-file”.")
    aliases = LinesField(
        blank=True, help_text="Other names that people may search for, one per line."
    )
    tagline = LineField(
        max_length=160,
        help_text="What it does, in one sentence: “Writes Windows catalogue files on Linux.”",
    )

    need = MarkdownField(blank=True, help_text="What problem led to it. Markdown.")
    description = MarkdownField(blank=True, help_text="What it is and how it works. Markdown.")
    capabilities = LinesField(blank=True, help_text="What it can do, one short line each.")
    use_when = LinesField(
        "use it when", blank=True, help_text="One reason per line, in the visitor's words."
    )
    avoid_when = LinesField(
        "do not use it when", blank=True, help_text="One reason per line. Honesty is welcome."
    )
    requirements = LinesField(blank=True, help_text="What must be there first, one per line.")
    how_to_get = MarkdownField(
        blank=True, help_text="How to install or obtain it, commands in ```console fences."
    )

    licence = LicenceField(help_text="An SPDX expression: “MIT OR Apache-2.0”. Empty if unknown.")
    licence_certainty = models.CharField(max_length=20, choices=Certainty, default=Certainty.STATED)
    licence_note = LineField(
        max_length=400, blank=True, help_text="What the expression cannot say."
    )

    status = models.CharField(max_length=20, choices=Status)
    status_as_of = PastDateField(
        "status as of", help_text="The day on which this was known to be so."
    )
    status_note = LineField(
        "reason",
        max_length=400,
        blank=True,
        help_text="Why: “Folded into the snapshot-controller chart with its version 2.0.0.”",
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text="What to use instead, when this one is discontinued.",
    )
    first_released_on = PastDateField(null=True, blank=True)
    credits_note = MarkdownField(
        blank=True, help_text="What the list of credits cannot say about who made it. Markdown."
    )

    state = models.CharField("editorial state", max_length=20, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="Visitors see a published entry from this moment on."
    )
    withdrawal_note = LineField(
        max_length=400,
        blank=True,
        help_text="What visitors of a withdrawn entry are told: “Its makers asked for it.”",
    )
    is_featured = models.BooleanField(
        "highlighted", default=False, help_text="Shown on the home page and first in lists."
    )
    reviewed_on = PastDateField(
        null=True, blank=True, help_text="When somebody last checked every statement."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        serialize=False,
        related_name="entries",
        help_text="Who wrote the draft, and may go on with it until it is published.",
    )
    updated_at = LastChangedField()

    kinds = models.ManyToManyField(Kind, through="projects.ProjectKind", related_name="projects")
    languages = models.ManyToManyField(
        Language, through="projects.ProjectLanguage", related_name="projects"
    )
    tags = TaggableManager(through="projects.TaggedProject", blank=True, related_name="projects")

    objects = NaturalKeyManager.from_queryset(ProjectQuerySet)()

    class Meta:
        ordering = ["name", "slug"]
        permissions = [("publish_project", "Can publish, schedule and withdraw entries")]
        indexes = [
            models.Index(fields=["state", "published_at"], name="projects_project_public"),
            models.Index(fields=["status"], name="projects_project_status"),
        ]
        constraints = [
            slug_is_given,
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="projects_project_published_has_moment",
                violation_error_message="A published entry needs the moment of its publication.",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="projects_project_succeeds_another",
                violation_error_message="An entry cannot be its own successor.",
            ),
            models.CheckConstraint(
                condition=Q(first_released_on__isnull=True)
                | Q(first_released_on__lte=F("status_as_of")),
                name="projects_project_released_before_status",
                violation_error_message="The first release cannot be later than the status.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("projects:project", self.slug)

    @property
    def status_label(self):
        """The status in words. Django's own way translates every choice to find the one."""
        return str(dict(self.Status.choices).get(self.status, self.status))

    @property
    def source_link(self):
        """The link to the source code, where people report and contribute."""
        return self._first_link("source")

    @property
    def documentation_link(self):
        return self._first_link("documentation")

    def _first_link(self, role):
        return next((link for link in self.links.all() if link.role == role), None)

    @property
    def people(self):
        """Those who are credited, each once, whatever the number of their roles."""
        return list(dict.fromkeys(credit.person for credit in self.credits.all()))

    def clean_whole(self):
        if self.state == self.State.PUBLISHED and not self.kind_items.exists():
            raise ValidationError(self.NEEDS_KIND)

    def clean(self):
        """Refuse a successor that this entry takes the place of itself."""
        if self.successor in (None, self):
            return  # The constraint has words for the latter.
        if type(self).objects.is_succeeded_by(self.successor, self):
            message = (
                f"{self} already takes the place of {self.successor}, "
                f"so {self.successor} cannot take the place of {self}."
            )
            raise ValidationError({"successor": message})


class ProjectKind(NaturalKeyModel):
    """One of a project's kinds; the first is the one it is listed under."""

    natural_key_lookups = ("project__slug", "kind__slug")

    project = models.ForeignKey(Project, models.CASCADE, related_name="kind_items")
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="items")
    order = OrderField(help_text="0 is the primary kind.")

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["order", "kind__name"]
        verbose_name = "kind of project"
        verbose_name_plural = "kinds of projects"
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="projects_projectkind_once")
        ]

    def __str__(self):
        return f"{self.project}: {self.kind}"


class ProjectLanguage(NaturalKeyModel):
    """One of the languages of a project; the first is the main one."""

    natural_key_lookups = ("project__slug", "language__slug")

    project = models.ForeignKey(Project, models.CASCADE, related_name="language_items")
    language = models.ForeignKey(Language, models.PROTECT, related_name="items")
    order = OrderField(help_text="0 is the main language.")

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["order", "language__name"]
        verbose_name = "language of a project"
        verbose_name_plural = "languages of projects"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "language"], name="projects_projectlanguage_once"
            )
        ]

    def __str__(self):
        return f"{self.project}: {self.language}"


class TaggedProject(ItemBase, NaturalKeyModel):
    """A tag on a project, by a real foreign key, which fixtures and the database can hold."""

    natural_key_lookups = ("content_object__slug", "tag__slug")

    content_object = models.ForeignKey(
        Project, models.CASCADE, related_name="tag_items", verbose_name="project"
    )
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="items")

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["tag__name"]
        verbose_name = "tag of a project"
        verbose_name_plural = "tags of projects"
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="projects_taggedproject_once"
            )
        ]

    def __str__(self):
        return f"{self.content_object}: {self.tag}"

    # Both bases know natural keys; ours can follow a foreign key.
    natural_key = NaturalKeyModel.natural_key
