"""What happened when: releases and milestones."""

from django.db import models

from people.fields import LineField, MarkdownField, OrderField, PastDateField, WebAddressField

from ..querysets import AboutQuerySet, ReleaseQuerySet
from .subject import About, AboutManager, or_zero

# The editor's choice comes first, then a final version, which is newer than its candidates.
NEWEST_OF_A_DAY = ("order", "is_prerelease", "-version")


class Release(About):
    """A version that was published. Its name is text: no number is read out of it."""

    natural_key_lookups = ("version",)

    version = LineField(max_length=60, help_text="As its makers write it: “V1R4M3”, “v1.0.0”.")
    date = PastDateField()
    notes = MarkdownField(blank=True, help_text="What matters in it. Markdown.")
    is_prerelease = models.BooleanField("pre-release", default=False)
    url = WebAddressField("address", blank=True, help_text="The page of this release.")
    order = OrderField(help_text="Among those of one day: smaller counts as newer.")

    objects = AboutManager.from_queryset(ReleaseQuerySet)()

    class Meta(About.Meta):
        ordering = ["-date", *NEWEST_OF_A_DAY]
        indexes = [
            *About.Meta.indexes,
            models.Index(fields=["-date"], name="projects_release_date"),
        ]
        constraints = [
            *About.Meta.constraints,
            models.UniqueConstraint(
                "version",
                *or_zero("project", "product", "upstream"),
                name="projects_release_once",
                violation_error_message="This version is already there.",
            ),
        ]

    def __str__(self):
        return f"{self.subject} {self.version}"


class Milestone(About):
    """Something that happened on a day and was no release: a first commit, a new name."""

    natural_key_lookups = ("date", "text")

    date = PastDateField()
    text = LineField(max_length=300, help_text="“First commit.”")
    evidence_url = WebAddressField("evidence", blank=True)

    objects = AboutManager.from_queryset(AboutQuerySet)()

    class Meta(About.Meta):
        ordering = ["date", "text"]
        constraints = [
            *About.Meta.constraints,
            models.UniqueConstraint(
                "date",
                "text",
                *or_zero("project", "product", "upstream"),
                name="projects_milestone_once",
                violation_error_message="This milestone is already there.",
            ),
        ]

    def __str__(self):
        return f"{self.date}: {self.text}"
