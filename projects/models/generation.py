"""The number of the catalogue's present state."""

from django.db import models


class Generation(models.Model):
    """Which state the catalogue is in: one row, raised by every write in its own transaction.

    Numbers alone do not tell states apart: a write that was rolled back had a number too. The
    token does, and those before it tell from which states the changes can still be followed.
    """

    number = models.PositiveBigIntegerField()
    token = models.CharField(max_length=32)
    earlier = models.TextField(blank=True)

    class Meta:
        verbose_name = "generation"

    def __str__(self):
        return f"generation {self.number}"
