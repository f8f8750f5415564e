"""What was decided about things that look alike: they are two, or they became one."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Greatest, Least

from reversion.models import Revision


class Distinct(models.Model):
    """Two things that look alike and are not the same, as somebody decided."""

    # By slug, so that the decision outlives a catalogue that is loaded anew.
    model = models.CharField(max_length=60)
    first = models.SlugField(max_length=100)
    second = models.SlugField(max_length=100)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        verbose_name = "pair that is not the same"
        verbose_name_plural = "pairs that are not the same"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")), name="showcase_distinct_are_two"
            ),
            models.UniqueConstraint(
                "model",
                Least("first", "second"),
                Greatest("first", "second"),
                name="showcase_distinct_once",
            ),
        ]

    def __str__(self):
        return f"{self.first} and {self.second}"


class Merger(models.Model):
    """Things that became part of another one, and the revision in which they did."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="merger")
    kind = models.CharField(max_length=60)
    kept = models.PositiveBigIntegerField()
    kept_name = models.CharField("into", max_length=120)
    # The number and the name of each.
    gone = models.JSONField()
    undone_at = models.DateTimeField("taken back", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "merge"

    def __str__(self):
        return f"{self.gone_names} into “{self.kept_name}”"

    @property
    def model_class(self):
        return apps.get_model(self.kind)

    @property
    def gone_names(self):
        return ", ".join(f"“{name}”" for _, name in self.gone)
