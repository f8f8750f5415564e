"""Work that went into somebody else's project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.fields import LineField, MarkdownField, PastDateField, WebAddressField
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..querysets import ContributionQuerySet


class Contribution(NaturalKeyModel):
    """What a project gave to an upstream, and how far it got."""

    natural_key_lookups = ("project__slug", "upstream__slug", "title")
    document_parts = ("steps",)

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        IN_REVIEW = "in-review", _("in review")
        MERGED = "merged", _("merged")
        SHIPPED = "shipped", _("shipped")
        DECLINED = "declined", _("declined")

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="contributions")
    upstream = models.ForeignKey("projects.Upstream", models.PROTECT, related_name="contributions")
    title = LineField(max_length=160, help_text="What was done: “Leave out empty unions”.")
    description = MarkdownField(blank=True, help_text="How, and why. Markdown.")
    state = models.CharField(max_length=20, choices=State)
    state_as_of = PastDateField(
        "state as of", help_text="The day on which this was known to be so."
    )
    shipped_in = LineField(
        max_length=60, blank=True, help_text="The release that carries it: “0.24.7”."
    )
    evidence_url = WebAddressField(
        "evidence", blank=True, help_text="The pull request, merge request or patch."
    )

    objects = NaturalKeyManager.from_queryset(ContributionQuerySet)()

    class Meta:
        ordering = ["-state_as_of", "title", "project__slug", "upstream__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "upstream", "title"], name="projects_contribution_once"
            ),
            models.CheckConstraint(
                condition=models.Q(shipped_in="") | models.Q(state="shipped"),
                name="projects_contribution_shipped_in",
                violation_error_message="Only shipped work names the release that carries it.",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.upstream})"


class ContributionStep(NaturalKeyModel):
    """Something that happened to a contribution on a day."""

    natural_key_lookups = (
        "contribution__project__slug",
        "contribution__upstream__slug",
        "contribution__title",
        "date",
        "text",
    )

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="steps")
    date = PastDateField()
    text = LineField(max_length=300, help_text="“Pull request opened.”")
    evidence_url = WebAddressField("evidence", blank=True)

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["date", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "date", "text"], name="projects_contributionstep_once"
            )
        ]

    def __str__(self):
        return f"{self.date}: {self.text}"
