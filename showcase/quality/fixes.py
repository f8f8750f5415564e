"""What is to be fixed, ranked by effect: what it counts, times how visible it is."""

from enum import IntEnum
from typing import Any, NamedTuple

from django.urls import reverse


class Visibility(IntEnum):
    """How much more a fix matters for being seen."""

    HIDDEN = 1
    PUBLIC = 2
    HIGHLIGHTED = 3


class Thing(NamedTuple):
    """A row that has a form of its own in the admin."""

    model: type[Any]
    pk: int
    name: str
    visibility: Visibility

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)


class Fix(NamedTuple):
    """Something to do about a thing; `anchor` is where its form asks for it."""

    thing: Thing
    points: int
    to_do: str
    anchor: str

    @property
    def effect(self) -> int:
        return self.points * self.thing.visibility

    @property
    def arithmetic(self) -> str:
        return f"{self.points} \N{MULTIPLICATION SIGN} {self.thing.visibility} = {self.effect}"

    @property
    def url(self) -> str:
        options = self.thing.model._meta
        name = f"admin:{options.app_label}_{options.model_name}_change"
        return f"{reverse(name, args=[self.thing.pk])}#{self.anchor}"

    @property
    def rank(self) -> tuple[bool, int, str, str]:
        """What is public comes first, then what has the most effect."""
        is_hidden = self.thing.visibility == Visibility.HIDDEN
        return is_hidden, -self.effect, self.thing.name.casefold(), self.to_do
