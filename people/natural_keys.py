"""Natural keys by lookup: how fixtures name a row without knowing its number."""

from functools import reduce
from typing import ClassVar

from django.db import models, router, transaction
from django.db.models.signals import class_prepared
from django.dispatch import receiver

from .changes import TellingQuerySet


class NaturalKeyModel(models.Model):
    """A model whose rows are named by `natural_key_lookups`, for example `person__slug`."""

    natural_key_lookups: ClassVar[tuple[str, ...]] = ("slug",)
    # Reverse accessors of the rows that are edited, kept and brought back together with this one.
    document_parts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args, using=None, **kwargs):
        # What is told of the write is in its transaction: Django sends `post_save` after it.
        database = using or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=database):
            super().save(*args, using=database, **kwargs)

    def natural_key(self):
        return tuple(reduce(getattr, path.split("__"), self) for path in self.natural_key_lookups)

    def _get_FIELD_display(self, field):  # noqa: N802 (Django's name)
        # Behind `get_…_display()`. Django's own translates every choice to find the one.
        value = getattr(self, field.attname)
        return next((str(label) for choice, label in field.flatchoices if choice == value), value)

    def clean_whole(self):
        """Refuse what may not stay so once the rows that hang on this one are saved too."""


@receiver(class_prepared)
def tell_of_related_managers_too(sender, **kwargs):
    """Let `person.aliases.add(alias)` tell of what it writes: it goes by the base manager."""
    if issubclass(sender, NaturalKeyModel):
        sender._meta.base_manager_name = "objects"


class NaturalKeyManager[Row: NaturalKeyModel](models.Manager[Row]):
    """Finds a row by the lookups that its model declares, and tells what is written through it."""

    # As `from_queryset` sets it for managers that have rules of their own.
    _queryset_class = TellingQuerySet

    def get_by_natural_key(self, *key):
        return self.get(**dict(zip(self.model.natural_key_lookups, key, strict=True)))
