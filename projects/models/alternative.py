"""What else a visitor might take."""

from django.db import models
from django.db.models import F, Q

from people.fields import LineField, LinesField, OrderField, WebAddressField
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..querysets import AlternativeQuerySet


class Alternative(NaturalKeyModel):
    """Another tool for the same need, in the catalogue or outside, and the difference."""

    natural_key_lookups = ("project__slug", "name")

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="alternatives")
    name = LineField(max_length=120, help_text="The other tool: “Vagrant”.")
    other = models.ForeignKey(
        "projects.Project",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="alternative_to",
        verbose_name="entry in this catalogue",
        help_text="When the other tool has an entry here.",
    )
    url = WebAddressField("address", blank=True, help_text="When it has none.")
    difference = LinesField(help_text="How this project differs from it, in a sentence or two.")
    order = OrderField()

    objects = NaturalKeyManager.from_queryset(AlternativeQuerySet)()

    class Meta:
        ordering = ["order", "name"]
        # What else stands in for the same tool.
        indexes = [models.Index(fields=["name", "project"], name="projects_alternative_named")]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_alternative_once"),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("project")),
                name="projects_alternative_to_another",
                violation_error_message="A project is no alternative to itself.",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | Q(url=""),
                name="projects_alternative_one_address",
                violation_error_message="Give either an entry or an address, not both.",
            ),
        ]

    def __str__(self):
        return f"{self.project} instead of {self.name}"
