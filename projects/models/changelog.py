"""What changed in the catalogue itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.fields import LineField, MarkdownField, PastDateField, WebAddressField
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..querysets import ChangelogQuerySet


class ChangelogEntry(NaturalKeyModel):
    """One change, for visitors who come back."""

    natural_key_lookups = ("date", "title")

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        CORRECTED = "corrected", _("corrected")
        RETIRED = "retired", _("retired")

    date = PastDateField()
    kind = models.CharField(max_length=20, choices=Kind)
    title = LineField(max_length=160, help_text="The change in a few words.")
    text = MarkdownField(blank=True, help_text="What changed, and why. Markdown.")
    url = WebAddressField("address", blank=True, help_text="Where it can be read elsewhere.")
    projects = models.ManyToManyField(
        "projects.Project", blank=True, related_name="changelog_entries"
    )

    objects = NaturalKeyManager.from_queryset(ChangelogQuerySet)()

    class Meta:
        ordering = ["-date", "title"]
        verbose_name_plural = "changelog entries"
        constraints = [
            models.UniqueConstraint(fields=["date", "title"], name="projects_changelogentry_once")
        ]

    def __str__(self):
        return f"{self.date}: {self.title}"
