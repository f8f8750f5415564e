"""What imports leave behind: what they said last, and what people have to decide."""

import json

from django.conf import settings
from django.db import models


class ImportedRow(models.Model):
    """A row as a file stated it last: what both sides of the next import began with.

    It knows the row by number too, so that the row is found when an editor has renamed it.
    """

    model = models.CharField(max_length=80, help_text="For example “projects.project”.")
    key = models.TextField("natural key", help_text='As JSON: ["virter"].')
    row_id = models.PositiveBigIntegerField("number")
    fields = models.JSONField()
    # Empty for what no file answers for any more: its absence means nothing then.
    origin = models.CharField(max_length=300, blank=True)
    imported_at = models.DateTimeField()
    gone_at = models.DateTimeField(
        "missing since", null=True, blank=True, help_text="When its file did not have it any more."
    )

    class Meta:
        ordering = ["model", "key"]
        verbose_name = "proposed removal"
        permissions = [("import_catalogue", "Can import files into the catalogue")]
        indexes = [models.Index(fields=["origin"], name="showcase_importedrow_origin")]
        constraints = [
            models.UniqueConstraint(fields=["model", "key"], name="showcase_importedrow_once"),
            models.CheckConstraint(
                condition=models.Q(gone_at__isnull=True) | ~models.Q(origin=""),
                name="showcase_importedrow_gone_from_its_file",
            ),
        ]

    def __str__(self):
        return named(self.model, json.loads(self.key))


class ImportConflict(models.Model):
    """A field that a file and an editor changed, each in their own way."""

    row = models.ForeignKey(ImportedRow, models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=80)
    # Plain values; null is one of them.
    base = models.JSONField("last imported", null=True)
    stored = models.JSONField(null=True)
    new = models.JSONField(null=True)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["row__model", "row__key", "field"]
        verbose_name = "open decision"
        constraints = [
            models.UniqueConstraint(fields=["row", "field"], name="showcase_importconflict_once")
        ]

    def __str__(self):
        return f"{self.row}, {self.field}"


class ImportUpload(models.Model):
    """Files between their report and the word to import them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    archive = models.BinaryField(help_text="The files, packed as ZIP.")
    as_stated = models.BooleanField(default=False)
    report = models.JSONField()
    uploaded_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return f"Files of {self.user}, {self.uploaded_at:%Y-%m-%d %H:%M}"


def named(model: str, key: list[str]) -> str:
    return f"{model} “{', '.join(map(str, key))}”"
