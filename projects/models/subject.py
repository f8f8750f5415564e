"""Rows about exactly one of several things, with the database keeping the "exactly one"."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from people.natural_keys import NaturalKeyManager, NaturalKeyModel

SUBJECTS = ("project", "product", "upstream")


def exactly_one(names, *, constraint, message):
    """Return the constraint that one and only one of the named foreign keys is set."""
    conditions = (Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names)
    return models.CheckConstraint(
        condition=reduce(or_, conditions), name=constraint, violation_error_message=message
    )


def or_zero(*names):
    """Return expressions in which a missing key equals a missing key, as in no SQL NULL."""
    return [Coalesce(name, Value(0)) for name in names]


def where_set(names, prefix):
    """Return indexes of foreign keys that most rows leave empty.

    Of a plain one SQLite believes that a key is in as many rows as are empty, and reads them all.
    """
    return [
        models.Index(
            fields=[name],
            name=f"{prefix}_{name.replace('subject', 'of').replace('object', 'to')}",
            condition=Q(**{f"{name}__isnull": False}),
        )
        for name in names
    ]


def by_slug(*names):
    """Return an order by what the named foreign keys point to, the same on every database."""
    return [F(f"{name}__slug").asc(nulls_last=True) for name in names]


class About(NaturalKeyModel):
    """A row about one project, one product or one upstream."""

    project = models.ForeignKey(
        "projects.Project",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        db_index=False,
    )
    product = models.ForeignKey(
        "projects.Product",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        db_index=False,
    )
    upstream = models.ForeignKey(
        "projects.Upstream",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        db_index=False,
    )

    class Meta:
        abstract = True
        indexes = where_set(SUBJECTS, "%(app_label)s_%(class)s")
        constraints = [
            exactly_one(
                SUBJECTS,
                constraint="%(app_label)s_%(class)s_about_one",
                message="Choose exactly one of project, product and upstream.",
            )
        ]

    @property
    def subject(self):
        return self.project or self.product or self.upstream

    def natural_key(self):
        subject = self.subject
        return subject._meta.model_name, subject.slug, *super().natural_key()


class AboutManager[Row: About](NaturalKeyManager[Row]):
    """Finds a row by the kind and the slug of what it is about, and its own fields."""

    def get_by_natural_key(self, kind, slug, *rest):
        own = dict(zip(self.model.natural_key_lookups, rest, strict=True))
        return self.get(**{f"{kind}__slug": slug}, **own)
