"""Natural keys by lookup: how fixtures name a row without knowing its number."""

from functools import reduce
from typing import ClassVar

from django.db import models


class NaturalKeyModel(models.Model):
    """A model whose rows are named by `natural_key_lookups`, for example `person__slug`."""

    natural_key_lookups: ClassVar[tuple[str, ...]] = ("slug",)

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(reduce(getattr, path.split("__"), self) for path in self.natural_key_lookups)

    def clean_whole(self):
        """Refuse what may not stay so once the rows that hang on this one are saved too."""


class NaturalKeyManager[Row: NaturalKeyModel](models.Manager[Row]):
    """Finds a row by the lookups that its model declares."""

    def get_by_natural_key(self, *key):
        return self.get(**dict(zip(self.model.natural_key_lookups, key, strict=True)))
