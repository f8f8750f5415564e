"""The number of the catalogue's present state, and the token of what visitors see of it."""

from django.db import models


class Generation(models.Model):
    """Which state the catalogue is in: one row, raised by every write in its own transaction.

    Numbers alone do not tell states apart: a write that was rolled back had a number too. The
    token does, and those before it tell from which states the changes can still be followed.

    Drafts are in these states too. `public_token` is renewed only with what visitors see, and
    `public_since` with it: the second in which it was, a later one each time.
    """

    number = models.PositiveBigIntegerField()
    token = models.CharField(max_length=32)
    earlier = models.TextField(blank=True)
    public_token = models.CharField(max_length=32)
    public_since = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "generation"

    def __str__(self):
        return f"generation {self.number}"
