"""Who made what."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.fields import LineField, OrderField, PastDateField
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..querysets import CreditQuerySet
from .subject import by_slug, exactly_one, or_zero


class CreditManager(NaturalKeyManager["Credit"]):
    def get_by_natural_key(self, person, role, kind, slug):
        return self.get(person__slug=person, role=role, **{f"{kind}__slug": slug})


class Credit(NaturalKeyModel):
    """A person's part in a project or a product."""

    class Role(models.TextChoices):
        CREATOR = "creator", _("creator")
        AUTHOR = "author", _("author")
        MAINTAINER = "maintainer", _("maintainer")
        CONTRIBUTOR = "contributor", _("contributor")
        DOCUMENTATION = "documentation", _("documentation")
        PACKAGING = "packaging", _("packaging")

    class Basis(models.TextChoices):
        ORGANISATION = "organisation", _("named by the organisation")
        HISTORY = "history", _("from the commit history")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="credits")
    project = models.ForeignKey(
        "projects.Project", models.CASCADE, null=True, blank=True, related_name="credits"
    )
    product = models.ForeignKey(
        "projects.Product", models.CASCADE, null=True, blank=True, related_name="credits"
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.AUTHOR)
    note = LineField(
        max_length=200, blank=True, help_text="What exactly: “wrote the first commits”."
    )
    basis = models.CharField(
        "where it is known from", max_length=20, choices=Basis, default=Basis.ORGANISATION
    )
    started_on = PastDateField("from", null=True, blank=True)
    ended_on = PastDateField("until", null=True, blank=True)
    order = OrderField()

    objects = CreditManager.from_queryset(CreditQuerySet)()

    class Meta:
        ordering = ["order", "person__slug", "role", *by_slug("project", "product")]
        # What else somebody made.
        indexes = [
            models.Index(fields=["person", "project", "role"], name="projects_credit_of_person")
        ]
        constraints = [
            exactly_one(
                ("project", "product"),
                constraint="projects_credit_for_one",
                message="Choose either a project or a product.",
            ),
            models.UniqueConstraint(
                "person",
                "role",
                *or_zero("project", "product"),
                name="projects_credit_once",
                violation_error_message="This person already has this role here.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="projects_credit_period",
                violation_error_message="The end cannot be before the beginning.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()} of {self.subject}"

    @property
    def subject(self):
        return self.project or self.product

    def natural_key(self):
        subject = self.subject
        return self.person.slug, self.role, subject._meta.model_name, subject.slug

    def clean(self):
        if self.ended_on and not self.started_on:
            raise ValidationError({"started_on": "Give the beginning too, or leave out the end."})
